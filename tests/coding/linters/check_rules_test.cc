#include "coding/check_digits.h"
#include "coding/gs1_characters.h"
#include "tests/coding/linters/rule_expectations.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

constexpr auto kCheck = RefusalReason::kWrongCheckDigit;
constexpr auto kLength = RefusalReason::kWrongLength;

TEST(CheckRules, CsumMarksTheCheckDigit) {
  ExpectTaken("csum", {"4006381333931", "376104250021234569", "96385074", "0"});
  ExpectMarked("csum", kCheck, {"400638133393|2|", "37610425002123456|0|", "|5|"});
  ExpectMarked("csum", RefusalReason::kInvalidCharacter, {"40063|B|1333931"});
  ExpectMarked("csum", kLength, {"||"});
}

TEST(CheckRules, CsumFindsEverySingleWrongDigit) {
  const std::string right = "09521234543213";
  for (std::size_t at = 0; at < right.size(); ++at) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string text = right;
      text[at] = digit;
      EXPECT_EQ(Lint("csum", text).has_value(), digit != right[at]) << text;
    }
  }
}

TEST(CheckRules, CsumAlphaMarksTheCheckPair) {
  ExpectTaken("csumalpha", {"1987654Ad4X4bL5ttr2310c2K", "22"});
  ExpectMarked("csumalpha", kCheck, {"1987654Ad4X4bL5ttr2310c|2k|", "|2A|"});
  ExpectMarked("csumalpha", kLength, {"||", "|A|"});
  ExpectMarked("csumalpha", RefusalReason::kInvalidCharacter, {"19876|#|4Ad4X4bL5ttr2310c2K"});
  EXPECT_FALSE(Lint(
      "csumalpha", std::string(97, 'A') + [] {
        const auto pair = Gs1CheckPair(std::string(97, 'A'));
        return std::string(pair.data(), 2);
      }()));
  EXPECT_TRUE(Lint("csumalpha", std::string(100, 'A')));
}

TEST(CheckRules, CsumAlphaFindsEverySingleWrongCharacter) {
  SeededRandom random;
  std::string set;
  for (char c = 0x21; c < 0x7F; ++c) {
    if (IsCharacter82(c)) set += c;
  }
  ASSERT_EQ(set.size(), 82u);
  std::string body = "1987654";
  while (body.size() < 23) body += set[random.Below(set.size())];
  const auto pair = Gs1CheckPair(body);
  const std::string right = body + pair[0] + pair[1];
  ASSERT_FALSE(Lint("csumalpha", right)) << right;
  for (std::size_t at = 0; at < right.size(); ++at) {
    for (const char character : set) {
      std::string text = right;
      text[at] = character;
      EXPECT_EQ(Lint("csumalpha", text).has_value(), character != right[at]) << text;
    }
  }
}

TEST(CheckRules, IbanMarksWhatIsWrong) {
  ExpectTaken("iban", {"DE89370400440532013000", "GB82WEST12345698765432",
                       "IR580540105180021273113007", "NO9386011117947"});
  ExpectMarked("iban", kCheck, {"DE|88|370400440532013000", "IR|58|0540105180021273113008"});
  ExpectMarked("iban", kLength, {"||", "|DE89|", "|DE8937040044053201300012345678901234|"});
  ExpectMarked("iban", RefusalReason::kInvalidCharacter, {"DE89|w|704"});
  ExpectMarked("iban", RefusalReason::kUnknownValue, {"|XX|89370400440532013000"});
}

TEST(CheckRules, CompanyPrefixesHaveFourDigitsAtLeast) {
  ExpectTaken("gcppos1", {"6260", "6260X", "626012345"});
  ExpectTaken("gcppos2", {"16260", "X6260A"});
  ExpectMarked("gcppos1", kLength, {"||", "|626|"});
  ExpectMarked("gcppos2", kLength, {"||", "|1|", "1|626|"});
  ExpectMarked("gcppos1", RefusalReason::kInvalidCharacter, {"62|X|0", "|A|123"});
  ExpectMarked("gcppos2", RefusalReason::kInvalidCharacter, {"162|X|0", "1|A|123"});
}

TEST(CheckRules, CompanyPrefixesAreLookedUpWhereThereIsASource) {
  const auto lint = [](PrefixAnswer answer) {
    static PrefixAnswer given;
    given = answer;
    const LintContext context{kCenturyReferenceYear, [](std::string_view digits) {
                                EXPECT_EQ(digits, "626012345");
                                return given;
                              }};
    return Lint("gcppos2", "1626012345", context);
  };
  EXPECT_FALSE(lint(PrefixAnswer::kKnown));
  for (const PrefixAnswer answer : {PrefixAnswer::kUnknown, PrefixAnswer::kUnavailable}) {
    const auto fault = lint(answer);
    ASSERT_TRUE(fault);
    EXPECT_EQ(RefusalReasonName(fault->reason), "UNKNOWN_VALUE");
    EXPECT_EQ(fault->begin, 1u);
    EXPECT_EQ(fault->bytes, 9u);
  }
}

}  // namespace
}  // namespace radyab::coding
