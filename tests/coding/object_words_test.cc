#include "coding/object_words.h"

#include "tests/coding/refusal_expectations.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

const Code kItem = *ParseCode("1042000017000113");

TEST(ObjectWord, NamesCodesLotsUnitsAndContainers) {
  EXPECT_EQ(*ParseObjectWord("1042000017000113"), ObjectWord::ForCode(kItem));
  EXPECT_EQ(*ParseObjectWord("1042000017000113/lot/L1"), ObjectWord::ForLot(kItem, "L1"));
  EXPECT_EQ(*ParseObjectWord("1042000017000113/serial/0007"), ObjectWord::ForUnit(kItem, "0007"));
  EXPECT_EQ(*ParseObjectWord("sscc/376104250021234569"),
            ObjectWord::ForContainer("376104250021234569"));
}

TEST(ObjectWord, HasOneCanonicalForm) {
  for (const auto& [given, canonical] : std::initializer_list<std::pair<const char*, const char*>>{
           {"۱۰۴۲ ۰۰۰۰ ۱۷۰۰ ۰۱۱۳/LOT/a", "1042000017000113/lot/a"},
           {"1042-0000-1700-0113/Serial/%41%2f%25", "1042000017000113/serial/A%2F%25"},
           {"SSCC/3 7610425 002123456 9", "sscc/376104250021234569"}}) {
    const auto word = ParseObjectWord(given);
    ASSERT_TRUE(word) << word.refusal().message;
    EXPECT_EQ(WriteObjectWord(*word), canonical);
    EXPECT_EQ(*ParseObjectWord(canonical), *word);
  }
}

TEST(ObjectWord, CarriesEveryLotAndSerial) {
  SeededRandom random;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = random.Of(kCharacters82, 1, 20);
    for (const ObjectWord& word :
         {ObjectWord::ForLot(kItem, text), ObjectWord::ForUnit(kItem, text)}) {
      const auto read = ParseObjectWord(WriteObjectWord(word));
      ASSERT_TRUE(read) << text << ": " << read.refusal().message;
      ASSERT_EQ(*read, word) << text;
    }
  }
  EXPECT_EQ(WriteObjectWord(ObjectWord::ForLot(kItem, "A/lot/%2F")),
            "1042000017000113/lot/A%2Flot%2F%252F");
}

TEST(ObjectWord, IsRefusedWithPlace) {
  ExpectRefused(ParseObjectWord, "", RefusalReason::kEmpty);
  ExpectRefused(ParseObjectWord, "10420000170001*14*/lot/A", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseObjectWord, "1042000017000113/*box*/A", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseObjectWord, "1042000017000113/**", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseObjectWord, "1042000017000113/lot**", RefusalReason::kMissingValue);
  ExpectRefused(ParseObjectWord, "1042000017000113/lot/A*/*B", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseObjectWord, "1042000017000113/lot/A* *B", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseObjectWord, "1042000017000113/lot/A*%20*B", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseObjectWord, "1042000017000113/lot/A*%2*", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseObjectWord, "1042000017000113/lot/*" + std::string(21, 'A') + "*",
                RefusalReason::kTooLong);
  ExpectRefused(ParseObjectWord, "1042000017000113/lot/A*\xE2*", RefusalReason::kInvalidUtf8);
  ExpectRefused(ParseObjectWord, "sscc/37610425002123456*8*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseObjectWord, "sscc/**", RefusalReason::kEmpty);
  ExpectRefused(ParseObjectWord, "sscc/*12*", RefusalReason::kWrongLength);
  ExpectRefused(ParseObjectWord, "*1042*/lot/A", RefusalReason::kWrongLength);
  ExpectRefused(ParseObjectWord, "10420000", RefusalReason::kWrongLength);
  ExpectRefused(ParseObjectWord, "1042000017000113/lot/A*%D8%A8*",
                RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseObjectWord, "*s*scc", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseObjectWord, std::string(1'000'000, '/'), RefusalReason::kTooLong);
}

TEST(ObjectWord, IsRefusedInWordsThatAgreeWithThePlace) {
  const auto sscc = ParseObjectWord("sscc/376104250021234568");
  ASSERT_FALSE(sscc);
  EXPECT_EQ(sscc.refusal().at, 23u);
  EXPECT_EQ(sscc.refusal().message,
            "object word \"sscc/37610425002123456*8*\": wrong check digit at place 23, want 9");
  EXPECT_EQ(ParseObjectWord("1042000017000113/lot/%D8%A8").refusal().message,
            "object word \"1042000017000113/lot/*%D8%A8*\": character U+0628 at place 22, "
            "want a character of GS1 set 82");
}

TEST(ObjectWord, IsKnownByItsBeginning) {
  EXPECT_TRUE(LooksLikeObjectWord("1042000017000114/lot/A")) << "a mistyped code is still meant";
  EXPECT_TRUE(LooksLikeObjectWord("104200001700011/SERIAL/7"));
  EXPECT_FALSE(LooksLikeObjectWord("1042000017000114/box/A"));
  EXPECT_FALSE(LooksLikeObjectWord("12/lottery/1"));
  EXPECT_FALSE(LooksLikeObjectWord("parking/lot/3"));
  EXPECT_TRUE(LooksLikeObjectWord("1042000017000113/lot/"));
  EXPECT_TRUE(LooksLikeObjectWord("SSCC/1"));
  EXPECT_FALSE(LooksLikeObjectWord("1042000017000113"));
  EXPECT_FALSE(LooksLikeObjectWord("a/b"));
}

}  // namespace
}  // namespace radyab::coding
