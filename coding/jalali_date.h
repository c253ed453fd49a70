// Days of the Iranian (Jalali, solar Hijri) calendar.
#pragma once

#include <string>

#include "coding/civil_date.h"

namespace radyab::coding {

// A day of that calendar: year 1300 to 1500, month 1 (Farvardin) to 12 (Esfand), day 1 to 31.
struct JalaliDate {
  int year = 0;
  int month = 0;
  int day = 0;

  friend bool operator==(const JalaliDate&, const JalaliDate&) = default;
};

// The same day. The new year follows the 33-year cycle, which agrees with the official calendar
// (the spring equinox at Tehran) in all of 1300 to 1500. A default JalaliDate for a day outside
// these years or an invalid one.
JalaliDate JalaliOf(const CivilDate& date);

// "1405-09-05".
std::string WriteJalaliDate(const JalaliDate& date);

}  // namespace radyab::coding
