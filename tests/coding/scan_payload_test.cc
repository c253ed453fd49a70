#include "coding/scan_payload.h"

#include <gmock/gmock.h>

#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

using testing::ElementsAre;

const std::string kCodeDigits = "1042000017000113";
const std::string kGtin = "04006381333931";
const std::string kSscc = "376104250021234569";

ScanPayload Scan(std::string_view bytes) { return ParseScanPayload(bytes, 2026); }

std::vector<std::string> Schemes(const ScanPayload& payload) {
  std::vector<std::string> schemes;
  for (const Candidate& candidate : payload.candidates) {
    EXPECT_FALSE(candidate.why.empty());
    schemes.push_back(candidate.scheme);
  }
  return schemes;
}

std::string KindOf(std::string_view bytes) {
  return std::string(PayloadKindName(Scan(bytes).kind));
}

TEST(ScanPayload, ReadsElementsOfEveryGs1Symbology) {
  for (const char* symbology : {"]C1", "]d2", "]Q3", "]e0", "]J1"}) {
    const auto payload =
        Scan(symbology + ("01" + kGtin) + "17270331" + "10L-1\x1D" + "21S/7" + "\r\n");
    EXPECT_EQ(payload.kind, PayloadKind::kElementString);
    EXPECT_EQ(payload.symbology, symbology);
    EXPECT_EQ(payload.gtin, kGtin);
    EXPECT_EQ(payload.lot, "L-1");
    EXPECT_EQ(payload.serial, "S/7");
    EXPECT_EQ(payload.expiry, (CivilDate{2027, 3, 31}));
    EXPECT_EQ(payload.elements.size(), 4u);
    EXPECT_FALSE(payload.refusal);
    EXPECT_TRUE(payload.candidates.empty());
  }
}

TEST(ScanPayload, ReadsElementsBySeparatorOrBrackets) {
  EXPECT_EQ(Scan("\x1D"
                 "01" +
                 kGtin)
                .gtin,
            kGtin);
  EXPECT_EQ(Scan("01" + kGtin +
                 "10A\x1D"
                 "17270300")
                .expiry,
            (CivilDate{2027, 3, 31}));
  EXPECT_EQ(Scan("(01)" + kGtin + "(10)A").lot, "A");
  const auto dates = Scan("(01)" + kGtin + "(11)260101(13)260102(15)270101(17)270200");
  EXPECT_EQ(dates.production, (CivilDate{2026, 1, 1}));
  EXPECT_EQ(dates.packaging, (CivilDate{2026, 1, 2}));
  EXPECT_EQ(dates.best_before, (CivilDate{2027, 1, 1}));
  EXPECT_EQ(dates.expiry, (CivilDate{2027, 2, 28}));
}

TEST(ScanPayload, FindsOurCodeInsideAGs1Symbol) {
  const auto payload = Scan("]d201" + kGtin + "240" + kCodeDigits +
                            "\x1D"
                            "10L1\x1D"
                            "2142");
  EXPECT_EQ(payload.kind, PayloadKind::kOurCode);
  ASSERT_TRUE(payload.code);
  EXPECT_EQ(payload.code->Digits(), kCodeDigits);
  EXPECT_EQ(payload.gtin, kGtin);
  EXPECT_EQ(payload.lot, "L1");
  EXPECT_EQ(payload.serial, "42");
  EXPECT_EQ(payload.elements.size(), 4u);
}

TEST(ScanPayload, LeavesForeignAdditionalIdsAlone) {
  for (const char* value : {"ABC", "1042000017000114", "1042-0000-1700-0113"}) {
    const auto payload = Scan("]d201" + kGtin + "240" + value);
    EXPECT_EQ(payload.kind, PayloadKind::kElementString);
    EXPECT_FALSE(payload.code);
  }
}

TEST(ScanPayload, KeepsTheElementsOfAHalfPalletLabel) {
  const auto payload = Scan("]C102" + kGtin +
                            "3712\x1D"
                            "10A");
  EXPECT_EQ(payload.kind, PayloadKind::kElementString);
  EXPECT_EQ(payload.elements.size(), 3u);
  EXPECT_EQ(payload.lot, "A");
  EXPECT_FALSE(payload.gtin) << "AI 02 is the content, not the thing";
  ASSERT_TRUE(payload.refusal);
  EXPECT_EQ(payload.refusal->reason, RefusalReason::kMissingKey);
}

