// Spans of time as people give them.
#pragma once

#include <cstdint>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::cli {

// Seconds of "0", "30s", "90m", "24h" or "2d": a whole number and its unit.
coding::Parsed<std::int64_t> SecondsOf(std::string_view text);

}  // namespace radyab::cli
