#include "clients/cli/time_span.h"

#include <charconv>
#include <string>

namespace radyab::cli {
namespace {

constexpr std::int64_t kNumberMax = 1'000'000'000;

// Seconds of one unit; 0 for a letter that is none.
std::int64_t SecondsIn(std::string_view unit) {
  if (unit == "s") return 1;
  if (unit == "m") return 60;
  if (unit == "h") return 3'600;
  return unit == "d" ? 86'400 : 0;
}

}  // namespace

coding::Parsed<std::int64_t> SecondsOf(std::string_view text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, number);
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  if (fault == std::errc() && number == 0 && unit.empty()) return number;
  const std::int64_t seconds = SecondsIn(unit);
  if (fault == std::errc() && number >= 0 && number <= kNumberMax && seconds > 0) {
    return number * seconds;
  }
  return coding::Refusal{.reason = coding::RefusalReason::kOutOfRange,
                         .at = 0,
                         .length = 0,
                         .message = "time span \"" + std::string(text) +
                                    "\": want 0, or a number with s, m, h or d: 90m, 24h"};
}

}  // namespace radyab::cli
