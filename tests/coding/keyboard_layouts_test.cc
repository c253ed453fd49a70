#include "coding/keyboard_layouts.h"

#include <gtest/gtest.h>

#include <set>

namespace radyab::coding {
namespace {

constexpr KeyboardLayout kLayouts[] = {KeyboardLayout::kPersian, KeyboardLayout::kArabic};

TEST(KeyboardLayouts, MapEveryPrintableUsKeyOneToOne) {
  for (const KeyboardLayout layout : kLayouts) {
    std::set<std::string> typed;
    for (char character = '!'; character <= '~'; ++character) {
      const std::string key(1, character);
      EXPECT_TRUE(typed.insert(TypedUnder(layout, key)).second) << key;
      // An Arabic letter beside it tells that the keyboard was none of the US.
      const auto back = TypedOnUsKeys(layout, TypedUnder(layout, "a" + key));
      ASSERT_TRUE(back) << key;
      EXPECT_EQ(*back, "a" + key);
    }
    EXPECT_EQ(typed.size(), 94u);
  }
}

// Words that people know from their keyboards: what comes out when they forgot to switch.
TEST(KeyboardLayouts, AreThoseOfRealKeyboards) {
  EXPECT_EQ(TypedUnder(KeyboardLayout::kPersian, "sghl"), "سلام");
  EXPECT_EQ(TypedUnder(KeyboardLayout::kPersian, "nj"), "دت");
  EXPECT_EQ(TypedUnder(KeyboardLayout::kPersian, "0123456789"), "۰۱۲۳۴۵۶۷۸۹");
  EXPECT_EQ(TypedUnder(KeyboardLayout::kPersian, "()"), ")(");
  EXPECT_EQ(TypedUnder(KeyboardLayout::kArabic, "lvpfh"), "مرحبا");
  EXPECT_EQ(TypedUnder(KeyboardLayout::kArabic, "0123()"), "0123)(");
  EXPECT_EQ(TypedUnder(KeyboardLayout::kArabic, "b"), "\uFEFB");
}

TEST(KeyboardLayouts, KeepControlCharacters) {
  EXPECT_EQ(TypedOnUsKeys(KeyboardLayout::kPersian, "ش\x1D۱"),
            "a\x1D"
            "1");
}

TEST(KeyboardLayouts, LeaveTextAloneThatNoKeyOfTheirsTyped) {
  EXPECT_FALSE(TypedOnUsKeys(KeyboardLayout::kPersian, "123"));    // no Persian character
  EXPECT_FALSE(TypedOnUsKeys(KeyboardLayout::kArabic, "123)("));   // nor an Arabic one
  EXPECT_FALSE(TypedOnUsKeys(KeyboardLayout::kPersian, "سلامA"));  // Latin letters beside it
  EXPECT_FALSE(TypedOnUsKeys(KeyboardLayout::kArabic, "گ"));       // a letter of the other one
  EXPECT_FALSE(TypedOnUsKeys(KeyboardLayout::kPersian, "س\xFF"));  // no text
  EXPECT_FALSE(TypedOnUsKeys(KeyboardLayout::kPersian, ""));
}

}  // namespace
}  // namespace radyab::coding
