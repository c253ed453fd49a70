#include "registry/storage/crc32c.h"

#include <random>
#include <string>

#include "gtest/gtest.h"

namespace radyab::storage {
namespace {

// RFC 3720, appendix B.4.
TEST(Crc32c, GivesThePublishedValues) {
  std::string rising;
  for (int i = 0; i < 32; ++i) rising.push_back(static_cast<char>(i));
  const std::string falling(rising.rbegin(), rising.rend());
  EXPECT_EQ(Crc32c(std::string(32, '\x00')), 0x8A9136AAu);
  EXPECT_EQ(Crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
  EXPECT_EQ(Crc32c(rising), 0x46DD794Eu);
  EXPECT_EQ(Crc32c(falling), 0x113FDB5Cu);
  EXPECT_EQ(Crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(Crc32c(""), 0u);
}

TEST(Crc32c, TableAndProcessorAgreeAndPartsJoin) {
  std::mt19937 random(3);
  for (std::size_t length = 0; length < 200; ++length) {
    std::string bytes(length, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    const std::uint32_t whole = Crc32c(bytes);
    EXPECT_EQ(Crc32cByTable(bytes), whole);
    const std::size_t cut = length == 0 ? 0 : random() % length;
    const std::string_view text = bytes;
    EXPECT_EQ(Crc32c(text.substr(cut), Crc32c(text.substr(0, cut))), whole);
    EXPECT_EQ(Crc32cByTable(text.substr(cut), Crc32cByTable(text.substr(0, cut))), whole);
  }
}

}  // namespace
}  // namespace radyab::storage
