#include "registry/sequence_name.h"

#include <charconv>
#include <system_error>

namespace radyab {

std::string SequenceName(std::string_view prefix, std::uint64_t sequence) {
  return std::string(prefix) + std::to_string(sequence);
}

std::optional<std::uint64_t> ParseSequenceName(std::string_view prefix, std::string_view name) {
  if (!name.starts_with(prefix)) return std::nullopt;
  name.remove_prefix(prefix.size());
  std::uint64_t sequence = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), sequence);
  if (name.empty() || name[0] == '0' || error != std::errc() || end != name.data() + name.size()) {
    return std::nullopt;
  }
  return sequence;
}

}  // namespace radyab
