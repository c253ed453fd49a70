// What was meant by a word that is not known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace radyab::cli {

// The one of `words` from which `word` is the least away, each letter that is wrong, missing, too
// much or changed with its neighbour counting one; the first of several. Empty when all are further
// away than a slip of the fingers: two, of words of four letters or fewer one.
std::string NearestWord(std::string_view word, const std::vector<std::string>& words);

}  // namespace radyab::cli