TEST(ScanPayload, ReadsLinks) {
  const auto ours = Scan("]Q1https://radyab.example/c/" + kCodeDigits + "?lot=A&expiry=2027-03-31");
  EXPECT_EQ(ours.kind, PayloadKind::kOurLink);
  EXPECT_EQ(ours.code->Digits(), kCodeDigits);
  EXPECT_EQ(ours.lot, "A");
  EXPECT_EQ(ours.expiry, (CivilDate{2027, 3, 31}));
  const auto link = Scan("https://id.example/01/" + kGtin + "/10/A?17=270331");
  EXPECT_EQ(link.kind, PayloadKind::kDigitalLink);
  EXPECT_EQ(link.gtin, kGtin);
  EXPECT_EQ(link.lot, "A");
  EXPECT_EQ(Scan("]Q1https://id.example/01/" + kGtin + "?240=" + kCodeDigits).kind,
            PayloadKind::kOurCode);
  EXPECT_EQ(KindOf("https://example.com/about"), "unknown_text");
  EXPECT_FALSE(Scan("https://example.com/about").refusal);
}

TEST(ScanPayload, LeavesOtherPeoplesPagesAlone) {
  for (const char* page : {"https://blog.example/2024/01/offer", "https://blog.example/news/01",
                           "https://blog.example/2024/01/15/offer", "https://shop.example/c/shoes",
                           "https://user@h.example/", "https://fa.example/کالا"}) {
    EXPECT_EQ(KindOf(page), "unknown_text") << page;
    EXPECT_FALSE(Scan(page).refusal) << page;
  }
}

TEST(ScanPayload, TellsBothReadingsOfABracketInsideAValue) {
  const auto payload = Scan("(01)" + kGtin + "(10)A(21)B");
  EXPECT_EQ(payload.lot, "A");
  EXPECT_EQ(payload.serial, "B");
  ASSERT_EQ(Schemes(payload), (std::vector<std::string>{"gs1", "gs1"}));
  EXPECT_EQ(payload.candidates[0].value, "01" + kGtin + "10A\x1D" + "21B");
  EXPECT_EQ(payload.candidates[1].value, "01" + kGtin + "10A(21)B");
  const auto refused = Scan("(01)" + kGtin + "(10)A(17)XX");
  EXPECT_TRUE(refused.refusal);
  EXPECT_FALSE(refused.lot);
  EXPECT_EQ(Schemes(refused), (std::vector<std::string>{"gs1"}));
  EXPECT_TRUE(Scan("(01)" + kGtin + "(17)270331(10)A").candidates.empty());
}

TEST(ScanPayload, ReadsObjectWords) {
  EXPECT_EQ(Scan(kCodeDigits + "/lot/A%2FB").lot, "A/B");
  EXPECT_EQ(Scan(kCodeDigits + "/serial/7").serial, "7");
  EXPECT_EQ(Scan("sscc/" + kSscc).sscc, kSscc);
  EXPECT_EQ(KindOf("sscc/" + kSscc), "object_word");
}

TEST(ScanPayload, SaysWhyABrokenFormIsBroken) {
  const auto expect = [](std::string_view bytes, PayloadKind kind, RefusalReason reason,
                         std::size_t at) {
    const auto payload = Scan(bytes);
    EXPECT_EQ(payload.kind, kind) << bytes;
    ASSERT_TRUE(payload.refusal) << bytes;
    EXPECT_EQ(RefusalReasonName(payload.refusal->reason), RefusalReasonName(reason)) << bytes;
    EXPECT_EQ(payload.refusal->at, at) << payload.refusal->message;
  };
  expect("]d20104006381333932", PayloadKind::kElementString, RefusalReason::kWrongCheckDigit, 16);
  expect("]d20401", PayloadKind::kElementString, RefusalReason::kUnknownAi, 1);
  expect("(04)1", PayloadKind::kElementString, RefusalReason::kUnknownAi, 2);
  expect("]E04006381333932", PayloadKind::kGtin, RefusalReason::kWrongCheckDigit, 13);
  expect("https://h/c/1042000017000114", PayloadKind::kOurLink, RefusalReason::kWrongCheckDigit,
         27);
  expect("https://h/01/04006381333932", PayloadKind::kDigitalLink, RefusalReason::kWrongCheckDigit,
         27);
  expect("https://id.gs1.org/01/09521234543213/10/A%Z", PayloadKind::kDigitalLink,
         RefusalReason::kMalformedLink, 42);
  expect("https://a@h/01/" + kGtin, PayloadKind::kDigitalLink, RefusalReason::kMalformedLink, 10);
  expect("https://h/c/" + kCodeDigits + "?lot=A B", PayloadKind::kOurLink,
         RefusalReason::kMalformedLink, 35);
  expect("1042000017000114/lot/A", PayloadKind::kObjectWord, RefusalReason::kWrongCheckDigit, 15);
  expect(kCodeDigits + "/box/1", PayloadKind::kObjectWord, RefusalReason::kInvalidCharacter, 18);
  expect("", PayloadKind::kUnknownText, RefusalReason::kEmpty, 0);
  expect("]C1\r\n", PayloadKind::kUnknownText, RefusalReason::kEmpty, 0);
}

