#include "scanner/reading_budget.h"

#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

double fake_milliseconds = 0;
double FakeClock() { return fake_milliseconds; }

void Read(ReadingBudget& budget, std::int64_t pixels, double milliseconds) {
  budget.Measured(pixels, [&] {
    fake_milliseconds += milliseconds;
    return 0;
  });
}

TEST(ReadingBudget, AffordsWhatIsForetoldToEndWithinTheLimit) {
  ReadingBudget budget(100, FakeClock);
  EXPECT_TRUE(budget.Affords(1'000'000'000)) << "nothing is known yet";
  Read(budget, 100'000, 10);
  EXPECT_TRUE(budget.Affords(890'000));
  EXPECT_FALSE(budget.Affords(910'000)) << "10 of 100 ms are spent, 91 more are foretold";
}

TEST(ReadingBudget, ForetellsByTheSlowestReadingSoFar) {
  ReadingBudget budget(100, FakeClock);
  Read(budget, 100'000, 10);
  Read(budget, 100'000, 1);
  EXPECT_FALSE(budget.Affords(900'000));
  Read(budget, 100'000, 40);
  EXPECT_FALSE(budget.Affords(130'000));
  EXPECT_TRUE(budget.Affords(110'000));
}

TEST(ReadingBudget, DoesNotTakeTheCostOfACallForThatOfItsPixels) {
  ReadingBudget budget(100, FakeClock);
  Read(budget, 1, 1);
  EXPECT_TRUE(budget.Affords(900'000));
}

TEST(ReadingBudget, AffordsNothingOnceItIsSpent) {
  ReadingBudget budget(100, FakeClock);
  fake_milliseconds += 101;
  EXPECT_FALSE(budget.Affords(0));
}

TEST(ReadingBudget, RunsByTheProcessorTimeOfItsThread) {
  const double begun = ThreadMilliseconds();
  volatile unsigned work = 0;
  for (unsigned i = 0; i < 20'000'000; ++i) work = work + i;
  EXPECT_GT(ThreadMilliseconds(), begun);
}

}  // namespace
}  // namespace radyab::scanner
