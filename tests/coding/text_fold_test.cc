#include "coding/text_fold.h"

#include <gtest/gtest.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>

#include <memory>
#include <vector>

#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

// The same fold, said in the rule language of ICU transliterators instead of our table.
constexpr char16_t kOracleRules[] =
    u":: NFKC;"
    u"[[:M:] \\u0670 \\u0640 \\u00AD \\u061C \\uFEFF \\u200C-\\u200F \\u202A-\\u202E "
    u"\\u2066-\\u2069] > ;"
    u"[[:P:]] > ;"
    u"[\\u064A \\u0649 \\u0626 \\u06D0 \\u06D2 \\u06CD \\u06D3] > \\u06CC;"
    u"[\\u0643 \\u06AA \\u06AB] > \\u06A9;"
    u"[\\u0623 \\u0625 \\u0622 \\u0671] > \\u0627;"
    u"\\u0624 > \\u0648;"
    u"[\\u0629 \\u06C0 \\u06C1 \\u06BE \\u06D5 \\u06C2] > \\u0647;"
    u"\\u0621 > ; \\u0000 > ;"
    u":: Lower;";

class Oracle {
 public:
  Oracle() {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    rules_.reset(
        icu::Transliterator::createFromRules("Fold", kOracleRules, UTRANS_FORWARD, where, status));
    EXPECT_TRUE(U_SUCCESS(status)) << u_errorName(status) << " at " << where.offset;
  }

  std::string Fold(const std::string& utf8) const {
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
    for (icu::UnicodeString before; before != text;) {
      before = text;
      rules_->transliterate(text);
      text = SpacesAndDigits(text);
    }
    std::string folded;
    return text.toUTF8String(folded);
  }

 private:
  static icu::UnicodeString SpacesAndDigits(const icu::UnicodeString& text) {
    icu::UnicodeString out;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
      const UChar32 point = text.char32At(i);
      if (u_isUWhiteSpace(point)) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != u' ') out.append(u' ');
      } else {
        out.append(u_charDigitValue(point) >= 0 ? u'0' + u_charDigitValue(point) : point);
      }
    }
    return out.trim();
  }

  std::unique_ptr<icu::Transliterator> rules_;
};

std::string Utf8(const std::vector<char32_t>& points) {
  std::string text;
  for (const char32_t point : points) AppendUtf8(point, text);
  return text;
}

TEST(FoldText, MakesTheSpellingsOfOneWordOne) {
  for (const char* spelling : {"مشتري‌ها", "مشتری‌ها", "مشترىها",
                               "مُشتَری‌ها", "مشتـــریها", "ﻣﺸﺘﺮﯾﻬﺎ"}) {
    EXPECT_EQ(FoldText(spelling), "مشتریها") << spelling;
  }
  EXPECT_EQ(FoldText("كيفية"), "کیفیه");
  EXPECT_EQ(FoldText("أإآٱا"), "ااااا");
  EXPECT_EQ(FoldText("مسؤول"), "مسوول");
  EXPECT_EQ(FoldText("شیء"), "شی");
  EXPECT_EQ(FoldText("خانهٔ"), FoldText("خانۀ"));
  EXPECT_EQ(FoldText("گچ پژ"), "گچ پژ");
}

TEST(FoldText, FoldsDigitsCaseSpacesAndMarks) {
  EXPECT_EQ(FoldText("  Ünïcode\t\u00A0 ۱۲٣४  "), "ünïcode 1234");
  EXPECT_EQ(FoldText("A-B/C (d)"), "abc d");
  EXPECT_EQ(FoldText("a - b"), "a b");
  EXPECT_EQ(FoldText("ＡＢＣ①½"), "abc11⁄2");
  EXPECT_EQ(FoldText("\u202Aراه\u202C \u2067x\u2069"), "راه x");
  EXPECT_EQ(FoldText(""), "");
  EXPECT_EQ(FoldText("«، ؛»"), "");
}

