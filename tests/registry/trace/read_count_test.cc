// The trace reads in proportion to its answer: a lot in 1,300 orders beside 100,000 events of
// others. The rows that are read are counted, not the time.
#include <gtest/gtest.h>

#include "registry/trace/known_objects.h"
#include "tests/registry/trace/trace_world.h"
#include "tests/support/counting_store.h"

namespace radyab::trace::tests {
namespace {

using radyab::tests::CountingStore;
using radyab::tests::ReadCount;

constexpr int kOrders = 1'300;
constexpr int kForeignEvents = 100'000;
constexpr int kEventsPerBody = 2'000;
constexpr std::size_t kRowsPerAnswerMax = 6;
constexpr std::size_t kRowsBesideMax = 60;

class BigWorld {
 public:
  BigWorld() {
    for (int i = 0; i < kOrders / 2; ++i) {
      buyers.push_back(
          world.registry.MakeParty(world.maker.member, "buyer " + std::to_string(i)).Digits());
    }
    MakeForeignEvents(0, kForeignEvents / 2);
    MakeOrders();
    MakeForeignEvents(kForeignEvents / 2, kForeignEvents);
  }

  TraceWorld world;
  CountingStore counting{world.registry.store()};
  std::string lot = world.LotOf(world.maker, "BIG");
  std::vector<std::string> buyers;

