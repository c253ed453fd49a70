#include "coding/element_string.h"

#include <algorithm>
#include <optional>

#include "coding/ai_table.h"
#include "coding/gs1_characters.h"
#include "coding/refuse.h"
#include "coding/utf8_reader.h"

namespace radyab::coding {
namespace {

constexpr std::string_view kWhat = "element string";
// More elements than one object can have: our table has fewer AIs that may stand together.
constexpr std::size_t kPiecesMax = 32;

std::optional<Refusal> CheckBounds(const Reading& reading) {
  if (reading.text.size() > kElementTextBytesMax) {
    return RefuseWhole(
        reading, {RefusalReason::kTooLong, 0, 0, std::to_string(reading.text.size()) + " bytes",
                  std::to_string(kElementTextBytesMax) + " bytes at most"});
  }
  if (reading.text.empty()) {
    return RefuseWhole(reading, {RefusalReason::kEmpty, 0, 0, "empty text", "elements"});
  }
  return std::nullopt;
}

// The digits at the beginning of `text`, four at most: what was meant to be an AI.
std::size_t AiLikeLength(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && length < 4 && text[length] >= '0' && text[length] <= '9') ++length;
  return length;
}

Refusal RefuseAi(const Reading& reading, std::size_t at, std::size_t digits) {
  if (digits < 2) {
    return RefusePart(reading,
                      {RefusalReason::kInvalidCharacter, at + digits, 1,
                       DescribeCharacter(reading.text, at + digits), "an application identifier"});
  }
  return RefusePart(reading, {RefusalReason::kUnknownAi, at, std::min<std::size_t>(digits, 4),
                              "unknown application identifier", "one of our table"});
}

// One element between its AI digits and the end of its value.
struct Piece {
  std::string_view ai;
  std::size_t ai_at = 0;
  std::size_t value_at = 0;
  std::size_t value_end = 0;
};

// A fault of a value, told in the whole text. A value of fixed length may end inside a character,
// so the bad character is looked at again where it is whole.
Refusal RefuseValue(const Reading& reading, std::size_t value_at, Fault fault) {
  fault.begin += value_at;
  const bool character = fault.reason == RefusalReason::kInvalidUtf8 ||
                         fault.reason == RefusalReason::kInvalidCharacter;
  if (character) {
    const Utf8Character whole = ReadUtf8(reading.text, fault.begin);
    fault.reason = whole.valid ? RefusalReason::kInvalidCharacter : RefusalReason::kInvalidUtf8;
    fault.bytes = whole.bytes;
    fault.found = DescribeCharacter(reading.text, fault.begin);
  }
  return RefusePart(reading, fault);
}

// Checks the value and adds the element; a like one that is already there is not added again.
std::optional<Refusal> AddElement(const Reading& reading, const AiEntry& entry, const Piece& piece,
                                  int current_year, ElementReading& out) {
  const std::string_view value =
      reading.text.substr(piece.value_at, piece.value_end - piece.value_at);
  if (auto fault = CheckAiValue(entry, value, current_year)) {
    return RefuseValue(reading, piece.value_at, std::move(*fault));
  }
  if (const std::string* earlier = FindElement(out.elements, piece.ai)) {
    if (*earlier == value) return std::nullopt;
    return RefusePart(reading,
                      {RefusalReason::kRepeatedElement, piece.value_at, value.size(),
                       "a second, unlike value of AI " + std::string(piece.ai), "one value"});
  }
  out.elements.push_back({std::string(piece.ai), std::string(value)});
  out.offsets.push_back(piece.ai_at);
  return std::nullopt;
}

// The end of a raw value: by its length when that is fixed by the AI, else at the next GS or the
// end of text.
std::size_t RawValueEnd(const AiEntry& entry, std::string_view text, std::size_t begin) {
  const std::size_t separator = std::min(text.find(kGroupSeparator, begin), text.size());
  return entry.separator ? separator : std::min(separator, begin + entry.length_max());
}

// A value of variable length that goes on for longer than it may: a bad character in it is told
// first, else the place where a GS should have stood at the latest.
Refusal RefuseOverrun(const Reading& reading, const AiMatch& match, std::size_t value_at,
                      std::size_t value_end, int current_year) {
  const std::size_t length_max = match.entry->length_max();
  if (auto fault =
          CheckAiValue(*match.entry, reading.text.substr(value_at, length_max), current_year)) {
    return RefuseValue(reading, value_at, std::move(*fault));
  }
  const std::size_t excess = value_at + length_max;
  return RefusePart(reading, {RefusalReason::kMissingSeparator, excess, value_end - excess,
                              "value of AI " + std::string(match.ai) + " runs on",
                              "GS after at most " + std::to_string(length_max) + " characters"});
}

// True when a '(' at `at` begins an element: digits of a known AI and a ')' follow.
bool BeginsElement(std::string_view text, std::size_t at) {
  if (text[at] != '(') return false;
  const std::size_t digits = AiLikeLength(text.substr(at + 1));
  const std::size_t close = at + 1 + digits;
  return close < text.size() && text[close] == ')' &&
         FindAi(text.substr(at + 1, digits)) != nullptr;
}

// What is wrong at the beginning of a text in brackets, which must be "(" AI ")".
std::optional<Refusal> CheckFirstBracket(const Reading& reading) {
  const std::string_view text = reading.text;
  if (text[0] != '(') {
    return RefusePart(reading,
                      {RefusalReason::kInvalidCharacter, 0, 1, DescribeCharacter(text, 0), "'('"});
  }
  const std::size_t digits = AiLikeLength(text.substr(1));
  const std::size_t close = 1 + digits;
  if (digits < 2) return RefuseAi(reading, 1, digits);
  if (close >= text.size() || text[close] != ')') {
    return RefusePart(reading, {RefusalReason::kInvalidCharacter, close, 1,
                                DescribeCharacter(text, close), "')'"});
  }
  if (FindAi(text.substr(1, digits)) == nullptr) return RefuseAi(reading, 1, digits);
  return std::nullopt;
}

// Every bracket with a known AI taken for the beginning of an element; the text begins with one.
std::vector<Piece> SplitAtBrackets(std::string_view text) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t digits = AiLikeLength(text.substr(at + 1));
    const std::size_t value_at = at + digits + 2;
    std::size_t end = value_at;
    while (end < text.size() && !BeginsElement(text, end)) ++end;
    pieces.push_back({text.substr(at + 1, digits), at + 1, value_at, end});
    at = end;
  }
  return pieces;
}

