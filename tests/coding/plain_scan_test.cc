// What the symbology alone says of a text, before anything is repaired.
#include "coding/plain_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace radyab::coding {
namespace {

TEST(PlainScan, AnEanOrUpcSymbolHoldsAGtinWhateverItsLength) {
  for (const char* text : {"4006381333931", "96385074", "036000291452"}) {
    const auto scan = ReadPlainScan("]E0", text, 2026);
    EXPECT_EQ(scan.kind, PayloadKind::kGtin) << text;
    EXPECT_EQ(scan.gtin, std::string(14 - std::string(text).size(), '0') + text);
    EXPECT_TRUE(scan.candidates.empty()) << "the symbol leaves no choice";
  }
  const auto wrong = ReadPlainScan("]E0", "4006381333932", 2026);
  EXPECT_EQ(wrong.kind, PayloadKind::kGtin);
  ASSERT_TRUE(wrong.refusal);
  EXPECT_EQ(wrong.refusal->reason, RefusalReason::kWrongCheckDigit);
}

TEST(PlainScan, TheAddOnBehindAnEanIsLeftOut) {
  for (const char* add_on : {"12", "12345"}) {
    EXPECT_EQ(ReadPlainScan("]E3", "4006381333931" + std::string(add_on), 2026).gtin,
              "04006381333931");
  }
  EXPECT_TRUE(ReadPlainScan("]E3", "4006381333931123", 2026).refusal) << "no add-on has three";
  const auto alone = ReadPlainScan("]E1", "12", 2026);
  EXPECT_EQ(alone.kind, PayloadKind::kUnknownText);
  EXPECT_FALSE(alone.gtin);
}

TEST(PlainScan, AnItfOfFourteenDigitsIsACaseCodeAndNoOtherIs) {
  EXPECT_EQ(ReadPlainScan("]I1", "14006381333938", 2026).gtin, "14006381333938");
  EXPECT_TRUE(ReadPlainScan("]I1", "14006381333939", 2026).refusal);
  const auto shorter = ReadPlainScan("]I1", "12345678", 2026);
  EXPECT_FALSE(shorter.gtin);
  EXPECT_EQ(ReadPlainScan("]I1", "1042000017000113", 2026).kind, PayloadKind::kOurCode);
}

TEST(PlainScan, WhatTheScannerSaysToBeElementsIsNothingElse) {
  const auto digits = ReadPlainScan("]C1", "1042000017000113", 2026);
  EXPECT_EQ(digits.kind, PayloadKind::kElementString) << "not our code: the symbol is GS1's";
  EXPECT_FALSE(digits.code);
  const auto link = ReadPlainScan("]d2", "https://h/01/04006381333931", 2026);
  EXPECT_EQ(link.kind, PayloadKind::kDigitalLink);
  EXPECT_EQ(link.gtin, "04006381333931");
}

TEST(PlainScan, ASymbolThatIsNoGs1SymbolIsNotTakenForElements) {
  const std::string elements = "010400638133393117270331";  // 24 digits
  EXPECT_EQ(ReadPlainScan("", elements, 2026).kind, PayloadKind::kElementString);
  EXPECT_NE(ReadPlainScan("]C0", elements, 2026).kind, PayloadKind::kElementString);
}

TEST(PlainScan, DatesAreThoseOfTheirElements) {
  const auto scan =
      ReadPlainScan("", "(01)04006381333931(11)260101(13)260102(15)270228(17)270300", 2026);
  EXPECT_EQ(scan.production, (CivilDate{2026, 1, 1}));
  EXPECT_EQ(scan.packaging, (CivilDate{2026, 1, 2}));
  EXPECT_EQ(scan.best_before, (CivilDate{2027, 2, 28}));
  EXPECT_EQ(scan.expiry, (CivilDate{2027, 3, 31})) << "day 00 is the end of the month";
}

TEST(PlainScan, AContentIsNotTheThingItself) {
  const auto pallet = ReadPlainScan("]C1",
                                    "00376104250021234569\x1D"
                                    "0204006381333931"
                                    "3712",
                                    2026);
  EXPECT_EQ(pallet.sscc, "376104250021234569");
  EXPECT_FALSE(pallet.gtin) << "AI 02 is what it holds";
}

TEST(PlainScan, NothingIsRepaired) {
  for (const char* text :
       {"[01]04006381333931", "(01)04006381333931|10A", "010400638133393110A~21B"}) {
    EXPECT_TRUE(ReadPlainScan("", text, 2026).repairs.empty()) << text;
  }
  EXPECT_EQ(ReadPlainScan("", "[01]04006381333931", 2026).kind, PayloadKind::kUnknownText);
}

TEST(PlainScan, ReadAsAFormItIsHeldToThatForm) {
  const auto link = ReadScanAs("", "1042000017000113", 2026, PayloadForm::kDigitalLink);
  EXPECT_EQ(link.kind, PayloadKind::kDigitalLink);
  EXPECT_TRUE(link.refusal);
  const auto bracketed =
      ReadScanAs("]C1", "(01)04006381333931(10)A(21)B", 2026, PayloadForm::kBracketed);
  EXPECT_EQ(bracketed.symbology, "]C1");
  EXPECT_EQ(bracketed.serial, "B");
  EXPECT_TRUE(bracketed.candidates.empty()) << "read exactly, there is one way";
}

}  // namespace
}  // namespace radyab::coding
