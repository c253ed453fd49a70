// Notices over the wire: retries, the audit trail, both members, and the largest there are.
#include <gtest/gtest.h>

#include "radyab/v1/admin_service.pb.h"
#include "radyab/v1/notice_service.pb.h"
#include "radyab/v1/trace_service.pb.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

constexpr int kLinesMax = 10'000;

class NoticeHandlersTest : public ::testing::Test {
 protected:
  // From member A to member B itself.
  Answer Create(const std::string& number, const std::string& rest) {
    return world_.Call("NoticeService.CreateShippingNotice",
                       "notice { number: '" + number + "' destination_party: '" +
                           world_.foreign().at("member_party") + "' " + rest,
                       world_.Key("WAREHOUSE"));
  }
  Answer Get(const std::string& name, const std::string& secret) {
    return world_.Call("NoticeService.GetShippingNotice", "name: '" + name + "'", secret);
  }
  Answer List(const std::string& filter, const std::string& secret) {
    return world_.Call("NoticeService.ListShippingNotices", filter, secret);
  }

  ApiWorld world_;
};

TEST_F(NoticeHandlersTest, ARetryGetsTheFirstAnswerAndMakesNoSecondNotice) {
  const std::string line = "lines { object: '$lot' quantity { amount: '5' unit: 'C62' } } }";
  const auto first = Create("R-1", line + " request_id: 'r-1'");
  ASSERT_TRUE(first.ok()) << first.Outcome();
  const auto again = Create("R-1", line + " request_id: 'r-1'");
  ASSERT_TRUE(again.ok()) << again.Outcome();
  EXPECT_EQ(again.As<v1::ShippingNotice>().SerializeAsString(),
            first.As<v1::ShippingNotice>().SerializeAsString());
  EXPECT_EQ(Create("R-2", line + " request_id: 'r-1'").reason, "REQUEST_ID_REUSED");
  EXPECT_EQ(Create("R-1", line).reason, "ALREADY_EXISTS");
  const std::string name = first.As<v1::ShippingNotice>().name();
  const auto audit =
      world_.Call("AdminService.ListAudit", "resource: '" + name + "'", world_.Key("ADMIN"))
          .As<v1::ListAuditResponse>();
  ASSERT_EQ(audit.entries_size(), 1);
  EXPECT_EQ(audit.entries(0).method(), "NoticeService.CreateShippingNotice");
}

TEST_F(NoticeHandlersTest, IsSeenByBothMembersAndMovesWithTheirEvents) {
  const auto shipped =
      world_
          .Call("TraceService.CaptureEvent",
                "event { kind: EVENT_KIND_SHIP event_time { seconds: 1700001000 } "
                "  destination_party: '" +
                    world_.foreign().at("member_party") +
                    "' objects { object: 'sscc/$sscc' } "
                    "  objects { object: '$lot' quantity { amount: '9' unit: 'C62' } } }",
                world_.Key("WAREHOUSE"))
          .As<v1::CaptureEventResponse>();
  const auto created = Create("S-1", "} events: '" + shipped.event().name() + "'");
  ASSERT_TRUE(created.ok()) << created.Outcome();
  const std::string name = created.As<v1::ShippingNotice>().name();
  const auto seen = Get(name, world_.ForeignKey()).As<v1::ShippingNotice>();
  ASSERT_EQ(seen.lines_size(), 3);
  EXPECT_EQ(seen.lines(1).object(), world_.own().at("unit")) << "what is in the container";
  EXPECT_EQ(seen.counts().outstanding_lines(), 3);
  EXPECT_EQ(List("side: SHIPPING_NOTICE_SIDE_AWAITED", world_.ForeignKey())
                .As<v1::ListShippingNoticesResponse>()
                .notices(0)
                .name(),
            name);
  EXPECT_EQ(List("side: SHIPPING_NOTICE_SIDE_AWAITED", world_.Key("MEMBER"))
                .As<v1::ListShippingNoticesResponse>()
                .notices_size(),
            0);
  ASSERT_TRUE(world_
                  .Call("TraceService.CaptureEvent",
                        "event { kind: EVENT_KIND_RECEIVE event_time { seconds: 1700002000 } "
                        "  objects { object: 'sscc/$sscc' } }",
                        world_.ForeignKey())
                  .ok());
  EXPECT_EQ(Get(name, world_.Key("DESK")).As<v1::ShippingNotice>().counts().received_lines(), 2);
  const auto closed =
      world_.Call("NoticeService.CloseShippingNotice",
                  "name: '" + name + "' reason: 'a lot is late'", world_.ForeignKey());
  EXPECT_EQ(closed.As<v1::ShippingNotice>().state(), v1::SHIPPING_NOTICE_STATE_CLOSED);
  EXPECT_EQ(List("state: SHIPPING_NOTICE_STATE_OPEN", world_.ForeignKey())
                .As<v1::ListShippingNoticesResponse>()
                .notices_size(),
            1)
      << "its own, which the world begins with";
}

TEST_F(NoticeHandlersTest, UpdatesOnlyWhatAMaskMayName) {
  const auto update = [&](const std::string& path) {
    return world_.Call(
        "NoticeService.UpdateShippingNotice",
        "notice { name: '$notice' reference: 'x' } update_mask { paths: '" + path + "' }",
        world_.Key("MEMBER"));
  };
  EXPECT_EQ(update("number").reason, "UNKNOWN_FIELD");
  EXPECT_EQ(update("lines").reason, "UNKNOWN_FIELD");
  EXPECT_EQ(update("reference").As<v1::ShippingNotice>().reference(), "x");
}

TEST_F(NoticeHandlersTest, CarriesTenThousandLinesBothWays) {
  std::string lines, scans;
  for (int i = 0; i < kLinesMax; ++i) {
    const std::string object = world_.own().at("item") + "/serial/" + std::to_string(i);
    lines += "lines { object: '" + object + "' lot: 'ABCDEFGHIJKLMNOPQRST' } ";
    scans += "scanned { object: '" + object + "' } ";
  }
  const auto created = Create("BIG", lines + "} request_id: 'big'");
  ASSERT_TRUE(created.ok()) << created.Outcome();
  const std::string name = created.As<v1::ShippingNotice>().name();
  const auto read = Get(name, world_.ForeignKey());
  ASSERT_TRUE(read.ok()) << read.Outcome();
  EXPECT_EQ(read.As<v1::ShippingNotice>().lines_size(), kLinesMax);
  const auto compared = world_.Call("NoticeService.CompareShippingNotice",
                                    "name: '" + name + "' " + scans, world_.ForeignKey());
  ASSERT_TRUE(compared.ok()) << compared.Outcome();
  const auto answer = compared.As<v1::CompareShippingNoticeResponse>();
  EXPECT_EQ(answer.lines_size(), kLinesMax);
  EXPECT_TRUE(answer.agrees());
  EXPECT_LT(answer.ByteSizeLong(), std::size_t{3} << 20) << "the bound of an answer";
}

TEST_F(NoticeHandlersTest, NamesTheFieldOfTheRequestAtFault) {
  const auto refused =
      Create("F-1", "lines { object: '$lot' } } events: 'events/1' events: 'nothing'");
  EXPECT_EQ(refused.Outcome(), "INVALID_ARGUMENT/MISSING_FIELD");
  EXPECT_EQ(refused.first_field(), "notice.lines[0].quantity");
}

}  // namespace
}  // namespace radyab::rpc
