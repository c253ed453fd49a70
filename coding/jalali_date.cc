#include "coding/jalali_date.h"

#include <cstdio>

namespace radyab::coding {
namespace {

constexpr int kFirstYear = 1300, kLastYear = 1500;

// Days from 1 March of the year 0 (proleptic Gregorian) on.
int DaysOf(const CivilDate& date) {
  const int months = (date.month + 9) % 12;  // March: 0
  const int year = date.year - (months >= 10 ? 1 : 0);
  return 365 * year + year / 4 - year / 100 + year / 400 + (months * 306 + 5) / 10 + date.day - 1;
}

bool IsJalaliLeapYear(int year) {
  switch (year % 33) {
    case 1:
    case 5:
    case 9:
    case 13:
    case 17:
    case 22:
    case 26:
    case 30:
      return true;
    default:
      return false;
  }
}

// The first six months have 31 days, the next five 30, Esfand 29 or 30.
JalaliDate DayOfYear(int year, int days) {
  const int first_half = 6 * 31;
  if (days < first_half) return {year, 1 + days / 31, 1 + days % 31};
  days -= first_half;
  return {year, 7 + days / 30, 1 + days % 30};
}

}  // namespace

JalaliDate JalaliOf(const CivilDate& date) {
  if (!IsValidDate(date)) return {};
  int days = DaysOf(date) - DaysOf({1921, 3, 21});  // since 1 Farvardin 1300
  if (days < 0) return {};
  for (int year = kFirstYear; year <= kLastYear; ++year) {
    const int length = IsJalaliLeapYear(year) ? 366 : 365;
    if (days < length) return DayOfYear(year, days);
    days -= length;
  }
  return {};
}

std::string WriteJalaliDate(const JalaliDate& date) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
  return text;
}

}  // namespace radyab::coding
