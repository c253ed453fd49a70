#include "registry/linkage/blocking.h"

#include <gtest/gtest.h>

namespace radyab::linkage {
namespace {

PreparedRecord Named(const char* name, const char* phone = "") {
  LinkageRecord record;
  record.name_fa = name;
  if (*phone != '\0') record.phones = {phone};
  return Prepare(record);
}

bool Share(const PreparedRecord& left, const PreparedRecord& right, BlockKind kind) {
  for (const BlockKey& key : BlockKeysOf(left)) {
    for (const BlockKey& other : BlockKeysOf(right)) {
      if (key == other && key.kind == kind) return true;
    }
  }
  return false;
}

TEST(BlockKeys, MeetAcrossScriptsAndCalendars) {
  PreparedRecord persian = Named("علی رضایی");
  PreparedRecord latin = Named("Ali Rezaee");
  persian.birth = {1980, 3, 1};
  latin.birth = {1979, 0, 0};
  EXPECT_TRUE(Share(persian, latin, BlockKind::kFamilyBirth));
  latin.birth = {1977, 0, 0};
  EXPECT_FALSE(Share(persian, latin, BlockKind::kFamilyBirth));
  persian.address.postcode = latin.address.postcode = "1134567890";
  EXPECT_TRUE(Share(persian, latin, BlockKind::kFamilyPostcode));
  EXPECT_TRUE(Share(Named("ابراهیم شریعتمداری"), Named("ابراهیم شریعتمدری"), BlockKind::kNameBand))
      << "a slip leaves most of the name";
  EXPECT_FALSE(Share(Named("علی رضایی"), Named("پروین چوبک"), BlockKind::kNameBand));
  EXPECT_TRUE(Share(Named("پروین چوبک"), Named("Parvin Choobak"), BlockKind::kNameSound));
  EXPECT_FALSE(Share(Named("پروین چوبک"), Named("Parvin Choobak"), BlockKind::kNameBand));
  EXPECT_FALSE(Share(Named("پروین چوبک"), Named("Parvin Rezaei"), BlockKind::kNameSound));
}

TEST(FindCandidates, LeavesOutAndReportsABlockThatIsTooLarge) {
  std::vector<PreparedRecord> records;
  for (std::size_t i = 0; i < kBlockRecordsMax; ++i) {
    PreparedRecord record;
    record.phones = {"+982111111111"};
    records.push_back(record);
  }
  const auto phone = static_cast<std::size_t>(BlockKind::kPhone);
  Candidates found = FindCandidates(records);
  EXPECT_EQ(found.pairs.size(), kBlockRecordsMax * (kBlockRecordsMax - 1) / 2);
  EXPECT_EQ(found.reports[phone].left_out, 0U);
  EXPECT_EQ(found.reports[phone].blocks, 1U);
  records.push_back(records[0]);
  found = FindCandidates(records);
  EXPECT_TRUE(found.pairs.empty());
  EXPECT_EQ(found.reports[phone].left_out, 1U);
  EXPECT_EQ(found.reports[phone].left_out_records, kBlockRecordsMax + 1);
  EXPECT_EQ(found.reports[phone].largest, kBlockRecordsMax + 1);
}

TEST(FindCandidates, GivesEachPairOnce) {
  const std::vector<PreparedRecord> records = {Named("علی رضایی", "+989121234567"),
                                               Named("علی رضایی", "+989121234567")};
  const Candidates found = FindCandidates(records);
  ASSERT_EQ(found.pairs.size(), 1U);
  EXPECT_EQ(found.pairs[0], (CandidatePair{0, 1}));
}

}  // namespace
}  // namespace radyab::linkage
