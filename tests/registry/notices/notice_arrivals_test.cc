#include "registry/notices/notice_arrivals.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <random>

#include "registry/notices/notice_row.h"
#include "tests/registry/notices/notice_world.h"

namespace radyab::notices::tests {
namespace {

using testing::ElementsAre;

class NoticeArrivals : public testing::Test {
 protected:
  v1::ShippingNotice Of(const v1::Event& shipped, const std::string& number) {
    return world_.Create(maker_, Numbered(number), {shipped.name()});
  }
  std::vector<std::string> ProgressOf(const v1::ShippingNotice& notice) {
    return Progress(world_.Get(maker_, notice.name()));
  }

  NoticeWorld world_;
  Firm& maker_ = world_.maker;
  Firm& shop_ = world_.shop;
};

TEST_F(NoticeArrivals, FollowTheReceiptsOfTheGoods) {
  const auto notice = Of(world_.Ship("L1", "10", 0), "N-1");
  EXPECT_THAT(ProgressOf(notice), ElementsAre("0/10"));
  world_.Receive("L1", "4", 5);
  EXPECT_THAT(ProgressOf(notice), ElementsAre("4/6"));
  // What was received stays received, wherever it goes.
  world_.Take(shop_,
              EventOf(kDeliver, 6).Lot(world_.LotOf(maker_, "L1"), "3").To(shop_.customers[0]));
  EXPECT_THAT(ProgressOf(notice), ElementsAre("4/6"));
  world_.Receive("L1", "6", 7);
  EXPECT_THAT(ProgressOf(notice), ElementsAre("10/0"));
  const auto read = world_.Get(shop_, notice.name());
  EXPECT_EQ(read.counts().received_lines(), 1);
  EXPECT_EQ(read.counts().outstanding_lines(), 0);
  EXPECT_EQ(read.state(), v1::SHIPPING_NOTICE_STATE_OPEN) << "until somebody closes it";
}

TEST_F(NoticeArrivals, AreDealtAmongNoticesOfOneLotInTheirOrder) {
  world_.Ship("L1", "5", 0);
  world_.Receive("L1", "5", 2);  // before any notice
  const auto first = Of(world_.Ship("L1", "10", 10), "N-1");
  const auto second = Of(world_.Ship("L1", "20", 20), "N-2");
  world_.Receive("L1", "8", 30);
  EXPECT_THAT(ProgressOf(first), ElementsAre("8/2"));
  EXPECT_THAT(ProgressOf(second), ElementsAre("0/20"));
  world_.Receive("L1", "5", 31);
  EXPECT_THAT(ProgressOf(first), ElementsAre("10/0"));
  EXPECT_THAT(ProgressOf(second), ElementsAre("3/17"));
}

TEST_F(NoticeArrivals, CountFirstForTheNoticeTheyName) {
  const auto first = Of(world_.Ship("L1", "10", 0), "N-1");
  const auto second = Of(world_.Ship("L1", "20", 10), "N-2");
  world_.Receive("L1", "8", 20, "N-2");
  EXPECT_THAT(ProgressOf(first), ElementsAre("0/10"));
  EXPECT_THAT(ProgressOf(second), ElementsAre("8/12"));
  world_.Receive("L1", "15", 21, "N-2");  // 12 for it, the rest for the other
  EXPECT_THAT(ProgressOf(first), ElementsAre("3/7"));
  EXPECT_THAT(ProgressOf(second), ElementsAre("20/0"));
}

TEST_F(NoticeArrivals, LeaveOutNoticesThatWereCancelledOrClosedBefore) {
  const auto cancelled = Of(world_.Ship("L1", "10", 0), "N-1");
  const auto closed = Of(world_.Ship("L1", "10", 10), "N-2");
  const auto open = Of(world_.Ship("L1", "10", 20), "N-3");
  ASSERT_TRUE(world_.Cancel(maker_.caller, {cancelled.name(), "not sent", ""}).ok());
  world_.Receive("L1", "4", 30);
  ASSERT_TRUE(world_.Close(shop_.caller, {closed.name(), "the rest is broken", ""}).ok());
  world_.Receive("L1", "3", 31);
  EXPECT_THAT(ProgressOf(cancelled), ElementsAre("0/10"));
  EXPECT_THAT(ProgressOf(closed), ElementsAre("4/6"));
  EXPECT_THAT(ProgressOf(open), ElementsAre("3/7"));
}

TEST_F(NoticeArrivals, TakeContainersWithAllThatIsInside) {
  world_.Take(maker_, EventOf(kCommission, 0)
                          .Piece(world_.UnitOf(maker_, "S1"))
                          .Piece(world_.UnitOf(maker_, "S2"))
                          .Lot(world_.LotOf(maker_, "L1"), "5"));
  world_.Take(maker_, EventOf(kPack, 1)
                          .Piece(world_.UnitOf(maker_, "S1"))
                          .Lot(world_.LotOf(maker_, "L1"), "5")
                          .Into(Sscc(1)));
  world_.Take(maker_, EventOf(kPack, 2).Piece(Sscc(1)).Into(Sscc(2)));
  const auto shipped = world_.Take(
      maker_, EventOf(kShip, 3).Piece(Sscc(2)).Piece(world_.UnitOf(maker_, "S2")).To(shop_.party));
  const auto notice = Of(shipped, "N-1");
  EXPECT_THAT(ProgressOf(notice), ElementsAre("0/1", "0/1", "0/5", "0/1", "0/1"));
  world_.Take(shop_, EventOf(kReceive, 4).Piece(Sscc(2)));
  world_.Take(shop_, EventOf(kUnpack, 5).Piece(Sscc(1)).Into(Sscc(2)));
  EXPECT_THAT(ProgressOf(notice), ElementsAre("1/0", "1/0", "5/0", "1/0", "0/1"));
}

TEST_F(NoticeArrivals, CountOnlyWhatCameFromTheSender) {
  v1::ShippingNotice wanted = Numbered("N-1", shop_.party);
  AddLine(wanted, world_.LotOf(maker_, "L1"), "10");
  const auto notice = world_.Create(world_.carrier, wanted);
  world_.Ship("L1", "10", 0);
  world_.Receive("L1", "10", 5);  // from the maker
  EXPECT_THAT(Progress(world_.Get(shop_, notice.name())), ElementsAre("0/10"));
}

TEST_F(NoticeArrivals, TellOfGivenLinesWhatCameSinceAndTheExcess) {
  world_.Ship("L1", "4", 0);
  world_.Receive("L1", "4", 5);
  v1::ShippingNotice wanted = Numbered("N-1", shop_.party);
  AddLine(wanted, world_.LotOf(maker_, "L1"), "2");
  AddLine(wanted, world_.LotOf(maker_, "L1"), "3");
  const auto notice = world_.Create(maker_, wanted);
  EXPECT_THAT(ProgressOf(notice), ElementsAre("0/2", "0/3"));
  world_.Ship("L1", "9", 10);
  world_.Receive("L1", "9", 15);
  EXPECT_THAT(ProgressOf(notice), ElementsAre("2/0", "7/0"));
}

TEST_F(NoticeArrivals, GiveABareCodeWhatNoNoticeAnnouncesByItself) {
  v1::ShippingNotice wanted = Numbered("N-1", shop_.party);
  AddLine(wanted, maker_.item, "10", "KGM");
  AddLine(wanted, world_.LotOf(maker_, "L1"), "2");
  AddLine(wanted, maker_.item, "3", "C62");
  const auto notice = world_.Create(maker_, wanted);
  world_.Ship("L1", "2", 0);
  world_.Ship("L2", "4", 5);
  world_.Ship("L3", "4", 10);
  world_.Take(maker_, EventOf(kCommission, 15).Piece(world_.UnitOf(maker_, "S1")));
  world_.Take(maker_, EventOf(kShip, 16).Piece(world_.UnitOf(maker_, "S1")).To(shop_.party));
  world_.Receive("L1", "2", 20);
  world_.Receive("L2", "4", 21);
  world_.Receive("L3", "1", 22);
  world_.Take(shop_, EventOf(kReceive, 23).Piece(world_.UnitOf(maker_, "S1")));
  EXPECT_THAT(ProgressOf(notice), ElementsAre("5/5", "2/0", "1/2"));
}

TEST_F(NoticeArrivals, OfACustomerAreHisDeliveries) {
  v1::ShippingNotice wanted = Numbered("N-1", maker_.customers[0]);
  AddLine(wanted, world_.LotOf(maker_, "L1"), "10");
  const auto notice = world_.Create(maker_, wanted);
  world_.Take(maker_, EventOf(kCommission, 0).Lot(world_.LotOf(maker_, "L1"), "10"));
  world_.Take(maker_,
              EventOf(kShip, 1).Lot(world_.LotOf(maker_, "L1"), "10").To(maker_.customers[0]));
  EXPECT_THAT(ProgressOf(notice), ElementsAre("0/10"));
  world_.Take(maker_,
              EventOf(kDeliver, 2).Lot(world_.LotOf(maker_, "L1"), "6").To(maker_.customers[0]));
  world_.Take(maker_,
              EventOf(kReturn, 3).Lot(world_.LotOf(maker_, "L1"), "4").From(maker_.customers[0]));
  EXPECT_THAT(ProgressOf(notice), ElementsAre("6/4"));
}

TEST_F(NoticeArrivals, OnThePaperOfASupplierBeginHere) {
  v1::ShippingNotice wanted = Numbered("LS 1", maker_.party);
  wanted.set_source_party(maker_.supplier);
  AddLine(wanted, world_.LotOf(maker_, "L1"), "10");
  AddLine(wanted, Sscc(1));
  AddLine(wanted, world_.UnitOf(maker_, "S1")).set_container(Sscc(1));
  AddLine(wanted, Sscc(2));
  AddLine(wanted, maker_.item, "5", "C62");
  const auto notice = world_.Create(maker_, wanted);
  world_.Take(maker_, EventOf(kCommission, 0)
                          .Lot(world_.LotOf(maker_, "L1"), "4")
                          .Piece(world_.UnitOf(maker_, "S9"))
                          .From(maker_.supplier));
  world_.Take(maker_, EventOf(kCommission, 1).Lot(world_.LotOf(maker_, "L7"), "1"));
  EXPECT_THAT(ProgressOf(notice), ElementsAre("4/6", "0/1", "0/1", "0/1", "1/4"));
  world_.Take(maker_,
              EventOf(kCommission, 2).Piece(world_.UnitOf(maker_, "S1")).From(maker_.supplier));
  world_.Take(maker_, EventOf(kPack, 3).Piece(world_.UnitOf(maker_, "S9")).Into(Sscc(2)));
  EXPECT_THAT(ProgressOf(notice), ElementsAre("4/6", "1/0", "1/0", "1/0", "1/4"));
}

// --- random worlds of one lot, dealt piece by piece

struct ModelNotice {
  std::string name, number;
  std::uint64_t after = 0, until = UINT64_MAX;
  std::int64_t announced = 0, got = 0;
  bool cancelled = false;
};
struct ModelReceipt {
  std::uint64_t event = 0;
  std::int64_t amount = 0;
  std::string reference;
};

void DealPieces(const std::vector<ModelReceipt>& receipts, std::vector<ModelNotice>& all) {
  for (const ModelReceipt& receipt : receipts) {
    std::vector<ModelNotice*> fit;
    for (ModelNotice& notice : all) {
      const bool in_time = receipt.event > notice.after && receipt.event <= notice.until;
      if (in_time && !notice.cancelled) fit.push_back(&notice);
    }
    const auto named = std::ranges::find_if(
        fit, [&](const ModelNotice* notice) { return notice->number == receipt.reference; });
    for (std::int64_t piece = 0; piece < receipt.amount && !fit.empty(); ++piece) {
      const auto open = [](const ModelNotice* notice) { return notice->got < notice->announced; };
      auto to = fit.end();
      if (named != fit.end() && open(*named)) to = named;
      if (to == fit.end()) to = std::ranges::find_if(fit, open);
      if (to == fit.end()) to = named != fit.end() ? named : fit.end() - 1;
      ++(*to)->got;
    }
  }
}

TEST_F(NoticeArrivals, AgreeWithDealingPieceByPiece) {
  const char* given = std::getenv("RADYAB_SEED");
  const std::uintmax_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
  std::printf("seed: %ju (RADYAB_SEED=%ju replays it)\n", seed, seed);
  std::mt19937 random(seed);
  const auto below = [&](unsigned bound) { return static_cast<int>(random() % bound); };
  std::vector<ModelNotice> notices;
  std::vector<ModelReceipt> receipts;
  std::uint64_t events = 0;
  std::int64_t on_the_way = 0;
  for (int step = 0; step < 400; ++step) {
    const std::string number = "N-" + std::to_string(notices.size());
    const std::int64_t amount = 1 + below(5);
    const int what = below(6);
    if (what == 0 || what == 1) {  // made of an event
      const auto shipped = world_.Ship("L1", std::to_string(amount), step * 10);
      events += 2;
      on_the_way += amount;
      if (what == 1) continue;
      notices.push_back({Of(shipped, number).name(), number, events, UINT64_MAX, amount});
    } else if (what == 2) {  // given
      v1::ShippingNotice wanted = Numbered(number, shop_.party);
      AddLine(wanted, world_.LotOf(maker_, "L1"), std::to_string(amount));
      notices.push_back({world_.Create(maker_, wanted).name(), number, events, UINT64_MAX, amount});
    } else if (what == 3 && !notices.empty()) {  // ended
      ModelNotice& one = notices[static_cast<std::size_t>(below(notices.size()))];
      if (one.cancelled || one.until != UINT64_MAX) continue;
      one.cancelled = below(2) == 0;
      one.until = events;
      const auto ended = one.cancelled ? world_.Cancel(maker_.caller, {one.name, "x", ""})
                                       : world_.Close(shop_.caller, {one.name, "x", ""});
      ASSERT_TRUE(ended.ok()) << ended.status();
    } else if (on_the_way > 0) {
      const std::int64_t part = std::min(on_the_way, amount);
      const std::string reference = "N-" + std::to_string(below(notices.size() + 2));
      world_.Receive("L1", std::to_string(part), step * 10 + 5, reference);
      receipts.push_back({++events, part, reference});
      on_the_way -= part;
    }
  }
  DealPieces(receipts, notices);
  for (const ModelNotice& notice : notices) {
    const auto left = std::max<std::int64_t>(notice.announced - notice.got, 0);
    EXPECT_THAT(Progress(world_.Get(maker_, notice.name)),
                ElementsAre(std::to_string(notice.cancelled ? 0 : notice.got) + "/" +
                            std::to_string(notice.cancelled ? notice.announced : left)))
        << notice.name;
  }
}

TEST_F(NoticeArrivals, ShowNothingOfTheReceiversCustomers) {
  // The shop sends part of the lot on: the maker's notice shows no more than what was received.
  const auto notice = Of(world_.Ship("L1", "10", 0), "N-1");
  world_.Receive("L1", "10", 5);
  world_.Take(shop_,
              EventOf(kDeliver, 6).Lot(world_.LotOf(maker_, "L1"), "10").To(shop_.customers[0]));
  const std::string seen = world_.Get(maker_, notice.name()).DebugString();
  EXPECT_EQ(seen.find(shop_.customers[0]), std::string::npos);
}

}  // namespace
}  // namespace radyab::notices::tests
