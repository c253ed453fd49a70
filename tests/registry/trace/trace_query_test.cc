// What the questions answer to the member itself, and what other members may know.
#include "registry/trace/trace_query.h"

#include <gmock/gmock.h>

#include "registry/page_scan.h"
#include "tests/registry/trace/trace_world.h"

namespace radyab::trace::tests {
namespace {

using radyab::tests::FieldIn;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class TraceQuery : public testing::Test {
 protected:
  // A lot of the maker's with units and a pallet that goes through the carrier to the shop and from
  // there, in part, to a customer of the shop.
  void SendThePallet() {
    commission_ = world_.Take(maker_, EventOf(kCommission, 0)
                                          .Lot(lot_, "10")
                                          .Dates("2026-01-01", "2027-01-01")
                                          .UnitOfLot(unit_, "L1")
                                          .From(maker_.supplier));
    pack_ = world_.Take(maker_, EventOf(kPack, 1).Lot(lot_, "6").Piece(unit_).Into(pallet_));
    deliver_ = world_.Take(
        maker_, EventOf(kDeliver, 2).Lot(lot_, "1").To(maker_.customers[0]).Reference("order 1"));
    ship1_ = world_.Take(maker_, EventOf(kShip, 3).Piece(pallet_).To(carrier_.party).At("dock"));
    receive1_ = world_.Take(carrier_, EventOf(kReceive, 4).Piece(pallet_));
    ship2_ = world_.Take(carrier_, EventOf(kShip, 5).Piece(pallet_).To(shop_.party));
    receive2_ = world_.Take(shop_, EventOf(kReceive, 6).Piece(pallet_));
    unpack_ = world_.Take(shop_, EventOf(kUnpack, 7).Lot(lot_, "4").Piece(unit_).Into(pallet_));
    sale_ =
        world_.Take(shop_, EventOf(kDeliver, 8).Lot(lot_, "3").Piece(unit_).To(shop_.customers[0]));
  }

  std::vector<std::string> Holders(const access::Caller& caller, const std::string& object) {
    std::vector<std::string> rows;
    const auto holders = world_.Forward(caller, object);
    if (!holders.ok()) return {std::string(absl::StatusCodeToString(holders.status().code()))};
    for (const v1::TraceHolder& row : *holders) {
      rows.push_back(Name(row.party()) + (row.customer() ? " (customer) " : " ") +
                     v1::CustodyState_Name(row.state()).substr(14) + " " + row.quantity().amount() +
                     " " + row.quantity().unit());
    }
    return rows;
  }

  std::vector<std::string> Steps(const access::Caller& caller, const std::string& object) {
    const auto way = world_.Back(caller, object, 2);
    if (!way.ok()) return {std::string(absl::StatusCodeToString(way.status().code()))};
    std::vector<std::string> rows;
    for (const v1::TraceStep& step : way->steps.rows) {
      rows.push_back(v1::EventKind_Name(step.event().kind()).substr(11) +
                     (step.object() == object ? "" : " of " + step.object()));
    }
    return rows;
  }

  std::string Name(const std::string& party) {
    if (party.empty()) return "beyond";
    if (party == maker_.party) return "maker";
    if (party == carrier_.party) return "carrier";
    if (party == shop_.party) return "shop";
    if (party == maker_.customers[0]) return "maker1";
    if (party == shop_.customers[0]) return "shop1";
    return party;
  }

  TraceWorld world_;
  Firm& maker_ = world_.maker;
  Firm& carrier_ = world_.carrier;
  Firm& shop_ = world_.shop;
  std::string lot_ = world_.LotOf(maker_, "L1");
  std::string unit_ = world_.UnitOf(maker_, "S1");
  std::string pallet_ = Sscc(1);
  v1::Event commission_, pack_, deliver_, ship1_, receive1_, ship2_, receive2_, unpack_, sale_;
};

TEST_F(TraceQuery, ForwardFindsEveryHolderForWhoSeesAll) {
  SendThePallet();
  EXPECT_THAT(Holders(Admin(), lot_),
              UnorderedElementsAre("maker HELD 3 KGM", "maker1 (customer) DELIVERED 1 KGM",
                                   "shop HELD 3 KGM", "shop1 (customer) DELIVERED 3 KGM",
                                   "shop1 (customer) DELIVERED 1 C62"));
  EXPECT_THAT(Holders(Admin(), unit_), ElementsAre("shop1 (customer) DELIVERED 1 C62"));
  EXPECT_THAT(Holders(Admin(), pallet_), ElementsAre("shop HELD 1 C62"));
}

TEST_F(TraceQuery, ForwardSumsPartnersAndWhatIsBeyond) {
  SendThePallet();
  // The carrier is the maker's partner and holds nothing; the shop is beyond.
  EXPECT_THAT(Holders(maker_.caller, lot_),
              UnorderedElementsAre("beyond HELD 1 C62", "beyond HELD 6 KGM", "maker HELD 3 KGM",
                                   "maker1 (customer) DELIVERED 1 KGM"));
  // The shop is the carrier's partner; its customer is shown as the shop. So is the maker.
  EXPECT_THAT(Holders(carrier_.caller, lot_),
              UnorderedElementsAre("maker HELD 4 KGM", "shop HELD 6 KGM", "shop HELD 1 C62"));
  EXPECT_THAT(
      Holders(shop_.caller, lot_),
      UnorderedElementsAre("beyond HELD 4 KGM", "shop HELD 3 KGM",
                           "shop1 (customer) DELIVERED 3 KGM", "shop1 (customer) DELIVERED 1 C62"));
}

TEST_F(TraceQuery, ForwardNamesUnitsAndContainersOnlyToTheirHolder) {
  SendThePallet();
  for (const auto& [caller, open] :
       {std::pair(shop_.caller, true), std::pair(Admin(), true), std::pair(carrier_.caller, false),
        std::pair(maker_.caller, false)}) {
    const auto holders = world_.Forward(caller, lot_);
    ASSERT_TRUE(holders.ok());
    std::vector<std::string> units, containers;
    int unit_count = 0;
    for (const v1::TraceHolder& row : *holders) {
      units.insert(units.end(), row.units().begin(), row.units().end());
      containers.insert(containers.end(), row.containers().begin(), row.containers().end());
      unit_count += row.unit_count();
    }
    EXPECT_EQ(unit_count, 1);
    if (open) {
      EXPECT_THAT(units, ElementsAre(unit_));
      EXPECT_THAT(containers, ElementsAre(pallet_));
    } else {
      EXPECT_THAT(units, IsEmpty());
      EXPECT_THAT(containers, IsEmpty());
    }
  }
}

TEST_F(TraceQuery, ForwardOfAContainerCountsTheUnitsInside) {
  world_.Take(maker_, EventOf(kCommission, 0).Piece(unit_).Piece(world_.UnitOf(maker_, "S2")));
  world_.Take(maker_, EventOf(kPack, 1).Piece(unit_).Into(Sscc(2)));
  world_.Take(maker_,
              EventOf(kPack, 2).Piece(Sscc(2)).Piece(world_.UnitOf(maker_, "S2")).Into(pallet_));
  const auto holders = world_.Forward(maker_.caller, pallet_);
  ASSERT_TRUE(holders.ok());
  ASSERT_EQ(holders->size(), 1U);
  EXPECT_EQ((*holders)[0].unit_count(), 2);
  EXPECT_THAT((*holders)[0].units(), ElementsAre(unit_, world_.UnitOf(maker_, "S2")));
  EXPECT_THAT((*holders)[0].containers(), ElementsAre(pallet_));
}

TEST_F(TraceQuery, ForwardListsAHundredUnitsAndCountsTheRest) {
  EventOf event(kCommission, 0);
  for (int i = 0; i < 150; ++i) {
    event.UnitOfLot(world_.UnitOf(maker_, "S" + std::to_string(1000 + i)), "L1");
  }
  world_.Take(maker_, event);
  const auto holders = world_.Forward(maker_.caller, lot_);
  ASSERT_EQ(holders->size(), 1U);
  EXPECT_EQ((*holders)[0].unit_count(), 150);
  EXPECT_EQ((*holders)[0].quantity().amount(), "150");
  ASSERT_EQ((*holders)[0].units_size(), static_cast<int>(kListedMax));
  EXPECT_EQ((*holders)[0].units(99), world_.UnitOf(maker_, "S1099"));
}

TEST_F(TraceQuery, BackFollowsTheContainersAroundTheObject) {
  SendThePallet();
  const std::vector<std::string> whole = {"DELIVER",
                                          "UNPACK",
                                          "RECEIVE of " + pallet_,
                                          "SHIP of " + pallet_,
                                          "RECEIVE of " + pallet_,
                                          "SHIP of " + pallet_,
                                          "PACK",
                                          "COMMISSION"};
  EXPECT_EQ(Steps(Admin(), unit_), whole);
  EXPECT_THAT(Steps(maker_.caller, unit_),
              ElementsAre("RECEIVE of " + pallet_, "SHIP of " + pallet_, "PACK", "COMMISSION"));
  EXPECT_THAT(Steps(carrier_.caller, unit_),
              ElementsAre("RECEIVE of " + pallet_, "SHIP of " + pallet_, "RECEIVE of " + pallet_,
                          "SHIP of " + pallet_));
  EXPECT_THAT(Steps(shop_.caller, unit_),
              ElementsAre("DELIVER", "UNPACK", "RECEIVE of " + pallet_, "SHIP of " + pallet_));
  // Of the lot also what was delivered before the pallet left; the pallet still holds some of it.
  EXPECT_EQ(Steps(Admin(), lot_).size(), whole.size() + 1);
  EXPECT_THAT(Steps(maker_.caller, lot_), ElementsAre("RECEIVE of " + pallet_, "SHIP of " + pallet_,
                                                      "DELIVER", "PACK", "COMMISSION"));
}

TEST_F(TraceQuery, BackNamesTheSupplierOneStepAway) {
  SendThePallet();
  EXPECT_EQ(world_.Back(Admin(), unit_)->supplier_party, maker_.supplier);
  EXPECT_EQ(world_.Back(maker_.caller, lot_)->supplier_party, maker_.supplier);
  EXPECT_EQ(world_.Back(carrier_.caller, unit_)->supplier_party, maker_.party);
  EXPECT_EQ(world_.Back(shop_.caller, unit_)->supplier_party, "");
}

TEST_F(TraceQuery, BackOfAContainerNamesTheSuppliersOfItsContents) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").From(maker_.supplier));
  world_.Take(maker_, EventOf(kCommission, 0).Piece(unit_));
  world_.Take(maker_, EventOf(kPack, 1).Lot(lot_, "1").Into(Sscc(2)));
  world_.Take(maker_, EventOf(kPack, 2).Piece(Sscc(2)).Piece(unit_).Into(pallet_));
  const auto way = world_.Back(maker_.caller, pallet_);
  EXPECT_THAT(way->supplier_parties, UnorderedElementsAre(maker_.supplier, maker_.party));
  EXPECT_EQ(way->supplier_party, "");
  world_.Take(maker_, EventOf(kShip, 3).Piece(pallet_).To(shop_.party));
  world_.Take(shop_, EventOf(kReceive, 4).Piece(pallet_));
  EXPECT_THAT(world_.Back(shop_.caller, pallet_)->supplier_parties, ElementsAre(maker_.party));
  EXPECT_THAT(world_.Back(maker_.caller, pallet_)->supplier_parties, IsEmpty());
}

TEST_F(TraceQuery, EventsAreSeenByWhoRecordedThemAndOneStepUpAndDown) {
  SendThePallet();
  const auto names = [](const absl::StatusOr<std::vector<v1::Event>>& events) {
    std::vector<std::string> all;
    for (const v1::Event& event : *events) all.push_back(event.name());
    return all;
  };
  EXPECT_THAT(names(world_.Events(carrier_.caller, pallet_, 2)),
              ElementsAre(ship1_.name(), receive1_.name(), ship2_.name(), receive2_.name()));
  EXPECT_THAT(names(world_.Events(maker_.caller, pallet_)),
              ElementsAre(pack_.name(), ship1_.name(), receive1_.name()));
  EXPECT_THAT(names(world_.Events(Admin(), unit_, 1)),
              ElementsAre(commission_.name(), pack_.name(), unpack_.name(), sale_.name()));
  EXPECT_TRUE(world_.EventNamed(carrier_.caller, ship1_.name()).ok());
  EXPECT_TRUE(absl::IsNotFound(world_.EventNamed(shop_.caller, ship1_.name()).status()));
  EXPECT_TRUE(absl::IsNotFound(world_.EventNamed(carrier_.caller, pack_.name()).status()));
}

TEST_F(TraceQuery, StrangersAndTheMissingGetTheSameAnswer) {
  const std::string lot = world_.LotOf(maker_, "OWN");
  const std::string unit = world_.UnitOf(maker_, "OWN");
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot, "5").Piece(unit));
  world_.Take(maker_, EventOf(kPack, 1).Lot(lot, "1").Into(pallet_));
  const auto& who = shop_.caller;
  for (const std::string& object :
       {lot, unit, pallet_, world_.LotOf(maker_, "NONE"), world_.UnitOf(maker_, "NONE"), Sscc(9),
        std::string("1042000017000113/lot/L")}) {
    for (const auto& caller : {who, access::Caller{5, v1::ROLE_OPERATOR, std::nullopt}}) {
      for (const absl::Status& status :
           {world_.Forward(caller, object).status(), world_.Back(caller, object).status(),
            world_.Custody(caller, object).status(), world_.Events(caller, object).status(),
            world_.Contents(caller, object).status()}) {
        EXPECT_TRUE(absl::IsNotFound(status)) << object << ": " << status;
        EXPECT_EQ(status.message(), object + ": not found");
      }
      EXPECT_FALSE(world_.Facts(caller, object)->known);
    }
  }
}

