// radyab resolve on standard input, and radyab scan: one bad text never costs the others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using client::FakeAnswers;
using client::FakeServer;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kItem = "1042000017000113";

v1::Resolution Found(const std::string& text) {
  v1::Resolution resolution;
  resolution.set_text(text);
  resolution.set_code(kItem);
  return resolution;
}

TEST(Resolve, GoesOnWhenTheServerIsBack) {
  std::atomic<bool> away = true;
  FakeAnswers answers;
  answers.resolve = [&](const v1::ResolveRequest& request, v1::Resolution& resolution) {
    if (away) return grpc::Status(grpc::StatusCode::UNAVAILABLE, "away");
    resolution = Found(request.text());
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  RunningRadyab radyab({"resolve", "--json", "--timeout", "0.2"},
                       {{"RADYAB_SERVER", server.address()}});
  radyab.Write("first\n");
  const auto lost = nlohmann::json::parse(radyab.ReadLine(), nullptr, false);
  ASSERT_TRUE(lost.is_object());
  EXPECT_EQ(lost["error"]["metadata"]["text"], "first");
  away = false;
  radyab.Write("second\n");
  const auto found = nlohmann::json::parse(radyab.ReadLine(), nullptr, false);
  ASSERT_TRUE(found.is_object());
  EXPECT_EQ(found["text"], "second");
  EXPECT_EQ(radyab.End(), 4) << "the worst of the texts";
}

TEST(Resolve, EndsAtOnceWhenNoTextCanBeAnswered) {
  int asked = 0;
  FakeAnswers answers;
  answers.batch_resolve = [&](const v1::BatchResolveRequest&, v1::BatchResolveResponse&) {
    ++asked;
    return client::StatusOf(
        {.code = grpc::StatusCode::UNAUTHENTICATED, .message = "who?", .reason = "WRONG_KEY"});
  };
  const FakeServer server(answers);
  std::string input;
  for (int i = 0; i < 2'000; ++i) input += "1\n";
  const auto end = RunRadyab({"resolve"}, input, {{"RADYAB_SERVER", server.address()}});
  EXPECT_EQ(end.exit_code, 1);
  EXPECT_EQ(asked, 1);
}

TEST(Resolve, RefusesATextTooLongAndAnswersTheOthers) {
  FakeAnswers answers;
  answers.batch_resolve = [](const v1::BatchResolveRequest& request,
                             v1::BatchResolveResponse& response) {
    for (const std::string& text : request.texts()) *response.add_resolutions() = Found(text);
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const std::string longest(8'192, '1');
  const auto end = RunRadyab({"resolve", "--json"}, "a\n" + longest + "\n" + longest + "1\nb\n",
                             {{"RADYAB_SERVER", server.address()}});
  EXPECT_EQ(end.exit_code, 1) << end.err;
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[1]["text"], longest);
  ASSERT_TRUE(lines[2].contains("refusal"));
  EXPECT_EQ(lines[2]["refusal"]["reason"], "INVALID_CODE");
  EXPECT_EQ(lines[2]["refusal"]["message"], "text: 8193 bytes, want at most 8192");
  EXPECT_EQ(lines[3]["text"], "b");
}

TEST(Resolve, AsksWhichCodeWasMeant) {
  FakeAnswers answers;
  answers.resolve = [](const v1::ResolveRequest&, v1::Resolution&) {
    return client::StatusOf({.message = "wrong check pair",
                             .reason = "INVALID_CODE",
                             .metadata = {{"did_you_mean", "1042000017000113,8031000017000251"}}});
  };
  const FakeServer server(answers);
  const std::map<std::string, std::string> way = {{"RADYAB_SERVER", server.address()}};
  const auto people = RunRadyab({"resolve", "1042000017000114"}, "", way);
  EXPECT_EQ(people.exit_code, 1) << "it is not taken for what was meant";
  EXPECT_THAT(people.out, HasSubstr("did you mean 1042 0000 1700 0113 or 8031 0000 1700 0251?"));
  const auto program = RunRadyab({"resolve", "--json", "1042000017000114"}, "", way);
  const auto lines = program.JsonLines();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["refusal"]["did_you_mean"][0], kItem);
}

// A label of a lot, as a picture file.
std::string LabelIn(const ScratchFolder& folder) {
  const auto end = RunRadyab({"label", "1042000017000113/lot/L7", "--offline", "--gtin",
                              "9521001000017", "--expiry", "2027-03-31", "--kind", "datamatrix",
                              "--png", "--out", folder.Path("label.png")});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  return folder.Path("label.png");
}

TEST(Scan, ShowsFnc1AsPeopleWriteIt) {
  const ScratchFolder folder;
  const auto end = RunRadyab({"scan", "--no-resolve", LabelIn(folder)});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_THAT(end.out, HasSubstr("10L7^240"));
}

TEST(Scan, EndsWithTheExitCodeOfWhatItReadAndOfWhatThatLeadsTo) {
  const ScratchFolder folder;
  const std::string label = LabelIn(folder);
  const std::pair<std::string, int> cases[] = {{"", 0}, {"NOT_FOUND", 3}, {"INVALID_CODE", 1}};
  for (const auto& [reason, exit_code] : cases) {
    FakeAnswers answers;
    answers.resolve = [&](const v1::ResolveRequest& request, v1::Resolution& resolution) {
      resolution = Found(request.text());
      if (!reason.empty()) resolution.mutable_refusal()->set_reason(reason);
      return grpc::Status::OK;
    };
    const FakeServer server(answers);
    const auto end = RunRadyab({"scan", label}, "", {{"RADYAB_SERVER", server.address()}});
    EXPECT_EQ(end.exit_code, exit_code) << reason << end.err;
  }
}

TEST(Scan, SaysWhenNothingCanBeRead) {
  const ScratchFolder folder;
  const auto empty = RunRadyab({"scan", "--no-resolve", folder.Path("")});
  EXPECT_EQ(empty.exit_code, 1);
  EXPECT_THAT(empty.err, AllOf(HasSubstr("no picture in "), HasSubstr(folder.Path(""))));
  const auto no_worker = RunRadyab({"scan", "--no-resolve", folder.Write("a.png", "x")}, "",
                                   {{"RADYAB_DECODE", "/nope"}});
  EXPECT_EQ(no_worker.exit_code, 5);
  EXPECT_THAT(no_worker.err, AllOf(HasSubstr("radyab: fault: "), HasSubstr("/nope")));
}

}  // namespace
}  // namespace radyab::cli
