#include "clients/warehouse/session_values.h"

#include <array>
#include <cstddef>

namespace radyab::warehouse {
namespace {

constexpr std::array<std::string_view, 5> kKindWords = {"any", "receive", "ship", "pack", "count"};

}  // namespace

std::string_view SessionKindWord(SessionKind kind) {
  return kKindWords[static_cast<std::size_t>(kind)];
}

std::optional<SessionKind> SessionKindOfWord(std::string_view word) {
  for (std::size_t at = 0; at < kKindWords.size(); ++at) {
    if (kKindWords[at] == word) return static_cast<SessionKind>(at);
  }
  return std::nullopt;
}

}  // namespace radyab::warehouse
