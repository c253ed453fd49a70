// Days and times of day.
#include "coding/linters/rules.h"

namespace radyab::coding::rules {
namespace {

int Number(std::string_view digits) {
  int number = 0;
  for (const char digit : digits) number = number * 10 + (digit - '0');
  return number;
}

std::optional<Fault> CheckDigits(std::string_view content, std::size_t digits,
                                 const LintContext& context) {
  if (content.size() != digits) {
    return Fault{RefusalReason::kWrongLength, 0, content.size(),
                 std::to_string(content.size()) + " characters",
                 std::to_string(digits) + " digits"};
  }
  return CsetNumeric(content, context);
}

// The month and day that follow `year_digits` digits of the year.
std::optional<Fault> CheckDay(std::string_view content, std::size_t year_digits, bool day_zero,
                              const LintContext& context) {
  if (auto fault = CheckDigits(content, year_digits + 4, context)) return fault;
  const int digits = Number(content.substr(0, year_digits));
  const int year = year_digits == 2 ? YearOfTwoDigits(digits, context.current_year) : digits;
  const int month = Number(content.substr(year_digits, 2));
  const int day = Number(content.substr(year_digits + 2));
  if (month < 1 || month > 12) {
    return Fault{RefusalReason::kOutOfRange, year_digits, 2, "no such month", "01 to 12"};
  }
  if (day > DaysInMonth(year, month) || (day == 0 && !day_zero)) {
    return Fault{RefusalReason::kOutOfRange, year_digits + 2, 2, "no such day",
                 day_zero ? "a day of the month, or 00" : "a day of the month"};
  }
  return std::nullopt;
}

std::optional<Fault> CheckPair(std::string_view content, int end, const char* found,
                               const char* wanted, const LintContext& context) {
  if (auto fault = CheckDigits(content, 2, context)) return fault;
  if (Number(content) < end) return std::nullopt;
  return Fault{RefusalReason::kOutOfRange, 0, 2, found, wanted};
}

}  // namespace

std::optional<Fault> Yymmdd(std::string_view content, const LintContext& context) {
  return CheckDay(content, 2, false, context);
}

std::optional<Fault> Yymmd0(std::string_view content, const LintContext& context) {
  return CheckDay(content, 2, true, context);
}

std::optional<Fault> Yyyymmdd(std::string_view content, const LintContext& context) {
  return CheckDay(content, 4, false, context);
}

std::optional<Fault> Yyyymmd0(std::string_view content, const LintContext& context) {
  return CheckDay(content, 4, true, context);
}

std::optional<Fault> Hh(std::string_view content, const LintContext& context) {
  return CheckPair(content, 24, "no such hour", "00 to 23", context);
}

std::optional<Fault> Mi(std::string_view content, const LintContext& context) {
  return CheckPair(content, 60, "no such minute", "00 to 59", context);
}

std::optional<Fault> Ss(std::string_view content, const LintContext& context) {
  return CheckPair(content, 60, "no such second", "00 to 59", context);
}

std::optional<Fault> Hhmi(std::string_view content, const LintContext& context) {
  if (auto fault = CheckDigits(content, 4, context)) return fault;
  if (auto fault = Hh(content.substr(0, 2), context)) return fault;
  auto fault = Mi(content.substr(2), context);
  if (fault) fault->begin += 2;
  return fault;
}

}  // namespace radyab::coding::rules
