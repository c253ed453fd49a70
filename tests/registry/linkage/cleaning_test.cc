#include "registry/linkage/cleaning.h"

#include <gtest/gtest.h>

namespace radyab::linkage {
namespace {

CleaningRules Rules() {
  CleaningRules rules;
  rules.forms = {{"postcode", CleaningRules::Form::kDigits},
                 {"email", CleaningRules::Form::kLowerCase}};
  rules.lists["city"].Add("تهران", {"tehran", "Teheran", "thr"});
  rules.lists["city"].Add("کرج", {"karaj"});
  return rules;
}

TEST(CleanRecord, TellsEachStepWithItsRuleAndBothValues) {
  const CleanedRecord cleaned = CleanRecord({{"name", "  علی \t رضایی "},
                                             {"postcode", "۱۱۳۴۵-۶۷۸۹۰"},
                                             {"email", "Ali@Example.ORG"},
                                             {"city", "TEHRAN"}},
                                            Rules());
  const std::vector<CleaningStep> wanted = {
      {"name", "blanks", "  علی \t رضایی ", "علی رضایی"},
      {"postcode", "digits", "۱۱۳۴۵-۶۷۸۹۰", "1134567890"},
      {"email", "lower case", "Ali@Example.ORG", "ali@example.org"},
      {"city", "value list", "TEHRAN", "تهران"}};
  EXPECT_EQ(cleaned.steps, wanted);
  EXPECT_EQ(cleaned.values.at("city"), "تهران");
  EXPECT_EQ(cleaned.values.at("postcode"), "1134567890");
  EXPECT_FALSE(cleaned.quarantined());
  EXPECT_TRUE(cleaned.unmapped.empty());
}

TEST(CleanRecord, PutsAnUnknownValueIntoTheQueueAndKeepsIt) {
  const CleanedRecord cleaned = CleanRecord({{"city", "ری"}, {"city", "ري"}}, Rules());
  EXPECT_EQ(cleaned.values.at("city"), "ری");
  ASSERT_FALSE(cleaned.unmapped.empty());
  EXPECT_EQ(cleaned.unmapped[0], (UnmappedValue{"city", "ری"}));
}

TEST(CleanRecord, QuarantinesAContradictionWithEveryValue) {
  const CleanedRecord cleaned = CleanRecord(
      {{"city", "karaj"}, {"birth", "1980"}, {"city", "thr"}, {"city", "Tehran"}}, Rules());
  EXPECT_TRUE(cleaned.quarantined());
  EXPECT_EQ(cleaned.contradictions, (std::vector<Contradiction>{{"city", {"کرج", "تهران"}}}));
  EXPECT_FALSE(cleaned.values.contains("city"));
  EXPECT_EQ(cleaned.values.at("birth"), "1980");
}

TEST(CleanRecord, TwoSpellingsOfOneTextAreNoContradiction) {
  const CleanedRecord cleaned =
      CleanRecord({{"name", "علي كريمي"}, {"name", "علی کریمی"}, {"name", ""}}, Rules());
  EXPECT_FALSE(cleaned.quarantined());
  EXPECT_EQ(cleaned.values.at("name"), "علي كريمي");
}

TEST(CleanRecord, ChangesNothingOfWhatIsClean) {
  const CleanedRecord once = CleanRecord(
      {{"name", " a\u00a0 b"}, {"postcode", "۱ ۲"}, {"city", "KARAJ"}, {"email", "A@B.C"}},
      Rules());
  std::vector<RawField> again;
  for (const auto& [name, value] : once.values) again.push_back({name, value});
  const CleanedRecord twice = CleanRecord(again, Rules());
  EXPECT_EQ(twice.values, once.values);
  EXPECT_TRUE(twice.steps.empty());
}

}  // namespace
}  // namespace radyab::linkage
