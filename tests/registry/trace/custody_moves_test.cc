// Every verb: what it does, and what it refuses.
#include <gmock/gmock.h>

#include "tests/registry/trace/trace_world.h"

namespace radyab::trace::tests {
namespace {

using testing::HasSubstr;
using enum absl::StatusCode;

class CustodyMoves : public testing::Test {
 protected:
  // "holder state[ to destination][ in container] amount unit", sorted by holder.
  std::vector<std::string> Where(const std::string& object) {
    std::vector<std::string> rows;
    const auto custody = world_.Custody(Admin(), object);
    EXPECT_TRUE(custody.ok()) << custody.status();
    for (const v1::Custody& row : *custody) {
      std::string text =
          Name(row.holder_party()) + " " + v1::CustodyState_Name(row.state()).substr(14);
      if (!row.destination_party().empty()) text += " to " + Name(row.destination_party());
      if (!row.container().empty()) text += " in " + row.container();
      rows.push_back(text + " " + row.quantity().amount() + " " + row.quantity().unit());
    }
    return rows;
  }

  std::string Name(const std::string& party) {
    for (const auto& [firm, name] :
         {std::pair(&world_.maker, "maker"), std::pair(&world_.carrier, "carrier"),
          std::pair(&world_.shop, "shop")}) {
      if (party == firm->party) return name;
      if (party == firm->customers[0]) return std::string(name) + "1";
      if (party == firm->customers[1]) return std::string(name) + "2";
    }
    return party;
  }

  absl::Status Impossible(const Firm& firm, const v1::Event& event) {
    return world_.Refused(firm, event, kFailedPrecondition, Reason::kImpossibleMove);
  }
  void Missing(const Firm& firm, const v1::Event& event) {
    world_.Refused(firm, event, kNotFound, Reason::kNotFound).IgnoreError();
  }
  std::string FaultyField(const Firm& firm, const v1::Event& event) {
    return radyab::tests::FieldIn(
        world_.Refused(firm, event, kInvalidArgument, Reason::kInvalidField));
  }

  TraceWorld world_;
  Firm& maker_ = world_.maker;
  Firm& carrier_ = world_.carrier;
  Firm& shop_ = world_.shop;
  std::string lot_ = world_.LotOf(maker_, "L1");
  std::string unit_ = world_.UnitOf(maker_, "S1");
  std::string box_ = Sscc(1);
  std::string pallet_ = Sscc(2);
};

using Rows = std::vector<std::string>;

TEST_F(CustodyMoves, CommissionBringsALotIntoBeingAndAddsToIt) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5.5"));
  EXPECT_EQ(Where(lot_), Rows({"maker HELD 5.5 KGM"}));
  world_.Take(maker_, EventOf(kCommission, 1).Lot(lot_, "0.25"));
  EXPECT_EQ(Where(lot_), Rows({"maker HELD 5.75 KGM"}));
}

TEST_F(CustodyMoves, CommissionMakesUnitsAndTheirLot) {
  world_.Take(maker_, EventOf(kCommission, 0)
                          .UnitOfLot(unit_, "L1")
                          .Dates("2026-01-01", "2027-01-01")
                          .UnitOfLot(world_.UnitOf(maker_, "S2"), "L1"));
  EXPECT_EQ(Where(unit_), Rows({"maker HELD 1 C62"}));
  EXPECT_EQ(Where(lot_), Rows({"maker HELD 2 C62"}));
  EXPECT_EQ(world_.Facts(maker_.caller, lot_)->expiry_date, "2027-01-01");
}

TEST_F(CustodyMoves, CommissionRefusesWhatIsNotTheMembers) {
  const std::string foreign = world_.LotOf(shop_, "L1");
  Missing(maker_, EventOf(kCommission, 0).Lot(foreign, "1"));
  Missing(maker_, EventOf(kCommission, 0).Lot("1042000017000113/lot/L", "1"));
  Missing(maker_, EventOf(kCommission, 0).Lot(lot_, "1").From(shop_.supplier));
  Missing(maker_, EventOf(kCommission, 0).Lot(lot_, "1").From("7000000017004271"));
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "1").From(shop_.party));
}

