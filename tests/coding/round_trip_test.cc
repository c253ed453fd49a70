// Elements written in one form and read from it, and on to the next: nothing is lost or changed on
// the way.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "coding/bracketed_elements.h"
#include "coding/check_digits.h"
#include "coding/digital_link.h"
#include "coding/element_string.h"
#include "coding/scan_payload.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

using Elements = std::vector<Element>;

std::string WithCheckDigit(const std::string& digits) { return digits + Gs1CheckDigit(digits); }

std::string RandomDate(SeededRandom& random) {
  const auto two = [](std::uint64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return two(random.Below(100)) + two(1 + random.Below(12)) + two(random.Below(29));
}

// Random elements that may stand together, keys first, then qualifiers, then attributes: the order
// of a link.
Elements RandomElements(SeededRandom& random, std::string_view alphabet) {
  Elements elements;
  const bool container = random.Chance(4);
  const auto maybe = [&](const char* ai, std::string value) {
    if (random.Chance(2)) elements.push_back({ai, std::move(value)});
  };
  if (container) {
    elements.push_back({"00", WithCheckDigit(random.Digits(17))});
    if (random.Chance(2)) return elements;
    elements.push_back({"02", WithCheckDigit(random.Digits(13))});
    elements.push_back({"37", random.Digits(1 + random.Below(8))});
    maybe("10", random.Of(alphabet, 1, 20));
  } else {
    elements.push_back({"01", WithCheckDigit(random.Digits(13))});
    maybe("22", random.Of(alphabet, 1, 20));
    maybe("10", random.Of(alphabet, 1, 20));
    maybe("21", random.Of(alphabet, 1, 20));
  }
  for (const char* ai : {"11", "13", "15", "17"}) maybe(ai, RandomDate(random));
  maybe("240", random.Of(alphabet, 1, 30));
  maybe("3103", random.Digits(6));
  maybe("414", WithCheckDigit(random.Digits(12)));
  return elements;
}

// Without '(' no value can look like the beginning of an element in brackets.
std::string WithoutBrackets() {
  std::string alphabet(kCharacters82);
  std::erase(alphabet, '(');
  return alphabet;
}

TEST(RoundTrip, ElementStringBracketsAndLinkSayTheSame) {
  SeededRandom random;
  const std::string alphabet = WithoutBrackets();
  for (int i = 0; i < Rounds(20'000); ++i) {
    const Elements elements = RandomElements(random, alphabet);
    const auto raw = ParseElementString(WriteElementString(elements), 2026);
    ASSERT_TRUE(raw) << raw.refusal().message;
    ASSERT_EQ(*raw, elements);
    const auto bracketed = ParseBracketed(WriteBracketed(*raw), 2026);
    ASSERT_TRUE(bracketed) << bracketed.refusal().message;
    ASSERT_EQ(*bracketed, elements);
    const auto uri = WriteDigitalLink("id.example", *bracketed);
    ASSERT_TRUE(uri) << uri.refusal().message;
    const auto link = ParseDigitalLink(*uri, 2026);
    ASSERT_TRUE(link) << *uri << ": " << link.refusal().message;
    ASSERT_EQ(link->elements, elements) << *uri;
  }
}

// A value that holds a bracket with an identifier is not lost in the form for people: a scan of it
// answers the right elements, if not as the first then as a further candidate.
TEST(RoundTrip, ABracketInsideAValueIsACandidateOfAScan) {
  SeededRandom random;
  const std::vector<std::string> brackets = {"(21)", "(10)", "(17)", "(240)", "(3103)", "(01)"};
  for (int i = 0; i < Rounds(5'000); ++i) {
    const std::string value = random.Of(WithoutBrackets(), 1, 6) +
                              brackets[random.Below(brackets.size())] +
                              random.Of(WithoutBrackets(), 0, 6);
    const Elements elements = {{"01", WithCheckDigit(random.Digits(13))},
                               {random.Chance(2) ? "10" : "21", value}};
    const std::string raw = WriteElementString(elements);
    const auto payload = ParseScanPayload(WriteBracketed(elements));
    const bool told = std::any_of(payload.candidates.begin(), payload.candidates.end(),
                                  [&raw](const Candidate& one) { return one.value == raw; });
    ASSERT_TRUE(told || payload.elements == elements) << WriteBracketed(elements);
  }
}

TEST(RoundTrip, EveryCharacterOfSet82SurvivesRawAndLink) {
  SeededRandom random;
  for (int i = 0; i < Rounds(20'000); ++i) {
    const Elements elements = RandomElements(random, kCharacters82);
    ASSERT_EQ(*ParseElementString(WriteElementString(elements), 2026), elements);
    ASSERT_EQ(ParseDigitalLink(*WriteDigitalLink("h", elements), 2026)->elements, elements);
  }
}

TEST(RoundTrip, AnyOrderOfElementsIsReadBackInThatOrder) {
  SeededRandom random;
  for (int i = 0; i < Rounds(20'000); ++i) {
    Elements elements = RandomElements(random, kCharacters82);
    for (std::size_t j = elements.size(); j > 1; --j)
      std::swap(elements[j - 1], elements[random.Below(j)]);
    ASSERT_EQ(*ParseElementString(WriteElementString(elements), 2026), elements);
    Elements linked = ParseDigitalLink(*WriteDigitalLink("h", elements), 2026)->elements;
    const auto by_ai = [](const Element& a, const Element& b) { return a.ai < b.ai; };
    std::sort(linked.begin(), linked.end(), by_ai);
    std::sort(elements.begin(), elements.end(), by_ai);
    ASSERT_EQ(linked, elements);
  }
}

TEST(RoundTrip, AScanOfAnyFormGivesTheSameFacts) {
  SeededRandom random;
  const std::string alphabet = WithoutBrackets();
  for (int i = 0; i < Rounds(10'000); ++i) {
    const Elements elements = RandomElements(random, alphabet);
    const auto raw = ParseScanPayload("]C1" + WriteElementString(elements));
    for (const std::string& form : {WriteBracketed(elements), *WriteDigitalLink("h", elements)}) {
      const auto other = ParseScanPayload(form);
      ASSERT_EQ(other.elements, raw.elements) << form;
      ASSERT_EQ(other.gtin, raw.gtin);
      ASSERT_EQ(other.sscc, raw.sscc);
      ASSERT_EQ(other.lot, raw.lot);
      ASSERT_EQ(other.serial, raw.serial);
      ASSERT_EQ(other.expiry, raw.expiry);
    }
  }
}

}  // namespace
}  // namespace radyab::coding
