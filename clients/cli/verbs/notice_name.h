// "notices/4711" of "4711" or of the whole name.
#pragma once

#include <string>

namespace radyab::cli {

inline std::string NoticeName(const std::string& text) {
  return text.starts_with("notices/") ? text : "notices/" + text;
}

}  // namespace radyab::cli
