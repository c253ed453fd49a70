// What the fields of a case must be, whatever the store holds.
#pragma once

#include <cstdint>
#include <string_view>

#include "radyab/v1/case.pb.h"
#include "registry/fault_list.h"

namespace radyab::cases {

// `occurred_time` may lie this far ahead of our clock: people name a day, and days begin elsewhere
// earlier.
inline constexpr std::int64_t kOccurredAheadMaxUs = std::int64_t{24} * 3600 * 1'000'000;

// A text field: its path, its value, its limit. Every text is at most kTextBytesMax bytes too.
struct TextField {
  std::string_view field;
  std::string_view text;
  std::size_t characters_max = 0;
};

// UTF-8 within its limit; may be empty.
void CheckText(const TextField& text, FaultList& faults);
// Whether there is nothing to read in it: no character but white space and marks without a shape.
bool IsBlank(std::string_view text);
// The same as CheckText, and not empty or blank.
void RequireText(const TextField& text, FaultList& faults);

// Everything of a wanted case but its subjects, its member and whether its complainant exists;
// brings `contact` (telephone or e-mail) into the spelling we keep. Paths begin with "case.".
void CheckCase(v1::Case& wanted, std::int64_t now_us, FaultList& faults);

}  // namespace radyab::cases
