#include "coding/object_words.h"

#include <algorithm>

#include "coding/digit_folding.h"
#include "coding/gs1_characters.h"
#include "coding/gs1_keys.h"
#include "coding/percent_encoding.h"
#include "coding/refuse.h"
#include "coding/utf8_reader.h"

namespace radyab::coding {
namespace {

constexpr std::string_view kWhat = "object word";
constexpr std::size_t kWordBytesMax = kDigitTextBytesMax;

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char is, char want) {
    return (is >= 'A' && is <= 'Z' ? is - 'A' + 'a' : is) == want;
  });
}

// The same refusal, counted in the whole word: the part begins `characters` characters into it.
Refusal RefuseInWord(const Reading& reading, std::string_view part, const Refusal& inner) {
  const std::size_t part_at = static_cast<std::size_t>(part.data() - reading.text.data());
  Refusal refusal = inner;
  const std::size_t before = CountCharacters(reading.text, part_at);
  refusal.at = inner.at == 0 ? 0 : inner.at + before;
  refusal.message = "object word: " + inner.message;
  return refusal;
}

// The lot or serial behind the last slash.
Parsed<std::string> ReadShortText(const Reading& reading, std::string_view part, bool lot) {
  const std::size_t part_at = static_cast<std::size_t>(part.data() - reading.text.data());
  const std::size_t slash = part.find('/');
  if (slash != part.npos) {
    return RefusePart(reading, {RefusalReason::kInvalidCharacter, part_at + slash, 1,
                                "a further '/'", "%2F for a '/' of the value itself"});
  }
  const PercentDecoded decoded = PercentDecode(part);
  if (decoded.bad_escape) {
    const std::size_t at = *decoded.bad_escape;
    return RefusePart(reading, {RefusalReason::kInvalidCharacter, part_at + at,
                                std::min<std::size_t>(3, part.size() - at), "broken escape",
                                "'%' and two hexadecimal digits, or %25"});
  }
  auto text = lot ? ParseLot(decoded.text) : ParseSerial(decoded.text);
  if (text) return text;
  const Refusal& inner = text.refusal();
  // Up to its first bad character the decoded text is ASCII, so its place is a byte offset.
  const std::size_t begin = inner.at == 0 ? 0 : inner.at - 1;
  const std::size_t end = inner.at == 0 ? decoded.text.size() : begin + 1;
  const std::size_t first = decoded.offsets[begin];
  return RefusePart(reading,
                    {inner.reason, part_at + first, decoded.offsets[end] - first,
                     "bad value (" + inner.message + ")", "1 to 20 characters of GS1 set 82"});
}

std::string EncodeShortText(std::string_view text) {
  std::string encoded;
  for (const char character : text) {
    if (character == '/') {
      encoded += "%2F";
    } else if (character == '%') {
      encoded += "%25";
    } else {
      encoded += character;
    }
  }
  return encoded;
}

}  // namespace

ObjectWord ObjectWord::ForCode(const Code& code) { return {Type::kCode, code, {}}; }
ObjectWord ObjectWord::ForLot(const Code& code, std::string_view lot) {
  return {Type::kLot, code, std::string(lot)};
}
ObjectWord ObjectWord::ForUnit(const Code& code, std::string_view serial) {
  return {Type::kUnit, code, std::string(serial)};
}
ObjectWord ObjectWord::ForContainer(std::string_view sscc) {
  return {Type::kContainer, std::nullopt, std::string(sscc)};
}

Parsed<ObjectWord> ParseObjectWord(std::string_view text) {
  const Reading reading{kWhat, text};
  if (text.size() > kWordBytesMax) {
    return RefuseWhole(reading,
                       {RefusalReason::kTooLong, 0, 0, std::to_string(text.size()) + " bytes",
                        std::to_string(kWordBytesMax) + " bytes at most"});
  }
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view first = text.substr(0, slash);
  if (EqualsIgnoringCase(first, "sscc") && slash < text.size()) {
    const std::string_view part = text.substr(slash + 1);
    const auto sscc = ParseSscc(part);
    if (!sscc) return RefuseInWord(reading, part, sscc.refusal());
    return ObjectWord::ForContainer(*sscc);
  }
  const auto code = ParseCode(first);
  if (!code) return RefuseInWord(reading, first, code.refusal());
  if (slash == text.size()) return ObjectWord::ForCode(*code);
  const std::size_t second_at = slash + 1;
  const std::size_t second_end = std::min(text.find('/', second_at), text.size());
  const std::string_view second = text.substr(second_at, second_end - second_at);
  const bool lot = EqualsIgnoringCase(second, "lot");
  if (!lot && !EqualsIgnoringCase(second, "serial")) {
    return RefusePart(reading, {RefusalReason::kInvalidCharacter, second_at, second.size(),
                                "unknown word", "lot or serial"});
  }
  if (second_end == text.size()) {
    return RefusePart(reading, {RefusalReason::kMissingValue, second_end, 0, "no value",
                                "'/' and the " + std::string(lot ? "lot" : "serial")});
  }
  const auto value = ReadShortText(reading, text.substr(second_end + 1), lot);
  if (!value) return value.refusal();
  return lot ? ObjectWord::ForLot(*code, *value) : ObjectWord::ForUnit(*code, *value);
}

bool LooksLikeObjectWord(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return false;
  const std::string_view first = text.substr(0, slash);
  return EqualsIgnoringCase(first, "sscc") || ParseCode(first).ok();
}

std::string WriteObjectWord(const ObjectWord& word) {
  if (word.type == ObjectWord::Type::kContainer) return "sscc/" + word.text;
  std::string text = word.code ? word.code->Digits() : std::string();
  if (word.type == ObjectWord::Type::kLot) text += "/lot/" + EncodeShortText(word.text);
  if (word.type == ObjectWord::Type::kUnit) text += "/serial/" + EncodeShortText(word.text);
  return text;
}

}  // namespace radyab::coding
