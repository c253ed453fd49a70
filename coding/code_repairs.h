// Which codes 16 mistyped digits may have been.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "coding/code.h"

namespace radyab::coding {

// The most codes that any 16 digits can be repaired to: at each place at most one other digit makes
// the check agree, and so may swapping any of the 15 pairs of neighbours.
inline constexpr std::size_t kCodeRepairsMax = 16 + 15;

// The codes that `text` becomes by changing one digit or by swapping two neighbours, in order of
// their numbers; each is valid, and whether it was ever issued is another question. Empty when the
// text is a code already, or is not 16 digits as ParseCode folds them.
std::vector<Code> CodeRepairs(std::string_view text);

}  // namespace radyab::coding
