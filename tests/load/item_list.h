// The items of one run, as the server has them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "tests/load/item_calls.h"

namespace radyab::load {

// Their create times by the numbers of their calls. Nothing, told on standard error, when the
// server does not answer.
std::optional<std::map<std::size_t, std::int64_t>> ListItems(const CallPlan& plan);

}  // namespace radyab::load
