// radyab scan --session against a server whose answers are written here; the whole way with a real
// one is tests/end_to_end/warehouse_story.py.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <set>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using client::FakeAnswers;
using client::FakeServer;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kItem = "1042000017000113";

// Takes every text for the label of a lot.
v1::Resolution LotOf(const std::string& text) {
  v1::Resolution resolution;
  resolution.set_text(text);
  resolution.set_code(kItem);
  resolution.set_object(std::string(kItem) + "/lot/L1");
  resolution.set_usable(true);
  resolution.set_contained_quantity(1);
  return resolution;
}

// What the server was asked to record.
class Records {
 public:
  FakeAnswers Answers() {
    FakeAnswers answers;
    answers.resolve_stream = [](client::ResolveStream& stream) {
      v1::ResolveRequest request;
      while (stream.Read(&request)) stream.Write(LotOf(request.text()));
      return grpc::Status::OK;
    };
    answers.capture_event = [this](const v1::CaptureEventRequest& request,
                                   v1::CaptureEventResponse& response) {
      const std::lock_guard lock(mutex_);
      events_.push_back(request.event());
      response.mutable_event()->set_name("events/" + std::to_string(events_.size()));
      return grpc::Status::OK;
    };
    return answers;
  }
  std::vector<v1::Event> events() {
    const std::lock_guard lock(mutex_);
    return events_;
  }

 private:
  std::mutex mutex_;
  std::vector<v1::Event> events_;
};

std::map<std::string, std::string> Way(const FakeServer& server, const ScratchFolder& folder) {
  return {{"RADYAB_SERVER", server.address()}, {"XDG_STATE_HOME", folder.Path("state")}};
}

std::vector<std::string> VerdictsOf(const ProgramEnd& end) {
  std::vector<std::string> verdicts;
  for (const json& line : end.JsonLines()) verdicts.push_back(line.value("verdict", "?"));
  return verdicts;
}

// A label as a PNG file.
std::string LabelIn(const ScratchFolder& folder, const std::string& name) {
  const auto end =
      RunRadyab({"label", kItem, "--offline", "--kind", "qr", "--png", "--out", folder.Path(name)});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  return folder.Path(name);
}

std::string BytesOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ScanSession, TakesEachPictureForATrigger) {
  Records records;
  const FakeServer server(records.Answers());
  const ScratchFolder folder;
  const std::string label = LabelIn(folder, "a.png");
  const auto end = RunRadyab({"scan", label, label, "--session", "receive", "--finish", "--json"},
                             "", Way(server, folder));
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_THAT(VerdictsOf(end), ElementsAre("counted", "counted", "finishing", "event_recorded"));
  ASSERT_EQ(records.events().size(), 1U);
  EXPECT_EQ(records.events()[0].objects(0).quantity().amount(), "2");
  EXPECT_FALSE(records.events()[0].event_id().empty());
}

TEST(ScanSession, TakesASymbolInFrameAfterFrameForOneScan) {
  Records records;
  const FakeServer server(records.Answers());
  const ScratchFolder folder;
  const std::string label = BytesOf(LabelIn(folder, "a.png"));
  const std::string empty_frame = "P5 40 30 255\n" + std::string(1200, 'x');
  std::string frames = label + label + empty_frame + label;
  for (int i = 0; i < 16; ++i) frames += empty_frame;
  frames += label;
  const auto end =
      RunRadyab({"scan", "--frames", "-", "--session", "receive", "--finish", "--json"}, frames,
                Way(server, folder));
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_THAT(VerdictsOf(end), ElementsAre("counted", "counted", "finishing", "event_recorded"))
      << "in view, and again after it was gone";
}

