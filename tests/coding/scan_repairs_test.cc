#include "coding/scan_repairs.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "coding/check_digits.h"
#include "coding/element_string.h"
#include "coding/keyboard_layouts.h"
#include "coding/scan_payload.h"

namespace radyab::coding {
namespace {

const std::string kGtin = "09521234543213";
const std::string kGmn = "1987654Ad4X4bL5ttr2310c2K";
const std::vector<Element> kThree = {{"01", kGtin}, {"10", "ABC"}, {"21", "X-7"}};

std::vector<std::string> Names(const ScanPayload& payload) {
  std::vector<std::string> names;
  for (const Repair& repair : payload.repairs) {
    names.push_back(repair.name);
    EXPECT_FALSE(repair.why.empty());
  }
  return names;
}

using Texts = std::vector<std::string>;

void ExpectRepaired(const std::string& text, const std::vector<Element>& elements,
                    const Texts& repairs) {
  const ScanPayload payload = ParseScanPayload(text, 2026);
  EXPECT_EQ(payload.elements, elements) << text;
  EXPECT_EQ(Names(payload), repairs) << text;
  EXPECT_TRUE(payload.content_ok()) << text;
}

TEST(ScanRepairs, FindSeparatorsThatSomethingStandsFor) {
  for (const char* separator : {"|", "~", "^", "@", "#", "$", " ", "\t", "\x1E", "\u241D", "\u2194",
                                "\uFFFD", "<GS>", "{GS}", "[FNC1]", "\\x1d", "&#29;", "_x001D_"}) {
    ExpectRepaired("01" + kGtin + "10ABC" + separator + "21X-7", kThree, {"separator_stand_in"});
  }
  ExpectRepaired("^01" + kGtin + "10ABC^21X-7", kThree, {"separator_stand_in"});
}

TEST(ScanRepairs, PartElementsAgainWhereOnlyOneWayIsLeft) {
  ExpectRepaired("]C101" + kGtin +
                     "3012345678"
                     "10ABC",
                 {{"01", kGtin}, {"30", "12345678"}, {"10", "ABC"}}, {"separator_lost"});
}

TEST(ScanRepairs, TellAllWaysWhereSeveralAreLeft) {
  const std::string text = "]C101" + kGtin + "10ABCDEFGHIJKLMNOPQ21X21Y-99-ABC";
  const ScanPayload payload = ParseScanPayload(text, 2026);
  EXPECT_TRUE(payload.elements.empty());
  EXPECT_TRUE(payload.refusal);
  ASSERT_GE(payload.candidates.size(), 2u);
  for (const Candidate& candidate : payload.candidates) {
    EXPECT_EQ(candidate.scheme, "gs1");
    EXPECT_TRUE(ParseElementString(candidate.value)) << candidate.value;
    EXPECT_FALSE(candidate.elements.empty());
  }
}

TEST(ScanRepairs, TakeATextAsItStandsAndTellTheOtherWays) {
  const ScanPayload payload = ParseScanPayload("01" + kGtin + "10ABC21XYZ", 2026);
  EXPECT_EQ(payload.lot, "ABC21XYZ");
  EXPECT_TRUE(payload.repairs.empty());
  ASSERT_EQ(payload.candidates.size(), 2u);
  EXPECT_EQ(payload.candidates[0].elements, payload.elements);
  EXPECT_EQ(payload.candidates[1].elements[2], (Element{"21", "XYZ"}));
  EXPECT_TRUE(ParseScanPayload("01" + kGtin +
                                   "10ABC\x1D"
                                   "21X21Y",
                               2026)
                  .candidates.empty())
      << "a separator came through";
}

TEST(ScanRepairs, ReadAlt029ThatWasTypedAsText) {
  ExpectRepaired("01" + kGtin + "10ABC02921X-7", kThree, {"alt_029_text"});
  ExpectRepaired("01" + kGtin + "10ABC002921X-7", kThree, {"alt_029_text"});
}

TEST(ScanRepairs, TurnBackKeyboardLayouts) {
  const std::string text = "(01)" + kGtin + "(10)ABC(21)X-7";
  ExpectRepaired(TypedUnder(KeyboardLayout::kPersian, text), kThree, {"keyboard_layout_fa"});
  ExpectRepaired(TypedUnder(KeyboardLayout::kArabic, text), kThree, {"keyboard_layout_ar"});
  ExpectRepaired(TypedUnder(KeyboardLayout::kPersian, "01" + kGtin + "10ABC") + "\x1D" +
                     TypedUnder(KeyboardLayout::kPersian, "21X-7"),
                 kThree, {"keyboard_layout_fa"});
  const auto link = ParseScanPayload(
      TypedUnder(KeyboardLayout::kArabic, "https://h.example/01/" + kGtin + "/10/ABC"), 2026);
  EXPECT_EQ(link.kind, PayloadKind::kDigitalLink);
  EXPECT_EQ(link.lot, "ABC");
  const auto ours = ParseScanPayload(
      TypedUnder(KeyboardLayout::kPersian, "https://h/c/1042000017000113?lot=A"), 2026);
  EXPECT_EQ(ours.kind, PayloadKind::kOurLink);
  EXPECT_EQ(ours.code->Digits(), "1042000017000113");
}

TEST(ScanRepairs, UndoSeveralFaultsInTheirOrder) {
  ExpectRepaired(TypedUnder(KeyboardLayout::kPersian, "01" + kGtin + "10ABC|21X-7"), kThree,
                 {"keyboard_layout_fa", "separator_stand_in"});
  ExpectRepaired(TypedUnder(KeyboardLayout::kArabic, "[01]" + kGtin + "[10]ABC[21]X-7"), kThree,
                 {"keyboard_layout_ar", "brackets"});
}

TEST(ScanRepairs, MendBracketsAndSpaces) {
  for (const char* text : {"[01]09521234543213[10]ABC[21]X-7", "{01}09521234543213{10}ABC{21}X-7",
                           "<01>09521234543213<10>ABC<21>X-7", ")01(09521234543213)10(ABC)21(X-7",
                           "（01）09521234543213（10）ABC（21）X-7"}) {
    ExpectRepaired(text, kThree, {"brackets"});
  }
  ExpectRepaired("(01) 0952 1234 5432 13 (10) ABC (21) X-7", kThree, {"spaces"});
}

TEST(ScanRepairs, MendLettersWhereACheckPairTells) {
  std::string turned = kGmn;
  for (char& c : turned) {
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
    else if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  }
  ExpectRepaired("(8013)" + turned, {{"8013", kGmn}}, {"letter_case"});
  // A country is two capital letters; a check pair over Y and Z tells that they changed places.
  ExpectRepaired("(00)376104250021234569(4307)ir", {{"00", "376104250021234569"}, {"4307", "IR"}},
                 {"letter_case"});
  const std::string body = "9521234YARD-Z";
  const auto pair = Gs1CheckPair(body);
  const std::string model = body + pair[0] + pair[1];
  std::string swapped = model;
  for (char& c : swapped) c = c == 'Y' ? 'Z' : c == 'Z' ? 'Y' : c;
  ExpectRepaired("(8013)" + swapped, {{"8013", model}}, {"keys_y_z_swapped"});
}

TEST(ScanRepairs, LeaveFaultsThatNothingExplains) {
  for (const std::string& text :
       {std::string("(01)09521234543214"),
        "01" + kGtin +
            "171332"
            "01",
        std::string("https://h/01/09521234543214"), std::string("]E09521234543214"),
        std::string("hello|world"), std::string("[link]"), std::string("a b c"),
        std::string("سلام")}) {
    const ScanPayload payload = ParseScanPayload(text, 2026);
    EXPECT_TRUE(payload.repairs.empty()) << text;
    EXPECT_TRUE(payload.elements.empty()) << text;
  }
}

TEST(ScanRepairs, HaveNamesOfTheirOwn) {
  std::vector<std::string_view> names;
  for (const RepairKind& kind : RepairKinds()) names.push_back(kind.name);
  EXPECT_EQ(names.size(), 8u);
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

TEST(ScanRepairs, NameSeparatorsOnlyWhereTheyAre) {
  EXPECT_TRUE(UndoNamedSeparators("ABC<G>").empty());
  EXPECT_EQ(UndoNamedSeparators("A{GS}B<GS>C"), (Texts{"A\x1D"
                                                       "B\x1D"
                                                       "C"}));
}

}  // namespace
}  // namespace radyab::coding
