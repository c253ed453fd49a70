// radyab event and trace back: objects, amounts and pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using client::FakeAnswers;
using client::FakeServer;
using testing::HasSubstr;

constexpr const char* kLot = "1042000017000113/lot/L7";
constexpr const char* kUnit = "1042000017000113/serial/S1";

struct Recorder {
  std::vector<v1::Event> events;

  FakeAnswers Answers() {
    FakeAnswers answers;
    answers.capture_event = [this](const v1::CaptureEventRequest& request,
                                   v1::CaptureEventResponse& response) {
      events.push_back(request.event());
      response.mutable_event()->set_name("events/1");
      return grpc::Status::OK;
    };
    return answers;
  }
};

ProgramEnd Ask(const FakeServer& server, const std::vector<std::string>& arguments,
               const std::string& input = "") {
  return RunRadyab(arguments, input, {{"RADYAB_SERVER", server.address()}});
}

TEST(Event, GivesOneAmountToEveryLot) {
  Recorder recorder;
  const FakeServer server(recorder.Answers());
  const auto end = Ask(server, {"event", "ship", kLot, kUnit, "--quantity", "1.5 KGM"});
  ASSERT_EQ(end.exit_code, 0) << end.err;
  EXPECT_EQ(recorder.events[0].objects(0).quantity().amount(), "1.5");
  EXPECT_EQ(recorder.events[0].objects(0).quantity().unit(), "KGM");
  EXPECT_FALSE(recorder.events[0].objects(1).has_quantity());
}

TEST(Event, RefusesAnAmountThatNothingCanBear) {
  Recorder recorder;
  const FakeServer server(recorder.Answers());
  const auto alone = Ask(server, {"event", "commission", kUnit, "--quantity", "5"});
  EXPECT_EQ(alone.exit_code, 1);
  EXPECT_THAT(alone.err, HasSubstr("no object is a lot: want no amount, not \"5\""));
  const auto own_line = Ask(server, {"event", "ship", "-"}, std::string(kUnit) + "\t5\n");
  EXPECT_EQ(own_line.exit_code, 1);
  EXPECT_THAT(own_line.err, HasSubstr("is no lot"));
  const auto in_order =
      Ask(server, {"event", "ship", kLot, kUnit, "--quantity", "1", "--quantity", "5"});
  EXPECT_EQ(in_order.exit_code, 1);
  EXPECT_THAT(in_order.err, HasSubstr("object 2: "));
  EXPECT_TRUE(recorder.events.empty());
}

TEST(Event, TakesLinesOfOtherSystems) {
  Recorder recorder;
  const FakeServer server(recorder.Answers());
  const auto end = Ask(server, {"event", "ship", "-", "--quantity", "3"},
                       std::string(kUnit) + "\r\n\r\n\n" + kLot + "\t2\r\n" + kLot + "8");
  ASSERT_EQ(end.exit_code, 0) << end.err;
  ASSERT_EQ(recorder.events[0].objects_size(), 3);
  EXPECT_EQ(recorder.events[0].objects(0).object(), kUnit);
  EXPECT_EQ(recorder.events[0].objects(1).quantity().amount(), "2");
  EXPECT_EQ(recorder.events[0].objects(2).quantity().amount(), "3");
}

FakeAnswers ThreePages() {
  FakeAnswers answers;
  answers.trace_back = [](const v1::TraceBackRequest& request, v1::TraceBackResponse& page) {
    const int number = request.page_token().empty() ? 1 : std::stoi(request.page_token());
    page.add_steps()->set_object("step " + std::to_string(number));
    page.add_supplier_parties("supplier-" + std::to_string(number % 2));
    if (number < 3) page.set_next_page_token(std::to_string(number + 1));
    return grpc::Status::OK;
  };
  return answers;
}

TEST(TraceBack, PrintsPageByPage) {
  const FakeServer server(ThreePages());
  const auto json = Ask(server, {"trace", "back", kLot, "--json"});
  EXPECT_EQ(json.exit_code, 0) << json.err;
  const auto lines = json.JsonLines();
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[2]["steps"][0]["object"], "step 3");
  const auto people = Ask(server, {"trace", "back", kLot});
  EXPECT_THAT(people.out, HasSubstr("step 3"));
  EXPECT_THAT(people.out, testing::EndsWith("supplier  supplier-0  supplier-1\n"));
}

TEST(TraceBack, EndsWhenAPageLeadsToItself) {
  FakeAnswers answers;
  answers.trace_back = [](const v1::TraceBackRequest&, v1::TraceBackResponse& page) {
    page.set_next_page_token("round and round");
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto end = Ask(server, {"trace", "back", kLot});
  EXPECT_EQ(end.exit_code, 5);
  EXPECT_THAT(end.err, HasSubstr("its own page token"));
}

}  // namespace
}  // namespace radyab::cli