TEST_F(CustodyMoves, CommissionOfAnotherMembersItemIsTheRegistrars) {
  Firm registrar = maker_;
  registrar.caller = {7, v1::ROLE_REGISTRAR, std::nullopt};
  v1::Event event = EventOf(kCommission, 0).Lot(world_.LotOf(shop_, "L1"), "1");
  event.set_member(world_.registry.MemberRow(maker_.member).name());
  world_.Take(registrar, event);
  EXPECT_EQ(Where(world_.LotOf(shop_, "L1")), Rows({"maker HELD 1 KGM"}));
}

TEST_F(CustodyMoves, CommissionRefusesASecondTime) {
  world_.Take(maker_, EventOf(kCommission, 0).Piece(unit_));
  const auto refusal = Impossible(maker_, EventOf(kCommission, 1).Piece(unit_));
  EXPECT_THAT(refusal.message(), HasSubstr(unit_));
  EXPECT_THAT(refusal.message(), HasSubstr("with " + maker_.party));
}

TEST_F(CustodyMoves, ALotKeepsItsUnitAndItsDates) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Dates("2026-01-01", ""));
  EXPECT_EQ(FaultyField(maker_, EventOf(kCommission, 1).Lot(lot_, "5", "LTR")),
            "objects[0].quantity.unit");
  EXPECT_EQ(FaultyField(maker_, EventOf(kShip, 1).Lot(lot_, "1", "LTR").To(shop_.party)),
            "objects[0].quantity.unit");
  Impossible(maker_, EventOf(kCommission, 1).Lot(lot_, "5").Dates("2026-01-02", "")).IgnoreError();
  world_.Take(maker_, EventOf(kCommission, 1).Lot(lot_, "5").Dates("2026-01-01", "2026-06-01"));
  Impossible(maker_, EventOf(kCommission, 2).Lot(lot_, "5").Dates("", "2026-06-02")).IgnoreError();
}

TEST_F(CustodyMoves, ALotKeepsItsSupplier) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").From(maker_.supplier));
  const auto refusal = Impossible(maker_, EventOf(kCommission, 1).Lot(lot_, "3"));
  EXPECT_THAT(refusal.message(), HasSubstr(lot_));
  EXPECT_THAT(refusal.message(), HasSubstr(maker_.supplier));
  EXPECT_THAT(refusal.message(), HasSubstr(maker_.party));
  Impossible(maker_, EventOf(kCommission, 1).UnitOfLot(unit_, "L1")).IgnoreError();
  world_.Take(maker_, EventOf(kCommission, 1).Lot(lot_, "3").From(maker_.supplier));
  world_.Take(maker_, EventOf(kCommission, 2).UnitOfLot(unit_, "L1").From(maker_.supplier));
  // Also of a lot that began with a unit.
  const std::string first = world_.UnitOf(maker_, "S2");
  world_.Take(maker_, EventOf(kCommission, 3).UnitOfLot(first, "L2"));
  Impossible(maker_, EventOf(kCommission, 4).Lot(world_.LotOf(maker_, "L2"), "1").From(shop_.party))
      .IgnoreError();
}

TEST_F(CustodyMoves, CommissionNamesNoForeignSupplierOfALot) {
  // The registrar records for the shop, as a lot of the maker's item, what came from the shop's own
  // supplier.
  Firm registrar = shop_;
  registrar.caller = {7, v1::ROLE_REGISTRAR, std::nullopt};
  v1::Event event = EventOf(kCommission, 0).Lot(lot_, "1").From(shop_.supplier);
  event.set_member(world_.registry.MemberRow(shop_.member).name());
  world_.Take(registrar, event);
  const auto refusal = Impossible(maker_, EventOf(kCommission, 1).Lot(lot_, "1"));
  EXPECT_EQ(std::string(refusal.message()).find(shop_.supplier), std::string::npos);
  EXPECT_THAT(refusal.message(), HasSubstr("another party, not " + maker_.party));
}

