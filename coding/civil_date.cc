#include "coding/civil_date.h"

#include <cstdio>
#include <optional>

#include "coding/refuse.h"

namespace radyab::coding {
namespace {

int NumberAt(std::string_view text, std::size_t begin, std::size_t digits) {
  int number = 0;
  for (std::size_t i = begin; i < begin + digits; ++i) number = number * 10 + (text[i] - '0');
  return number;
}

// The first character of `text` that does not fit `pattern`, where '0' stands for any digit;
// whole-text faults for a wrong length.
std::optional<Refusal> CheckShape(const Reading& reading, std::string_view pattern,
                                  std::string_view form) {
  const std::string_view text = reading.text;
  if (text.empty()) {
    return RefuseWhole(reading, {RefusalReason::kEmpty, 0, 0, "empty text", std::string(form)});
  }
  for (std::size_t i = 0; i < text.size() && i < pattern.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == '0' ? digit : text[i] == pattern[i]) continue;
    return RefusePart(reading, {RefusalReason::kInvalidCharacter, i, 1, DescribeCharacter(text, i),
                                pattern[i] == '0' ? "a digit" : "'-'"});
  }
  if (text.size() == pattern.size()) return std::nullopt;
  return RefuseWhole(reading, {RefusalReason::kWrongLength, 0, 0,
                               std::to_string(text.size()) + " characters", std::string(form)});
}

}  // namespace

bool IsLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysInMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[month - 1];
}

bool IsValidDate(const CivilDate& date) {
  return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
         date.day >= 1 && date.day <= DaysInMonth(date.year, date.month);
}

Parsed<CivilDate> ParseIsoDate(std::string_view text) {
  const Reading reading{"date", text};
  if (auto refusal = CheckShape(reading, "0000-00-00", "YYYY-MM-DD")) return *refusal;
  const CivilDate date{NumberAt(text, 0, 4), NumberAt(text, 5, 2), NumberAt(text, 8, 2)};
  if (date.year < 1) {
    return RefusePart(reading, {RefusalReason::kOutOfRange, 0, 4, "no such year", "0001 to 9999"});
  }
  if (date.month < 1 || date.month > 12) {
    return RefusePart(reading, {RefusalReason::kOutOfRange, 5, 2, "no such month", "01 to 12"});
  }
  if (!IsValidDate(date)) {
    return RefusePart(reading,
                      {RefusalReason::kOutOfRange, 8, 2, "no such day", "a day of the month"});
  }
  return date;
}

std::string WriteIsoDate(const CivilDate& date) {
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
  return text;
}

int YearOfTwoDigits(int two_digits, int current_year) {
  const int century = current_year - current_year % 100;
  const int ahead = two_digits - current_year % 100;
  if (ahead >= 51) return century - 100 + two_digits;
  if (ahead <= -50) return century + 100 + two_digits;
  return century + two_digits;
}

Parsed<CivilDate> ParseYymmdd(std::string_view text, int current_year) {
  const Reading reading{"date", text};
  if (auto refusal = CheckShape(reading, "000000", "YYMMDD")) return *refusal;
  CivilDate date{YearOfTwoDigits(NumberAt(text, 0, 2), current_year), NumberAt(text, 2, 2),
                 NumberAt(text, 4, 2)};
  if (date.month < 1 || date.month > 12) {
    return RefusePart(reading, {RefusalReason::kOutOfRange, 2, 2, "no such month", "01 to 12"});
  }
  if (date.day == 0) date.day = DaysInMonth(date.year, date.month);
  if (!IsValidDate(date)) {
    return RefusePart(
        reading, {RefusalReason::kOutOfRange, 4, 2, "no such day", "a day of the month, or 00"});
  }
  return date;
}

std::string WriteYymmdd(const CivilDate& date) {
  char text[40];
  std::snprintf(text, sizeof text, "%02d%02d%02d", date.year % 100, date.month, date.day);
  return text;
}

}  // namespace radyab::coding
