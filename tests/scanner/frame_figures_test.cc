#include "tests/scanner/frame_figures.h"

#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

TEST(Frames, ShowAllTheirSixtyCodes) {
  for (const std::uint32_t seed : {101U, 102U}) {
    const FrameFigures figures = ReadFrameOfCodes(seed);
    EXPECT_EQ(figures.found, 60) << "seed " << seed;
    EXPECT_EQ(figures.wrong, 0) << "seed " << seed;
  }
}

TEST(Frames, OfAStreamShowEachCodeSoon) {
  // Four codes in three seconds: a short piece of what the bench measures.
  const StreamFigures figures = ReadBelt(4, 90, 7);
  EXPECT_EQ(figures.found, 4);
}

}  // namespace
}  // namespace radyab::scanner