TEST_F(TraceQuery, WhoOnceCarriedAThingUnopenedMayStillAsk) {
  SendThePallet();
  // The carrier never recorded the unit or the lot, and the shop has taken them out since.
  EXPECT_TRUE(world_.Custody(carrier_.caller, unit_).ok());
  // A pallet packed after it left the carrier is none of his business.
  const std::string later = world_.UnitOf(shop_, "LATER");
  world_.Take(shop_, EventOf(kCommission, 20).Piece(later));
  world_.Take(shop_, EventOf(kPack, 21).Piece(later).Into(pallet_));
  EXPECT_TRUE(absl::IsNotFound(world_.Custody(carrier_.caller, later).status()));
}

TEST_F(TraceQuery, WhoHadOneUnitKnowsItsLot) {
  // A lot of units only: no event after the commission names the lot itself.
  const std::string lot = world_.LotOf(maker_, "U1");
  const std::string sent = world_.UnitOf(maker_, "A1");
  const std::string boxed = world_.UnitOf(maker_, "A2");
  world_.Take(maker_, EventOf(kCommission, 0).UnitOfLot(sent, "U1").UnitOfLot(boxed, "U1"));
  world_.Take(maker_, EventOf(kPack, 1).Piece(boxed).Into(pallet_));
  EXPECT_THAT(Holders(shop_.caller, lot), ElementsAre("NOT_FOUND"));
  world_.Take(maker_, EventOf(kShip, 2).Piece(pallet_).To(carrier_.party));
  EXPECT_THAT(Holders(carrier_.caller, lot),
              UnorderedElementsAre("beyond HELD 1 C62", "maker IN_TRANSIT 1 C62"));
  world_.Take(maker_, EventOf(kShip, 3).Piece(sent).To(shop_.party));
  world_.Take(shop_, EventOf(kReceive, 4).Piece(sent));
  world_.Take(shop_, EventOf(kDeliver, 5).Piece(sent).To(shop_.customers[0]));
  EXPECT_THAT(Holders(shop_.caller, lot),
              UnorderedElementsAre("maker HELD 1 C62", "shop1 (customer) DELIVERED 1 C62"));
}