 private:
  void CaptureAll(const Firm& firm, const std::vector<v1::Event>& events) {
    auto status = world.registry.store().Write([&](storage::WriteTransaction& transaction) {
      for (const v1::Event& event : events) {
        auto captured = CaptureEvent(transaction, world.registry.environment(), firm.caller, event);
        if (!captured.ok()) return captured.status();
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
  }

  // Other goods of the same item, of another member, and of the same buyers.
  void MakeForeignEvents(int from, int to) {
    std::vector<v1::Event> makers, shops;
    for (int i = from; i < to; ++i) {
      const std::string serial = "F" + std::to_string(i);
      if (i % 4 == 0) {
        makers.push_back(EventOf(v1::EVENT_KIND_COMMISSION, i)
                             .UnitOfLot(world.UnitOf(world.maker, serial), "OTHER"));
      } else {
        shops.push_back(EventOf(v1::EVENT_KIND_COMMISSION, i)
                            .UnitOfLot(world.UnitOf(world.shop, serial), "BIG"));
      }
      if (makers.size() + shops.size() == kEventsPerBody || i + 1 == to) {
        CaptureAll(world.maker, makers);
        CaptureAll(world.shop, shops);
        makers.clear();
        shops.clear();
      }
    }
  }

  // Half of the orders loose, half in a box on a pallet: every buyer gets one of each.
  void MakeOrders() {
    std::vector<v1::Event> events;
    events.push_back(EventOf(v1::EVENT_KIND_COMMISSION, 0).Lot(lot, "100000"));
    for (int i = 0; i < kOrders; ++i) {
      const std::string& buyer = buyers[static_cast<std::size_t>(i) / 2];
      if (i % 2 == 0) {
        events.push_back(EventOf(v1::EVENT_KIND_DELIVER, i).Lot(lot, "1.5").To(buyer));
        continue;
      }
      events.push_back(EventOf(v1::EVENT_KIND_PACK, i).Lot(lot, "2").Into(Sscc(2 * i)));
      events.push_back(EventOf(v1::EVENT_KIND_PACK, i).Piece(Sscc(2 * i)).Into(Sscc(2 * i + 1)));
      events.push_back(EventOf(v1::EVENT_KIND_DELIVER, i).Piece(Sscc(2 * i + 1)).To(buyer));
    }
    CaptureAll(world.maker, events);
  }
};

// Runs the question and tells what it read.
template <class Ask>
ReadCount CountOf(BigWorld& big, Ask ask) {
  big.counting.Reset();
  auto status = big.counting.Read([&](storage::ReadTransaction& transaction) {
    ask(transaction);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  return big.counting.count();
}

void ExpectInProportion(const char* question, const ReadCount& count, std::size_t answer_rows) {
  std::printf("%s: %zu answer rows, %zu gets, %zu scanned rows in %zu scans\n", question,
              answer_rows, count.gets, count.scanned_rows, count.scans);
  EXPECT_LE(count.rows(), kRowsPerAnswerMax * answer_rows + kRowsBesideMax) << question;
  EXPECT_LE(count.scans, kRowsPerAnswerMax * answer_rows + kRowsBesideMax) << question;
}

void AskForward(BigWorld& big) {
  std::size_t holders = 0;
  const auto count = CountOf(big, [&](storage::ReadTransaction& transaction) {
    auto found = TraceForward(transaction, big.world.maker.caller, big.lot, {kPageRowsMax, ""});
    ASSERT_TRUE(found.ok()) << found.status();
    holders = found->rows.size();
  });
  // Every buyer stands for two quantities, one loose and one in two containers.
  ASSERT_EQ(holders, big.buyers.size() + 1);
  ExpectInProportion("forward", count, holders);
}

void AskBack(BigWorld& big) {
  const auto& caller = big.world.maker.caller;
  std::size_t steps = 0;
  std::string after;
  const auto count = CountOf(big, [&](storage::ReadTransaction& transaction) {
    auto found = TraceBack(transaction, caller, big.lot, {kPageRowsMax, ""});
    ASSERT_TRUE(found.ok()) << found.status();
    steps = found->steps.rows.size();
    after = found->steps.next;
  });
  ASSERT_EQ(steps, kPageRowsMax);
  ExpectInProportion("back, first page", count, steps);
  CountOf(big, [&](storage::ReadTransaction& transaction) {
    while (!after.empty()) {
      auto found = TraceBack(transaction, caller, big.lot, {kPageRowsMax, after});
      ASSERT_TRUE(found.ok()) << found.status();
      steps += found->steps.rows.size();
      after = found->steps.next;
    }
  });
  EXPECT_EQ(steps, 1U + kOrders / 2 + 3 * (kOrders / 2));
}

void AskBackOfOneBox(BigWorld& big) {
  const auto count = CountOf(big, [&](storage::ReadTransaction& transaction) {
    auto found = TraceBack(transaction, big.world.maker.caller, Sscc(2), {kPageRowsMax, ""});
    ASSERT_TRUE(found.ok()) << found.status();
    ASSERT_EQ(found->steps.rows.size(), 3U);
  });
  ExpectInProportion("back of one box", count, 3);
}

void AskDeliveries(BigWorld& big) {
  const auto count = CountOf(big, [&](storage::ReadTransaction& transaction) {
    auto found =
        ListDeliveries(transaction, big.world.maker.caller, big.buyers[7], {kPageRowsMax, ""});
    ASSERT_TRUE(found.ok()) << found.status();
    ASSERT_EQ(found->rows.size(), 2U);
  });
  ExpectInProportion("deliveries", count, 2);
}

void AskEvents(BigWorld& big) {
  const auto count = CountOf(big, [&](storage::ReadTransaction& transaction) {
    auto found = ListEvents(transaction, big.world.maker.caller, big.lot, {100, ""});
    ASSERT_TRUE(found.ok()) << found.status();
    ASSERT_EQ(found->rows.size(), 100U);
  });
  ExpectInProportion("events", count, 100);
}

void AskAsAStranger(BigWorld& big) {
  const auto count = CountOf(big, [&](storage::ReadTransaction& transaction) {
    auto found = TraceForward(transaction, big.world.carrier.caller, big.lot, {kPageRowsMax, ""});
    EXPECT_TRUE(absl::IsNotFound(found.status()));
  });
  EXPECT_LE(count.rows(), 20'000U) << "the search for a tie has its bound";
}

TEST(ReadCounts, GrowWithTheAnswerAndNotWithTheStore) {
  BigWorld big;
  AskForward(big);
  AskBack(big);
  AskBackOfOneBox(big);
  AskDeliveries(big);
  AskEvents(big);
  AskAsAStranger(big);
}

// A member that never had any of it asks about a lot in more containers than the search looks at.
TEST(ReadCounts, OfAStrangersQuestionEndWhereTheSearchDoes) {
  TraceWorld world;
  const std::string lot = world.LotOf(world.maker, "BUSY");
  world.Take(world.maker, EventOf(v1::EVENT_KIND_COMMISSION, 0).Lot(lot, "20000"));
  for (int box = 0; box < kTieStepsMax + 100; box += kEventsPerBody) {
    auto status = world.registry.store().Write([&](storage::WriteTransaction& transaction) {
      for (int i = box; i < box + kEventsPerBody; ++i) {
        auto captured = CaptureEvent(transaction, world.registry.environment(), world.maker.caller,
                                     EventOf(v1::EVENT_KIND_PACK, i).Lot(lot, "1").Into(Sscc(i)));
        if (!captured.ok()) return captured.status();
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
  }
  CountingStore counting(world.registry.store());
  const auto status = counting.Read([&](storage::ReadTransaction& transaction) {
    return TraceBack(transaction, world.carrier.caller, lot, {kPageRowsMax, ""}).status();
  });
  EXPECT_TRUE(absl::IsNotFound(status)) << status;
  // By index two rows a container, by history one.
  EXPECT_LE(counting.count().rows(), std::size_t{3} * kTieStepsMax + kRowsBesideMax);
}

}  // namespace
}  // namespace radyab::trace::tests
