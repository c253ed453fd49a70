// The Iranian calendar against ICU's.
#include "coding/jalali_date.h"

#include <gtest/gtest.h>
#include <unicode/calendar.h>
#include <unicode/gregocal.h>

#include <memory>

namespace radyab::coding {
namespace {

constexpr double kDayMs = 86'400'000.0;

TEST(JalaliDate, IsIcusFromTheYear1300To1500) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::TimeZone> utc(icu::TimeZone::createTimeZone("UTC"));
  const std::unique_ptr<icu::Calendar> persian(
      icu::Calendar::createInstance(*utc, icu::Locale("fa_IR@calendar=persian"), status));
  ASSERT_TRUE(U_SUCCESS(status));
  icu::GregorianCalendar gregorian(*utc, status);
  gregorian.setGregorianChange(-1e15, status);
  gregorian.set(1921, UCAL_MARCH, 21, 12, 0, 0);
  double moment = gregorian.getTime(status);
  int seen = 0;
  for (;; moment += kDayMs, ++seen) {
    persian->setTime(moment, status);
    gregorian.setTime(moment, status);
    const JalaliDate wanted{persian->get(UCAL_YEAR, status), persian->get(UCAL_MONTH, status) + 1,
                            persian->get(UCAL_DATE, status)};
    ASSERT_TRUE(U_SUCCESS(status));
    if (wanted.year > 1500) break;
    const CivilDate day{gregorian.get(UCAL_YEAR, status), gregorian.get(UCAL_MONTH, status) + 1,
                        gregorian.get(UCAL_DATE, status)};
    ASSERT_EQ(JalaliOf(day), wanted) << WriteIsoDate(day) << " is " << WriteJalaliDate(wanted)
                                     << ", not " << WriteJalaliDate(JalaliOf(day));
  }
  EXPECT_GT(seen, 73'000) << "200 years of days";
}

TEST(JalaliDate, WritesDaysAndRefusesWhatIsOutsideItsYears) {
  EXPECT_EQ(WriteJalaliDate(JalaliOf({2026, 11, 26})), "1405-09-05");
  EXPECT_EQ(WriteJalaliDate(JalaliOf({2025, 3, 20})), "1403-12-30");
  EXPECT_EQ(WriteJalaliDate(JalaliOf({2025, 3, 21})), "1404-01-01");
  EXPECT_EQ(JalaliOf({1921, 3, 20}), JalaliDate());
  EXPECT_EQ(JalaliOf({2025, 2, 29}), JalaliDate());
}

}  // namespace
}  // namespace radyab::coding
