// Customers that became part of another one: his are the goods, and he gives them back.
#include <gtest/gtest.h>

#include "registry/parties/party_merge.h"
#include "tests/registry/trace/trace_world.h"

namespace radyab::trace::tests {
namespace {

class CustomerMoves : public ::testing::Test {
 protected:
  void Merge(const std::string& absorbed, const std::string& survivor) {
    parties::MergeWanted wanted;
    wanted.absorbed = absorbed;
    wanted.survivor = survivor;
    wanted.reason = "typed twice";
    const auto merged = world_.registry.Write([&](storage::WriteTransaction& transaction) {
      return parties::MergeParties(transaction, world_.registry.environment(), shop().caller,
                                   wanted);
    });
    ASSERT_TRUE(merged.ok()) << merged.status();
  }
  void Unmerge(const std::string& absorbed) {
    const auto parted = world_.registry.Write([&](storage::WriteTransaction& transaction) {
      return parties::UnmergeParties(transaction, world_.registry.environment(), shop().caller,
                                     absorbed, "they are two");
    });
    ASSERT_TRUE(parted.ok()) << parted.status();
  }
  // Who holds how much of the lot, as the shop sees it.
  std::map<std::string, std::string> Holders(const std::string& object) {
    std::map<std::string, std::string> amounts;
    const auto rows = world_.Forward(shop().caller, object);
    EXPECT_TRUE(rows.ok()) << rows.status();
    if (!rows.ok()) return amounts;
    for (const v1::TraceHolder& row : *rows) {
      EXPECT_FALSE(amounts.contains(row.party())) << "a holder comes once";
      amounts[row.party()] = row.quantity().amount();
    }
    return amounts;
  }
  std::vector<std::string> References(const std::string& party, std::size_t page_rows = 50) {
    std::vector<std::string> references;
    const auto rows = world_.Deliveries(shop().caller, party, page_rows);
    EXPECT_TRUE(rows.ok()) << rows.status();
    if (!rows.ok()) return references;
    for (const v1::Delivery& row : *rows) references.push_back(row.reference());
    return references;
  }
  const Firm& shop() const { return world_.shop; }

  TraceWorld world_;
};

TEST_F(CustomerMoves, GoodsOfAMergedCustomerAreShownWithWhomHeBecame) {
  const std::string lot = world_.LotOf(shop(), "L1"), unit = world_.UnitOf(shop(), "S1");
  const std::string one = shop().customers[0], other = shop().customers[1];
  world_.Take(shop(), EventOf(kCommission, 1).Lot(lot, "10").Piece(unit));
  world_.Take(shop(), EventOf(kDeliver, 2).Lot(lot, "3").To(one));
  world_.Take(shop(), EventOf(kDeliver, 3).Lot(lot, "4").Piece(unit).To(other));
  const std::map<std::string, std::string> apart = {{shop().party, "3"}, {one, "3"}, {other, "4"}};
  EXPECT_EQ(Holders(lot), apart);
  Merge(other, one);
  EXPECT_EQ(Holders(lot), (std::map<std::string, std::string>{{shop().party, "3"}, {one, "7"}}));
  const auto custody = world_.Custody(shop().caller, unit);
  ASSERT_TRUE(custody.ok()) << custody.status();
  EXPECT_EQ(custody->at(0).holder_party(), one);
  Unmerge(other);
  EXPECT_EQ(Holders(lot), apart);
}

TEST_F(CustomerMoves, HeGivesBackWhatWasDeliveredToTheOther) {
  const std::string lot = world_.LotOf(shop(), "L1"), unit = world_.UnitOf(shop(), "S1");
  const std::string one = shop().customers[0], other = shop().customers[1];
  world_.Take(shop(), EventOf(kCommission, 1).Lot(lot, "10").Piece(unit));
  world_.Take(shop(), EventOf(kDeliver, 2).Lot(lot, "3").To(one));
  world_.Take(shop(), EventOf(kDeliver, 3).Lot(lot, "4").Piece(unit).To(other));
  world_
      .Refused(shop(), EventOf(kReturn, 4).Piece(unit).From(one),
               absl::StatusCode::kFailedPrecondition, Reason::kImpossibleMove)
      .IgnoreError();
  Merge(other, one);
  world_.Take(shop(), EventOf(kReturn, 5).Piece(unit).From(one));
  world_.Take(shop(), EventOf(kReturn, 6).Lot(lot, "6").From(one));
  EXPECT_EQ(Holders(lot), (std::map<std::string, std::string>{{shop().party, "9"}, {one, "1"}}));
  world_
      .Refused(shop(), EventOf(kReturn, 7).Lot(lot, "2").From(one),
               absl::StatusCode::kFailedPrecondition, Reason::kImpossibleMove)
      .IgnoreError();
}

TEST_F(CustomerMoves, WhatWasOnTheWayToTheOtherReachesHim) {
  const std::string unit = world_.UnitOf(shop(), "S1");
  const std::string one = shop().customers[0], other = shop().customers[1];
  world_.Take(shop(), EventOf(kCommission, 1).Piece(unit));
  world_.Take(shop(), EventOf(kShip, 2).Piece(unit).To(other));
  Merge(other, one);
  world_.Take(shop(), EventOf(kDeliver, 3).Piece(unit).To(one));
  const auto custody = world_.Custody(shop().caller, unit);
  ASSERT_TRUE(custody.ok()) << custody.status();
  EXPECT_EQ(custody->at(0).holder_party(), one);
  EXPECT_EQ(custody->at(0).state(), v1::CUSTODY_STATE_DELIVERED);
}

TEST_F(CustomerMoves, DeliveriesOfAllThatBecameHimAreOneListLatestFirst) {
  const std::string lot = world_.LotOf(shop(), "L1");
  const std::string one = shop().customers[0], other = shop().customers[1];
  world_.Take(shop(), EventOf(kCommission, 1).Lot(lot, "100"));
  std::vector<std::string> all, ones, others;
  for (int i = 0; i < 9; ++i) {
    const bool to_one = i % 3 == 0;
    const std::string reference = "DN-" + std::to_string(i);
    world_.Take(
        shop(),
        EventOf(kDeliver, 2 + i).Lot(lot, "1").To(to_one ? one : other).Reference(reference));
    all.insert(all.begin(), reference);
    (to_one ? ones : others).insert((to_one ? ones : others).begin(), reference);
  }
  EXPECT_EQ(References(one), ones);
  const auto preview = world_.registry.Read([&](storage::ReadTransaction& transaction) {
    parties::MergeWanted wanted;
    wanted.absorbed = other;
    wanted.survivor = one;
    return parties::PreviewMerge(transaction, world_.registry.environment(), shop().caller, wanted);
  });
  ASSERT_TRUE(preview.ok()) << preview.status();
  EXPECT_EQ(preview->delivery_count(), static_cast<std::int64_t>(others.size()));
  Merge(other, one);
  for (const std::size_t page_rows : {1u, 2u, 4u, 50u}) {
    EXPECT_EQ(References(one, page_rows), all) << page_rows;
  }
  EXPECT_EQ(References(other), others) << "the old code knows its own";
  Unmerge(other);
  EXPECT_EQ(References(one), ones);
}

}  // namespace
}  // namespace radyab::trace::tests
