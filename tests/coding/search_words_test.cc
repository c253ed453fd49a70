#include "coding/search_words.h"

#include <gmock/gmock.h>

#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::set<std::string> WordsOf(std::string_view text) {
  NameWords words;
  words.Add(text);
  return words.words;
}

TEST(QueryWords, AreFoldedAndInOrder) {
  EXPECT_THAT(QueryWords("  شير\tكم‌چرب ۱٫۵ Liter! "),
              ElementsAre("شیر", "کمچرب", "15", "liter"));
  EXPECT_THAT(QueryWords("؟ ! -"), IsEmpty());
  EXPECT_THAT(QueryWords(""), IsEmpty());
}

TEST(NameWords, HaveCompoundsJoinedAndInPartsAndNeighboursJoined) {
  EXPECT_THAT(WordsOf("می‌شود"), UnorderedElementsAre("می", "شود", "میشود"));
  EXPECT_THAT(WordsOf("می شود"), UnorderedElementsAre("می", "شود", "میشود"));
  EXPECT_THAT(WordsOf("میشود"), UnorderedElementsAre("میشود"));
  EXPECT_THAT(WordsOf("A-4/B c"),
              UnorderedElementsAre("a", "4", "b", "a4", "4b", "a4b", "c", "a4bc"));
}

TEST(NameWords, HaveWordsWithAndWithoutTheArticle) {
  EXPECT_THAT(WordsOf("الزبون"), UnorderedElementsAre("الزبون", "زبون"));
  EXPECT_THAT(WordsOf("الف"), UnorderedElementsAre("الف"));  // a letter would be left
}

TEST(StemOf, TakesEndingsOffAndLeavesThreeCharacters) {
  for (const char* word : {"مشتریان", "مشتری", "مشتریها", "مشتریهای", "مشتریهایشان", "المشتری"}) {
    EXPECT_EQ(StemOf(word), "مشتر") << word;
  }
  EXPECT_EQ(StemOf("customers"), StemOf("customer"));
  EXPECT_EQ(StemOf("نان"), "نان");
  EXPECT_EQ(StemOf("is"), "is");
}

TEST(BeginningsOf, AreTwoToEightCharacters) {
  EXPECT_THAT(BeginningsOf("شیر"), ElementsAre("شی", "شیر"));
  EXPECT_THAT(BeginningsOf("ی"), IsEmpty());
  EXPECT_EQ(BeginningsOf("abcdefghij").back(), "abcdefgh");
  EXPECT_EQ(BeginningOf("abcdefghij"), "abcdefgh");
}

TEST(QueryWords, StandInTheNameTheyAreTakenFrom) {
  SeededRandom random;
  const std::vector<std::string> letters = {"ي", "ك", "ا", "ل", "م", "۴", "b", "ِ"};
  const std::vector<std::string> joints = {" ", "‌", "-", "", "", "، ", "\xC2\xA0"};
  for (int turn = 0; turn < 2000; ++turn) {
    std::string text;
    for (std::uint64_t left = 1 + random.Below(12); left > 0; --left) {
      text += letters[random.Below(letters.size())] + joints[random.Below(joints.size())];
    }
    const auto words = WordsOf(text);
    for (const std::string& word : QueryWords(text)) {
      EXPECT_TRUE(words.contains(word)) << text;
      EXPECT_EQ(StemOf(StemOf(word)), StemOf(word)) << word;
    }
  }
}

}  // namespace
}  // namespace radyab::coding
