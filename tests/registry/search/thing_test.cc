#include "registry/search/thing.h"

#include <gtest/gtest.h>

namespace radyab::search {
namespace {

TEST(Thing, OfAClassComesBeforeThoseBelowItAndBehindEveryCode) {
  const char* ordered[] = {"04", "0412", "041201", "05", "99", "999999999999"};
  Thing before = ThingOf(*coding::ParseCode("8031000017000251"));
  for (const char* key_code : ordered) {
    const Thing thing = ThingOfClass(key_code);
    EXPECT_GT(thing, before) << key_code;
    EXPECT_EQ(ClassOf(thing), key_code);
    before = thing;
  }
  EXPECT_LT(before, RangeOf(v1::SEARCH_KIND_CLASS).end);
}

TEST(Thing, IsInTheRangeOfItsKindAlone) {
  const std::pair<Thing, v1::SearchKind> things[] = {
      {ThingOf(*coding::ParseCode("1042000017000113")), v1::SEARCH_KIND_ITEM},
      {ThingOf(*coding::ParseCode("7000000017004271")), v1::SEARCH_KIND_PARTY},
      {ThingOf(*coding::ParseCode("8031000017000251")), v1::SEARCH_KIND_SERVICE},
      {ThingOfClass("04"), v1::SEARCH_KIND_CLASS}};
  for (const auto& [thing, kind] : things) {
    for (int other = v1::SEARCH_KIND_ITEM; other <= v1::SEARCH_KIND_CLASS; ++other) {
      const ThingRange range = RangeOf(static_cast<v1::SearchKind>(other));
      EXPECT_EQ(thing >= range.begin && thing < range.end, other == kind) << thing;
    }
    EXPECT_EQ(ClassOf(thing).has_value(), kind == v1::SEARCH_KIND_CLASS);
  }
}

}  // namespace
}  // namespace radyab::search
