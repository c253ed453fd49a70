#include "coding/element_splits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "coding/ai_table.h"
#include "coding/bracketed_elements.h"
#include "coding/element_rules.h"
#include "coding/element_string.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

std::vector<std::string> Splits(std::string_view text) {
  std::vector<std::string> out;
  for (const ElementSplit& split : SplitElements(text, 2026)) {
    out.push_back(WriteBracketed(split.elements));
  }
  return out;
}

using Texts = std::vector<std::string>;
const std::string kGtin = "0109521234543213";

TEST(ElementSplits, AreOneWhereTheTextLeavesNoChoice) {
  EXPECT_EQ(Splits(kGtin + "17270331"), (Texts{"(01)09521234543213(17)270331"}));
  // A number of at most 8 digits ends before the letters, and the letters fit only one AI.
  EXPECT_EQ(Splits(kGtin + "3012345678"
                           "10ABC"),
            (Texts{"(01)09521234543213(30)12345678(10)ABC"}));
}

TEST(ElementSplits, AreAllTheWaysThereAre) {
  EXPECT_EQ(Splits(kGtin + "10ABC21XYZ"),
            (Texts{"(01)09521234543213(10)ABC21XYZ", "(01)09521234543213(10)ABC(21)XYZ"}));
}

TEST(ElementSplits, TakeATypedSeparatorForOne) {
  const auto splits = SplitElements(kGtin + "10ABC02921XYZ", 2026);
  ASSERT_FALSE(splits.empty());
  const auto typed = std::ranges::find(splits, 1u, &ElementSplit::typed);
  ASSERT_NE(typed, splits.end());
  EXPECT_EQ(WriteBracketed(typed->elements), "(01)09521234543213(10)ABC(21)XYZ");
  EXPECT_EQ(typed->lost, 0u);
  EXPECT_TRUE(typed->common);
}

TEST(ElementSplits, KeepTheSeparatorsThatAreThere) {
  EXPECT_EQ(
      Splits(kGtin + "10AB\x1D"
                     "21C17270331"),
      (Texts{"(01)09521234543213(10)AB(21)C17270331", "(01)09521234543213(10)AB(21)C(17)270331"}));
}

TEST(ElementSplits, NeverRepeatAnAiAndNeverBreakARule) {
  for (const auto& split : SplitElements(kGtin + "10A10B10C", 2026)) {
    EXPECT_TRUE(BrokenRules(split.elements).empty());
    std::set<std::string> ais;
    for (const Element& element : split.elements) EXPECT_TRUE(ais.insert(element.ai).second);
  }
}

TEST(ElementSplits, LeaveNonsenseAndLongTextsAlone) {
  EXPECT_TRUE(SplitElements("", 2026).empty());
  EXPECT_TRUE(SplitElements("\x1D", 2026).empty());
  EXPECT_TRUE(SplitElements("hello", 2026).empty());
  EXPECT_TRUE(SplitElements("0109521234543214"
                            "10A",
                            2026)
                  .empty());
  EXPECT_TRUE(SplitElements("91" + std::string(kSplitTextBytesMax, 'A'), 2026).empty());
}

// Every way to part a text, found without any cleverness.
void TryAll(std::string_view text, std::vector<Element>& elements, std::set<std::string>& found) {
  if (text.empty()) {
    if (BrokenRules(elements).empty()) found.insert(WriteBracketed(elements));
    return;
  }
  for (std::size_t digits = 2; digits <= 4 && digits < text.size(); ++digits) {
    const AiEntry* entry = FindAi(text.substr(0, digits));
    if (entry == nullptr) continue;
    for (std::size_t length = 1; digits + length <= text.size(); ++length) {
      const std::string_view value = text.substr(digits, length);
      if (CheckAiValue(*entry, value, 2026)) continue;
      elements.push_back({std::string(text.substr(0, digits)), std::string(value)});
      TryAll(text.substr(digits + length), elements, found);
      elements.pop_back();
    }
  }
}

TEST(ElementSplits, AreThoseThatTryingAllOfThemFinds) {
  SeededRandom random;
  int parted = 0;
  for (int round = 0; round < 400; ++round) {
    const std::string text = kGtin + "10" + random.Of("0123AX17", 1, 9) +
                             (random.Chance(2) ? "21" + random.Of("012A", 1, 5) : "");
    if (text.find("029") != text.npos) continue;  // another repair
    std::vector<Element> elements;
    std::set<std::string> all;
    TryAll(text, elements, all);
    const auto splits = Splits(text);
    for (const std::string& split : splits)
      EXPECT_TRUE(all.contains(split)) << text << " " << split;
    EXPECT_EQ(splits.size(), std::min(all.size(), kSplitsMax)) << text;
    parted += splits.size() > 1 ? 1 : 0;
  }
  EXPECT_GT(parted, 20);
}

TEST(MayHoldElement, IsTrueOnlyWhereATailCouldBeOne) {
  EXPECT_TRUE(MayHoldElement("ABC21X"));
  EXPECT_FALSE(MayHoldElement("ABC"));
  EXPECT_FALSE(MayHoldElement("21X")) << "nothing is left for the value itself";
  EXPECT_FALSE(MayHoldElement("ABC17270")) << "too short for a date";
}

}  // namespace
}  // namespace radyab::coding