TEST(FoldText, AgreesWithTheOracleOnEveryCharacter) {
  const Oracle oracle;
  int compared = 0;
  for (char32_t point = 1; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    if (u_charType(static_cast<UChar32>(point)) == U_UNASSIGNED) continue;
    if (u_charType(static_cast<UChar32>(point)) == U_PRIVATE_USE_CHAR) continue;
    const std::string text = Utf8({U'x', point, U'y'});
    ASSERT_EQ(FoldText(text), oracle.Fold(text))
        << "U+" << std::hex << static_cast<unsigned>(point);
    ++compared;
  }
  EXPECT_GT(compared, 100'000);
}

// Characters that meet in real text, and some that make trouble.
std::vector<char32_t> Alphabet() {
  std::vector<char32_t> points;
  for (char32_t point = 0x20; point < 0x7F; ++point) points.push_back(point);
  for (char32_t point = 0x600; point <= 0x6FF; ++point) points.push_back(point);
  for (const char32_t point :
       {0x130,  0xDF,   0x3A3,   0x301,  0x1100, 0x1161, 0x200C, 0x200D, 0xFEFF,  0xAD,   0xFDFA,
        0xFEFB, 0xFE70, 0x1D7D8, 0x1E9E, 0x345,  0xA0,   0x3000, 0x2009, 0x1F600, 0x10EAB}) {
    points.push_back(point);
  }
  return points;
}

TEST(FoldText, AgreesWithTheOracleOnRandomTextAndIsIdempotent) {
  const Oracle oracle;
  SeededRandom random;
  const auto alphabet = Alphabet();
  for (int i = 0; i < 30'000; ++i) {
    std::vector<char32_t> points(random.Below(12));
    for (char32_t& point : points) point = alphabet[random.Below(alphabet.size())];
    const std::string text = Utf8(points);
    const std::string folded = FoldText(text);
    ASSERT_EQ(folded, oracle.Fold(text)) << text;
    ASSERT_EQ(FoldText(folded), folded) << text;
  }
}

TEST(FoldText, LooksUpQuicklyWhatItWouldWorkOut) {
  // A character outside the quick table sends the same text the long way: both ways must agree.
  SeededRandom random;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<char32_t> points(1 + random.Below(10));
    for (char32_t& point : points) {
      point = random.Chance(3) ? static_cast<char32_t>(1 + random.Below(0x7F))
                               : static_cast<char32_t>(0x600 + random.Below(0x100));
    }
    const std::string text = Utf8(points);
    ASSERT_EQ(FoldText(text + " \U0001F600"),
              FoldText(text) + (FoldText(text).empty() ? "" : " ") + "\U0001F600")
        << text;
  }
}

TEST(FoldText, SurvivesWhatIsNoText) {
  EXPECT_EQ(FoldText("a\xFF"
                     "b"),
            "a\uFFFD"
            "b");
  EXPECT_EQ(FoldText("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  SeededRandom random;
  for (int i = 0; i < 20'000; ++i) {
    const std::string folded = FoldText(random.Bytes(40));
    ASSERT_TRUE(IsValidUtf8(folded));
    ASSERT_EQ(FoldText(folded), folded);
  }
  EXPECT_EQ(FoldText(std::string(1'000'000, '\xFF')).size(), 3'000'000u);
  EXPECT_EQ(FoldText(std::string(1'000'000, ' ')), "");
}

TEST(Utf8, IsCheckedStrictly) {
  for (const char* right : {"", "a", "é", "ک", "\U0001F600", "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(IsValidUtf8(right));
  for (const char* wrong :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC3", "\xE2\x82", "a\xFF"}) {
    EXPECT_FALSE(IsValidUtf8(wrong));
  }
  EXPECT_EQ(CountCharacters("aک\xFF"
                            "b",
                            5),
            4u);
  EXPECT_EQ(ByteOffsetOf("aک\xFF"
                         "b",
                         2),
            3u);
  EXPECT_EQ(ByteOffsetOf("ab", 9), 2u);
}

}  // namespace
}  // namespace radyab::coding
