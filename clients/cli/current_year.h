// The present year, around which the two-digit years of labels are placed.
#pragma once

#include <chrono>

namespace radyab::cli {

inline int CurrentYear() {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return static_cast<int>(std::chrono::year_month_day(today).year());
}

}  // namespace radyab::cli
