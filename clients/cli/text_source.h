// Texts from the command line, or from standard input when none is given there.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace radyab::cli {

// Calls `each` with every text until it answers false; without `arguments` (or with the single
// argument "-") with every line of standard input, of which the line end is cut off. `pause` is
// called when the next text may be long in coming, and at the end: write out what is held back;
// false ends it too. False when standard input could not be read.
bool ForEachText(const std::vector<std::string>& arguments,
                 const std::function<bool(const std::string&)>& each,
                 const std::function<bool()>& pause);

}  // namespace radyab::cli