Parsed<ElementReading> ReadPieces(const Reading& reading, const std::vector<Piece>& pieces,
                                  int current_year) {
  ElementReading out;
  for (const Piece& piece : pieces) {
    if (auto refusal = AddElement(reading, *FindAi(piece.ai), piece, current_year, out)) {
      return *refusal;
    }
  }
  return out;
}

bool HoldsAll(const std::vector<Element>& elements, const std::vector<std::string>& ais) {
  return std::all_of(ais.begin(), ais.end(),
                     [&](const std::string& ai) { return FindElement(elements, ai) != nullptr; });
}

std::string NeedsWords(const AiEntry& entry) {
  std::string words;
  for (const auto& alternative : entry.needs) {
    if (!words.empty()) words += " or ";
    for (std::size_t i = 0; i < alternative.size(); ++i) {
      words += (i > 0 ? " with AI " : "AI ") + alternative[i];
    }
  }
  return words + " beside it";
}

}  // namespace

Parsed<ElementReading> ReadElementString(std::string_view text, int current_year) {
  const Reading reading{kWhat, text};
  if (auto refusal = CheckBounds(reading)) return *refusal;
  ElementReading out;
  std::size_t at = text[0] == kGroupSeparator ? 1 : 0;
  if (at == text.size()) {
    return RefuseWhole(reading, {RefusalReason::kEmpty, 0, 0, "a separator alone", "elements"});
  }
  while (at < text.size()) {
    const AiMatch match = MatchAi(text.substr(at));
    if (match.entry == nullptr) return RefuseAi(reading, at, AiLikeLength(text.substr(at)));
    const AiEntry& entry = *match.entry;
    const std::size_t value_at = at + match.ai.size();
    const std::size_t value_end = RawValueEnd(entry, text, value_at);
    if (entry.separator && value_end - value_at > entry.length_max()) {
      return RefuseOverrun(reading, match, value_at, value_end, current_year);
    }
    if (auto refusal =
            AddElement(reading, entry, {match.ai, at, value_at, value_end}, current_year, out)) {
      return *refusal;
    }
    at = value_end;
    if (at < text.size() && text[at] == kGroupSeparator) ++at;
  }
  return out;
}