TEST_F(CustodyMoves, CommissionTakesGoodsFromSuppliersOnly) {
  EXPECT_EQ(FaultyField(maker_, EventOf(kCommission, 0).Lot(lot_, "1").From(maker_.customers[0])),
            "source_party");
  world_.Take(maker_, EventOf(kCommission, 1).Lot(lot_, "1").From(maker_.supplier));
}

TEST_F(CustodyMoves, RefusesQuantitiesThatNoLongerAddUp) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "900000000000000000"));
  world_
      .Refused(maker_, EventOf(kCommission, 1).Lot(lot_, "100000000000000000"), kResourceExhausted,
               Reason::kLimitExceeded)
      .IgnoreError();
  world_
      .Refused(maker_, EventOf(kShip, 1).Lot(lot_, "0.1").To(shop_.party), kResourceExhausted,
               Reason::kLimitExceeded)
      .IgnoreError();
  world_.Take(maker_, EventOf(kCommission, 1).Lot(lot_, "99999999999999999"));
  EXPECT_EQ(Where(lot_), Rows({"maker HELD 999999999999999999 KGM"}));
}

TEST_F(CustodyMoves, TooManyDigitsAreToldOnlyToWhoKnowsTheLot) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "900000000000000000"));
  Missing(shop_, EventOf(kShip, 1).Lot(lot_, "0.1").To(carrier_.party));
  Missing(shop_, EventOf(kShip, 1).Lot(world_.LotOf(maker_, "L2"), "0.1").To(carrier_.party));
}

TEST_F(CustodyMoves, PackAndUnpackPartOfALot) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Piece(unit_));
  world_.Take(maker_, EventOf(kPack, 1).Lot(lot_, "2").Piece(unit_).Into(box_));
  EXPECT_EQ(Where(lot_), Rows({"maker HELD 5 KGM"}));
  EXPECT_EQ(Where(unit_), Rows({"maker HELD in " + box_ + " 1 C62"}));
  world_.Take(maker_, EventOf(kPack, 2).Lot(lot_, "3").Into(box_));
  EXPECT_EQ(Where(lot_), Rows({"maker HELD in " + box_ + " 5 KGM"}));
  world_.Take(maker_, EventOf(kUnpack, 3).Lot(lot_, "4.5").Into(box_));
  const auto contents = world_.Contents(maker_.caller, box_);
  ASSERT_EQ(contents->size(), 2U);
  EXPECT_EQ((*contents)[0].object(), lot_);
  EXPECT_EQ((*contents)[0].quantity().amount(), "0.5");
  Impossible(maker_, EventOf(kUnpack, 4).Lot(lot_, "0.6").Into(box_)).IgnoreError();
  world_.Take(maker_, EventOf(kUnpack, 5).Lot(lot_, "0.5").Piece(unit_).Into(box_));
  EXPECT_TRUE(world_.Contents(maker_.caller, box_)->empty()) << "an empty container remains";
  EXPECT_EQ(Where(box_), Rows({"maker HELD 1 C62"}));
}

TEST_F(CustodyMoves, PackRefusesWhatIsInsideAnotherContainer) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Piece(unit_));
  world_.Take(maker_, EventOf(kPack, 1).Lot(lot_, "5").Piece(unit_).Into(box_));
  const auto refusal = Impossible(maker_, EventOf(kPack, 2).Piece(unit_).Into(pallet_));
  EXPECT_THAT(refusal.message(), HasSubstr("inside " + box_));
  Impossible(maker_, EventOf(kPack, 2).Lot(lot_, "1").Into(pallet_)).IgnoreError();
  Impossible(maker_, EventOf(kShip, 2).Piece(unit_).To(shop_.party)).IgnoreError();
  Impossible(maker_, EventOf(kDeliver, 2).Piece(unit_).To(maker_.customers[0])).IgnoreError();
}

