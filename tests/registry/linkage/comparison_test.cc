#include "registry/linkage/comparison.h"

#include <gtest/gtest.h>

#include <set>

#include "registry/linkage/linkage_model.h"
#include "tests/registry/linkage/customer_records.h"

namespace radyab::linkage {
namespace {

LinkageRecord Named(std::string fa, std::string en = "") {
  LinkageRecord record;
  record.name_fa = std::move(fa);
  record.name_en = std::move(en);
  return record;
}

class ComparisonTest : public testing::Test {
 protected:
  // A register in which both names of each pair of look-alikes are known names.
  void SetUp() override {
    for (const char* name : {"حسن رضایی", "حسین رضایی", "محمود کریمی", "Ali Smith"}) {
      for (int i = 0; i < 5; ++i) frequency_.Add(Prepare(Named(name)));
    }
  }
  Comparison Of(const LinkageRecord& left, const LinkageRecord& right) const {
    return Compare(Prepare(left), Prepare(right), frequency_);
  }
  std::uint8_t Given(const char* left, const char* right) const {
    return Of(Named(left), Named(right)).level(Field::kGiven);
  }
  std::uint8_t Family(const char* left, const char* right) const {
    return Of(Named(left), Named(right)).level(Field::kFamily);
  }
  std::uint8_t Birth(BirthDate left, BirthDate right) const {
    LinkageRecord one, other;
    one.birth = left;
    other.birth = right;
    return Of(one, other).level(Field::kBirth);
  }
  NameFrequency frequency_;
};

TEST_F(ComparisonTest, GradesGivenNames) {
  EXPECT_EQ(Given("حسن رضایی", "حسن کریمی"), given::kEqual);
  EXPECT_EQ(Given("محمد رضا کریمی", "محمد کریمی"), given::kForm);
  EXPECT_EQ(Given("Bill Smith", "William Smith"), given::kForm);
  EXPECT_EQ(Given("Hossein Rezaei", "Hussein Rezaei"), given::kNear);
  EXPECT_EQ(Given("محمود کریمی", "Mahmood Karimi"), given::kSound);
  EXPECT_EQ(Given("محمودد کریمی", "محمود کریمی"), given::kNear);
  EXPECT_EQ(Given("A. Smith", "Ali Smith"), given::kInitial);
  EXPECT_EQ(Given("B. Smith", "Ali Smith"), given::kDiffer);
  EXPECT_EQ(Given("حسن رضایی", "حسین رضایی"), given::kAlike);  // both well known: no slip
  EXPECT_EQ(Given("محمدرضا کریمی", "محمدعلی کریمی"), given::kDiffer);
  EXPECT_EQ(Given("رضایی", "حسن رضایی"), kUnknown);
}

TEST_F(ComparisonTest, SeesNamesChangedOver) {
  const Comparison crossed = Of(Named("رضایی حسن"), Named("حسن رضایی"));
  EXPECT_EQ(crossed.level(Field::kGiven), given::kEqual);
  EXPECT_EQ(crossed.level(Field::kFamily), family::kEqual);
  EXPECT_GT(crossed.given_frequency, 0.2) << "as common as in its right place";
}

TEST_F(ComparisonTest, GradesFamilyNames) {
  EXPECT_EQ(Family("علی عباس پور", "علی عباس\u200cپور"), family::kEqual);
  EXPECT_EQ(Family("علی رضائی", "علی رضایی"), family::kEqual);
  EXPECT_EQ(Family("Ali Rezaei", "علی رضایی"), family::kSound);
  EXPECT_EQ(Family("علی رضاایی", "علی رضایی"), family::kNear);
  EXPECT_EQ(Family("علی رضایی", "علی کریمی"), family::kDiffer);
}

TEST_F(ComparisonTest, GradesBirthDates) {
  EXPECT_EQ(Birth({1980, 5, 17}, {1980, 5, 17}), birth::kEqual);
  EXPECT_EQ(Birth({1980, 5, 11}, {1980, 11, 5}), birth::kNear);
  EXPECT_EQ(Birth({1980, 5, 17}, {1980, 5, 27}), birth::kNear);
  EXPECT_EQ(Birth({1980, 5, 17}, {1890, 5, 17}), birth::kNear);  // swapped
  EXPECT_EQ(Birth({1980, 5, 17}, {1952, 5, 17}), birth::kDiffer);
  EXPECT_EQ(Birth({1980, 5, 17}, {1980, 6, 18}), birth::kDiffer);
  EXPECT_EQ(Birth({1980, 5, 17}, {1980, 0, 0}), birth::kYear);
  EXPECT_EQ(Birth({1980, 5, 17}, {1981, 0, 0}), birth::kYearNear);
  EXPECT_EQ(Birth({1980, 5, 17}, {1982, 0, 0}), birth::kDiffer);
  EXPECT_EQ(Birth({1980, 5, 17}, {}), kUnknown);
}

TEST_F(ComparisonTest, TellsAgreeingFromConflictingIdentifiers) {
  LinkageRecord one, other;
  one.ids = {{"national_id", "aa", true}};
  EXPECT_EQ(Of(one, other).level(Field::kId), kUnknown);
  other.ids = {{"legal_id", "aa", true}};
  EXPECT_EQ(Of(one, other).level(Field::kId), kUnknown);
  other.ids = {{"national_id", "aa", false}};
  EXPECT_EQ(Of(one, other).level(Field::kId), id::kEqual);
  other.ids = {{"national_id", "aa", true}};
  EXPECT_EQ(Of(one, other).level(Field::kId), id::kVerified);
  other.ids.push_back({"national_id", "bb", true});
  EXPECT_EQ(Of(one, other).level(Field::kId), id::kConflict);
  other.ids = {{"national_id", "bb", false}};
  EXPECT_EQ(Of(one, other).level(Field::kId), id::kDiffer);
}

TEST_F(ComparisonTest, GradesAddressesAndContacts) {
  LinkageRecord one, other;
  one.address = {"1134567890", "خیابان ولیعصر", "12", "3"};
  other.address = {"۱۱۳۴۵۶۷۸۹۰", "خ. وليعصر", "۱۲", ""};
  EXPECT_EQ(Of(one, other).level(Field::kAddress), address::kEqual);
  other.address.unit = "4";
  EXPECT_EQ(Of(one, other).level(Field::kAddress), address::kBuilding);
  other.address = {"1134599999", "", "", ""};
  EXPECT_EQ(Of(one, other).level(Field::kAddress), address::kArea);
  other.address = {"2222222222", "", "", ""};
  EXPECT_EQ(Of(one, other).level(Field::kAddress), address::kDiffer);
  one.phones = {"+989121234567"};
  other.phones = {"+989121234576"};
  one.emails = {"ali.rezaei1@example.org"};
  other.emails = {"ali.rezaei2@example.org"};
  EXPECT_EQ(Of(one, other).level(Field::kPhone), phone::kNear);
  EXPECT_EQ(Of(one, other).level(Field::kEmail), phone::kDiffer) << "namesakes number theirs";
  other.emails = {"ali.rezae1@example.org", "Ali.Rezaei1@example.org"};
  EXPECT_EQ(Of(one, other).level(Field::kEmail), phone::kEqual);
}

TEST_F(ComparisonTest, KeepsFatherAndSonAndFirmsApart) {
  EXPECT_TRUE(Of(Named("", "John Smith Jr"), Named("", "John Smith Sr")).cannot_be_one);
  EXPECT_FALSE(Of(Named("", "John Smith Jr"), Named("", "John Smith")).cannot_be_one);
  LinkageRecord firm = Named("پارس کریمی");
  firm.organisation = true;
  EXPECT_TRUE(Of(firm, Named("پارس کریمی")).cannot_be_one);
  EXPECT_EQ(Of(firm, firm).level(Field::kFirm), family::kEqual);
  EXPECT_EQ(Of(firm, firm).level(Field::kFamily), kUnknown);
}

TEST(Comparison, IsTheSameBothWays) {
  const LabelledRecords made = MakeRecords(300, 7);
  NameFrequency frequency;
  std::vector<PreparedRecord> prepared;
  for (const LinkageRecord& record : made.records) prepared.push_back(Prepare(record));
  for (const PreparedRecord& record : prepared) frequency.Add(record);
  for (const PreparedRecord& left : prepared) {
    for (const PreparedRecord& right : prepared) {
      const Comparison one = Compare(left, right, frequency);
      const Comparison other = Compare(right, left, frequency);
      ASSERT_EQ(one.levels, other.levels) << left.id << " " << right.id;
      ASSERT_EQ(one.given_frequency, other.given_frequency) << left.id << " " << right.id;
      ASSERT_EQ(one.family_frequency, other.family_frequency) << left.id << " " << right.id;
    }
  }
}

TEST(Comparison, EveryLevelOfAFieldHasANameOfItsOwn) {
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    const auto field = static_cast<Field>(i);
    std::set<std::string_view> names;
    for (std::uint8_t level = 1; level <= LevelCount(field); ++level) {
      EXPECT_NE(LevelName(field, level), "") << FieldName(field) << " " << int{level};
      EXPECT_TRUE(names.insert(LevelName(field, level)).second) << LevelName(field, level);
    }
    EXPECT_EQ(LevelName(field, kUnknown), "");
    EXPECT_EQ(LevelName(field, static_cast<std::uint8_t>(LevelCount(field) + 1)), "");
  }
  EXPECT_EQ(LevelName(Field::kId, id::kConflict), "conflict");
  EXPECT_EQ(LevelName(Field::kGiven, given::kInitial), "initial");
  EXPECT_EQ(LevelName(Field::kBirth, birth::kYearNear), "year near");
  EXPECT_EQ(LevelName(Field::kAddress, address::kDiffer), "differ");
}

}  // namespace
}  // namespace radyab::linkage