TEST(ScanSession, AnswersEachLineBeforeTheNextIsTyped) {
  Records records;
  const FakeServer server(records.Answers());
  const ScratchFolder folder;
  RunningRadyab radyab({"scan", "--session", "receive", "--each", "--json"}, Way(server, folder));
  for (int i = 0; i < 3; ++i) {
    radyab.Write("label\r\n");
    EXPECT_EQ(json::parse(radyab.ReadLine(), nullptr, false)["verdict"], "counted");
    if (i == 0) continue;
    EXPECT_EQ(json::parse(radyab.ReadLine(), nullptr, false)["verdict"], "event_recorded");
  }
  radyab.Write("RADYAB:FINISH\n");
  EXPECT_EQ(radyab.End(), 0) << "though its input was not ended";
  const auto events = records.events();
  ASSERT_EQ(events.size(), 3U);
  std::set<std::string> ids;
  std::set<std::int64_t> moments;
  for (const v1::Event& event : events) {
    ids.insert(event.event_id());
    moments.insert(event.event_time().seconds() * 1'000'000 + event.event_time().nanos() / 1'000);
  }
  EXPECT_EQ(ids.size(), 3U);
  EXPECT_EQ(moments.size(), 3U) << "events of one content and moment would be one";
}

TEST(ScanSession, EndsWithAWrongKeyAndKeepsWhatWasScanned) {
  FakeAnswers answers;
  answers.resolve_stream = [](client::ResolveStream&) {
    return client::StatusOf(
        {.code = grpc::StatusCode::UNAUTHENTICATED, .message = "who?", .reason = "WRONG_KEY"});
  };
  const FakeServer server(answers);
  const ScratchFolder folder;
  const std::string journal = folder.Path("journal");
  const auto end = RunRadyab({"scan", "--session", "receive", "--journal", journal}, "label\n",
                             Way(server, folder));
  EXPECT_EQ(end.exit_code, 1);
  EXPECT_THAT(end.err, HasSubstr("--resume"));
  Records records;
  const FakeServer mended(records.Answers());
  const auto again = RunRadyab(
      {"scan", "--session", "receive", "--resume", "--finish", "--journal", journal, "--json"}, "",
      Way(mended, folder));
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(VerdictsOf(again), ElementsAre("counted", "finishing", "event_recorded"));
  const auto third = RunRadyab({"scan", "--session", "receive", "--resume", "--journal", journal},
                               "", Way(mended, folder));
  EXPECT_EQ(third.exit_code, 2) << "it is over";
}

TEST(ScanSession, TellsScansBehindTheEnd) {
  Records records;
  const FakeServer server(records.Answers());
  const ScratchFolder folder;
  const auto end = RunRadyab({"scan", "--session", "receive", "--json"},
                             "a\nRADYAB:FINISH\nb\nRADYAB:UNDO\n", Way(server, folder));
  EXPECT_EQ(end.exit_code, 1);
  const auto verdicts = VerdictsOf(end);
  EXPECT_EQ(std::ranges::count(verdicts, "command_refused"), 2) << end.out;
  EXPECT_EQ(records.events().size(), 1U);
}

TEST(ScanSession, IsAnsweredByTheServerThatComesBack) {
  // The first streams end in the middle, as those of a server that goes down do.
  std::atomic<int> streams = 0;
  Records records;
  FakeAnswers answers = records.Answers();
  const auto whole = answers.resolve_stream;
  answers.resolve_stream = [&](client::ResolveStream& stream) {
    if (++streams > 2) return whole(stream);
    v1::ResolveRequest request;
    stream.Read(&request);
    if (streams == 2) stream.Write(LotOf(request.text()));
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "going down");
  };
  const FakeServer server(answers);
  const ScratchFolder folder;
  const auto end = RunRadyab({"scan", "--session", "receive", "--json"},
                             "a\nb\nRADYAB:TIMES:5\nc\nRADYAB:FINISH\n", Way(server, folder));
  EXPECT_EQ(end.exit_code, 0) << end.err;
  ASSERT_EQ(records.events().size(), 1U);
  EXPECT_EQ(records.events()[0].objects(0).quantity().amount(), "7") << "each once";
}