TEST_F(CustodyMoves, OnlyTheOutermostContainerIsOpen) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5"));
  world_.Take(maker_, EventOf(kPack, 1).Lot(lot_, "1").Into(box_));
  world_.Take(maker_, EventOf(kPack, 2).Piece(box_).Into(pallet_));
  Impossible(maker_, EventOf(kPack, 3).Lot(lot_, "1").Into(box_)).IgnoreError();
  Impossible(maker_, EventOf(kUnpack, 3).Lot(lot_, "1").Into(box_)).IgnoreError();
  Impossible(maker_, EventOf(kUnpack, 3).Lot(lot_, "1").Into(pallet_)).IgnoreError();
  // A circle would need a closed container to be filled.
  Impossible(maker_, EventOf(kPack, 3).Piece(pallet_).Into(box_)).IgnoreError();
  world_.Take(maker_, EventOf(kUnpack, 4).Piece(box_).Into(pallet_));
  world_.Take(maker_, EventOf(kPack, 5).Piece(pallet_).Into(box_));
}

TEST_F(CustodyMoves, ContainersNestTenDeepAndNoDeeper) {
  world_.Take(maker_, EventOf(kCommission, 0).Piece(unit_));
  world_.Take(maker_, EventOf(kPack, 1).Piece(unit_).Into(Sscc(10)));
  for (int level = 1; level < kContainerDepthMax; ++level) {
    world_.Take(maker_, EventOf(kPack, 1 + level).Piece(Sscc(9 + level)).Into(Sscc(10 + level)));
  }
  const std::string outermost = Sscc(9 + kContainerDepthMax);
  EXPECT_EQ(Where(unit_), Rows({"maker HELD in " + outermost + " 1 C62"}));
  Impossible(maker_, EventOf(kPack, 20).Piece(outermost).Into(Sscc(50))).IgnoreError();
  // Lighter by one level it fits again.
  world_.Take(maker_, EventOf(kUnpack, 21).Piece(Sscc(8 + kContainerDepthMax)).Into(outermost));
  world_.Take(maker_, EventOf(kPack, 22).Piece(outermost).Into(Sscc(50)));
  world_.Take(maker_, EventOf(kPack, 23).Piece(Sscc(8 + kContainerDepthMax)).Into(Sscc(51)));
}

TEST_F(CustodyMoves, PackRefusesAContainerOfSomebodyElse) {
  world_.Take(maker_, EventOf(kCommission, 0).Piece(unit_));
  world_.Take(maker_, EventOf(kPack, 1).Piece(unit_).Into(box_));
  const std::string shops = world_.UnitOf(shop_, "S");
  world_.Take(shop_, EventOf(kCommission, 2).Piece(shops));
  const auto refusal = Impossible(shop_, EventOf(kPack, 3).Piece(shops).Into(box_));
  EXPECT_EQ(std::string(refusal.message()).find(maker_.party), std::string::npos);
  Missing(shop_, EventOf(kUnpack, 3).Piece(shops).Into(box_));
  Missing(shop_, EventOf(kUnpack, 3).Piece(shops).Into(pallet_));
  // Known after a visit, but no longer here.
  world_.Take(maker_, EventOf(kShip, 4).Piece(box_).To(shop_.party));
  Impossible(shop_, EventOf(kPack, 5).Piece(shops).Into(box_)).IgnoreError();
  Impossible(maker_, EventOf(kUnpack, 5).Piece(unit_).Into(box_)).IgnoreError();
}

