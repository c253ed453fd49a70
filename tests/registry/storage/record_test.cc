#include "registry/storage/record.h"

#include "gmock/gmock.h"
#include "tests/registry/storage/store_conformance.h"

namespace radyab::storage {
namespace {

TEST(Record, GivesThePayloadBack) {
  for (const std::string& payload :
       {std::string(), std::string("\x00\xFF", 2), std::string(60'000, 'p')}) {
    const std::string record = EncodeRecord("key", payload);
    EXPECT_EQ(record.size(), payload.size() + 5);
    EXPECT_EQ(record[0], kRecordFormat);
    const auto decoded = DecodeRecord("key", record);
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ(*decoded, payload);
  }
}

// CRC-32C of "123456789" is E3069283 (RFC 3720): here as key "1234" and payload "56789".
TEST(Record, StoresTheChecksumOfKeyAndPayloadBigEndian) {
  EXPECT_EQ(EncodeRecord("1234", "56789"),
            "\x01\xE3\x06\x92\x83"
            "56789");
}

TEST(Record, RefusesEveryFlippedBit) {
  const std::string record = EncodeRecord("key", "some payload of a row");
  for (std::size_t bit = 0; bit < record.size() * 8; ++bit) {
    std::string flipped = record;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    const auto decoded = DecodeRecord("key", flipped);
    EXPECT_EQ(ReasonText(decoded.status()), "CORRUPT_RECORD") << "bit " << bit;
    EXPECT_EQ(decoded.status().code(), absl::StatusCode::kDataLoss);
  }
}

TEST(Record, RefusesEveryShortenedRecordAndALongerOne) {
  const std::string record = EncodeRecord("key", "payload");
  for (std::size_t length = 0; length < record.size(); ++length) {
    EXPECT_FALSE(DecodeRecord("key", std::string_view(record).substr(0, length)).ok()) << length;
  }
  EXPECT_FALSE(DecodeRecord("key", record + std::string(1, '\0')).ok());
}

TEST(Record, RefusesARowThatStandsUnderAnotherKey) {
  const auto decoded = DecodeRecord("kez", EncodeRecord("key", "payload"));
  EXPECT_EQ(ReasonText(decoded.status()), "CORRUPT_RECORD");
  EXPECT_THAT(MessageOf(decoded.status()), testing::HasSubstr("6b657a"));
}

}  // namespace
}  // namespace radyab::storage
