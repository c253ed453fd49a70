// Wrong command lines: nothing is sent, exit code 2, and the message says what is wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct WrongLine {
  std::vector<std::string> arguments;
  std::string said;
};

TEST(Usage, RefusesWrongCommandLines) {
  const WrongLine lines[] = {
      {{}, "radyab --help"},
      {{"item"}, "radyab item --help"},
      {{"itme"}, "radyab --help"},
      {{"item", "get"}, "radyab item get --help"},
      {{"item", "get", "1042000017000113", "more"}, "more"},
      {{"item", "create", "--colour", "red"}, "--colour"},
      {{}, "radyab wants one of: code, resolve, search"},
      {{"item"}, "radyab item wants one of: create, get, list"},
      {{"itme", "list"}, "\"itme\" is no verb of radyab; did you mean item?; see radyab --help"},
      {{"item", "lsit"},
       "\"lsit\" is no verb of radyab item; did you mean list?; see radyab item --help"},
      {{"item", "burn"}, "\"burn\" is no verb of radyab item; see radyab item --help"},
      {{"item", "create", "--nmae-fa", "شیر", "--colour", "red"},
       "\"--nmae-fa\" is no option of radyab item create; did you mean --name-fa?"},
      {{"item", "list", "--jsno"}, "did you mean --json?"},
      {{"item", "get", "1042000017000113", "more", "words"},
       "\"more\" is one word too many for radyab item get; see radyab item get --help"},
      {{"item", "list", "--limit", "0"}, "\"0\": want a whole number, 1 or more"},
      {{"alias", "add", "1042000017000113", "gtin", "1", "--contains", "0"}, "1 or more"},
      {{"item", "list", "--limit", "many"}, "--limit"},
      {{"--timeout", "-1", "item", "list"}, "--timeout"},
      {{"label", "1042000017000113", "--dpi", "204"}, "--dpi"},
      {{"label", "1042000017000113", "--kind", "aztec"}, "--kind"},
      {{"import", "colours", "file.csv"}, "kind"},
      {{"item", "update", "1042000017000113"}, "nothing to change"},
      {{"item", "create", "--name-fa", "a", "--name-fa", "b"}, "--name-fa"},
      {{"item", "update", "1042000017000113", "--name-fa", "a", "--etag", "e", "--force"},
       "--force"},
      {{"case", "open", "--narrative", "a", "--narrative-file", "-"}, "--narrative"},
      {{"case", "draft", "2670100002041624", "--text", "a", "--text-file", "-"}, "--text"},
      {{"item", "list", "--server", "nonsense"}, "\"nonsense\": want HOST:PORT"},
      {{"item", "list", "--server", "localhost"}, "want HOST:PORT"},
      {{"item", "list", "--server", "http://localhost:7400"}, "want HOST:PORT"},
      {{"item", "list", "--tls-root", "/etc/hostname"}, "no PEM"},
      {{"item", "list", "--key-file", "/dev/null"}, "holds no key"},
      {{"import", "members", "/dev/null", "--member", "17"}, "members belong to no member"},
      {{"import", "classes", "/dev/null", "--member", "17"}, "classes belong to no member"},
      {{"item", "get", "\xFF"}, "not UTF-8"},
      {{"item", "list", "--key-file", "/does/not/exist"}, "/does/not/exist"},
      {{"import", "items", "/does/not/exist.csv"}, "/does/not/exist.csv"},
  };
  for (const WrongLine& line : lines) {
    const auto end = RunRadyab(line.arguments);
    EXPECT_EQ(end.exit_code, 2) << testing::PrintToString(line.arguments) << end.err;
    EXPECT_EQ(end.out, "");
    EXPECT_THAT(end.err, AllOf(HasSubstr("radyab: usage: "), HasSubstr(line.said)));
  }
}