TEST_F(CustodyMoves, PackBeginsAContainerUnderAForeignPrefixForNobodyButItsMember) {
  const std::string makers = SsccOf(kMakerPrefix, 1);
  const std::string other = world_.UnitOf(shop_, "S");
  world_.Take(shop_, EventOf(kCommission, 0).Piece(other));
  world_.Take(maker_, EventOf(kCommission, 0).Piece(unit_));
  const auto refusal = Impossible(shop_, EventOf(kPack, 1).Piece(other).Into(makers));
  EXPECT_THAT(refusal.message(), HasSubstr(makers));
  world_.Take(maker_, EventOf(kPack, 2).Piece(unit_).Into(makers));
  // Once packed it is a container like any other: who has it may fill it.
  world_.Take(maker_, EventOf(kShip, 3).Piece(makers).To(shop_.party));
  world_.Take(shop_, EventOf(kReceive, 4).Piece(makers));
  world_.Take(shop_, EventOf(kPack, 5).Piece(other).Into(makers));
  // Under a prefix that nobody claimed anybody begins.
  world_.Take(shop_, EventOf(kUnpack, 6).Piece(other).Into(makers));
  world_.Take(shop_, EventOf(kPack, 7).Piece(other).Into(Sscc(3)));
}

TEST_F(CustodyMoves, ShipAndReceiveBetweenMembers) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Piece(unit_));
  world_.Take(maker_, EventOf(kPack, 1).Piece(unit_).Into(box_));
  world_.Take(maker_, EventOf(kShip, 2).Lot(lot_, "3").Piece(box_).To(shop_.party));
  EXPECT_EQ(Where(lot_), Rows({"maker HELD 2 KGM", "maker IN_TRANSIT to shop 3 KGM"}));
  EXPECT_EQ(Where(unit_), Rows({"maker IN_TRANSIT to shop in " + box_ + " 1 C62"}));
  const auto received = world_.Take(shop_, EventOf(kReceive, 3).Lot(lot_, "1").Piece(box_));
  EXPECT_EQ(received.source_party(), maker_.party) << "the sender is named by the goods";
  world_.Take(shop_, EventOf(kReceive, 4).Lot(lot_, "2").From(maker_.party));
  EXPECT_EQ(Where(unit_), Rows({"shop HELD in " + box_ + " 1 C62"}));
  Rows rows = Where(lot_);
  EXPECT_THAT(rows, testing::UnorderedElementsAre("maker HELD 2 KGM", "shop HELD 3 KGM"));
  world_.Take(shop_, EventOf(kUnpack, 5).Piece(unit_).Into(box_));
  EXPECT_EQ(Where(unit_), Rows({"shop HELD 1 C62"}));
}

TEST_F(CustodyMoves, ShipRefusesWhatIsNotHere) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Piece(unit_));
  Impossible(maker_, EventOf(kShip, 1).Lot(lot_, "5.1").To(shop_.party)).IgnoreError();
  Missing(maker_, EventOf(kShip, 1).Lot(world_.LotOf(maker_, "L2"), "1").To(shop_.party));
  Missing(maker_, EventOf(kShip, 1).Piece(world_.UnitOf(maker_, "S2")).To(shop_.party));
  Missing(maker_, EventOf(kShip, 1).Piece(box_).To(shop_.party));
  // What exists but was never here answers like what does not exist.
  Missing(shop_, EventOf(kShip, 1).Lot(lot_, "1").To(carrier_.party));
  Missing(shop_, EventOf(kShip, 1).Lot(lot_, "1", "LTR").To(carrier_.party));
  Missing(shop_, EventOf(kShip, 1).Piece(unit_).To(carrier_.party));
  world_.Take(maker_, EventOf(kShip, 2).Piece(unit_).To(shop_.party));
  const auto refusal = Impossible(maker_, EventOf(kShip, 3).Piece(unit_).To(carrier_.party));
  EXPECT_THAT(refusal.message(),
              HasSubstr("on the way from " + maker_.party + " to " + shop_.party));
  Impossible(shop_, EventOf(kShip, 3).Piece(unit_).To(carrier_.party)).IgnoreError();
}

TEST_F(CustodyMoves, ShipGoesToOwnCustomersAndToMembersOnly) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5"));
  Missing(maker_, EventOf(kShip, 1).Lot(lot_, "1").To(shop_.customers[0]));
  Missing(maker_, EventOf(kShip, 1).Lot(lot_, "1").To("7000000017004271"));
  world_.Take(maker_, EventOf(kShip, 1).Lot(lot_, "1").To(maker_.customers[0]));
  world_.Take(maker_, EventOf(kShip, 2).Lot(lot_, "1").To(shop_.party));
  EXPECT_EQ(Where(lot_).size(), 3U);
  // Nothing could be delivered to a party that is no customer.
  EXPECT_EQ(FaultyField(maker_, EventOf(kShip, 3).Lot(lot_, "1").To(maker_.supplier)),
            "destination_party");
}

