#include <gmock/gmock.h>

#include "registry/notices/notice_row.h"
#include "tests/registry/notices/notice_world.h"

namespace radyab::notices::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class NoticeList : public testing::Test {
 protected:
  NoticeList() {
    Announce(maker_, "A", shop_.party, 100);
    Announce(maker_, "B", world_.carrier.party, 200);
    Announce(maker_, "C", maker_.customers[0], 0);
    Announce(shop_, "A", maker_.party, 300);
    v1::ShippingNotice paper = Numbered("LS", maker_.party);
    paper.set_source_party(maker_.supplier);
    AddLine(paper, maker_.item, "1", "C62");
    world_.Create(maker_, paper);
    EXPECT_TRUE(world_.Close(shop_.caller, {"notices/1", "lost", ""}).ok());
  }
  void Announce(const Firm& from, const std::string& number, const std::string& to, int arrival) {
    v1::ShippingNotice notice = Numbered(number, to);
    if (arrival > 0) notice.mutable_expected_arrival()->set_seconds(arrival);
    AddLine(notice, world_.LotOf(maker_, "L1"), "1");
    AddLine(notice, Sscc(1));
    AddLine(notice, world_.UnitOf(maker_, "S1")).set_container(Sscc(1));
    world_.Create(from, notice);
  }
  NoticeWorld::Names List(const Firm& firm, const NoticeFilter& filter,
                          std::size_t page_rows = 50) {
    auto names = world_.List(firm.caller, filter, page_rows);
    EXPECT_TRUE(names.ok()) << names.status();
    return names.ok() ? *names : NoticeWorld::Names();
  }

  NoticeWorld world_;
  Firm& maker_ = world_.maker;
  Firm& shop_ = world_.shop;
};

TEST_F(NoticeList, ShowsBothSidesInOrderPageByPage) {
  for (const std::size_t page_rows : {1, 2, 50}) {
    EXPECT_THAT(List(maker_, {}, page_rows),
                ElementsAre("notices/1", "notices/2", "notices/3", "notices/4", "notices/5"));
    EXPECT_THAT(List(shop_, {}, page_rows), ElementsAre("notices/1", "notices/4"));
  }
  EXPECT_THAT(List(world_.carrier, {}), ElementsAre("notices/2"));
}

TEST_F(NoticeList, IsNarrowedByEveryFilter) {
  const auto by = [&](const std::function<void(NoticeFilter&)>& narrow) {
    NoticeFilter filter;
    narrow(filter);
    return List(maker_, filter);
  };
  EXPECT_THAT(by([](auto& filter) { filter.state = v1::SHIPPING_NOTICE_STATE_OPEN; }),
              ElementsAre("notices/2", "notices/3", "notices/4", "notices/5"));
  EXPECT_THAT(by([](auto& filter) { filter.state = v1::SHIPPING_NOTICE_STATE_CLOSED; }),
              ElementsAre("notices/1"));
  EXPECT_THAT(by([](auto& filter) { filter.state = v1::SHIPPING_NOTICE_STATE_RECEIVED; }),
              IsEmpty());
  EXPECT_THAT(by([](auto& filter) { filter.side = NoticeSide::kRecorded; }),
              ElementsAre("notices/1", "notices/2", "notices/3", "notices/5"));
  EXPECT_THAT(by([](auto& filter) { filter.side = NoticeSide::kAwaited; }),
              ElementsAre("notices/4", "notices/5"));
  EXPECT_THAT(by([&](auto& filter) { filter.source_party = shop_.party; }),
              ElementsAre("notices/4"));
  EXPECT_THAT(by([&](auto& filter) { filter.destination_party = maker_.customers[0]; }),
              ElementsAre("notices/3"));
  EXPECT_THAT(by([](auto& filter) { filter.expected_since.emplace().set_seconds(200); }),
              ElementsAre("notices/2", "notices/4"));
  EXPECT_THAT(by([](auto& filter) { filter.number = "A"; }), ElementsAre("notices/1", "notices/4"));
  EXPECT_THAT(by([&](auto& filter) { filter.object = world_.LotOf(maker_, "L1"); }),
              ElementsAre("notices/1", "notices/2", "notices/3", "notices/4"));
  EXPECT_THAT(by([](auto& filter) {
                filter.object = Sscc(1);
                filter.side = NoticeSide::kAwaited;
              }),
              ElementsAre("notices/4"));
  EXPECT_THAT(by([&](auto& filter) { filter.object = maker_.item; }), ElementsAre("notices/5"));
  EXPECT_THAT(by([&](auto& filter) { filter.object = world_.UnitOf(maker_, "S1"); }), IsEmpty())
      << "what is inside a container is found by the container";
}

TEST_F(NoticeList, RefusesWhatIsNoFilter) {
  const auto refused = [&](const std::function<void(NoticeFilter&)>& narrow) {
    NoticeFilter filter;
    narrow(filter);
    return world_.List(maker_.caller, filter).status();
  };
  EXPECT_EQ(FieldIn(refused([](auto& filter) { filter.object = "sscc/1"; })), "object");
  EXPECT_EQ(FieldIn(refused([](auto& filter) { filter.source_party = "x"; })), "source_party");
  EXPECT_EQ(FieldIn(refused([&](auto& filter) { filter.destination_party = maker_.item; })),
            "destination_party");
  EXPECT_EQ(FieldIn(refused(
                [](auto& filter) { filter.state = static_cast<v1::ShippingNoticeState>(9); })),
            "state");
  EXPECT_EQ(ReasonIn(refused([&](auto& filter) {
              filter.member = world_.registry.MemberRow(shop_.member).name();
            })),
            Reason::kNotFound);
  EXPECT_EQ(ReasonIn(world_.List(radyab::tests::Admin(), {}).status()), Reason::kMissingField);
}

TEST_F(NoticeList, LooksAtAThousandAPage) {
  for (int i = 0; i < 1'000; ++i) {
    v1::ShippingNotice notice = Numbered("M" + std::to_string(i), shop_.party);
    AddLine(notice, world_.LotOf(maker_, "L1"), "1");
    world_.Create(maker_, notice);
  }
  NoticeFilter last;
  last.number = "M999";
  auto page = world_.registry.Read([&](storage::ReadTransaction& transaction) {
    return ListNotices(transaction, maker_.caller, last, {50, ""});
  });
  ASSERT_TRUE(page.ok());
  EXPECT_TRUE(page->rows.empty());
  EXPECT_FALSE(page->next.empty());
  EXPECT_THAT(List(maker_, last), ElementsAre("notices/1005"));
}

}  // namespace
}  // namespace radyab::notices::tests
