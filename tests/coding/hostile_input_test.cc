// Whatever comes in, every reader answers: a value, or a refusal that points into the text it was
// given.
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "coding/bracketed_elements.h"
#include "coding/code_link.h"
#include "coding/decimal_quantity.h"
#include "coding/digital_link.h"
#include "coding/element_string.h"
#include "coding/gs1_characters.h"
#include "coding/gs1_keys.h"
#include "coding/iranian_ids.h"
#include "coding/object_words.h"
#include "coding/scan_payload.h"
#include "coding/text_fold.h"
#include "tests/coding/refusal_expectations.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

// The refusal of a reader, if it refused.
using Reader = std::function<std::optional<Refusal>(std::string_view)>;

template <class Function>
Reader Of(Function function) {
  return [function](std::string_view text) -> std::optional<Refusal> {
    const auto parsed = function(text);
    return parsed.ok() ? std::nullopt : std::optional(parsed.refusal());
  };
}

const std::vector<std::pair<const char*, Reader>>& Readers() {
  static const auto& readers = *new std::vector<std::pair<const char*, Reader>>{
      {"code", Of(ParseCode)},
      {"national id", Of(ParseNationalId)},
      {"legal id", Of(ParseLegalId)},
      {"irancode", Of(ParseIranCode)},
      {"stuffid", Of(ParseStuffId)},
      {"irancode of a service", Of(ParseIranCodeOfService)},
      {"economic code", Of(ParseEconomicCode)},
      {"irc", Of(ParseIrc)},
      {"gtin", Of(ParseGtin)},
      {"gln", Of(ParseGln)},
      {"sscc", Of(ParseSscc)},
      {"company prefix", Of(ParseGs1CompanyPrefix)},
      {"lot", Of(ParseLot)},
      {"serial", Of(ParseSerial)},
      {"element string", Of([](std::string_view text) { return ParseElementString(text); })},
      {"bracketed", Of([](std::string_view text) { return ParseBracketed(text); })},
      {"digital link", Of([](std::string_view text) { return ParseDigitalLink(text); })},
      {"code link", Of(ParseCodeLink)},
      {"object word", Of(ParseObjectWord)},
      {"date", Of(ParseIsoDate)},
      {"YYMMDD", Of([](std::string_view text) { return ParseYymmdd(text); })},
      {"decimal", Of(ParseDecimal)},
      {"unit", Of(ParseMeasureUnit)},
      {"scan", [](std::string_view text) { return ParseScanPayload(text).refusal; }},
  };
  return readers;
}

// Places may lie one past the end: there something is missing.
void ExpectGoodRefusal(const char* reader, const std::string& text, const Refusal& refusal) {
  SCOPED_TRACE(reader);
  const std::size_t characters = CountCharacters(text, text.size());
  ASSERT_FALSE(refusal.message.empty());
  ASSERT_TRUE(IsValidUtf8(refusal.message));
  ASSERT_LT(refusal.message.size(), 1500u);
  if (refusal.at == 0) {
    ASSERT_EQ(refusal.length, 0u);
  } else {
    ASSERT_LE(refusal.at - 1 + refusal.length, characters) << refusal.message;
  }
}

const std::vector<std::string>& Seeds() {
  static const auto& seeds = *new std::vector<std::string>{
      "1042000017000113",
      "۱۰۴۲ ۰۰۰۰ ۱۷۰۰ ۰۱۱۳",
      "1234567891",
      "10380284790",
      "04006381333931",
      "376104250021234569",
      "\03501040063813339311727033110A/B-1\035210007",
      "]d201040063813339312401042000017000113\03510L",
      "(01)04006381333931(17)270331(10)A/B-1(21)0007",
      "https://id.example/01/04006381333931/10/A%2FB/21/7?17=270331",
      "https://radyab.example/c/1042000017000113?lot=A%2FB&serial=7&expiry=2027-03-31",
      "1042000017000113/lot/A%2FB",
      "sscc/376104250021234569",
      "2027-03-31",
      "270331",
      "-12.50",
      "KGM",
  };
  return seeds;
}

TEST(HostileInput, MutationsAreReadOrRefusedAtTheirPlace) {
  SeededRandom random;
  for (int i = 0; i < Rounds(60'000); ++i) {
    const std::string text = random.Mutated(Seeds()[random.Below(Seeds().size())]);
    for (const auto& [name, reader] : Readers()) {
      const auto refusal = reader(text);
      // The scan reader counts behind the symbology identifier and before the line end: never past
      // the text.
      if (refusal) ExpectGoodRefusal(name, text, *refusal);
      if (testing::Test::HasFatalFailure()) FAIL() << testing::PrintToString(text);
    }
  }
}

TEST(HostileInput, RandomBytesAreRefused) {
  SeededRandom random;
  for (int i = 0; i < Rounds(30'000); ++i) {
    const std::string text = random.Bytes(60);
    for (const auto& [name, reader] : Readers()) {
      const auto refusal = reader(text);
      if (refusal) ExpectGoodRefusal(name, text, *refusal);
      if (testing::Test::HasFatalFailure()) FAIL() << testing::PrintToString(text);
    }
  }
}

TEST(HostileInput, AMegabyteIsRefused) {
  for (const char filler : {'1', '0', ' ', '(', '/', '%', '\x1D', '\xFF', 'a', '-', '\n', '\0'}) {
    for (const char* head :
         {"", "(01)", "https://h/c/", "https://h/01/", "]d2", "1042000017000113/lot/", "sscc/"}) {
      const std::string text = head + std::string(1'000'000, filler);
      for (const auto& [name, reader] : Readers()) {
        const auto refusal = reader(text);
        ASSERT_TRUE(refusal) << name << " took a megabyte of " << filler;
        ASSERT_LT(refusal->message.size(), 1500u);
      }
    }
  }
}

TEST(HostileInput, InvalidUtf8IsRefusedWhereItStands) {
  for (const char* broken : {"\xFF", "\xC3", "\xED\xA0\x80", "\xF0\x9F"}) {
    const std::string text = std::string("10420000") + broken + "17000113";
    ExpectRefusal(ParseCode(text), RefusalReason::kInvalidUtf8, 9, 1);
    ExpectRefusal(ParseGtin(text), RefusalReason::kInvalidUtf8, 9, 1);
    ExpectRefusal(ParseLot(text), RefusalReason::kInvalidUtf8, 9, 1);
  }
}

TEST(HostileInput, ARefusedTextDoesNotSpoilTheNext) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(ParseCode("\xFF\xFF"));
    EXPECT_EQ(ParseCode("1042000017000113")->Digits(), "1042000017000113");
    EXPECT_TRUE(ParseScanPayload("]d2\xFF").refusal);
    EXPECT_EQ(ParseScanPayload("]E04006381333931").gtin, "04006381333931");
  }
}

}  // namespace
}  // namespace radyab::coding