TEST_F(CustodyMoves, ReceiveRefusesWhatIsNotOnTheWayHere) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Piece(unit_));
  world_.Take(maker_, EventOf(kShip, 1).Lot(lot_, "3").Piece(unit_).To(shop_.party));
  Impossible(shop_, EventOf(kReceive, 2).Lot(lot_, "4")).IgnoreError();
  Impossible(shop_, EventOf(kReceive, 2).Lot(lot_, "1").From(carrier_.party)).IgnoreError();
  Impossible(shop_, EventOf(kReceive, 2).Piece(unit_).From(carrier_.party)).IgnoreError();
  Missing(shop_, EventOf(kReceive, 2).Piece(unit_).From(maker_.customers[0]));
  Missing(carrier_, EventOf(kReceive, 2).Piece(unit_));
  Missing(carrier_, EventOf(kReceive, 2).Lot(lot_, "1"));
  Impossible(maker_, EventOf(kReceive, 2).Piece(unit_)).IgnoreError();
  world_.Take(shop_, EventOf(kReceive, 3).Piece(unit_));
  Impossible(shop_, EventOf(kReceive, 4).Piece(unit_)).IgnoreError();
}

TEST_F(CustodyMoves, ReceiveWantsTheSenderNamedWhenThereAreSeveral) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Piece(unit_));
  world_.Take(maker_, EventOf(kShip, 1).Lot(lot_, "2").To(carrier_.party));
  world_.Take(carrier_, EventOf(kReceive, 2).Lot(lot_, "2"));
  world_.Take(carrier_, EventOf(kShip, 3).Lot(lot_, "2").To(shop_.party));
  world_.Take(maker_, EventOf(kShip, 3).Lot(lot_, "1").Piece(unit_).To(shop_.party));
  const auto refusal = Impossible(shop_, EventOf(kReceive, 4).Lot(lot_, "1"));
  EXPECT_THAT(refusal.message(), HasSubstr("several senders"));
  world_.Take(shop_, EventOf(kReceive, 4).Lot(lot_, "2").From(carrier_.party));
  // One sender an event: the unit comes from another.
  Impossible(shop_, EventOf(kReceive, 5).Piece(unit_).From(carrier_.party)).IgnoreError();
  world_.Take(shop_, EventOf(kReceive, 5).Piece(unit_).Lot(lot_, "1"));
}

TEST_F(CustodyMoves, DeliverToACustomerFromHereOrFromTheWay) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Piece(unit_));
  world_.Take(maker_, EventOf(kPack, 1).Piece(unit_).Into(box_));
  world_.Take(maker_, EventOf(kShip, 2).Lot(lot_, "1").Piece(box_).To(maker_.customers[0]));
  world_.Take(maker_, EventOf(kDeliver, 3).Lot(lot_, "3").Piece(box_).To(maker_.customers[0]));
  EXPECT_THAT(Where(lot_),
              testing::UnorderedElementsAre("maker HELD 2 KGM", "maker1 DELIVERED 3 KGM"));
  EXPECT_EQ(Where(unit_), Rows({"maker1 DELIVERED in " + box_ + " 1 C62"}));
}

