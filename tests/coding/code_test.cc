#include "coding/code.h"

#include <set>

#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

TEST(Code, ReadsTheTestValues) {
  struct Known {
    const char* digits;
    Kind kind;
    std::uint32_t block;
  };
  for (const Known& known : {Known{"1042000017000113", Kind::kItem, 17},
                             {"8031000017000251", Kind::kService, 17},
                             {"7000000017004271", Kind::kParty, 17},
                             {"2050500017000710", Kind::kCase, 17}}) {
    const auto code = ParseCode(known.digits);
    ASSERT_TRUE(code) << code.refusal().message;
    EXPECT_EQ(code->kind(), known.kind);
    EXPECT_EQ(code->block(), known.block);
    EXPECT_EQ(code->Digits(), known.digits);
    EXPECT_LT(code->number(), std::uint64_t{1} << 53);
  }
}

TEST(Code, TellsItsFieldsApart) {
  const auto item = Code::ForCatalog(Kind::kItem, 420, 17, 1);
  ASSERT_TRUE(item);
  EXPECT_EQ(item->Digits(), "1042000017000113");
  EXPECT_EQ(item->Grouped(), "1042 0000 1700 0113");
  EXPECT_EQ(item->birth_class(), 420u);
  EXPECT_EQ(item->counter(), 1u);
  const auto party = Code::ForSerial(Kind::kParty, 99999, 98'765'432);
  ASSERT_TRUE(party);
  EXPECT_EQ(party->serial(), 98'765'432u);
  EXPECT_EQ(party->block(), 99999u);
  EXPECT_EQ(ParseCode(party->Grouped())->number(), party->number());
}

TEST(Code, RefusesFieldsOutOfRange) {
  const auto range = RefusalReason::kOutOfRange;
  ExpectRefusal(Code::ForCatalog(Kind::kItem, 10'000, 17, 1), range, 1, 5);
  ExpectRefusal(Code::ForCatalog(Kind::kItem, 1, 100'000, 1), range, 1, 6);
  ExpectRefusal(Code::ForCatalog(Kind::kItem, 1, 17, 0), range, 1, 1);
  ExpectRefusal(Code::ForCatalog(Kind::kItem, 1, 17, 10'000), range, 1, 5);
  ExpectRefusal(Code::ForCatalog(Kind::kParty, 1, 17, 1), range, 1, 1);
  ExpectRefusal(Code::ForSerial(Kind::kItem, 17, 1), range, 1, 1);
  ExpectRefusal(Code::ForSerial(Kind::kCase, 100'000, 1), range, 1, 6);
  ExpectRefusal(Code::ForSerial(Kind::kCase, 17, 100'000'000), range, 1, 9);
  EXPECT_TRUE(Code::ForSerial(Kind::kCase, 0, 0));
  EXPECT_TRUE(Code::ForCatalog(Kind::kService, 9999, 99999, 9999));
}

TEST(Code, ReadsStoredNumbersThatPassOnly) {
  EXPECT_TRUE(Code::FromNumber(1042000017000113));
  ExpectRefusal(Code::FromNumber(1042000017000114), RefusalReason::kWrongCheckDigit, 15, 2);
  ExpectRefusal(Code::FromNumber(0), RefusalReason::kUnknownKind, 1, 1);
  ExpectRefusal(Code::FromNumber(~std::uint64_t{0}), RefusalReason::kWrongLength, 0, 0);
}

TEST(Code, FoldsWhatPeopleAndScannersPutIn) {
  for (const char* text : {"1042 0000 1700 0113", "1042-0000-1700-0113", "  1042000017000113\r\n",
                           "۱۰۴۲۰۰۰۰۱۷۰۰۰۱۱۳", "١٠٤٢٠٠٠٠١٧٠٠٠١١٣",
                           "1042\xC2\xA0"
                           "0000\xC2\xA0"
                           "17000113",
                           "1042\xE2\x80\x8C"
                           "000017000113",
                           "\xE2\x81\xA8"
                           "1042000017000113\xE2\x81\xA9",
                           "\xE2\x80\x8E"
                           "1042000017000113",
                           "\xEF\xBB\xBF"
                           "1042000017000113",
                           "1042\xE2\x80\x93"
                           "000017000113",
                           "10۴2000017000113"}) {
    const auto code = ParseCode(text);
    ASSERT_TRUE(code) << text << ": " << code.refusal().message;
    EXPECT_EQ(code->Digits(), "1042000017000113");
  }
}

TEST(Code, RefusesWithReasonAndPlace) {
  ExpectRefused(ParseCode, "", RefusalReason::kEmpty);
  ExpectRefused(ParseCode, " - ", RefusalReason::kEmpty);
  ExpectRefused(ParseCode, "104200001700011", RefusalReason::kWrongLength);
  ExpectRefused(ParseCode, "10420000170001130", RefusalReason::kWrongLength);
  ExpectRefused(ParseCode, "1042000*O*17000113", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseCode, "۱۰۴۲ ۰۰*ک*۰ ۱۷۰۰ ۰۱۱۳", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseCode, "1042*.*0000.1700.0113", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseCode, "1042*\n*000017000113", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseCode, "1042*\xFF*000017000113", RefusalReason::kInvalidUtf8);
  ExpectRefused(ParseCode, "*3*042000017000113", RefusalReason::kUnknownKind);
  ExpectRefused(ParseCode, "*0*042000017000113", RefusalReason::kUnknownKind);
  ExpectRefused(ParseCode, "10420000170001*14*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseCode, "1042 0000 1700 01*1 4*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseCode, "10420000170001*99*", RefusalReason::kOutOfRange);
  ExpectRefused(ParseCode, "1042000017*0000*16", RefusalReason::kOutOfRange);
}

TEST(Code, SaysWhatItFoundAndWanted) {
  EXPECT_EQ(ParseCode("1042000O17000113").refusal().message,
            "code \"1042000*O*17000113\": letter at place 8, want a digit");
}

TEST(Code, RefusesLongTextsWithoutReadingThem) {
  EXPECT_TRUE(ParseCode(std::string(1008, ' ') + "1042000017000113"));
  const auto parsed = ParseCode(std::string(1009, ' ') + "1042000017000113");
  ExpectRefusal(parsed, RefusalReason::kTooLong, 0, 0);
  ExpectRefusal(ParseCode(std::string(1'000'000, '1')), RefusalReason::kTooLong, 0, 0);
  ExpectRefusal(ParseCode(std::string(1'000'000, '\xFF')), RefusalReason::kTooLong, 0, 0);
}

TEST(Code, TakesNoFirstDigitButThoseOfKinds) {
  std::set<char> taken;
  for (char first = '0'; first <= '9'; ++first) {
    for (int pair = 0; pair < 100; ++pair) {
      const std::string end = (pair < 10 ? "0" : "") + std::to_string(pair);
      if (ParseCode(std::string(1, first) + "0000000170042" + end)) taken.insert(first);
    }
  }
  EXPECT_EQ(taken, (std::set<char>{'1', '2', '7', '8'}));
}

TEST(Kind, HasTheNamesOfTheProduct) {
  EXPECT_EQ(KindName(Kind::kItem), "item");
  EXPECT_EQ(KindName(Kind::kCase), "case");
  EXPECT_EQ(KindName(Kind::kParty), "party");
  EXPECT_EQ(KindName(Kind::kService), "service");
}

}  // namespace
}  // namespace radyab::coding
