#include "registry/storage/log_record.h"

#include <limits>

#include "gtest/gtest.h"

namespace radyab::storage {
namespace {

constexpr LogId kId{0x1234567890ABCDEF};

LogRecord Sample() {
  LogRecordBuilder builder;
  builder.Put(std::string("\x00", 1), "first");
  builder.Put("b", "");
  builder.Delete("c");
  builder.Put(std::string(480, 'k'), std::string(65536, 'v'));
  return builder.Finish(kId, 41, {43, -5});
}

TEST(LogRecord, ReadsBackWhatWasPut) {
  const LogRecord written = Sample();
  EXPECT_EQ(written.bytes->size() % kLogBlockBytes, 0u);
  EXPECT_EQ(LogRecordBytes(*written.bytes), written.bytes->size());
  const auto read = ParseLogRecord(kId, *written.bytes);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->first_sequence, 41u);
  EXPECT_EQ(read->last, (CommitStamp{43, -5}));
  for (const RowRun* rows : {written.rows.get(), read->rows.get()}) {
    ASSERT_EQ(rows->rows().size(), 4u);
    EXPECT_EQ(rows->rows()[0].key, std::string_view("\x00", 1));
    EXPECT_EQ(rows->rows()[0].kept(), "first");
    EXPECT_EQ(rows->rows()[1].kept(), "");
    EXPECT_EQ(rows->rows()[2].kept(), std::nullopt);
    EXPECT_EQ(rows->rows()[3].key, std::string(480, 'k'));
    EXPECT_EQ(rows->rows()[3].kept(), std::string(65536, 'v'));
  }
}

TEST(LogRecord, KeepsTheEndsOfItsNumbers) {
  constexpr auto kLast = std::numeric_limits<std::uint64_t>::max();
  LogRecordBuilder builder;
  builder.Put("a", "v");
  const LogRecord written =
      builder.Finish(kId, kLast - 1, {kLast, std::numeric_limits<std::int64_t>::max()});
  const auto read = ParseLogRecord(kId, *written.bytes);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->last, written.last);
}

TEST(LogRecord, EveryFlippedBitIsNoticed) {
  LogRecordBuilder builder;
  builder.Put("key", "value");
  builder.Delete("other");
  const std::string bytes = *builder.Finish(kId, 7, {8, 9}).bytes;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    ASSERT_FALSE(ParseLogRecord(kId, flipped).has_value()) << "bit " << bit;
  }
}

TEST(LogRecord, EveryCutIsNoticed) {
  const std::string bytes = *Sample().bytes;
  for (std::size_t size = 0; size < bytes.size(); size += kLogBlockBytes) {
    EXPECT_FALSE(ParseLogRecord(kId, bytes.substr(0, size)).has_value());
    std::string torn = bytes.substr(0, size);
    torn.resize(bytes.size());  // the rest never reached the disk
    EXPECT_FALSE(ParseLogRecord(kId, torn).has_value());
  }
}

TEST(LogRecord, OfAnotherLogIsRefused) {
  EXPECT_FALSE(ParseLogRecord(LogId{1}, *Sample().bytes).has_value());
}

TEST(LogRecordDeathTest, RowsMustComeInOrder) {
  for (const auto& [first, second] : {std::pair("b", "a"), std::pair("a", "a")}) {
    LogRecordBuilder builder;
    builder.Put(first, "v");
    builder.Put(second, "v");
    EXPECT_DEATH(builder.Finish(kId, 1, {1, 1}), "in_order");
  }
}

TEST(LogRecord, OtherBytesAreNoRecord) {
  EXPECT_EQ(LogRecordBytes(std::string(kLogBlockBytes, '\0')), std::nullopt);
  EXPECT_EQ(LogRecordBytes(std::string(kLogBlockBytes, 'R')), std::nullopt);
}

}  // namespace
}  // namespace radyab::storage
