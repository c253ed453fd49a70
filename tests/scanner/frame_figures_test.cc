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
  // Two codes in a second and a half: a short piece of what the bench measures.
  const StreamFigures figures = ReadBelt(2, 45, 7);
  EXPECT_EQ(figures.found, 2);
}

}  // namespace
}  // namespace radyab::scanner
