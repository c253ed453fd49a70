#include "coding/element_rules.h"

#include <gtest/gtest.h>

#include "coding/element_string.h"

namespace radyab::coding {
namespace {

// "MISSING_KEY 10: 01 or 02", one line a broken rule.
std::string Told(const std::vector<Element>& elements) {
  std::string told;
  for (const BrokenRule& rule : BrokenRules(elements)) {
    EXPECT_EQ(elements[rule.element].ai, rule.ai);
    EXPECT_FALSE(rule.message.empty());
    told += (told.empty() ? "" : "\n") + std::string(RefusalReasonName(rule.reason)) + " " +
            rule.ai + ": " + rule.partners;
  }
  return told;
}

const std::string kGtin = "09521234543213";
const std::string kSscc = "376104250021234569";

TEST(ElementRules, AreKeptByWhatLabelsCarry) {
  EXPECT_EQ(Told({{"01", kGtin}, {"10", "A"}, {"17", "270331"}, {"21", "B"}}), "");
  EXPECT_EQ(Told({{"00", kSscc}, {"02", kGtin}, {"37", "5"}, {"10", "A"}}), "");
  EXPECT_EQ(Told({{"01", kGtin}, {"3103", "001250"}, {"3922", "499"}}), "");
  EXPECT_EQ(Told({{"90", "A"}, {"91", "B"}}), "");
  EXPECT_EQ(Told({}), "");
}

TEST(ElementRules, NameThePartnersThatAreMissing) {
  EXPECT_EQ(Told({{"10", "A"}}), "MISSING_KEY 10: 01 or 02 or 03 or 8006 or 8026");
  EXPECT_EQ(Told({{"37", "5"}, {"02", kGtin}}), "MISSING_KEY 37: 00+02 or 00+8026");
  EXPECT_EQ(Told({{"01", kGtin}, {"250", "A"}}), "MISSING_KEY 250: 01+21 or 03+21 or 8006+21");
  EXPECT_EQ(Told({{"01", kGtin}, {"3922", "499"}}),
            "MISSING_KEY 3922: 01+30 or 01+31nn or 01+32nn or 01+35nn or 01+36nn");
}

TEST(ElementRules, NameThePartnersThatMustNotBe) {
  EXPECT_EQ(Told({{"01", kGtin}, {"255", "9521234543213"}}),
            "FORBIDDEN_PAIR 01: 255\nFORBIDDEN_PAIR 255: 01");
  EXPECT_EQ(Told({{"01", kGtin}, {"21", "A"}, {"235", "B"}}), "FORBIDDEN_PAIR 21: 235");
  EXPECT_EQ(Told({{"01", kGtin}, {"3102", "1"}, {"3103", "2"}}),
            "FORBIDDEN_PAIR 3102: 3103\nFORBIDDEN_PAIR 3103: 3102");
  EXPECT_EQ(Told({{"01", kGtin}, {"3102", "1"}, {"3112", "2"}}), "");
}

TEST(ElementRules, NameAnAiThatComesAgain) {
  EXPECT_EQ(Told({{"01", kGtin}, {"10", "A"}, {"10", "B"}}), "REPEATED_ELEMENT 10: 10");
  EXPECT_EQ(Told({{"10", "A"}, {"10", "B"}}),
            "MISSING_KEY 10: 01 or 02 or 03 or 8006 or 8026\nREPEATED_ELEMENT 10: 10");
}

TEST(ElementRules, PassOverWhatIsInNoTable) { EXPECT_EQ(Told({{"04", "A"}, {"x", "B"}}), ""); }

TEST(ElementRules, AreLookedAtInViewsTheSameWay) {
  for (const std::string& text : {"01" + kGtin + "10A", std::string("10A"), "01" + kGtin + "375",
                                  "01" + kGtin +
                                      "21A\x1D"
                                      "235B",
                                  "01" + kGtin +
                                      "10A\x1D"
                                      "10B",
                                  "00" + kSscc + "02" + kGtin + "375",
                                  "01" + kGtin +
                                      "3102000001"
                                      "3103000001"}) {
    ElementViews views;
    ASSERT_FALSE(ReadElementViews(text, 2026, views)) << text;
    const auto reading = ReadElementString(text);
    ASSERT_TRUE(reading);
    EXPECT_EQ(KeepRules(views), BrokenRules(reading->elements).empty()) << text;
  }
}

}  // namespace
}  // namespace radyab::coding