TEST_F(TraceQuery, ContentsAreSeenByWhoHoldsTheContainer) {
  SendThePallet();
  EXPECT_TRUE(absl::IsNotFound(world_.Contents(maker_.caller, pallet_).status()));
  EXPECT_TRUE(absl::IsNotFound(world_.Contents(carrier_.caller, pallet_).status()));
  const auto contents = world_.Contents(shop_.caller, pallet_, 1);
  ASSERT_EQ(contents->size(), 1U);
  EXPECT_EQ((*contents)[0].quantity().amount(), "2");
  EXPECT_EQ(FieldIn(world_.Contents(shop_.caller, unit_).status()), "container");
}

TEST_F(TraceQuery, CustodyTellsSinceWhenAndByWhichEvent) {
  SendThePallet();
  const auto seen = world_.Custody(shop_.caller, pallet_);
  ASSERT_EQ(seen->size(), 1U);
  EXPECT_EQ((*seen)[0].event(), receive2_.name());
  EXPECT_EQ((*seen)[0].since().seconds(), receive2_.event_time().seconds());
  const auto hidden = world_.Custody(maker_.caller, pallet_);
  ASSERT_EQ(hidden->size(), 1U);
  EXPECT_EQ((*hidden)[0].holder_party(), "");
  EXPECT_EQ((*hidden)[0].event(), "");
  EXPECT_EQ((*hidden)[0].place(), "");
}

