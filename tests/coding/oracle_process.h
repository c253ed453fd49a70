// Asks the independent implementations of tests/oracles for their verdicts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace radyab::coding {

enum class Verdict { kWrong, kRight, kNone };  // kNone: the oracle gave up on the input

// One verdict for each value, by the named oracle of tests/oracles/oracle.js. Empty, with the
// reason in `problem`, when node or a module is missing or anything else goes wrong: a test must
// fail then.
std::optional<std::vector<Verdict>> AskOracle(std::string_view oracle,
                                              const std::vector<std::string>& values,
                                              std::string& problem);

}  // namespace radyab::coding
