// How far a walk goes: counted at the edge, in steps and in rows.
#include "registry/trace/history_walk.h"

#include "registry/trace/object_key.h"
#include "tests/registry/trace/trace_world.h"
#include "tests/support/counting_store.h"

namespace radyab::trace::tests {
namespace {

using radyab::tests::CountingStore;
using radyab::tests::ReasonIn;

constexpr int kBoxes = 20;

class HistoryWalks : public testing::Test {
 protected:
  // How many steps the walk tells with this budget, and how it ended.
  std::pair<int, absl::Status> Walk(const std::string& object, std::size_t steps_max) {
    const std::string key = WriteObjectKey(*coding::ParseObjectWord(object));
    int steps = 0;
    counting_.Reset();
    auto status = counting_.Read([&](storage::ReadTransaction& transaction) -> absl::Status {
      StepBudget budget(steps_max);
      HistoryWalk walk(transaction, key, budget);
      for (steps = 0;; ++steps) {
        auto step = walk.Next();
        EXPECT_EQ(budget.spent(), !step.ok());
        if (!step.ok()) return step.status();
        if (!step->has_value()) return absl::OkStatus();
      }
    });
    return {steps, status};
  }
  void ExpectSpent(const std::string& object, std::size_t steps_max) {
    const auto [steps, status] = Walk(object, steps_max);
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
    EXPECT_EQ(ReasonIn(status), Reason::kLimitExceeded) << status;
  }
  absl::Status Back(const std::string& object, std::size_t steps_max) {
    return counting_.Read([&](storage::ReadTransaction& transaction) {
      return TraceBack(transaction, maker_.caller, object, {10, ""}, steps_max).status();
    });
  }
  void PackBoxes() {
    world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "100"));
    for (int box = 0; box < kBoxes; ++box) {
      world_.Take(maker_, EventOf(kPack, box).Lot(lot_, "1").Into(Sscc(box)));
    }
  }

  TraceWorld world_;
  CountingStore counting_{world_.registry.store()};
  Firm& maker_ = world_.maker;
  std::string lot_ = world_.LotOf(maker_, "L1");
  std::string unit_ = world_.UnitOf(maker_, "S1");
};

TEST_F(HistoryWalks, OfAUnitTakeOneForEachEventAndEachThingAroundIt) {
  world_.Take(maker_, EventOf(kCommission, 0).Piece(unit_));
  EXPECT_EQ(Walk(unit_, 2), std::pair(1, absl::OkStatus())) << "the unit and its commission";
  ExpectSpent(unit_, 1);
  world_.Take(maker_, EventOf(kPack, 1).Piece(unit_).Into(Sscc(1)));
  world_.Take(maker_, EventOf(kPack, 2).Piece(Sscc(1)).Into(Sscc(2)));
  // Unit, box and pallet; three events.
  EXPECT_EQ(Walk(unit_, 6), std::pair(3, absl::OkStatus()));
  ExpectSpent(unit_, 5);
  ExpectSpent(unit_, 2);
  ExpectSpent(unit_, 0);
}

TEST_F(HistoryWalks, OfALotTakeTwoForEachContainerItIsIn) {
  PackBoxes();
  const std::size_t whole = 2 * kBoxes + kBoxes + 1;
  EXPECT_EQ(Walk(lot_, whole), std::pair(kBoxes + 1, absl::OkStatus()));
  ExpectSpent(lot_, whole - 1);
}

TEST_F(HistoryWalks, OfALotInManyContainersReadNoMoreThanTheirBudget) {
  PackBoxes();
  for (const std::size_t budget : {0U, 5U, 19U}) {
    ExpectSpent(lot_, budget);
    // The last event of the lot, and the row that was too much.
    EXPECT_LE(counting_.count().rows(), budget + 2) << budget;
  }
}

TEST_F(HistoryWalks, TraceBackSaysThatItsLimitIsExceeded) {
  PackBoxes();
  // The first page: the containers, and ten steps and the one that tells of a next page.
  EXPECT_TRUE(Back(lot_, 2 * kBoxes + 11).ok());
  const auto refusal = Back(lot_, 2 * kBoxes + 10);
  ASSERT_EQ(refusal.code(), absl::StatusCode::kResourceExhausted) << refusal;
  EXPECT_EQ(ReasonIn(refusal), Reason::kLimitExceeded);
  EXPECT_EQ(ReasonOf(refusal)->metadata.at("limit"), std::to_string(2 * kBoxes + 10));
}

}  // namespace
}  // namespace radyab::trace::tests