TEST(ScanPayload, RefusesMoreThanItsBound) {
  EXPECT_FALSE(Scan(std::string(8192, 'x')).refusal);
  for (const std::size_t size : {std::size_t{8193}, std::size_t{1'000'000}}) {
    const auto payload = Scan(std::string(size, '1'));
    ASSERT_TRUE(payload.refusal);
    EXPECT_EQ(payload.refusal->reason, RefusalReason::kTooLong);
    EXPECT_TRUE(payload.text.empty());
  }
}

TEST(ScanPayload, TakesGtinsFromRetailSymbols) {
  EXPECT_EQ(Scan("]E04006381333931").gtin, kGtin);
  EXPECT_EQ(Scan("]E496385074").gtin, "00000096385074");
  EXPECT_EQ(Scan("]E3400638133393112").gtin, kGtin);     // add-on of two digits
  EXPECT_EQ(Scan("]E3400638133393112345").gtin, kGtin);  // of five
  EXPECT_EQ(Scan("]E34006381333931").gtin, kGtin);
  EXPECT_EQ(KindOf("]E04006381333931"), "gtin");
  EXPECT_EQ(Scan("]I114006381333938").gtin, "14006381333938");
  EXPECT_FALSE(Scan("]I114006381333939").content_ok());
  EXPECT_EQ(KindOf("]I1123456"), "digits");
  EXPECT_EQ(KindOf("]E112"), "unknown_text");
}

TEST(BareDigits, AreRankedNotGuessed) {
  const auto expect = [](std::string_view bytes, const char* kind,
                         const std::vector<std::string>& schemes) {
    const auto payload = Scan(bytes);
    EXPECT_EQ(PayloadKindName(payload.kind), kind) << bytes;
    EXPECT_EQ(Schemes(payload), schemes) << bytes;
    EXPECT_FALSE(payload.refusal) << bytes;
  };
  expect("96385074", "gtin", {"gtin"});
  expect("12345679", "digits", {"national_id"});
  expect("1234567891", "digits", {"national_id"});
  expect("1234567892", "digits", {});
  expect("10380284790", "digits", {"legal_id"});
  expect("036000291452", "digits", {"gtin", "economic_code"});
  expect("036000291453", "digits", {"economic_code"});
  expect("4006381333931", "digits", {"gtin", "gln", "stuffid", "nsn"});
  expect("4006381333932", "digits", {"stuffid", "nsn"});
  expect("490154203237518", "digits", {"imei"});
  expect("490154203237519", "digits", {});
  expect("40063813339310000", "digits", {"gsin", "irancode_service"});
  expect("14006381333938", "digits", {"gtin", "economic_code"});
  expect(kCodeDigits, "our_code", {"code", "irancode", "irc", "authenticity16"});
  expect("1042000017000114", "digits", {"irancode", "irc", "authenticity16"});
  expect("0104006381333931", "digits", {"gs1", "irancode", "irc", "authenticity16"});
  expect("12345678901234567", "digits", {"irancode_service"});
  expect(kSscc, "sscc", {"sscc", "gsrn"});
  expect("00" + kSscc, "digits", {"gs1", "uid20"});
  expect("12345", "digits", {});
}

TEST(BareDigits, AreNormalisedInTheirCandidates) {
  const auto payload = Scan("۴۰۰۶۳۸۱ ۳۳۳۹۳۱");
  ASSERT_FALSE(payload.candidates.empty());
  EXPECT_EQ(payload.candidates[0].value, kGtin);
  EXPECT_FALSE(payload.gtin) << "13 digits alone are no certain GTIN";
  EXPECT_EQ(Scan("12345679").candidates[0].value, "0012345679");
  EXPECT_EQ(Scan("1042 0000 1700 0113").code->Digits(), kCodeDigits);
}

TEST(BareDigits, AreRefusedWhereEverySchemeHasACheckDigit) {
  for (const char* digits : {"96385075", "376104250021234568"}) {
    const auto payload = Scan(digits);
    ASSERT_TRUE(payload.refusal) << digits;
    EXPECT_EQ(payload.refusal->reason, RefusalReason::kWrongCheckDigit);
  }
}