TEST(ScanSession, SendsAnEventAgainUnderTheSameIdAlsoFromItsJournal) {
  // The server takes the event and its answer is lost, until the session is resumed.
  Records records;
  std::atomic<bool> lost = true;
  FakeAnswers answers = records.Answers();
  const auto record = answers.capture_event;
  answers.capture_event = [&](const v1::CaptureEventRequest& request,
                              v1::CaptureEventResponse& response) {
    const auto status = record(request, response);
    return lost ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone") : status;
  };
  const FakeServer server(answers);
  const ScratchFolder folder;
  const auto end =
      RunRadyab({"scan", "--session", "receive", "--finish", "--json", "--timeout", "0.5"},
                "a\nb\n", Way(server, folder));
  EXPECT_EQ(end.exit_code, 4) << end.err;
  EXPECT_THAT(end.err, HasSubstr("--resume"));
  lost = false;
  const auto again =
      RunRadyab({"scan", "--session", "receive", "--resume", "--json"}, "", Way(server, folder));
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(VerdictsOf(again), ElementsAre("event_recorded"));
  const auto events = records.events();
  ASSERT_GE(events.size(), 2U);
  for (const v1::Event& event : events) {
    EXPECT_EQ(event.SerializeAsString(), events[0].SerializeAsString()) << "one event, one id";
  }
}

TEST(ScanSession, IsNotFinishedByAnInputThatBroke) {
  Records records;
  const FakeServer server(records.Answers());
  const ScratchFolder folder;
  const std::string label = BytesOf(LabelIn(folder, "a.png"));
  const auto end =
      RunRadyab({"scan", "--frames", "-", "--session", "receive", "--finish", "--json"},
                label + label.substr(0, label.size() - 20), Way(server, folder));
  EXPECT_EQ(end.exit_code, 1);
  EXPECT_THAT(VerdictsOf(end), ElementsAre("counted"));
  EXPECT_THAT(end.err, HasSubstr("--resume"));
  EXPECT_TRUE(records.events().empty());
}

TEST(ScanSession, RefusesWordsThatDoNotGoTogether) {
  const ScratchFolder folder;
  const std::vector<std::pair<std::vector<std::string>, int>> cases = {
      {{"--session", "fly"}, 2},
      {{"--notice", "x"}, 2},
      {{"--session", "count", "--no-resolve"}, 2},
      {{"--session", "receive", "--to", "7042000017000231"}, 2},
      {{"--session", "count", "--each"}, 2},
      {{"--session", "ship", "--to", kItem}, 1},
      {{"--session", "ship", "--to", "12"}, 1},
      {{"--session", "pack", "--into", "12"}, 1},
      {{"--session", "receive", "--place", std::string(101, 'x')}, 1},
      {{"--session", "receive", "--member", "x"}, 1},
      {{"--session", "receive", "--notice", folder.Path("none")}, 2},
      {{"--session", "receive", "--notice", folder.Write("bad.csv", "colour\n")}, 1},
      {{"--session", "receive", "--journal", folder.Path("none/none")}, 2},
      {{"--session", "receive", "--resume"}, 2},
  };
  for (const auto& [words, code] : cases) {
    std::vector<std::string> all = {"scan"};
    all.insert(all.end(), words.begin(), words.end());
    const auto end = RunRadyab(all, "", {{"XDG_STATE_HOME", folder.Path("state")}});
    EXPECT_EQ(end.exit_code, code) << testing::PrintToString(words) << end.err;
  }
}

TEST(CommandSheet, IsReadByOurScannerCommandByCommand) {
  const ScratchFolder folder;
  const std::string pdf = folder.Path("commands.pdf");
  const auto made = RunRadyab({"command-sheet", "--out", pdf, "--times", "7", "--times", "99999"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const auto end = RunRadyab({"scan", pdf, "--no-resolve", "--json"});
  std::set<std::string> texts;
  for (const json& page : end.JsonLines()) {
    for (const json& symbol : page["symbols"]) texts.insert(symbol["text"].get<std::string>());
  }
  EXPECT_EQ(texts, (std::set<std::string>{"RADYAB:RECEIVE", "RADYAB:SHIP", "RADYAB:PACK",
                                          "RADYAB:COUNT", "RADYAB:UNDO", "RADYAB:ACCEPT",
                                          "RADYAB:REMOVE", "RADYAB:CONTAINER", "RADYAB:FINISH",
                                          "RADYAB:TIMES:7", "RADYAB:TIMES:99999"}));
  EXPECT_EQ(RunRadyab({"command-sheet", "--out", pdf, "--times", "0"}).exit_code, 2);
  EXPECT_EQ(RunRadyab({"command-sheet", "--out", folder.Path("none/a.pdf")}).exit_code, 1);
}

}  // namespace
}  // namespace radyab::cli
