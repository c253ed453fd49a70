// Exact decimal quantities and their units of measure.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::coding {

inline constexpr int kDecimalScaleMax = 9;

// mantissa / 10^scale; scale 0..9. A plain value. 1.5 and 1.50 are unlike values of equal size: use
// CompareDecimal for size.
struct Decimal {
  std::int64_t mantissa = 0;
  int scale = 0;

  friend bool operator==(const Decimal&, const Decimal&) = default;
};

// "12", "-0.5", "12.50" (scale 2), with ASCII, Persian or Arabic digits and '.' or '٫' (U+066B). No
// exponent, no grouping, no digitless side of the point. Refuses more than 9 decimals or what
// passes int64 as kOutOfRange.
Parsed<Decimal> ParseDecimal(std::string_view text);

// "12.50": as many decimals as the scale says. A scale outside 0..9 is written as if it were the
// nearer end.
std::string WriteDecimal(const Decimal& value);

// The value without zeros at the end of its decimals: 12.50 -> 12.5.
Decimal NormalizeDecimal(const Decimal& value);

// Exact sum and difference at the larger scale; empty when the result does not fit int64 and scale
// 9. Never rounds.
std::optional<Decimal> AddDecimal(const Decimal& left, const Decimal& right);
std::optional<Decimal> SubtractDecimal(const Decimal& left, const Decimal& right);

// Compares by size, exactly.
std::strong_ordering CompareDecimal(const Decimal& left, const Decimal& right);

// A unit of measure by its UN/ECE Recommendation 20 common code; boxes and the like by
// Recommendation 21.
struct MeasureUnit {
  std::string_view code;     // "KGM"
  std::string_view name_en;  // "kilogram"
  std::string_view name_fa;
};

// The units we know, in the order of their codes.
std::span<const MeasureUnit> MeasureUnits();

// A unit's code: 2 or 3 upper-case letters or digits, and one of MeasureUnits().
Parsed<std::string> ParseMeasureUnit(std::string_view text);

}  // namespace radyab::coding
