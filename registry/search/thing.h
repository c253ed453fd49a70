// What can be found, as one number: the code of an item, party or service, or a class behind all
// codes. Things of one kind lie together, in order of their codes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "coding/code.h"
#include "radyab/v1/search.pb.h"

namespace radyab::search {

using Thing = std::uint64_t;

inline constexpr Thing kNoThing = ~std::uint64_t{0};  // behind every thing

// From `begin` (included) to `end` (excluded).
struct ThingRange {
  Thing begin = 0;
  Thing end = 0;
};

inline Thing ThingOf(coding::Code code) { return code.number(); }
// `key_code`: 2 to 12 digits. A class comes before those below it.
Thing ThingOfClass(std::string_view key_code);
// The key code again; nothing when the thing is no class.
std::optional<std::string> ClassOf(Thing thing);

// Which things are of a kind; none are unspecified.
ThingRange RangeOf(v1::SearchKind kind);

}  // namespace radyab::search
