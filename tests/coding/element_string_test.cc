#include "coding/element_string.h"
#include "coding/bracketed_elements.h"

#include "coding/gs1_characters.h"
#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

using Elements = std::vector<Element>;

Parsed<Elements> ParseRaw(std::string_view text) { return ParseElementString(text, 2026); }
Parsed<Elements> ParseForPeople(std::string_view text) { return ParseBracketed(text, 2026); }

const Elements kUnit = {
    {"01", "04006381333931"}, {"17", "270331"}, {"10", "A/B-1"}, {"21", "0007"}};

TEST(ElementString, ReadsValuesUpToTheirSeparator) {
  for (const char* text : {"0104006381333931"
                           "17270331"
                           "10A/B-1\x1D"
                           "210007",
                           "\x1D"
                           "0104006381333931"
                           "17270331"
                           "10A/B-1\x1D"
                           "210007",
                           "0104006381333931\x1D"
                           "17270331\x1D"
                           "10A/B-1\x1D"
                           "210007\x1D"}) {
    const auto elements = ParseRaw(text);
    ASSERT_TRUE(elements) << elements.refusal().message;
    EXPECT_EQ(*elements, kUnit);
  }
}

TEST(ElementString, WritesSeparatorsOnlyWhereTheyAreNeeded) {
  EXPECT_EQ(WriteElementString(kUnit),
            "0104006381333931"
            "17270331"
            "10A/B-1\x1D"
            "210007");
  EXPECT_EQ(WriteElementString({{"10", "A"}}), "10A");
  EXPECT_EQ(WriteElementString({}), "");
  EXPECT_EQ(WriteBracketed(kUnit), "(01)04006381333931(17)270331(10)A/B-1(21)0007");
}

TEST(ElementString, ReadsWeightsContentAndPlaces) {
  EXPECT_TRUE(
      ParseRaw("0104006381333931"
               "3103001250"));
  EXPECT_TRUE(
      ParseRaw("00376104250021234569"
               "0204006381333931"
               "3712"));
  EXPECT_TRUE(ParseRaw("4144006381333931"));
  EXPECT_TRUE(
      ParseRaw("0104006381333931"
               "2401042000017000113"));
}

TEST(ElementString, RefusesUnknownIdentifiers) {
  ExpectRefused(ParseRaw, "0104006381333931*0412*3", RefusalReason::kUnknownAi);
  ExpectRefused(ParseRaw, "*04*", RefusalReason::kUnknownAi);
  ExpectRefused(ParseRaw, "*3106*001250", RefusalReason::kUnknownAi);
  ExpectRefused(ParseRaw, "*A*1", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseRaw, "0104006381333931\x1D*\x1D*10A", RefusalReason::kInvalidCharacter);
}

TEST(ElementString, RefusesWrongValuesAtTheirPlace) {
  ExpectRefused(ParseRaw, "010400638133393*2*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseRaw, "01*0400638133393*", RefusalReason::kWrongLength);
  ExpectRefused(ParseRaw, "0104006381*X*33931", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseRaw, "01040063813339311727*13*31", RefusalReason::kOutOfRange);
  ExpectRefused(ParseRaw, "0104006381333931172702*30*", RefusalReason::kOutOfRange);
  ExpectRefused(ParseRaw, "010400638133393110A*#*", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseRaw, "010400638133393110A*\xFF*", RefusalReason::kInvalidUtf8);
  ExpectRefused(ParseRaw, "010400638133393110A*ک*", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseRaw, "010400638133393117270*ک*", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseRaw, "010400638133393110**", RefusalReason::kMissingValue);
  ExpectRefused(ParseRaw,
                "010400638133393110**\x1D"
                "211",
                RefusalReason::kMissingValue);
  ExpectRefused(ParseRaw, "010400638133393110ABCDEFGHIJKLMNOPQRST*21X*",
                RefusalReason::kMissingSeparator);
}

TEST(ElementString, RefusesTwoUnlikeValuesAndDropsLikeOnes) {
  ExpectRefused(ParseRaw,
                "010400638133393110A\x1D"
                "*10*B",
                RefusalReason::kRepeatedElement);
  const auto elements = ParseRaw(
      "010400638133393110A\x1D"
      "10A");
  ASSERT_TRUE(elements);
  EXPECT_EQ(elements->size(), 2u);
}

TEST(ElementString, RefusesElementsWithoutTheirPartners) {
  ExpectRefused(ParseRaw, "*10*A", RefusalReason::kMissingKey);
  ExpectRefused(ParseRaw, "00376104250021234569*21*7", RefusalReason::kMissingKey);
  ExpectRefused(ParseRaw, "*240*1042000017000113", RefusalReason::kMissingKey);
  ExpectRefused(ParseRaw, "*02*04006381333931", RefusalReason::kMissingKey);
  ExpectRefused(ParseRaw, "0204006381333931*37*12", RefusalReason::kMissingKey);
  ExpectRefused(ParseRaw,
                "*01*04006381333931"
                "0204006381333931"
                "3712",
                RefusalReason::kForbiddenPair);
  ExpectRefused(ParseRaw,
                "00376104250021234569"
                "*02*04006381333931"
                "0104006381333931",
                RefusalReason::kForbiddenPair);
}

TEST(ElementString, RefusesTwoNetWeightsOfOneThing) {
  ExpectRefused(ParseForPeople, "(01)04006381333931(*3102*)001234(3103)001234",
                RefusalReason::kForbiddenPair);
  ExpectRefused(ParseForPeople, "(01)04006381333931(*3105*)001234(3100)001234",
                RefusalReason::kForbiddenPair);
  EXPECT_TRUE(ParseForPeople("(01)04006381333931(3103)001234(3103)001234"));
}

TEST(ElementString, RefusesEmptyAndEndlessTexts) {
  ExpectRefused(ParseRaw, "", RefusalReason::kEmpty);
  ExpectRefused(ParseRaw, "\x1D", RefusalReason::kEmpty);
  ExpectRefused(ParseRaw, std::string(8193, '0'), RefusalReason::kTooLong);
  ExpectRefused(ParseForPeople, std::string(1'000'000, '('), RefusalReason::kTooLong);
}

TEST(ElementReading, KeepsElementsWhosePartnersAreOnAnotherSymbol) {
  const std::string text =
      "0204006381333931"
      "3712"
      "\x1D"
      "10A";
  const auto reading = ReadElementString(text, 2026);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->elements.size(), 3u);
  const auto whole = CheckPartners(text, *reading);
  ExpectRefusal(whole, RefusalReason::kMissingKey, 17, 2);
}

TEST(Gs1Characters, AreEightyTwo) {
  int count = 0;
  for (int byte = 0; byte < 256; ++byte) count += IsCharacter82(static_cast<char>(byte)) ? 1 : 0;
  EXPECT_EQ(count, 82);
}

TEST(LotAndSerial, HaveOneToTwentyCharacters) {
  EXPECT_EQ(*ParseLot("a/B%1"), "a/B%1");
  EXPECT_EQ(*ParseSerial(std::string(20, 'Z')), std::string(20, 'Z'));
  ExpectRefused(ParseLot, "", RefusalReason::kEmpty);
  ExpectRefused(ParseLot, std::string(21, 'Z'), RefusalReason::kTooLong);
  ExpectRefused(ParseSerial, "A*~*1", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseSerial, "A* *1", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseSerial, "A*۱*1", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseSerial, "A*\xC3*", RefusalReason::kInvalidUtf8);
}

}  // namespace
}  // namespace radyab::coding
