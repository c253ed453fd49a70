// Names of things that are numbered one after another: "events/4711", "notices/17".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace radyab {

// `prefix` with its slash: "events/".
std::string SequenceName(std::string_view prefix, std::uint64_t sequence);
// The number in such a name, from 1, without zeros before it; nothing of any other text.
std::optional<std::uint64_t> ParseSequenceName(std::string_view prefix, std::string_view name);

}  // namespace radyab
