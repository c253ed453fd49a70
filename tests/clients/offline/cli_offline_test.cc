// The program on a site: pack, resolve --offline, event --offline, queue.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/clients/offline/site_world.h"
#include "tests/clients/program_run.h"

namespace radyab::offline {
namespace {

using cli::ProgramEnd;
using testing::HasSubstr;

class OfflineVerbs : public ::testing::Test {
 protected:
  ProgramEnd Run(std::vector<std::string> words, bool network = true) {
    words.insert(words.end(), {"--offline", folder_.path().string()});
    const std::string port = network ? std::to_string(world_.server().port()) : "1";
    return cli::RunRadyab(words, "",
                          {{"RADYAB_SERVER", "127.0.0.1:" + port}, {"RADYAB_KEY", key_}});
  }

  SiteWorld world_;
  SiteFolder folder_;
  const std::string key_ = world_.NewKey(v1::ROLE_WAREHOUSE, world_.member());
  const std::string item_ = world_.NewItem(world_.member(), "Goods").code();
};

TEST_F(OfflineVerbs, AnswersFromThePack) {
  const auto before = Run({"resolve", item_}, false);
  EXPECT_EQ(before.exit_code, 1);
  EXPECT_THAT(before.err, HasSubstr("there is no pack; fetch one"));
  EXPECT_EQ(Run({"pack", "show"}, false).exit_code, 3);
  const auto fetched = Run({"pack", "fetch"});
  ASSERT_EQ(fetched.exit_code, 0) << fetched.err;
  EXPECT_THAT(fetched.out, HasSubstr("1 codes as of change"));
  const auto resolved = Run({"--json", "resolve", item_ + "/lot/L7"}, false);
  ASSERT_EQ(resolved.exit_code, 0) << resolved.err;
  const auto lines = resolved.JsonLines();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["code"], item_);
  EXPECT_EQ(lines[0]["object"], item_ + "/lot/L7");
  EXPECT_EQ(lines[0]["usable"], true);
  const auto unknown = Run({"resolve", "7000000017004271"}, false);
  EXPECT_EQ(unknown.exit_code, 3);
  EXPECT_THAT(unknown.out, HasSubstr("NOT_IN_PACK"));
  EXPECT_THAT(Run({"pack", "show"}, false).out, HasSubstr("signing_key  "));
  EXPECT_EQ(Run({"pack", "verify"}, false).exit_code, 0);
}

TEST_F(OfflineVerbs, TrustsAKeyThatIsGiven) {
  const auto wrong = (folder_.path() / "wrong.pub").string();
  std::ofstream(wrong) << std::string(64, '0') << "\n";
  const auto refused = Run({"pack", "fetch", "--signing-key", wrong});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("PACK_UNSIGNED"));
  std::ofstream(wrong) << "no key\n";
  EXPECT_EQ(Run({"pack", "fetch", "--signing-key", wrong}).exit_code, 2);
}

TEST_F(OfflineVerbs, KeepsEventsAndSendsThemLater) {
  const auto kept = Run({"event", "commission", item_ + "/lot/L1", "--quantity", "5"}, false);
  ASSERT_EQ(kept.exit_code, 0) << kept.err;
  EXPECT_THAT(kept.out, HasSubstr("1 is kept"));
  ASSERT_EQ(Run({"event", "ship", item_ + "/lot/NEVER", "--quantity", "1"}, false).exit_code, 0);
  EXPECT_EQ(Run({"--json", "queue", "list"}, false).JsonLines().size(), 2u);
  const auto away = Run({"--timeout", "0.2", "queue", "send"}, false);
  EXPECT_EQ(away.exit_code, 4);
  EXPECT_THAT(away.err, HasSubstr("2 wait on"));
  const auto sent = Run({"queue", "send"});
  EXPECT_EQ(sent.exit_code, 1) << "one was refused";
  EXPECT_EQ(sent.out, "1 stored, 0 were there before, 1 refused\n");
  EXPECT_THAT(sent.err, HasSubstr("queue retry"));
  const auto refused = Run({"--json", "queue", "refused"}, false).JsonLines();
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_NE(refused[0]["refusal_reason"], "");
  EXPECT_EQ(refused[0]["event"]["objects"][0]["object"], item_ + "/lot/NEVER");
  const auto mended =
      cli::RunRadyab({"event", "commission", item_ + "/lot/NEVER", "--quantity", "1", "--at",
                      "2020-01-01T00:00:00Z"},
                     "",
                     {{"RADYAB_SERVER", "127.0.0.1:" + std::to_string(world_.server().port())},
                      {"RADYAB_KEY", key_}});
  ASSERT_EQ(mended.exit_code, 0) << mended.err;
  EXPECT_EQ(Run({"queue", "retry"}, false).exit_code, 2) << "neither a number nor --all";
  EXPECT_EQ(Run({"queue", "retry", "2", "--all"}, false).exit_code, 2);
  EXPECT_EQ(Run({"queue", "retry", "0"}, false).exit_code, 2);
  const auto stored = Run({"queue", "retry", "1"}, false);
  EXPECT_EQ(stored.exit_code, 3);
  EXPECT_THAT(stored.err, HasSubstr("1 is not among the refused"));
  const auto again = Run({"queue", "retry", "2"}, false);
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(again.out, "1 wait again; send them (queue send)\n");
  EXPECT_EQ(Run({"--json", "queue", "retry", "--all"}, false).out, "{\"waiting_again\":0}\n");
  EXPECT_EQ(Run({"queue", "refused"}, false).out, "none\n");
  EXPECT_EQ(Run({"queue", "send"}).out, "0 stored, 0 were there before, 1 refused\n")
      << "shipped to nobody";
  EXPECT_EQ(Run({"queue", "drop", "2"}, false).exit_code, 0);
  EXPECT_EQ(Run({"queue", "drop", "2"}, false).exit_code, 3);
  EXPECT_EQ(Run({"queue", "list"}, false).out, "none\n");
}

}  // namespace
}  // namespace radyab::offline
