#include "clients/cli/labels/label_range.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace radyab::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> Between(std::string_view first, std::string_view last) {
  const auto words = ObjectsBetween(first, last, 100);
  if (!words) return {words.refusal().message};
  std::vector<std::string> texts;
  for (const coding::ObjectWord& word : *words) texts.push_back(coding::WriteObjectWord(word));
  return texts;
}

std::string RefusalOf(std::string_view first, std::string_view last) {
  const auto words = ObjectsBetween(first, last, 100);
  return words.ok() ? "no refusal" : words.refusal().message;
}

TEST(LabelRange, CountsCodesOfOneBlock) {
  const auto first = coding::Code::ForCatalog(coding::Kind::kItem, 420, 17, 9).value();
  const auto last = coding::Code::ForCatalog(coding::Kind::kItem, 420, 17, 11).value();
  const auto middle = coding::Code::ForCatalog(coding::Kind::kItem, 420, 17, 10).value();
  EXPECT_THAT(Between(first.Digits(), last.Digits()),
              ElementsAre(first.Digits(), middle.Digits(), last.Digits()));
  EXPECT_THAT(Between(first.Digits(), first.Digits()), ElementsAre(first.Digits()));
  EXPECT_THAT(RefusalOf(last.Digits(), first.Digits()), HasSubstr("before the first"));
}

TEST(LabelRange, CountsSerialsAndKeepsTheirZeros) {
  EXPECT_THAT(Between("1042000017000113/serial/SN098", "1042000017000113/serial/SN101"),
              ElementsAre("1042000017000113/serial/SN098", "1042000017000113/serial/SN099",
                          "1042000017000113/serial/SN100", "1042000017000113/serial/SN101"));
  EXPECT_THAT(Between("1042000017000113/serial/12345678901234567899",
                      "1042000017000113/serial/12345678901234567900"),
              testing::SizeIs(2));
}

// 18 digits by hand: the check digit of 36260100000000001 is 9, that of …002 is 6.
TEST(LabelRange, CountsContainersWithTheirCheckDigits) {
  EXPECT_THAT(Between("sscc/362601000000000019", "sscc/362601000000000026"),
              ElementsAre("sscc/362601000000000019", "sscc/362601000000000026"));
}

TEST(LabelRange, RefusesWhatCannotBeCounted) {
  EXPECT_THAT(RefusalOf("7000000017004271", "7000000017004271"), HasSubstr("parties"));
  EXPECT_THAT(RefusalOf("1042000017000113/lot/L1", "1042000017000113/lot/L2"), HasSubstr("lots"));
  EXPECT_THAT(RefusalOf("1042000017000113", "1042000017000113/serial/1"), HasSubstr("one form"));
  EXPECT_THAT(RefusalOf("1042000017000113", "8031000017000251"), HasSubstr("one kind"));
  EXPECT_THAT(RefusalOf("1042000017000113/serial/A1", "1042000017000113/serial/B2"),
              HasSubstr("differ in the digits"));
  EXPECT_THAT(RefusalOf("1042000017000113/serial/A9", "1042000017000113/serial/A10"),
              HasSubstr("as many in both"));
  EXPECT_THAT(RefusalOf("1042000017000113/serial/A", "1042000017000113/serial/A"),
              HasSubstr("digits at their end"));
  EXPECT_THAT(RefusalOf("1042000017000113/serial/000", "1042000017000113/serial/100"),
              HasSubstr("more than 100"));
  EXPECT_NE(RefusalOf("1042000017000113/serial/000", "1042000017000113/serial/099"), "");
  EXPECT_NE(RefusalOf("x", "1042000017000113"), "no refusal");
}

}  // namespace
}  // namespace radyab::cli
