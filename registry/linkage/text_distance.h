// How near two short texts are to each other, counted in characters.
#pragma once

#include <cstddef>
#include <string_view>

namespace radyab::linkage {

inline constexpr std::size_t kComparedCharactersMax = 256;  // of a name; what follows is not seen

// Jaro-Winkler similarity, 0 (nothing in common) to 1 (equal), with prefix weight 0.1 for at most
// four characters. Two empty texts are equal. Thread safe. Source: W. E. Winkler, "String
// Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage",
// 1990.
double JaroWinkler(std::u32string_view left, std::u32string_view right);

// How many insertions, deletions, replacements and swaps of neighbours lead from one text to the
// other, no piece changed twice (optimal string alignment); `limit` + 1 when more than `limit`.
// Thread safe. Source: F. J. Damerau, "A technique for computer detection and correction of
// spelling errors", Communications of the ACM 7(3), 1964.
std::size_t DamerauDistance(std::string_view left, std::string_view right, std::size_t limit);

// Whether the two differ by one letter that was replaced, left out or added, or by two neighbours
// that changed places. Not for equal texts. Thread safe.
bool AreOneSlipApart(std::u32string_view left, std::u32string_view right);

}  // namespace radyab::linkage
