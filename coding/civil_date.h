// A calendar day without a time zone, as labels carry it.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::coding {

// A day of the proleptic Gregorian calendar. Plain value; a default one is no valid day.
struct CivilDate {
  int year = 0;   // 1..9999
  int month = 0;  // 1..12
  int day = 0;    // 1..31

  // A rewritten comparison looks to clang-tidy like a null pointer written 0.
  friend auto operator<=>(const CivilDate&,
                          const CivilDate&) = default;  // NOLINT(modernize-use-nullptr)
};

bool IsLeapYear(int year);
// Days of a month 1..12.
int DaysInMonth(int year, int month);
bool IsValidDate(const CivilDate& date);

// "2027-03-31" and nothing else: ISO 8601-1:2019 extended form, ASCII digits. Refuses at its place
// a character, month or day that cannot be.
Parsed<CivilDate> ParseIsoDate(std::string_view text);

// "2027-03-31".
std::string WriteIsoDate(const CivilDate& date);

// The year that is used to place two-digit years when the caller has no clock at hand.
inline constexpr int kCenturyReferenceYear = 2026;

// The full year of a two-digit one (0..99), by the GS1 rule (GS1 General Specifications,
// section 7.12): the year that ends so and lies between 49 years back and 50 years ahead of
// `current_year`.
int YearOfTwoDigits(int two_digits, int current_year);

// Six digits YYMMDD of AIs 11, 13, 15, 17. Day 00 means the last day of the month. Refuses at its
// place whatever is no such day.
Parsed<CivilDate> ParseYymmdd(std::string_view text, int current_year = kCenturyReferenceYear);

// "270331".
std::string WriteYymmdd(const CivilDate& date);

}  // namespace radyab::coding
