#include "scanner/label_symbol.h"

#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

TEST(LabelSymbol, LengthsAreWholeDotsOfThePrinter) {
  EXPECT_EQ(DotsOf(25.4, 203), 203);
  EXPECT_EQ(DotsOf(25.4, 300), 300);
  EXPECT_EQ(DotsOf(0, 300), 0);
  EXPECT_EQ(DotsOf(0.495, 203), 4);  // 3.956 dots
  EXPECT_EQ(DotsAtLeast(0.495, 203), 4);
  EXPECT_EQ(DotsAtLeast(0.495, 300), 6);    // 5.846 dots
  EXPECT_EQ(DotsAtLeast(31.75, 203), 254);  // 253.75 dots
  for (const int dots_per_inch : {203, 300}) {
    for (double millimetres = 0.1; millimetres < 50; millimetres += 0.37) {
      const int least = DotsAtLeast(millimetres, dots_per_inch);
      EXPECT_GE(least * 25.4 / dots_per_inch, millimetres - 1e-6) << millimetres;
      EXPECT_LT((least - 1) * 25.4 / dots_per_inch, millimetres) << millimetres;
    }
  }
}

}  // namespace
}  // namespace radyab::scanner
