#include "registry/search/page_place.h"

#include <gtest/gtest.h>

#include "tests/support/registry_world.h"

namespace radyab::search {
namespace {

using tests::FieldIn;
using tests::ReasonIn;

TEST(PagePlace, ReadsWhatItWrote) {
  for (const auto match : {v1::SEARCH_MATCH_CODE, v1::SEARCH_MATCH_CONTACT, v1::SEARCH_MATCH_WORDS,
                           v1::SEARCH_MATCH_BEGINNINGS, v1::SEARCH_MATCH_STEMS}) {
    for (const Thing next : {Thing{0}, Thing{1}, Thing{1042000017000113}, kNoThing}) {
      const auto place = ReadPlace(WritePlace({match, next}));
      ASSERT_TRUE(place.ok()) << place.status();
      EXPECT_EQ(place->match, match);
      EXPECT_EQ(place->next, next);
    }
  }
}

TEST(PagePlace, BeginsWithTheBestMatchWhenThereIsNoToken) {
  const auto place = ReadPlace("");
  ASSERT_TRUE(place.ok()) << place.status();
  EXPECT_EQ(place->match, v1::SEARCH_MATCH_CODE);
  EXPECT_EQ(place->next, 0u);
}

TEST(PagePlace, TwoPlacesHaveTwoTokens) {
  EXPECT_NE(WritePlace({v1::SEARCH_MATCH_WORDS, 5}), WritePlace({v1::SEARCH_MATCH_WORDS, 6}));
  EXPECT_NE(WritePlace({v1::SEARCH_MATCH_WORDS, 5}), WritePlace({v1::SEARCH_MATCH_STEMS, 5}));
}

TEST(PagePlace, RefusesWhatNoSearchWrote) {
  const std::string right = WritePlace({v1::SEARCH_MATCH_WORDS, 5});
  const std::string other = right.substr(1);
  const std::string wrong[] = {right.substr(0, right.size() - 1),  // cut
                               right + "x",                        // too long
                               std::string(1, '\0') + other,       // no match
                               std::string(1, '\x06') + other,     // behind the last match
                               "x"};
  for (const std::string& token : wrong) {
    const auto place = ReadPlace(token);
    ASSERT_FALSE(place.ok()) << token.size();
    EXPECT_EQ(ReasonIn(place.status()), Reason::kInvalidPageToken);
    EXPECT_EQ(FieldIn(place.status()), "page_token");
  }
}

}  // namespace
}  // namespace radyab::search