TEST_F(TraceQuery, CustodyKeepsThePlaceUntilTheGoodsArrive) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").At("hall 1"));
  world_.Take(maker_, EventOf(kShip, 1).Lot(lot_, "5").To(shop_.party));
  EXPECT_EQ((*world_.Custody(shop_.caller, lot_))[0].place(), "hall 1");
  world_.Take(shop_, EventOf(kReceive, 2).Lot(lot_, "5"));
  EXPECT_EQ((*world_.Custody(shop_.caller, lot_))[0].place(), "");
}

TEST_F(TraceQuery, CustodyForgetsThePlaceWhereQuantitiesOfTwoPlacesMeet) {
  const auto place = [&] { return (*world_.Custody(maker_.caller, lot_))[0].place(); };
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").At("hall 1"));
  world_.Take(maker_, EventOf(kCommission, 1).Lot(lot_, "1").At("hall 1"));
  EXPECT_EQ(place(), "hall 1");
  world_.Take(maker_, EventOf(kCommission, 2).Lot(lot_, "1").At("hall 2"));
  EXPECT_EQ(place(), "") << "six lie in hall 1, one in hall 2";
  world_.Take(maker_, EventOf(kCommission, 3).Lot(lot_, "1").At("hall 2"));
  EXPECT_EQ(place(), "") << "nobody said where the first six went";
  const std::string other = world_.LotOf(maker_, "L2");
  world_.Take(maker_, EventOf(kCommission, 4).Lot(other, "1").At("hall 1"));
  world_.Take(maker_, EventOf(kCommission, 5).Lot(other, "1"));
  EXPECT_EQ((*world_.Custody(maker_.caller, other))[0].place(), "") << "of the second not told";
}

