#include "coding/bracketed_elements.h"

#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

using Elements = std::vector<Element>;

Parsed<Elements> ParseForPeople(std::string_view text) { return ParseBracketed(text, 2026); }

const Elements kUnit = {
    {"01", "04006381333931"}, {"17", "270331"}, {"10", "A/B-1"}, {"21", "0007"}};

TEST(BracketedElements, AreReadForPeople) {
  EXPECT_EQ(*ParseForPeople("(01)04006381333931(17)270331(10)A/B-1(21)0007"), kUnit);
}

TEST(BracketedElements, KeepBracketsThatOpenNoElement) {
  const auto elements = ParseForPeople("(01)04006381333931(10)A(B)(1)(04)C(");
  ASSERT_TRUE(elements) << elements.refusal().message;
  EXPECT_EQ(elements->back().value, "A(B)(1)(04)C(");
}

TEST(BracketedElements, CanBePartedInOtherWays) {
  const Element gtin = {"01", "04006381333931"};
  EXPECT_EQ(OtherSplits("(01)04006381333931(10)A(21)B", 2026),
            (std::vector<Elements>{{gtin, {"10", "A(21)B"}}}));
  EXPECT_EQ(OtherSplits("(01)04006381333931(10)A(17)XX", 2026),
            (std::vector<Elements>{{gtin, {"10", "A(17)XX"}}}));
  EXPECT_EQ(OtherSplits("(01)04006381333931(10)A(21)B(240)C", 2026),
            (std::vector<Elements>{{gtin, {"10", "A(21)B"}, {"240", "C"}},
                                   {gtin, {"10", "A(21)B(240)C"}},
                                   {gtin, {"10", "A"}, {"21", "B(240)C"}}}));
}

TEST(BracketedElements, HaveOneSplitWhenNoValueCanHoldTheNext) {
  for (const std::string& text :
       {std::string("(01)04006381333931(17)270331(10)A"), std::string("(01)04006381333931"),
        "(01)04006381333931(10)" + std::string(20, 'A') + "(21)B", std::string("(10)A(21)B"),
        std::string(), std::string("x"), std::string("(04)A(21)B")}) {
    EXPECT_TRUE(OtherSplits(text, 2026).empty()) << text;
  }
  std::string many;
  for (int i = 0; i < 200; ++i) many += "(10)A";
  EXPECT_TRUE(OtherSplits(many, 2026).empty()) << "no object has so many elements";
}

TEST(BracketedElements, AreRefusedWithPlace) {
  ExpectRefused(ParseForPeople, "*0*104006381333931", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseForPeople, "(*04*)1", RefusalReason::kUnknownAi);
  ExpectRefused(ParseForPeople, "(01*]*04006381333931", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseForPeople, "(*A*)1", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseForPeople, "(01**", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseForPeople, "(01)**", RefusalReason::kMissingValue);
  ExpectRefused(ParseForPeople, "(01)04006381333931*9*", RefusalReason::kTooLong);
  ExpectRefused(ParseForPeople, "(*10*)A", RefusalReason::kMissingKey);
  ExpectRefused(ParseForPeople, "(01)04006381333931(10)A(*10*)B", RefusalReason::kRepeatedElement);
}

TEST(BracketedElements, ABackslashMakesABracketPartOfTheValue) {
  const std::string text = R"((01)04006381333931(10)A\(21\)B)";
  for (const Brackets brackets : {Brackets::kForPeople, Brackets::kExact}) {
    const auto read = ReadBracketed(text, 2026, brackets);
    ASSERT_TRUE(read) << read.refusal().message;
    ASSERT_EQ(read->elements.size(), 2u);
    EXPECT_EQ(read->elements[1].value, "A(21)B");
  }
  ExpectRefused(ParseForPeople, R"((01)04006381333931(10)A\(B*ж*)",
                RefusalReason::kInvalidCharacter);
}

TEST(BracketedElements, ReadExactlyEveryBracketBeginsAnElement) {
  const auto exactly = [](std::string_view text) -> Parsed<Elements> {
    auto read = ReadBracketed(text, 2026, Brackets::kExact);
    if (!read) return read.refusal();
    return read->elements;
  };
  ExpectRefused(exactly, "(01)04006381333931(10)A(*B*)", RefusalReason::kInvalidCharacter);
  ExpectRefused(exactly, "(01)04006381333931(10)A(*04*)B", RefusalReason::kUnknownAi);
  EXPECT_EQ(exactly("(01)04006381333931(10)A")->back().value, "A");
}

TEST(BracketedElements, WrittenExactlyReadBackAsTheyWere) {
  const Elements elements = {{"01", "04006381333931"}, {"10", "A(21)B(("}, {"21", ")(10)"}};
  const std::string text = WriteBracketedExactly(elements);
  for (const Brackets brackets : {Brackets::kForPeople, Brackets::kExact}) {
    const auto read = ReadBracketed(text, 2026, brackets);
    ASSERT_TRUE(read) << read.refusal().message;
    EXPECT_EQ(read->elements, elements);
  }
  EXPECT_EQ(WriteBracketed(elements), "(01)04006381333931(10)A(21)B(((21))(10)");
}

TEST(BracketedElements, AnElementThatComesAgainIsOne) {
  const auto read = ReadBracketed("(01)04006381333931(10)A(10)A", 2026);
  ASSERT_TRUE(read) << read.refusal().message;
  EXPECT_EQ(read->elements.size(), 2u);
  EXPECT_EQ(read->offsets.size(), 2u);
}

TEST(BracketedElements, AreNoMoreThanOneObjectCanHave) {
  std::string text = "(01)04006381333931";
  for (std::size_t i = 1; i < kElementsMax; ++i) text += "(99)" + std::to_string(i);
  EXPECT_TRUE(ReadBracketed(text, 2026));
  const auto read = ReadBracketed(text + "(99)x", 2026);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.refusal().reason, RefusalReason::kTooLong);
  EXPECT_EQ(read.refusal().at, text.size() + 2) << "the place of the one too many";
}

}  // namespace
}  // namespace radyab::coding
