#include "coding/object_words.h"

#include <algorithm>
#include <utility>

#include "coding/digit_folding.h"
#include "coding/gs1_characters.h"
#include "coding/gs1_keys.h"
#include "coding/percent_encoding.h"
#include "coding/refuse.h"

namespace radyab::coding {
namespace {

constexpr std::string_view kWhat = "object word";
constexpr std::size_t kWordBytesMax = kDigitTextBytesMax;

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char is, char want) {
    return (is >= 'A' && is <= 'Z' ? is - 'A' + 'a' : is) == want;
  });
}

// A part of the word as it stands, without escapes.
DecodedPart PlainPart(std::string_view text, std::size_t begin, std::size_t end) {
  DecodedPart part;
  part.text = text.substr(begin, end - begin);
  for (std::size_t at = begin; at <= end; ++at) part.offsets.push_back(at);
  return part;
}

// The lot or serial behind the last slash.
Parsed<std::string> ReadShortText(const Reading& reading, std::string_view part, bool lot) {
  const std::size_t part_at = static_cast<std::size_t>(part.data() - reading.text.data());
  const std::size_t slash = part.find('/');
  if (slash != part.npos) {
    return RefusePart(reading, {RefusalReason::kInvalidCharacter, part_at + slash, 1,
                                "a further '/'", "%2F for a '/' of the value itself"});
  }
  PercentDecoded decoded = PercentDecode(part);
  if (decoded.bad_escape) {
    const std::size_t at = *decoded.bad_escape;
    return RefusePart(reading, {RefusalReason::kInvalidCharacter, part_at + at,
                                std::min<std::size_t>(3, part.size() - at), "broken escape",
                                "'%' and two hexadecimal digits, or %25"});
  }
  auto text = lot ? ParseLot(decoded.text) : ParseSerial(decoded.text);
  if (text) return text;
  for (std::size_t& offset : decoded.offsets) offset += part_at;
  return RefuseInner(reading, {std::move(decoded.text), std::move(decoded.offsets)},
                     text.refusal());
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
    const auto sscc = ParseSscc(text.substr(slash + 1));
    if (!sscc) {
      return RefuseInner(reading, PlainPart(text, slash + 1, text.size()), sscc.refusal());
    }
    return ObjectWord::ForContainer(*sscc);
  }
  const auto code = ParseCode(first);
  if (!code) {
    const Refusal& inner = code.refusal();
    const bool whole = inner.at == 0 && slash == text.size();
    if (whole) return RefuseWhole(reading, {inner.reason, 0, 0, inner.found, inner.wanted});
    return RefuseInner(reading, PlainPart(text, 0, slash), inner);
  }
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
  if (EqualsIgnoringCase(first, "sscc") || ParseCode(first).ok()) return true;
  // A mistyped code is still meant as one before such a word.
  const std::string_view rest = text.substr(slash + 1);
  const std::string_view second = rest.substr(0, rest.find('/'));
  const bool part = second.size() < rest.size() &&
                    (EqualsIgnoringCase(second, "lot") || EqualsIgnoringCase(second, "serial"));
  return part && FoldDigits({kWhat, first}).ok();
}

std::string WriteObjectWord(const ObjectWord& word) {
  if (word.type == ObjectWord::Type::kContainer) return "sscc/" + word.text;
  std::string text = word.code ? word.code->Digits() : std::string();
  if (word.type == ObjectWord::Type::kLot) text += "/lot/" + EncodeShortText(word.text);
  if (word.type == ObjectWord::Type::kUnit) text += "/serial/" + EncodeShortText(word.text);
  return text;
}

}  // namespace radyab::coding
