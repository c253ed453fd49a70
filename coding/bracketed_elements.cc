#include "coding/bracketed_elements.h"

#include <algorithm>
#include <optional>

#include "coding/element_rules.h"

namespace radyab::coding {
namespace {

constexpr std::string_view kWhat = "element string";

// One element between its AI digits and the end of its value.
struct Piece {
  std::string_view ai;
  std::size_t ai_at = 0;
  std::size_t value_at = 0;
  std::size_t value_end = 0;
};

bool IsEscaped(std::string_view text, std::size_t at) { return at > 0 && text[at - 1] == '\\'; }

// True when a '(' at `at` begins an element: digits of a known AI and a ')' follow.
bool BeginsElement(std::string_view text, std::size_t at, Brackets brackets) {
  if (text[at] != '(' || IsEscaped(text, at)) return false;
  if (brackets == Brackets::kExact) return true;
  const std::size_t digits = AiLikeLength(text.substr(at + 1));
  const std::size_t close = at + 1 + digits;
  return close < text.size() && text[close] == ')' &&
         FindAi(text.substr(at + 1, digits)) != nullptr;
}

// What is wrong where an element must begin, which is "(" AI ")".
std::optional<Refusal> CheckBracket(const Reading& reading, std::size_t at) {
  const std::string_view text = reading.text;
  if (text[at] != '(') {
    return RefusePart(
        reading, {RefusalReason::kInvalidCharacter, at, 1, DescribeCharacter(text, at), "'('"});
  }
  const std::size_t digits = AiLikeLength(text.substr(at + 1));
  const std::size_t close = at + 1 + digits;
  if (digits < 2) return RefuseAi(reading, at + 1, digits);
  if (close >= text.size() || text[close] != ')') {
    return RefusePart(reading, {RefusalReason::kInvalidCharacter, close, 1,
                                DescribeCharacter(text, close), "')'"});
  }
  if (FindAi(text.substr(at + 1, digits)) == nullptr) return RefuseAi(reading, at + 1, digits);
  return std::nullopt;
}

// Every bracket that begins an element parts the text; it begins with one.
Parsed<std::vector<Piece>> SplitAtBrackets(const Reading& reading, Brackets brackets) {
  const std::string_view text = reading.text;
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < text.size();) {
    if (auto refusal = CheckBracket(reading, at)) return *refusal;
    const std::size_t digits = AiLikeLength(text.substr(at + 1));
    const std::size_t value_at = at + digits + 2;
    std::size_t end = value_at;
    while (end < text.size() && !BeginsElement(text, end, brackets)) ++end;
    pieces.push_back({text.substr(at + 1, digits), at + 1, value_at, end});
    at = end;
  }
  return pieces;
}

// The value without the backslashes before its brackets.
DecodedPart Unescaped(std::string_view text, const Piece& piece) {
  DecodedPart part;
  for (std::size_t at = piece.value_at; at < piece.value_end; ++at) {
    const bool escape = text[at] == '\\' && at + 1 < piece.value_end &&
                        (text[at + 1] == '(' || text[at + 1] == ')');
    if (escape) continue;
    part.text += text[at];
    part.offsets.push_back(at);
  }
  part.offsets.push_back(piece.value_end);
  return part;
}

Parsed<ElementReading> ReadPieces(const Reading& reading, const std::vector<Piece>& pieces,
                                  int current_year) {
  ElementReading out;
  for (const Piece& piece : pieces) {
    const DecodedPart value = Unescaped(reading.text, piece);
    if (const auto fault = CheckAiValue(*FindAi(piece.ai), value.text, current_year)) {
      return RefuseDecoded(reading, value, *fault);
    }
    Element element{std::string(piece.ai), value.text};
    if (std::find(out.elements.begin(), out.elements.end(), element) != out.elements.end()) {
      continue;
    }
    if (out.elements.size() == kElementsMax) {
      return RefusePart(reading, {RefusalReason::kTooLong, piece.ai_at, piece.ai.size(),
                                  "more elements", std::to_string(kElementsMax) + " at most"});
    }
    out.elements.push_back(std::move(element));
    out.offsets.push_back(piece.ai_at);
  }
  return out;
}

std::string Write(const std::vector<Element>& elements, bool exactly) {
  std::string text;
  for (const Element& element : elements) {
    text += '(';
    text += element.ai;
    text += ')';
    for (const char character : element.value) {
      if (exactly && character == '(') text += '\\';
      text += character;
    }
  }
  return text;
}

}  // namespace

Parsed<ElementReading> ReadBracketed(std::string_view text, int current_year, Brackets brackets) {
  const Reading reading{kWhat, text};
  if (auto refusal = CheckElementText(reading)) return *refusal;
  const auto pieces = SplitAtBrackets(reading, brackets);
  if (!pieces) return pieces.refusal();
  return ReadPieces(reading, *pieces, current_year);
}

Parsed<std::vector<Element>> ParseBracketed(std::string_view text, int current_year) {
  const auto reading = ReadBracketed(text, current_year);
  if (!reading) return reading.refusal();
  return CheckPartners(text, *reading);
}

std::vector<std::vector<Element>> OtherSplits(std::string_view text, int current_year) {
  const Reading reading{kWhat, text};
  if (CheckElementText(reading)) return {};
  const auto pieces = SplitAtBrackets(reading, Brackets::kForPeople);
  if (!pieces || pieces->size() > kElementsMax / 2) return {};
  std::vector<std::vector<Element>> splits;
  for (std::size_t i = 0; i < pieces->size(); ++i) {
    for (std::size_t end = i + 2; end <= pieces->size(); ++end) {
      std::vector<Piece> joined = *pieces;
      joined[i].value_end = (*pieces)[end - 1].value_end;
      joined.erase(joined.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                   joined.begin() + static_cast<std::ptrdiff_t>(end));
      const auto read = ReadPieces(reading, joined, current_year);
      if (!read || !BrokenRules(read->elements).empty()) continue;
      splits.push_back(read->elements);
      if (splits.size() == kOtherSplitsMax) return splits;
    }
  }
  return splits;
}

std::string WriteBracketed(const std::vector<Element>& elements) { return Write(elements, false); }

std::string WriteBracketedExactly(const std::vector<Element>& elements) {
  return Write(elements, true);
}

}  // namespace radyab::coding
