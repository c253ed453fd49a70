#include "coding/element_views.h"

#include <algorithm>
#include <type_traits>

#include "coding/gs1_characters.h"
#include "coding/utf8_reader.h"

namespace radyab::coding {

static_assert(kElementTextBytesMax <= UINT16_MAX);  // offsets of views
static_assert(std::is_trivially_default_constructible_v<ElementView>);

namespace {

constexpr std::string_view kWhat = "element string";

// A value of variable length that goes on for longer than it may: a bad character in it is told
// first, else the place where a GS should have stood at the latest.
Refusal RefuseOverrun(const Reading& reading, const AiMatch& match, std::size_t value_at,
                      std::size_t value_end, int current_year) {
  const std::size_t length_max = match.entry->length_max;
  if (auto fault =
          CheckAiValue(*match.entry, reading.text.substr(value_at, length_max), current_year)) {
    return RefuseValue(reading, value_at, std::move(*fault));
  }
  const std::size_t excess = value_at + length_max;
  return RefusePart(reading, {RefusalReason::kMissingSeparator, excess, value_end - excess,
                              "value of AI " + std::string(match.ai) + " runs on",
                              "GS after at most " + std::to_string(length_max) + " characters"});
}

// The end of a value: by its length when that is fixed by the AI, else at the next GS or the end of
// the text.
std::size_t ValueEnd(const AiEntry& entry, std::string_view text, std::size_t begin) {
  const std::size_t last = entry.separator ? text.size() : begin + entry.length_max;
  const std::size_t stop = std::min(last, text.size());
  return begin + std::min(text.substr(begin, stop - begin).find(kGroupSeparator), stop - begin);
}

bool IsThere(const ElementViews& views, const ElementView& view) {
  return std::any_of(views.begin(), views.end(), [&](const ElementView& earlier) {
    return earlier.number == view.number && earlier.value() == view.value();
  });
}

}  // namespace

const ElementView* ElementViews::Find(AiNumber number) const {
  for (const ElementView& view : *this) {
    if (view.number == number) return &view;
  }
  return nullptr;
}

bool ElementViews::Add(const ElementView& view) {
  if (size_ == kElementsMax) return false;
  views_[size_++] = view;
  return true;
}

std::optional<Refusal> CheckElementText(const Reading& reading) {
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

std::size_t AiLikeLength(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && length < 4 && IsDigit(text[length])) ++length;
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

// A value of fixed length may end inside a character, so the bad character is looked at again where
// it is whole.
Refusal RefuseValue(const Reading& reading, std::size_t value_at, Fault fault) {
  fault.begin += value_at;
  const bool character = fault.reason == RefusalReason::kInvalidUtf8 ||
                         (fault.reason == RefusalReason::kInvalidCharacter && fault.bytes == 1);
  if (character && fault.begin < reading.text.size()) {
    const Utf8Character whole = ReadUtf8(reading.text, fault.begin);
    fault.reason = whole.valid ? RefusalReason::kInvalidCharacter : RefusalReason::kInvalidUtf8;
    fault.bytes = whole.bytes;
    fault.found = DescribeCharacter(reading.text, fault.begin);
  }
  return RefusePart(reading, fault);
}

std::optional<Refusal> ReadElementViews(std::string_view text, int current_year,
                                        ElementViews& out) {
  const Reading reading{kWhat, text};
  if (auto refusal = CheckElementText(reading)) return refusal;
  std::size_t at = text[0] == kGroupSeparator ? 1 : 0;
  if (at == text.size()) {
    return RefuseWhole(reading, {RefusalReason::kEmpty, 0, 0, "a separator alone", "elements"});
  }
  while (at < text.size()) {
    const AiMatch match = MatchAi(text.substr(at));
    if (match.entry == nullptr) return RefuseAi(reading, at, AiLikeLength(text.substr(at)));
    const std::size_t value_at = at + match.ai.size();
    const std::size_t value_end = ValueEnd(*match.entry, text, value_at);
    if (match.entry->separator && value_end - value_at > match.entry->length_max) {
      return RefuseOverrun(reading, match, value_at, value_end, current_year);
    }
    const std::string_view value = text.substr(value_at, value_end - value_at);
    if (auto fault = CheckAiValue(*match.entry, value, current_year)) {
      return RefuseValue(reading, value_at, std::move(*fault));
    }
    const ElementView view{match.entry,
                           match.number,
                           text.data(),
                           static_cast<std::uint16_t>(at),
                           static_cast<std::uint16_t>(value_at),
                           static_cast<std::uint16_t>(value_end)};
    if (!IsThere(out, view) && !out.Add(view)) {
      return RefusePart(reading, {RefusalReason::kTooLong, at, text.size() - at, "more elements",
                                  std::to_string(kElementsMax) + " elements at most"});
    }
    at = value_end;
    if (at < text.size() && text[at] == kGroupSeparator) ++at;
  }
  return std::nullopt;
}

}  // namespace radyab::coding
