#include "clients/cli/near_word.h"

#include <gtest/gtest.h>

namespace radyab::cli {
namespace {

TEST(NearWord, FindsWhatAFingerMissed) {
  const std::vector<std::string> words = {"item", "items", "--name-fa", "--name-en", "list"};
  EXPECT_EQ(NearestWord("itm", words), "item");
  EXPECT_EQ(NearestWord("tiem", words), "item");
  EXPECT_EQ(NearestWord("itemss", words), "items");
  EXPECT_EQ(NearestWord("--nmae-fa", words), "--name-fa");
  EXPECT_EQ(NearestWord("--name_en", words), "--name-en");
  EXPECT_EQ(NearestWord("lits", words), "list");
}

TEST(NearWord, SaysNothingOfWhatIsFar) {
  EXPECT_EQ(NearestWord("--given-fa", {"--name-fa"}), "");
  EXPECT_EQ(NearestWord("it", {"item"}), "");
  EXPECT_EQ(NearestWord("", {"item"}), "");
  EXPECT_EQ(NearestWord(std::string(100'000, 'x'), {std::string(100'000, 'x')}), "");
  EXPECT_EQ(NearestWord("x", {}), "");
}

}  // namespace
}  // namespace radyab::cli
