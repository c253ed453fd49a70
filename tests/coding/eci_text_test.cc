#include "coding/eci_text.h"

#include <gtest/gtest.h>

#include "coding/scan_payload.h"
#include "coding/symbology.h"

namespace radyab::coding {
namespace {

using namespace std::string_literals;

std::string Read(const std::string& text) {
  EXPECT_TRUE(IsEciText(text)) << text;
  const auto read = ReadEciText(text);
  EXPECT_TRUE(read.ok()) << text << ": " << read.refusal().message;
  return read.ok() ? *read : "";
}

TEST(EciText, IsKnownByItsBackslashes) {
  for (const char* text : {R"(\000026A)", R"(A\\B\000003C)", R"(\000026\000026)", R"(A\\B)"}) {
    EXPECT_TRUE(IsEciText(text)) << text;
  }
  for (const char* text : {"", "A", R"(\)", R"(\00002)", R"(\00002A)", R"(A\B)", R"(\000026\)",
                           R"(\\\)", R"(C:\temp\000026)"}) {
    EXPECT_FALSE(IsEciText(text)) << text;
  }
}

TEST(EciText, IsReadInItsCharacterSets) {
  EXPECT_EQ(Read(R"(\000026شیر)"), "شیر");
  EXPECT_EQ(Read(R"(A\\B\000026\\ش)"), R"(A\B\ش)");
  EXPECT_EQ(Read("\\000003caf\xE9"), "café");
  EXPECT_EQ(Read("\\000022\xE3\xC7\xD3\xCA \x81\x8D\x8E\x90"), "ماست پچژگ");
  EXPECT_EQ(Read("\\000008\xC7\xC8\xAC\xEA"), "اب،ي");
  EXPECT_EQ(Read("\\000025\x06\x34\xD8\x3D\xDE\x00"s), "ش😀");
  EXPECT_EQ(Read("\\000899\xFF\x01"), "\xFF\x01");
  EXPECT_EQ(Read("\\000020plain"), "plain") << "ASCII is the same in every set";
  EXPECT_EQ(Read("\\000003\xE9\\000026é\\000022\xED"), "ééي");
  EXPECT_EQ(Read("before\\000026"), "before");
}

// Against the published tables: what Windows-1256 has for Persian, letter by letter.
TEST(EciText, HasEveryPersianLetterOfWindows1256) {
  const std::string bytes =
      "\xC7\xC8\x81\xCA\xCB\xCC\x8D\xCD\xCE\xCF\xD0\xD1\xD2\x8E\xD3\xD4\xD5\xD6\xD8\xD9\xDA\xDB"
      "\xDD\xDE\x98\x90\xE1\xE3\xE4\xE6\xE5\xED\x9D";
  EXPECT_EQ(Read("\\000022" + bytes), "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهي\u200C");
}

TEST(EciText, RefusesWhatACharacterSetDoesNotHave) {
  const struct {
    std::string text;
    RefusalReason reason;
    std::size_t at, length;
  } kCases[] = {
      {"\\000020\x83\x41", RefusalReason::kUnknownValue, 8, 2},
      {"\\000027A\xE9", RefusalReason::kInvalidCharacter, 8, 2},
      {"\\000008\xA1", RefusalReason::kInvalidCharacter, 8, 1},
      {"\\000026\xE9", RefusalReason::kInvalidUtf8, 8, 1},
      {"ab\\000025\x06", RefusalReason::kInvalidCharacter, 10, 1},
      {"\\000025\xD8\x3D"s, RefusalReason::kInvalidCharacter, 8, 2},
      {"\\000025\xDE\x10"s, RefusalReason::kInvalidCharacter, 8, 2},
  };
  for (const auto& one : kCases) {
    ASSERT_TRUE(IsEciText(one.text));
    const auto read = ReadEciText(one.text);
    ASSERT_FALSE(read.ok()) << one.text;
    EXPECT_EQ(read.refusal().reason, one.reason) << read.refusal().message;
    EXPECT_EQ(read.refusal().at, one.at) << read.refusal().message;
    EXPECT_EQ(read.refusal().length, one.length) << read.refusal().message;
  }
}

TEST(EciText, IsSpokenByTheSymbologiesThatSaySo) {
  for (const char* identifier : {"]Q2", "]Q4", "]Q6", "]d4", "]d5", "]d6", "]z3", "]z4", "]z5",
                                 "]L1", "]U2", "]U3", "]J3", "]J4", "]h1"}) {
    EXPECT_TRUE(SpeaksEci(identifier)) << identifier;
    EXPECT_FALSE(SymbologyName(identifier).empty()) << identifier;
  }
  for (const char* identifier : {"", "]Q1", "]Q3", "]d1", "]d2", "]z0", "]L0", "]C1", "]e0"}) {
    EXPECT_FALSE(SpeaksEci(identifier)) << identifier;
  }
}

TEST(EciText, LeadsToTheSamePayload) {
  const std::string elements = "010952123454321310ABC";
  for (const std::string& scan : {"]d5\\000026" + elements, "]Q4\\000003" + elements,
                                  "]d2" + elements, "]J4\\000026" + elements}) {
    const ScanPayload payload = ParseScanPayload(scan, 2026);
    EXPECT_EQ(payload.gtin, "09521234543213") << scan;
    EXPECT_EQ(payload.lot, "ABC") << scan;
    EXPECT_TRUE(payload.repairs.empty()) << scan;
    EXPECT_EQ(payload.text, elements) << scan;
  }
  const ScanPayload link =
      ParseScanPayload(R"(]Q2\000026https://radyab.example/c/1042000017000113?lot=L-7)", 2026);
  ASSERT_TRUE(link.code);
  EXPECT_EQ(link.code->Digits(), "1042000017000113");
  EXPECT_EQ(link.lot, "L-7");
  // One that only says so is taken as it stands.
  const ScanPayload plain = ParseScanPayload(R"(]Q2C:\temp)", 2026);
  EXPECT_EQ(plain.text, R"(C:\temp)");
  EXPECT_FALSE(plain.refusal);
  const ScanPayload refused = ParseScanPayload("]Q2\\000020\x83\x41", 2026);
  ASSERT_TRUE(refused.refusal);
  EXPECT_EQ(refused.refusal->reason, RefusalReason::kUnknownValue);
}

TEST(EciText, WithoutAnIdentifierItIsARepair) {
  for (const std::string& scan :
       {R"(\000026010952123454321310ABC)"s, R"(]Q1\000026(01)09521234543213(10)ABC)"s}) {
    const ScanPayload payload = ParseScanPayload(scan, 2026);
    EXPECT_EQ(payload.gtin, "09521234543213") << scan;
    ASSERT_EQ(payload.repairs.size(), 1u) << scan;
    EXPECT_EQ(payload.repairs[0].name, "eci_escapes");
  }
}

}  // namespace
}  // namespace radyab::coding
