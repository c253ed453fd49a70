// The elements of a raw element string as views into it: what reads a label without taking memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "coding/ai_table.h"
#include "coding/civil_date.h"
#include "coding/refusal.h"
#include "coding/refuse.h"

namespace radyab::coding {

inline constexpr std::size_t kElementTextBytesMax = 8192;
inline constexpr std::size_t kElementsMax = 64;  // more than one object can have

// One element, as it stands in its text. No member has a first value, so that room for many costs
// nothing.
struct ElementView {
  const AiEntry* entry;
  AiNumber number;
  const char* text;         // the whole text
  std::uint16_t at;         // byte offset of the AI digits
  std::uint16_t value_at;   // of the value
  std::uint16_t value_end;  // of what follows the value

  std::string_view ai() const { return {text + at, std::size_t{value_at} - at}; }
  std::string_view value() const { return {text + value_at, std::size_t{value_end} - value_at}; }
};

// Up to kElementsMax elements in their order. Plain memory: lives where it is declared.
class ElementViews {
 public:
  const ElementView* begin() const { return views_.data(); }
  const ElementView* end() const { return views_.data() + size_; }
  std::size_t size() const { return size_; }
  const ElementView* Find(AiNumber number) const;
  // False when it is full.
  bool Add(const ElementView& view);

 private:
  std::array<ElementView, kElementsMax> views_;
  std::size_t size_ = 0;
};

// Reads a raw element string: AI digits and values in a row, GS (0x1D) after each value of variable
// length that is not the last; a GS before the first and after a value of fixed length is allowed.
// AIs must be known and values right; an element that comes again with the same value is left out,
// one with another value stays, to be told by the rules (element_rules.h). The views live as long
// as `text`. At most kElementTextBytesMax bytes and kElementsMax elements.
std::optional<Refusal> ReadElementViews(std::string_view text, int current_year, ElementViews& out);

// Refuses a text that is empty or too long for elements.
std::optional<Refusal> CheckElementText(const Reading& reading);

// The digits at the beginning of `text`, four at most: what was meant to be an AI.
std::size_t AiLikeLength(std::string_view text);

// Refuses what stands where an AI should: `digits` of them at byte `at`, or something else.
Refusal RefuseAi(const Reading& reading, std::size_t at, std::size_t digits);

// A fault of a value that begins at byte `value_at`, told in the whole text.
Refusal RefuseValue(const Reading& reading, std::size_t value_at, Fault fault);

}  // namespace radyab::coding
