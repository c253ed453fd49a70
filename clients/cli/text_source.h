// Texts from the command line, or from standard input when none is given there.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace radyab::cli {

// Calls `each` with every text; without `arguments` (or with the single argument "-") with every
// line of standard input, of which the line end is cut off. `pause` is called when the next text
// may be long in coming: write out what is held back. False when standard input could not be read.
bool ForEachText(const std::vector<std::string>& arguments,
                 const std::function<void(const std::string&)>& each,
                 const std::function<void()>& pause);

}  // namespace radyab::cli