TEST_F(TraceQuery, DeliveriesListWhatAPartyReceivedLatestFirst) {
  SendThePallet();
  world_.Take(maker_, EventOf(kDeliver, 9).Lot(lot_, "0.5").To(maker_.customers[0]));
  const auto list = world_.Deliveries(maker_.caller, maker_.customers[0], 1);
  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ((*list)[0].quantity().amount(), "0.5");
  EXPECT_EQ((*list)[1].event(), deliver_.name());
  EXPECT_EQ((*list)[1].reference(), "order 1");
  EXPECT_EQ((*world_.Deliveries(shop_.caller, shop_.party))[0].object(), pallet_);
  const auto foreign = world_.Deliveries(shop_.caller, maker_.customers[0]).status();
  EXPECT_TRUE(absl::IsNotFound(foreign)) << foreign;
  EXPECT_TRUE(absl::IsNotFound(world_.Deliveries(shop_.caller, "7000000017004271").status()));
  EXPECT_EQ(FieldIn(world_.Deliveries(shop_.caller, "nobody").status()), "party");
}

TEST_F(TraceQuery, FactsTellDatesLotAndSupplier) {
  SendThePallet();
  const auto facts = world_.Facts(maker_.caller, unit_);
  EXPECT_TRUE(facts->known);
  EXPECT_EQ(facts->lot, "L1");
  EXPECT_EQ(facts->expiry_date, "2027-01-01") << "of its lot";
  EXPECT_EQ(facts->supplier, maker_.supplier);
  EXPECT_EQ(world_.Facts(shop_.caller, lot_)->production_date, "2026-01-01");
  EXPECT_EQ(world_.Facts(shop_.caller, lot_)->supplier, "");
  EXPECT_TRUE(world_.Facts(shop_.caller, pallet_)->known);
  EXPECT_EQ(FieldIn(world_.Facts(shop_.caller, "x").status()), "object");
}

