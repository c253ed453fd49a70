#include "coding/symbology.h"

#include <gtest/gtest.h>

#include <string>

namespace radyab::coding {
namespace {

TEST(Symbology, IsReadAtTheBeginning) {
  EXPECT_EQ(SymbologyOf("]d201095"), "]d2");
  EXPECT_EQ(SymbologyOf("]zA"), "]zA");
  for (const char* text : {"", "]", "]d", "d2", "]2d", "]d-", "x]d2", "](01"}) {
    EXPECT_EQ(SymbologyOf(text), "") << text;
  }
}

TEST(Symbology, TellsWhichSymbolsHoldElements) {
  for (const char* identifier : {"]C1", "]e0", "]e1", "]e2", "]d2", "]d5", "]Q3", "]Q4", "]J1",
                                 "]J4", "]z1", "]z4", "]K1", "]L3", "]O5"}) {
    EXPECT_EQ(UseOfSymbology(identifier), SymbologyUse::kElements) << identifier;
    EXPECT_TRUE(SymbologyName(identifier).substr(0, 3) == "GS1") << identifier;
  }
  for (const char* identifier : {"]C0", "]C2", "]d1", "]d3", "]Q1", "]Q5", "]J0", "]z0", "]A0",
                                 "]L0", "]U0", "]F0", "]G0", "]X0", "]h0"}) {
    EXPECT_EQ(UseOfSymbology(identifier), SymbologyUse::kAnything) << identifier;
    EXPECT_FALSE(SymbologyName(identifier).empty()) << identifier;
  }
}

TEST(Symbology, TellsRetailSymbols) {
  EXPECT_EQ(UseOfSymbology("]E0"), SymbologyUse::kGtin);
  EXPECT_EQ(UseOfSymbology("]E4"), SymbologyUse::kGtin);
  EXPECT_EQ(UseOfSymbology("]E3"), SymbologyUse::kGtinPlus);
  EXPECT_EQ(UseOfSymbology("]E1"), SymbologyUse::kAddOn);
  EXPECT_EQ(UseOfSymbology("]E2"), SymbologyUse::kAddOn);
  EXPECT_EQ(UseOfSymbology("]I1"), SymbologyUse::kItf);
  EXPECT_EQ(UseOfSymbology(""), SymbologyUse::kAnything);
  EXPECT_EQ(SymbologyName(""), "");
  EXPECT_EQ(SymbologyName("]W0"), "");
}

}  // namespace
}  // namespace radyab::coding
