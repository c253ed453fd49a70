#include "coding/decimal_quantity.h"

#include <algorithm>
#include <limits>

#include "coding/digit_folding.h"
#include "coding/refuse.h"
#include "coding/utf8_reader.h"

namespace radyab::coding {
namespace {

// GCC and Clang both have it; every int64 times 10^9 fits.
__extension__ using Wide = __int128;

constexpr Wide kMantissaMax = std::numeric_limits<std::int64_t>::max();
constexpr Wide kMantissaMin = std::numeric_limits<std::int64_t>::min();
constexpr std::size_t kTextBytesMax = 64;

Wide PowerOfTen(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

std::optional<Decimal> Fit(Wide mantissa, int scale) {
  while (scale > 0 &&
         (mantissa > kMantissaMax || mantissa < kMantissaMin || scale > kDecimalScaleMax) &&
         mantissa % 10 == 0) {
    mantissa /= 10;
    --scale;
  }
  if (mantissa > kMantissaMax || mantissa < kMantissaMin || scale > kDecimalScaleMax)
    return std::nullopt;
  return Decimal{static_cast<std::int64_t>(mantissa), scale};
}

// left + sign * right, at the larger scale. |mantissa| < 2^63 and a factor below 2^30 stay below
// 2^94.
std::optional<Decimal> Combine(const Decimal& left, const Decimal& right, int sign) {
  const int scale = std::max(left.scale, right.scale);
  const Wide sum = left.mantissa * PowerOfTen(scale - left.scale) +
                   sign * (right.mantissa * PowerOfTen(scale - right.scale));
  return Fit(sum, scale);
}

bool IsPoint(char32_t value) { return value == '.' || value == 0x066B; }

// Walks over one number; keeps the state between characters.
struct DecimalReader {
  Wide magnitude = 0;
  int scale = 0;
  bool point = false;
  bool digit_before = false;  // the last character was a digit

  // The reason why this character may not come next.
  std::optional<RefusalReason> Take(char32_t value) {
    const int digit = DigitValue(value);
    if (digit < 0) {
      if (!IsPoint(value) || point || !digit_before) return RefusalReason::kInvalidCharacter;
      point = true;
      digit_before = false;
      return std::nullopt;
    }
    digit_before = true;
    magnitude = magnitude * 10 + digit;
    if (point) ++scale;
    if (magnitude > kMantissaMax || scale > kDecimalScaleMax) return RefusalReason::kOutOfRange;
    return std::nullopt;
  }
};

constexpr MeasureUnit kUnits[] = {
    {"BG", "bag", "کیسه"},
    {"BO", "bottle", "بطری"},
    {"BX", "box", "جعبه"},
    {"C62", "one", "عدد"},
    {"CA", "can", "قوطی"},
    {"CMT", "centimetre", "سانتی‌متر"},
    {"CS", "case", "صندوق"},
    {"CT", "carton", "کارتن"},
    {"DAY", "day", "روز"},
    {"DZN", "dozen", "دوجین"},
    {"GRM", "gram", "گرم"},
    {"HUR", "hour", "ساعت"},
    {"KGM", "kilogram", "کیلوگرم"},
    {"KMT", "kilometre", "کیلومتر"},
    {"KWH", "kilowatt hour", "کیلووات‌ساعت"},
    {"LTR", "litre", "لیتر"},
    {"MGM", "milligram", "میلی‌گرم"},
    {"MIN", "minute", "دقیقه"},
    {"MLT", "millilitre", "میلی‌لیتر"},
    {"MMT", "millimetre", "میلی‌متر"},
    {"MTK", "square metre", "متر مربع"},
    {"MTQ", "cubic metre", "متر مکعب"},
    {"MTR", "metre", "متر"},
    {"P1", "percent", "درصد"},
    {"PA", "packet", "پاکت"},
    {"PK", "pack", "بسته"},
    {"PR", "pair", "جفت"},
    {"PX", "pallet", "پالت"},
    {"RO", "roll", "رول"},
    {"SA", "sack", "گونی"},
    {"SET", "set", "دست"},
    {"TNE", "tonne", "تن"},
    {"TU", "tube", "تیوب"},
};

}  // namespace

Parsed<Decimal> ParseDecimal(std::string_view text) {
  const Reading reading{"quantity", text};
  if (text.empty())
    return RefuseWhole(reading, {RefusalReason::kEmpty, 0, 0, "empty text", "a number"});
  if (text.size() > kTextBytesMax) {
    return RefuseWhole(reading,
                       {RefusalReason::kTooLong, 0, 0, std::to_string(text.size()) + " bytes",
                        std::to_string(kTextBytesMax) + " bytes at most"});
  }
  const bool negative = text[0] == '-';
  DecimalReader reader;
  for (std::size_t at = negative ? 1 : 0; at < text.size();) {
    const Utf8Character character = ReadUtf8(text, at);
    std::optional<RefusalReason> reason = RefusalReason::kInvalidUtf8;
    if (character.valid) reason = reader.Take(character.value);
    if (reason == RefusalReason::kOutOfRange) {
      return RefusePart(reading, {*reason, at, character.bytes, "a digit too many",
                                  "at most 9 decimals and 9223372036854775807 without the point"});
    }
    if (reason) {
      return RefusePart(reading,
                        {*reason, at, character.bytes, DescribeCharacter(text, at), "a digit"});
    }
    at += character.bytes;
  }
  if (!reader.digit_before) {
    return RefusePart(reading,
                      {RefusalReason::kMissingValue, text.size(), 0, "end of text", "a digit"});
  }
  const auto mantissa = static_cast<std::int64_t>(reader.magnitude);
  return Decimal{negative ? -mantissa : mantissa, reader.scale};
}

std::string WriteDecimal(const Decimal& value) {
  const auto scale = static_cast<std::size_t>(std::clamp(value.scale, 0, kDecimalScaleMax));
  const bool negative = value.mantissa < 0;
  const auto bits = static_cast<std::uint64_t>(value.mantissa);
  std::string digits = std::to_string(negative ? 0 - bits : bits);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
  return negative ? '-' + digits : digits;
}

Decimal NormalizeDecimal(const Decimal& value) {
  Decimal normal = value;
  while (normal.scale > 0 && normal.mantissa % 10 == 0) {
    normal.mantissa /= 10;
    --normal.scale;
  }
  return normal;
}

std::optional<Decimal> AddDecimal(const Decimal& left, const Decimal& right) {
  return Combine(left, right, 1);
}

std::optional<Decimal> SubtractDecimal(const Decimal& left, const Decimal& right) {
  return Combine(left, right, -1);
}

std::strong_ordering CompareDecimal(const Decimal& left, const Decimal& right) {
  const int scale = std::max(left.scale, right.scale);
  const Wide a = left.mantissa * PowerOfTen(scale - left.scale);
  const Wide b = right.mantissa * PowerOfTen(scale - right.scale);
  return a < b   ? std::strong_ordering::less
         : a > b ? std::strong_ordering::greater
                 : std::strong_ordering::equal;
}

std::span<const MeasureUnit> MeasureUnits() { return kUnits; }

Parsed<std::string> ParseMeasureUnit(std::string_view text) {
  const Reading reading{"unit of measure", text};
  if (text.empty())
    return RefuseWhole(reading, {RefusalReason::kEmpty, 0, 0, "empty text", "a code such as C62"});
  for (std::size_t at = 0; at < text.size() && at < 4; ++at) {
    const bool right = (text[at] >= 'A' && text[at] <= 'Z') || (text[at] >= '0' && text[at] <= '9');
    if (right) continue;
    return RefusePart(reading, {RefusalReason::kInvalidCharacter, at, ReadUtf8(text, at).bytes,
                                DescribeCharacter(text, at), "an upper-case letter or a digit"});
  }
  if (text.size() < 2 || text.size() > 3) {
    return RefuseWhole(reading, {RefusalReason::kWrongLength, 0, 0,
                                 std::to_string(text.size()) + " characters", "2 or 3"});
  }
  for (const MeasureUnit& unit : kUnits) {
    if (unit.code == text) return std::string(text);
  }
  return RefusePart(reading,
                    {RefusalReason::kOutOfRange, 0, text.size(), "a unit we do not know",
                     "a code of UN/ECE Recommendation 20 in our table, such as C62 or KGM"});
}

}  // namespace radyab::coding
