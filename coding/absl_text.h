// Debian's Abseil has a string_view of its own; this is the one place where ours becomes theirs.
#pragma once

#include <string_view>

#include "absl/strings/string_view.h"

namespace radyab {

inline absl::string_view AbslText(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view StdText(absl::string_view text) { return {text.data(), text.size()}; }

}  // namespace radyab
