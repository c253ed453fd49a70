// radyab notice: tables and events into requests, refusals by rows, what is shown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using client::FakeAnswers;
using client::FakeServer;
using client::Refusal;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kItem = "1042000017000113";

ProgramEnd Ask(const FakeServer& server, const std::vector<std::string>& arguments,
               const std::string& input = "") {
  return RunRadyab(arguments, input, {{"RADYAB_SERVER", server.address()}});
}

TEST(Notice, IsMadeOfATableAndOfEvents) {
  std::vector<v1::CreateShippingNoticeRequest> requests;
  FakeAnswers answers;
  answers.create_notice = [&](const auto& request, v1::ShippingNotice& notice) {
    requests.push_back(request);
    notice.set_name("notices/7");
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto end =
      Ask(server,
          {"notice", "create", "--number", "DN-1", "--to", "7000 0000 1700 4271", "--expected",
           "2026-12-01T08:00:00+03:30", "--lines", "-", "--event", "812", "--event", "events/813"},
          std::string("object,quantity\n") + kItem + ",5\n");
  ASSERT_EQ(end.exit_code, 0) << end.err;
  EXPECT_THAT(end.out, HasSubstr("notices/7"));
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].notice().number(), "DN-1");
  EXPECT_EQ(requests[0].notice().destination_party(), "7000000017004271");
  EXPECT_EQ(requests[0].notice().expected_arrival().seconds(), 1'796'099'400);
  EXPECT_EQ(requests[0].notice().lines(0).quantity().amount(), "5");
  EXPECT_THAT(requests[0].events(), ElementsAre("events/812", "events/813"));
  EXPECT_FALSE(requests[0].request_id().empty());
}

TEST(Notice, SendsNothingOfATableWithFaults) {
  int calls = 0;
  FakeAnswers answers;
  answers.create_notice = [&](const auto&, v1::ShippingNotice&) {
    ++calls;
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto end = Ask(server, {"notice", "create", "--number", "1", "--lines", "-"},
                       std::string("object,quantity\nx,1\n") + kItem + ",\n");
  EXPECT_EQ(end.exit_code, 1);
  EXPECT_THAT(end.err, AllOf(HasSubstr("row 1 (line 2), column object: "),
                             HasSubstr("row 2 (line 3), column quantity: is missing")));
  EXPECT_EQ(Ask(server, {"notice", "create", "--number", "1"}).exit_code, 2);
  EXPECT_EQ(Ask(server, {"notice", "create", "--number", "1", "--lines", "/no/file"}).exit_code, 1);
  EXPECT_EQ(calls, 0);
}

TEST(Notice, TellsWhatTheServerRefusesByTheRowsOfTheTable) {
  FakeAnswers answers;
  answers.create_notice = [&](const auto&, v1::ShippingNotice&) {
    Refusal refusal;
    refusal.message =
        "notice.lines[1].object: there is no item; notice.lines[0].quantity.unit: KGM";
    refusal.reason = "INVALID_FIELD";
    refusal.fields = {{"notice.lines[1].object", "there is no item"},
                      {"notice.lines[0].quantity.unit", "KGM"}};
    return StatusOf(refusal);
  };
  const FakeServer server(answers);
  const auto end = Ask(server, {"notice", "create", "--number", "1", "--lines", "-"},
                       std::string("object,quantity\n\n") + kItem + ",1\n" + kItem + ",2\n");
  EXPECT_EQ(end.exit_code, 1);
  EXPECT_THAT(end.err,
              AllOf(HasSubstr("row 2 (line 4), column object: there is no item"),
                    HasSubstr("row 1 (line 3), column unit: KGM"), Not(HasSubstr("lines["))));
}

TEST(Notice, IsShownWithItsLines) {
  FakeAnswers answers;
  answers.get_notice = [&](const v1::GetShippingNoticeRequest& request,
                           v1::ShippingNotice& notice) {
    EXPECT_EQ(request.name(), "notices/7");
    notice.set_name("notices/7");
    v1::ShippingNoticeLine& line = *notice.add_lines();
    line.set_number(1);
    line.set_object("sscc/362601000000000019");
    line.mutable_outstanding()->set_amount("1");
    line.mutable_outstanding()->set_unit("C62");
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto end = Ask(server, {"notice", "get", "7"});
  EXPECT_THAT(end.out, AllOf(HasSubstr("OUTSTANDING"), HasSubstr("sscc/362601000000000019"),
                             HasSubstr("1 C62")));
  EXPECT_THAT(Ask(server, {"notice", "get", "notices/7", "--json"}).out, HasSubstr("\"lines\":[{"));
}

FakeAnswers Comparing(std::vector<v1::CompareShippingNoticeRequest>& requests) {
  FakeAnswers answers;
  answers.compare_notice = [&](const v1::CompareShippingNoticeRequest& request,
                               v1::CompareShippingNoticeResponse& response) {
    requests.push_back(request);
    const bool one = request.scanned_size() == 1;
    response.set_agrees(one);
    for (const v1::ScannedObject& scan : request.scanned()) {
      v1::ScannedObjectVerdict& row = *response.add_scanned();
      row.set_object(scan.object());
      row.add_verdicts(one ? v1::NOTICE_VERDICT_AS_EXPECTED : v1::NOTICE_VERDICT_WRONG_LOT);
    }
    v1::ShippingNoticeLineVerdict& line = *response.add_lines();
    line.set_object("the line");
    line.add_verdicts(one ? v1::NOTICE_VERDICT_AS_EXPECTED : v1::NOTICE_VERDICT_SHORT);
    return grpc::Status::OK;
  };
  return answers;
}

TEST(Notice, IsHeldAgainstScansOfStandardInput) {
  std::vector<v1::CompareShippingNoticeRequest> requests;
  const FakeServer server(Comparing(requests));
  const auto end =
      Ask(server, {"notice", "compare", "7"},
          std::string(kItem) + "/lot/L1\t1.5 KGM\r\n\n" + kItem + "\t2\nsscc/362601000000000019\n");
  EXPECT_EQ(end.exit_code, 1) << "it does not agree";
  EXPECT_THAT(end.out, AllOf(HasSubstr("wrong_lot"), HasSubstr("short"), HasSubstr("the line")));
  ASSERT_EQ(requests.size(), 1u);
  ASSERT_EQ(requests[0].scanned_size(), 3);
  EXPECT_EQ(requests[0].scanned(0).quantity().unit(), "KGM");
  EXPECT_EQ(requests[0].scanned(1).quantity().unit(), "C62");
  EXPECT_FALSE(requests[0].scanned(2).has_quantity());

  const auto bad = Ask(server, {"notice", "compare", "7"}, "x\ny\n");
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_THAT(bad.err, AllOf(HasSubstr("scan 1: "), HasSubstr("scan 2: ")));
  EXPECT_EQ(requests.size(), 1u) << "nothing was asked";
}

TEST(Notice, SaysSoWhenAllIsAsAnnounced) {
  std::vector<v1::CompareShippingNoticeRequest> requests;
  const FakeServer server(Comparing(requests));
  const auto end = Ask(server, {"notice", "compare", "7", kItem});
  EXPECT_EQ(end.exit_code, 0);
  EXPECT_EQ(end.out, "all as announced\n");
  EXPECT_THAT(Ask(server, {"notice", "compare", "7", kItem, "--lang", "fa"}).out,
              HasSubstr("همه مطابق اعلامیه"));
  EXPECT_THAT(Ask(server, {"notice", "compare", "7", kItem, "--all"}).out,
              HasSubstr("as_expected"));
}

}  // namespace
}  // namespace radyab::cli
