#include "scanner/reading_budget.h"

#include <algorithm>
#include <ctime>
#include <utility>

namespace radyab::scanner {
namespace {

// Readings of fewer pixels tell more of the cost of a call than of a pixel.
constexpr std::int64_t kTellingPixels = 10'000;

}  // namespace

double ThreadMilliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

ReadingBudget::ReadingBudget(double milliseconds_max, double (*clock)())
    : clock_(clock), begun_(clock()), milliseconds_max_(milliseconds_max) {}

bool ReadingBudget::Affords(std::int64_t pixels) const {
  return spent_milliseconds() + static_cast<double>(pixels) * milliseconds_a_pixel_ <
         milliseconds_max_;
}

void ReadingBudget::set_listener(StepListener listener) {
  listener_ = std::move(listener);
  step_begun_ = clock_();
}

void ReadingBudget::StepDone(std::string_view step, bool symbol_read) {
  if (!listener_) return;
  const double now = clock_();
  listener_(step, now - step_begun_, symbol_read);
  step_begun_ = clock_();
}

void ReadingBudget::Learn(std::int64_t pixels, double milliseconds) {
  const auto counted = static_cast<double>(std::max(pixels, kTellingPixels));
  milliseconds_a_pixel_ = std::max(milliseconds_a_pixel_, milliseconds / counted);
}

}  // namespace radyab::scanner
