// What is written is read back: any texts, either separator.
#include "clients/cli/import/csv_writer.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "clients/cli/import/csv_reader.h"

namespace radyab::cli {
namespace {

TEST(CsvWriter, WritesWhatTheReaderReads) {
  const std::uint64_t seed = std::random_device{}();
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  std::mt19937_64 random(seed);
  const std::string parts[] = {"a", ",", ";", "\"", "\n", "\r\n", " ", "شیر", "\\", "0"};
  for (int turn = 0; turn < 2'000; ++turn) {
    const char separator = turn % 2 == 0 ? ',' : ';';
    std::vector<std::vector<std::string>> records(1 + random() % 3);
    const std::size_t field_count = 1 + random() % 4;
    std::string text;
    for (auto& fields : records) {
      fields.resize(field_count);
      for (std::string& field : fields) {
        for (std::size_t length = random() % 5; length > 0; --length) {
          field += parts[random() % std::size(parts)];
        }
      }
      text += CsvRecordText(fields, separator);
    }
    std::istringstream input(text);
    CsvReader reader(input);
    for (const auto& fields : records) {
      const auto record = reader.Next();
      ASSERT_TRUE(record) << text;
      EXPECT_EQ(record->fault, "") << text;
      EXPECT_EQ(record->fields, fields) << text;
    }
    EXPECT_FALSE(reader.Next());
    if (field_count > 1) {
      EXPECT_EQ(reader.separator(), separator);
    }
  }
}

}  // namespace
}  // namespace radyab::cli