TEST(ScanPayload, TakesElementsThatBeginWithACheckedNumber) {
  const auto payload = Scan("01" + kGtin + "10ABC");
  EXPECT_EQ(payload.kind, PayloadKind::kElementString);
  EXPECT_EQ(payload.lot, "ABC");
  EXPECT_EQ(KindOf("01" + kGtin + "172703311032100"), "element_string");
  EXPECT_EQ(KindOf("80131987654Ad4X4bL5ttr2310c2K"), "element_string");
  // No number with a check digit, or a symbol that is none of GS1: other people's text.
  for (const std::string& text :
       {std::string("10ABC"), std::string("91ABC"), "]C001" + kGtin + "10ABC",
        std::string("80131987654Ad4X4bL5ttr2310c2L")}) {
    EXPECT_EQ(KindOf(text), "unknown_text") << text;
    EXPECT_TRUE(Scan(text).elements.empty());
  }
}

TEST(ScanPayload, RefusesEverySingleWrongDigitOfACheckedNumber) {
  const std::string right = "01" + kGtin + "10ABC";
  for (const char* symbology : {"", "]C1", "]d2", "]Q3"}) {
    for (std::size_t at = 2; at < 16; ++at) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string text = right;
        text[at] = digit;
        const auto payload = Scan(symbology + text);
        EXPECT_EQ(payload.content_ok(), digit == right[at]) << symbology << text;
        if (digit == right[at]) continue;
        EXPECT_TRUE(payload.elements.empty());
        EXPECT_TRUE(payload.candidates.empty());
      }
    }
  }
}

TEST(ScanPayload, TellsBrokenRulesApartFromBrokenElements) {
  const auto payload = Scan(
      "]d210ABC\x1D"
      "37"
      "5");
  EXPECT_TRUE(payload.content_ok());
  EXPECT_EQ(payload.elements.size(), 2u);
  ASSERT_EQ(payload.rules.size(), 2u);
  EXPECT_EQ(payload.rules[0].ai, "10");
  EXPECT_EQ(payload.rules[1].partners, "00+02 or 00+8026");
  ASSERT_TRUE(payload.refusal);
  EXPECT_EQ(payload.refusal->reason, RefusalReason::kMissingKey);
  const auto repeated = Scan("]d201" + kGtin +
                             "10A\x1D"
                             "10B");
  EXPECT_TRUE(repeated.content_ok());
  EXPECT_EQ(repeated.elements.size(), 3u);
  ASSERT_EQ(repeated.rules.size(), 1u);
  EXPECT_EQ(RefusalReasonName(repeated.rules[0].reason), "REPEATED_ELEMENT");
}

TEST(ScanPayload, ReadsATextAsTheFormItIsSaidToBe) {
  const auto bracketed = [](std::string_view text) {
    return ParseScanPayload(text, 2026, PayloadForm::kBracketed);
  };
  EXPECT_EQ(bracketed("(01)" + kGtin + "(10)A\\(21\\)B").lot, "A(21)B");
  EXPECT_TRUE(bracketed("(01)" + kGtin + "(10)A\\(21\\)B").candidates.empty());
  EXPECT_EQ(bracketed("(01)" + kGtin + "(10)A(21)B").serial, "B");
  EXPECT_FALSE(bracketed("(01)" + kGtin + "(10)A(B").content_ok());
  EXPECT_FALSE(bracketed("[01]" + kGtin).content_ok()) << "nothing is repaired";
  const auto link = [](std::string_view text) {
    return ParseScanPayload(text, 2026, PayloadForm::kDigitalLink);
  };
  EXPECT_EQ(link("https://h/01/" + kGtin + "/10/A").lot, "A");
  EXPECT_EQ(link("https://example.com/about").kind, PayloadKind::kDigitalLink);
  EXPECT_FALSE(link("https://example.com/about").content_ok());
  EXPECT_FALSE(link("(01)" + kGtin).content_ok());
}

TEST(ScanPayload, KeepsUnknownTextAsItIs) {
  for (const char* text :
       {"hello", "(hello)", "سلام", "]hello", "]", "]C", "a/b", "\xFF\xFE", "12345x"}) {
    const auto payload = Scan(text);
    EXPECT_EQ(payload.kind, PayloadKind::kUnknownText) << text;
    EXPECT_FALSE(payload.refusal) << text;
    EXPECT_TRUE(payload.text == text || payload.symbology == "]he") << text;
  }
}

}  // namespace
}  // namespace radyab::coding