Parsed<ElementReading> ReadBracketed(std::string_view text, int current_year) {
  const Reading reading{kWhat, text};
  if (auto refusal = CheckBounds(reading)) return *refusal;
  if (auto refusal = CheckFirstBracket(reading)) return *refusal;
  return ReadPieces(reading, SplitAtBrackets(text), current_year);
}

std::vector<std::vector<Element>> OtherSplits(std::string_view text, int current_year) {
  const Reading reading{kWhat, text};
  if (CheckBounds(reading) || CheckFirstBracket(reading)) return {};
  const std::vector<Piece> pieces = SplitAtBrackets(text);
  if (pieces.size() > kPiecesMax) return {};
  std::vector<std::vector<Element>> splits;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (std::size_t end = i + 2; end <= pieces.size(); ++end) {
      std::vector<Piece> joined = pieces;
      joined[i].value_end = pieces[end - 1].value_end;
      joined.erase(joined.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                   joined.begin() + static_cast<std::ptrdiff_t>(end));
      const auto read = ReadPieces(reading, joined, current_year);
      if (!read || !CheckPartners(text, *read)) continue;
      splits.push_back(read->elements);
      if (splits.size() == kOtherSplitsMax) return splits;
    }
  }
  return splits;
}

Parsed<std::vector<Element>> CheckPartners(std::string_view text, const ElementReading& reading) {
  const Reading whole{kWhat, text};
  for (std::size_t i = 0; i < reading.elements.size(); ++i) {
    const std::string& ai = reading.elements[i].ai;
    const AiEntry* entry = FindAi(ai);
    if (entry == nullptr) continue;  // not from a reader of ours
    for (const std::string& foe : entry->never) {
      if (foe == ai || FindElement(reading.elements, foe) == nullptr) continue;
      std::string both = "AI " + ai;
      both += " beside AI " + foe;
      return RefusePart(whole, {RefusalReason::kForbiddenPair, reading.offsets[i], ai.size(), both,
                                "one of the two"});
    }
    const bool content =
        entry->needs.empty() ||
        std::any_of(entry->needs.begin(), entry->needs.end(),
                    [&](const auto& ais) { return HoldsAll(reading.elements, ais); });
    if (content) continue;
    return RefusePart(whole, {RefusalReason::kMissingKey, reading.offsets[i], ai.size(),
                              "AI " + ai + " without its key", NeedsWords(*entry)});
  }
  return reading.elements;
}

Parsed<std::vector<Element>> ParseElementString(std::string_view text, int current_year) {
  const auto reading = ReadElementString(text, current_year);
  if (!reading) return reading.refusal();
  return CheckPartners(text, *reading);
}

Parsed<std::vector<Element>> ParseBracketed(std::string_view text, int current_year) {
  const auto reading = ReadBracketed(text, current_year);
  if (!reading) return reading.refusal();
  return CheckPartners(text, *reading);
}

std::string WriteElementString(const std::vector<Element>& elements) {
  std::string text;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    text += elements[i].ai;
    text += elements[i].value;
    const AiEntry* entry = FindAi(elements[i].ai);
    const bool separator = entry == nullptr || entry->separator;
    if (separator && i + 1 < elements.size()) text += kGroupSeparator;
  }
  return text;
}

std::string WriteBracketed(const std::vector<Element>& elements) {
  std::string text;
  for (const Element& element : elements) {
    text += '(';
    text += element.ai;
    text += ')';
    text += element.value;
  }
  return text;
}

const std::string* FindElement(const std::vector<Element>& elements, std::string_view ai) {
  for (const Element& element : elements) {
    if (element.ai == ai) return &element.value;
  }
  return nullptr;
}

}  // namespace radyab::coding