TEST(Usage, SpeaksPersianWhenAsked) {
  const auto verb = RunRadyab({"--lang", "fa", "item", "lsit"});
  EXPECT_EQ(verb.exit_code, 2);
  EXPECT_THAT(verb.err, HasSubstr("«lsit» فرمانی از radyab item نیست"));
  EXPECT_THAT(verb.err, HasSubstr("آیا منظور list بود؟"));
  const auto away =
      RunRadyab({"--lang", "fa", "--timeout", "0.1", "item", "list", "--server", "127.0.0.1:1"});
  EXPECT_EQ(away.exit_code, 4);
  EXPECT_THAT(
      away.err,
      HasSubstr("radyab: بی‌پاسخ: دسترسی به 127.0.0.1:1 ممکن نیست"));
  EXPECT_THAT(away.err, HasSubstr("آیا radyabd در 127.0.0.1:1 اجرا می‌شود؟"));
}

TEST(Usage, HelpsWithEveryVerb) {
  const auto whole = RunRadyab({"--help-all"});
  EXPECT_EQ(whole.exit_code, 0);
  for (const char* verb : {"commission", "audit", "timeline", "mint"}) {
    EXPECT_THAT(whole.out, HasSubstr(verb));
  }
  EXPECT_THAT(RunRadyab({"item", "create", "--help"}).out, HasSubstr("--gtin-case"));
  EXPECT_THAT(RunRadyab({"case", "open", "--help"}).out, HasSubstr("--narrative-file"));
}

TEST(Usage, NeverShowsAKeyThatCannotBeOne) {
  const auto end = RunRadyab({"item", "list"}, "", {{"RADYAB_KEY", "hush hush"}});
  EXPECT_EQ(end.exit_code, 2);
  EXPECT_THAT(end.err, Not(HasSubstr("hush")));
}

TEST(Usage, RefusesMalformedCodesBeforeAskingTheServer) {
  struct Refused {
    std::vector<std::string> arguments;
    std::string reason;
  };
  const Refused lines[] = {
      {{"item", "get", "1042000017000114"}, "WRONG_CHECK_DIGIT"},
      {{"member", "get", "x17"}, "INVALID_CHARACTER"},
      {{"class", "get", "04-x"}, "INVALID_CHARACTER"},
      {{"custody", "sscc/123"}, "WRONG_LENGTH"},
      {{"contents", "1042000017000113"}, "sscc/N"},
      {{"event", "ship", "1042000017000113/lot/", "--to", "7000000017004271"}, ""},
      {{"event", "deliver", "1042000017000113/serial/1", "--to", "12"}, "WRONG_LENGTH"},
      {{"party", "create", "--kind", "robot"}, "person, organisation"},
      {{"case", "list", "--state", "asleep"}, "received"},
      {{"event", "pack", "1042000017000113/serial/1", "--at", "yesterday"}, "--at"},
      {{"alias", "add", "1042000017000113", "ean", "1"}, "gtin"},
      {{"class", "create", "0412", "--attribute", "fat"}, "KEY:TYPE"},
  };
  for (const Refused& line : lines) {
    const auto end = RunRadyab(line.arguments);
    EXPECT_EQ(end.exit_code, 1) << testing::PrintToString(line.arguments) << end.err;
    EXPECT_THAT(end.err, AllOf(HasSubstr("radyab: refused: "), HasSubstr(line.reason)));
  }
}

TEST(Usage, TellsFailuresAsJsonWhenAnswersAreJson) {
  const auto end = RunRadyab({"item", "get", "1042000017000114", "--json"});
  const auto error = nlohmann::json::parse(end.err, nullptr, false);
  ASSERT_TRUE(error.is_object()) << end.err;
  EXPECT_EQ(error["error"]["reason"], "WRONG_CHECK_DIGIT");
  EXPECT_EQ(error["error"]["fields"][0]["field"], "code");
  EXPECT_EQ(error["error"]["metadata"]["at"], "15");
  const auto usage = nlohmann::json::parse(RunRadyab({"--json", "itme"}).err, nullptr, false);
  ASSERT_TRUE(usage.is_object());
  EXPECT_EQ(usage["error"]["reason"], "USAGE");
}

}  // namespace
}  // namespace radyab::cli