TEST_F(CustodyMoves, DeliverRefusesWhoIsNoCustomerHere) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Piece(unit_));
  Missing(maker_, EventOf(kDeliver, 1).Piece(unit_).To(shop_.customers[0]));
  EXPECT_EQ(FaultyField(maker_, EventOf(kDeliver, 1).Piece(unit_).To(shop_.party)),
            "destination_party");
  EXPECT_EQ(FaultyField(maker_, EventOf(kDeliver, 1).Piece(unit_).To(maker_.supplier)),
            "destination_party");
  world_.Take(maker_, EventOf(kShip, 1).Piece(unit_).To(maker_.customers[0]));
  Impossible(maker_, EventOf(kDeliver, 2).Piece(unit_).To(maker_.customers[1])).IgnoreError();
  Impossible(maker_, EventOf(kDeliver, 2).Lot(lot_, "6").To(maker_.customers[1])).IgnoreError();
  world_.Take(maker_, EventOf(kDeliver, 2).Piece(unit_).To(maker_.customers[0]));
  Impossible(maker_, EventOf(kDeliver, 3).Piece(unit_).To(maker_.customers[0])).IgnoreError();
}

TEST_F(CustodyMoves, ReturnFromACustomerAndFromTheWay) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Piece(unit_));
  world_.Take(maker_, EventOf(kDeliver, 1).Lot(lot_, "4").Piece(unit_).To(maker_.customers[0]));
  world_.Take(maker_, EventOf(kReturn, 2).Lot(lot_, "1").Piece(unit_).From(maker_.customers[0]));
  EXPECT_EQ(Where(unit_), Rows({"maker HELD 1 C62"}));
  EXPECT_THAT(Where(lot_),
              testing::UnorderedElementsAre("maker HELD 2 KGM", "maker1 DELIVERED 3 KGM"));
  world_.Take(maker_, EventOf(kShip, 3).Piece(unit_).To(shop_.party));
  world_.Take(maker_, EventOf(kReturn, 4).Piece(unit_).From(shop_.party));
  EXPECT_EQ(Where(unit_), Rows({"maker HELD 1 C62"})) << "turned back on the way";
}

TEST_F(CustodyMoves, ReturnRefusesWhatTheCustomerDoesNotHave) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Piece(unit_));
  world_.Take(maker_, EventOf(kDeliver, 1).Lot(lot_, "4").Piece(unit_).To(maker_.customers[0]));
  Impossible(maker_, EventOf(kReturn, 2).Piece(unit_).From(maker_.customers[1])).IgnoreError();
  Impossible(maker_, EventOf(kReturn, 2).Lot(lot_, "5").From(maker_.customers[0])).IgnoreError();
  Missing(maker_, EventOf(kReturn, 2).Piece(unit_).From(shop_.customers[0]));
  Missing(shop_, EventOf(kReturn, 2).Piece(unit_).From(shop_.customers[0]));
}

TEST_F(CustodyMoves, ADeliveredContainerIsReturnedWholeOrUnpackedFirst) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Piece(unit_));
  world_.Take(maker_, EventOf(kPack, 1).Lot(lot_, "5").Piece(unit_).Into(box_));
  world_.Take(maker_, EventOf(kDeliver, 2).Piece(box_).To(maker_.customers[0]));
  const auto refusal =
      Impossible(maker_, EventOf(kReturn, 3).Piece(unit_).From(maker_.customers[0]));
  EXPECT_THAT(refusal.message(), HasSubstr("inside " + box_));
  Impossible(maker_, EventOf(kPack, 3).Lot(lot_, "1").Into(box_)).IgnoreError();
  world_.Take(maker_, EventOf(kUnpack, 3).Piece(unit_).Lot(lot_, "2").Into(box_));
  EXPECT_EQ(Where(unit_), Rows({"maker1 DELIVERED 1 C62"}));
  EXPECT_EQ(Where(lot_), Rows({"maker1 DELIVERED 5 KGM"}));
  world_.Take(maker_, EventOf(kReturn, 4).Piece(unit_).From(maker_.customers[0]));
  world_.Take(maker_, EventOf(kReturn, 5).Piece(box_).From(maker_.customers[0]));
  EXPECT_THAT(Where(lot_), testing::UnorderedElementsAre("maker HELD in " + box_ + " 3 KGM",
                                                         "maker1 DELIVERED 2 KGM"));
}

}  // namespace
}  // namespace radyab::trace::tests