TEST_F(TraceQuery, FactsStayKnownToWhoCarriedTheBoxWhileItHoldsTheGoods) {
  SendThePallet();
  EXPECT_TRUE(world_.Facts(carrier_.caller, lot_)->known);
  world_.Take(shop_, EventOf(kPack, 9).Lot(lot_, "1").Into(pallet_));
  EXPECT_TRUE(world_.Facts(carrier_.caller, lot_)->known) << "some of it was inside all the time";
  world_.Take(shop_, EventOf(kUnpack, 10).Lot(lot_, "3").Into(pallet_));
  world_.Take(shop_, EventOf(kPack, 11).Lot(lot_, "1").Into(pallet_));
  EXPECT_FALSE(world_.Facts(carrier_.caller, lot_)->known) << "by index; the history still knows";
  EXPECT_TRUE(world_.Custody(carrier_.caller, lot_).ok());
}

TEST_F(TraceQuery, RefusesWordsThatNameNoObject) {
  for (const std::string& bad : {std::string("x"), maker_.item, std::string("sscc/1"),
                                 std::string("8031000017000251/lot/L")}) {
    EXPECT_EQ(FieldIn(world_.Forward(maker_.caller, bad).status()), "object") << bad;
  }
}

TEST_F(TraceQuery, APageOfEventsEndsBeforeItsAnswerGrowsTooLarge) {
  constexpr int kEvents = 80, kPieces = 900;  // together more than one answer may have
  const std::string lot = world_.LotOf(world_.maker, "L1");
  std::size_t byte_count = 0;
  for (int i = 0; i < kEvents; ++i) {
    EventOf event(kCommission, i);
    event.Lot(lot, "1");
    for (int piece = 0; piece < kPieces; ++piece) {
      const std::string serial =
          "S" + std::to_string(100'000'000'000'000'000 + i * kPieces + piece);
      event.Piece(world_.UnitOf(world_.maker, serial));
    }
    byte_count += world_.Take(world_.maker, event).ByteSizeLong();
  }
  ASSERT_GT(byte_count, kAnswerBytesMax);
  const auto first = world_.registry.Read([&](storage::ReadTransaction& transaction) {
    return ListEvents(transaction, world_.maker.caller, lot, {1'000, ""});
  });
  ASSERT_TRUE(first.ok()) << first.status();
  std::size_t of_page = 0;
  for (const v1::Event& event : first->rows) of_page += event.ByteSizeLong();
  EXPECT_LE(of_page, kAnswerBytesMax);
  EXPECT_GT(of_page, kAnswerBytesMax / 2);
  EXPECT_FALSE(first->next.empty());
  EXPECT_EQ(world_.Events(world_.maker.caller, lot, 1'000)->size(), std::size_t{kEvents});
}

}  // namespace
}  // namespace radyab::trace::tests
