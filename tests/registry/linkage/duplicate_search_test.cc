// Linkage measured against the truth of a made-up town of customers.
#include "registry/linkage/duplicate_search.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "tests/registry/linkage/customer_records.h"

namespace radyab::linkage {
namespace {

constexpr std::size_t kRecords = 20'000;
constexpr std::uint64_t kSeed = 1401;

// The seed of this run; RADYAB_TEST_SEED draws another town.
std::uint64_t SeedOfRun() {
  const char* given = std::getenv("RADYAB_TEST_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : kSeed;
  std::printf("seed %llu (RADYAB_TEST_SEED takes another)\n",
              static_cast<unsigned long long>(seed));
  return seed;
}

struct Measured {
  std::size_t suggested = 0;
  std::size_t right = 0;
  std::size_t review = 0;
  std::size_t review_right = 0;
  std::size_t unasked = 0;
  std::size_t unasked_wrong = 0;

  double precision() const { return static_cast<double>(right) / static_cast<double>(suggested); }
  double recall(std::size_t truth) const {
    return static_cast<double>(right) / static_cast<double>(truth);
  }
};

std::vector<PreparedRecord> PrepareAll(const std::vector<LinkageRecord>& records,
                                       NameFrequency& frequency) {
  std::vector<PreparedRecord> prepared;
  for (const LinkageRecord& record : records) {
    prepared.push_back(Prepare(record));
    frequency.Add(prepared.back());
  }
  return prepared;
}

Measured Measure(const LabelledRecords& made, const DuplicateSearch& found) {
  Measured measured;
  for (const DuplicatePair& pair : found.pairs) {
    const bool right = made.true_pairs.contains({pair.first, pair.second});
    const bool suggested = pair.zone == Zone::kSuggest;
    (suggested ? measured.suggested : measured.review) += 1;
    (suggested ? measured.right : measured.review_right) += right ? 1 : 0;
    measured.unasked += pair.may_merge_unasked ? 1 : 0;
    measured.unasked_wrong += pair.may_merge_unasked && !right ? 1 : 0;
  }
  return measured;
}

TEST(DuplicateSearch, FindsNineOfTenTruePairsAndNinetyNineOfAHundredAreTrue) {
  const LabelledRecords made = MakeRecords(kRecords, SeedOfRun());
  ASSERT_EQ(made.records.size(), kRecords);
  std::size_t parted = 0;
  for (const auto& [first, second] : made.true_pairs)
    parted += ShareContact(made.records[first], made.records[second]) ? 0 : 1;
  ASSERT_GE(parted * 10, made.true_pairs.size() * 3 - 10);
  NameFrequency frequency;
  const auto prepared = PrepareAll(made.records, frequency);
  const DuplicateSearch found = FindDuplicates(prepared, frequency, ShippedModel());
  const Measured measured = Measure(made, found);
  std::printf(
      "true pairs %zu, without a common contact %zu; compared %llu\n"
      "suggested %zu: precision %.4f, recall %.4f; review %zu, true among them %zu\n"
      "may be merged unasked %zu, wrong among them %zu\n",
      made.true_pairs.size(), parted, static_cast<unsigned long long>(found.compared),
      measured.suggested, measured.precision(), measured.recall(made.true_pairs.size()),
      measured.review, measured.review_right, measured.unasked, measured.unasked_wrong);
  for (std::size_t i = 0; i < kBlockKindCount; ++i) {
    const BlockReport& report = found.blocks[i];
    std::printf("  %-16s %8llu blocks, largest %llu, left out %llu\n",
                std::string(BlockKindName(static_cast<BlockKind>(i))).c_str(),
                static_cast<unsigned long long>(report.blocks),
                static_cast<unsigned long long>(report.largest),
                static_cast<unsigned long long>(report.left_out));
  }
  EXPECT_GE(measured.precision(), 0.99);
  EXPECT_GE(measured.recall(made.true_pairs.size()), 0.90);
  EXPECT_GT(measured.unasked, 0U);
  EXPECT_EQ(measured.unasked_wrong, 0U);
}

}  // namespace
}  // namespace radyab::linkage
