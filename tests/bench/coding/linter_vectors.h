// Cases that others wrote for the content rules of GS1 values.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace radyab::bench {

struct VectorCount {
  std::size_t cases = 0;
  std::size_t passed = 0;
  std::vector<std::string> failures;  // one line each, for people
};

// Runs a file with one JSON object a line: {"linter":"csum","ok":false,"in":"12345673",
// "marked":"1234567*3*"}. A case passes when the rule agrees, and marks the part that the file
// marks. Company prefixes are looked up in a source that knows none or cannot be asked where the
// case is of that kind. Empty when the file cannot be read.
VectorCount RunLinterVectors(const std::string& path);

}  // namespace radyab::bench
