#include "scanner/decode_protocol.h"

#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

TEST(DecodeProtocol, WritesLengthsLittleEndian) {
  EXPECT_EQ(LengthBytes(0x01020304), std::string("\x04\x03\x02\x01"));
  EXPECT_EQ(LengthOfBytes(LengthBytes(4'000'000'000U)), 4'000'000'000U);
  EXPECT_EQ(MessageHead(MessageKind::kFrame, 4), std::string("\x05\0\0\0\x03", 5));
}

TEST(DecodeProtocol, RefusesFramesThatDoNotHoldTheirPixels) {
  const auto frame = ParseFrame(FrameHead(2, 3) + "abcdef");
  ASSERT_TRUE(frame.has_value());
  EXPECT_EQ(frame->At(1, 2), 'f');
  EXPECT_FALSE(ParseFrame(FrameHead(2, 3) + "abcde"));
  EXPECT_FALSE(ParseFrame(FrameHead(2, 3) + "abcdefg"));
  EXPECT_FALSE(ParseFrame(FrameHead(0, 3)));
  EXPECT_FALSE(ParseFrame(FrameHead(-1, -1) + "a"));
  EXPECT_FALSE(ParseFrame("abc"));
}

TEST(DecodeProtocol, GivesFaultsBackAsTheyWere) {
  const auto fault = ParseFault(FaultBody({FaultKind::kTooLarge, "too large"}));
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->kind, FaultKind::kTooLarge);
  EXPECT_EQ(fault->message, "too large");
  EXPECT_FALSE(ParseFault(""));
  EXPECT_FALSE(ParseFault("\xFF"));
}

TEST(DecodeProtocol, HashesAsPublished) {
  EXPECT_EQ(BytesHash(""), "cbf29ce484222325");
  EXPECT_EQ(BytesHash("foobar"), "85944171f73967e8");
}

}  // namespace
}  // namespace radyab::scanner
