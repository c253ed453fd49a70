#include "scanner/message_text.h"

#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

TEST(MessageText, ExpandsEveryFormOfUpcE) {
  EXPECT_EQ(ExpandUpcE("01234505"), "012000003455");
  EXPECT_EQ(ExpandUpcE("01234514"), "012100003454");
  EXPECT_EQ(ExpandUpcE("01234523"), "012200003453");
  EXPECT_EQ(ExpandUpcE("01234531"), "012300000451");
  EXPECT_EQ(ExpandUpcE("01234543"), "012340000053");
  EXPECT_EQ(ExpandUpcE("01234565"), "012345000065");
  EXPECT_EQ(ExpandUpcE("11234598"), "112345000098");
}

TEST(MessageText, LeavesWhatIsNoUpcE) {
  EXPECT_EQ(ExpandUpcE("0123456"), "0123456");
  EXPECT_EQ(ExpandUpcE("0123456A"), "0123456A");
  EXPECT_EQ(ExpandUpcE(""), "");
}

TEST(MessageText, PutsSeparatorsOnlyAfterValuesOfVariableLength) {
  EXPECT_EQ(ElementsWithoutBrackets("(01)06260100200302(10)AB(21)7"),
            "010626010020030210AB\x1D"
            "217");
  EXPECT_EQ(ElementsWithoutBrackets("(01)06260100200302(3103)001750"),
            "01062601002003023103001750");
  EXPECT_EQ(ElementsWithoutBrackets("(240)A(17)270331"),
            "240A\x1D"
            "17270331");
}

TEST(MessageText, KeepsBracketsThatAreNoIdentifier) {
  EXPECT_EQ(ElementsWithoutBrackets("(10)A(B)C(21)1"),
            "10A(B)C\x1D"
            "211");
  EXPECT_EQ(ElementsWithoutBrackets("(1)A"), "(1)A");
  EXPECT_EQ(ElementsWithoutBrackets("(01"), "(01");
  EXPECT_EQ(ElementsWithoutBrackets("plain"), "plain");
  EXPECT_EQ(ElementsWithoutBrackets(""), "");
}

TEST(MessageText, ReadsLatin1WhereThereIsNoUtf8) {
  EXPECT_EQ(AsUtf8("گ"), "گ");
  EXPECT_EQ(AsUtf8("\xE9"), "é");
  EXPECT_EQ(AsUtf8("a\xC3"), "aÃ");
}

}  // namespace
}  // namespace radyab::scanner
