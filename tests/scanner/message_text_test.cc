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
  EXPECT_EQ(ElementsWithoutBrackets("(01)06260100200302(10)AB(21)7").text,
            "010626010020030210AB\x1D"
            "217");
  EXPECT_EQ(ElementsWithoutBrackets("(01)06260100200302(3103)001750").text,
            "01062601002003023103001750");
  EXPECT_EQ(ElementsWithoutBrackets("(240)A(17)270331").text,
            "240A\x1D"
            "17270331");
}

TEST(MessageText, DoesNotTakeABracketInsideALotForAnElement) {
  const auto lot = ElementsWithoutBrackets("(01)09521234543213(10)A(05)B");
  EXPECT_EQ(lot.text, "010952123454321310A(05)B") << "there is no AI 05";
  const auto either = ElementsWithoutBrackets("(01)09521234543213(10)A(99)B");
  EXPECT_EQ(either.text,
            "010952123454321310A\x1D"
            "99B");
  EXPECT_TRUE(either.ambiguous) << "the lot may be A(99)B";
  EXPECT_EQ(ElementsWithoutBrackets("(01)09521234543213(10)A(17)XX").text,
            "010952123454321310A(17)XX");
  EXPECT_FALSE(ElementsWithoutBrackets("(01)09521234543213(10)A(17)XX").ambiguous);
}

TEST(MessageText, SaysWhenElementsCanBePartedInTwoWays) {
  const auto two = ElementsWithoutBrackets("(01)09521234543213(10)A(21)B");
  EXPECT_EQ(two.text,
            "010952123454321310A\x1D"
            "21B")
      << "a lot and a serial are likelier";
  EXPECT_TRUE(two.ambiguous);
  const std::string lot(20, 'A');
  EXPECT_FALSE(ElementsWithoutBrackets("(10)" + lot + "(21)B").ambiguous) << "the lot is full";
  EXPECT_FALSE(ElementsWithoutBrackets("(01)09521234543213(17)270331(10)A").ambiguous);
}

TEST(MessageText, BelievesIdentifiersOfWhichItKnowsNoFormat) {
  EXPECT_EQ(ElementsWithoutBrackets("(01)90012345678908(3932)04066USD").text,
            "01900123456789083932"
            "04066USD");
  EXPECT_EQ(ElementsWithoutBrackets("(10)12A(422)364(21)1").text,
            "1012A\x1D"
            "422364\x1D"
            "211");
  EXPECT_EQ(ElementsWithoutBrackets("(10)12A(422)123(21)1").text,
            "1012A(422)123\x1D"
            "211")
      << "123 is no country";
  EXPECT_EQ(ElementsWithoutBrackets("(90)A(91)B").text,
            "90A\x1D"
            "91B");
  EXPECT_EQ(ElementsWithoutBrackets("(10)1098 1234").text, "101098 1234");
}

TEST(MessageText, KeepsBracketsThatAreNoIdentifier) {
  EXPECT_EQ(ElementsWithoutBrackets("(10)A(B)C(21)1").text,
            "10A(B)C\x1D"
            "211");
  EXPECT_EQ(ElementsWithoutBrackets("(1)A").text, "(1)A");
  EXPECT_EQ(ElementsWithoutBrackets("(01").text, "(01");
  EXPECT_EQ(ElementsWithoutBrackets("plain").text, "plain");
  EXPECT_EQ(ElementsWithoutBrackets("").text, "");
}

TEST(MessageText, ReadsLatin1WhereThereIsNoUtf8) {
  EXPECT_EQ(AsUtf8("گ"), "گ");
  EXPECT_EQ(AsUtf8("\xE9"), "é");
  EXPECT_EQ(AsUtf8("a\xC3"), "aÃ");
}

}  // namespace
}  // namespace radyab::scanner
