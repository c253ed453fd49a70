#include "clients/warehouse/frame_memory.h"

#include <gtest/gtest.h>

namespace radyab::warehouse {
namespace {

using Texts = std::vector<std::string>;

TEST(FrameMemory, CountsASymbolOnceWhileItIsInView) {
  FrameMemory memory;
  EXPECT_EQ(memory.NewIn(1, {"a"}), Texts{"a"});
  for (std::int64_t frame = 2; frame < 900; ++frame) EXPECT_EQ(memory.NewIn(frame, {"a"}), Texts{});
}

TEST(FrameMemory, BridgesFramesInWhichTheReaderMissedIt) {
  FrameMemory memory;
  memory.NewIn(1, {"a"});
  EXPECT_EQ(memory.NewIn(1 + kFramesUntilGone, {"a"}), Texts{});
  EXPECT_EQ(memory.NewIn(1 + 2 * kFramesUntilGone + 1, {"a"}), Texts{"a"}) << "it was gone";
}

TEST(FrameMemory, CountsTwoEqualLabelsSideBySideAsTwo) {
  FrameMemory memory;
  EXPECT_EQ(memory.NewIn(1, {"a"}), Texts{"a"});
  EXPECT_EQ(memory.NewIn(2, {"a", "b", "a"}), (Texts{"b", "a"}));
  EXPECT_EQ(memory.NewIn(3, {"a", "a"}), Texts{});
  EXPECT_EQ(memory.NewIn(4, {"a"}), Texts{});
  EXPECT_EQ(memory.NewIn(5, {"a", "a"}), Texts{}) << "one of two was missed for a frame";
  EXPECT_EQ(memory.NewIn(6, {"a", "a", "a"}), Texts{"a"});
}

TEST(FrameMemory, ForgetsWhatIsGone) {
  FrameMemory memory;
  for (std::int64_t frame = 1; frame <= 10'000; ++frame) {
    memory.NewIn(frame, {std::to_string(frame)});
  }
  EXPECT_LE(memory.size(), static_cast<std::size_t>(kFramesUntilGone) + 1);
}

}  // namespace
}  // namespace radyab::warehouse
