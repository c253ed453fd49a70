// What the keys of keyspace.h look like, family by family: for those who read every row, whatever
// it means.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace radyab::keyspace {

// One family. `parts` has a letter for each part behind the first byte, in order: 1, 2, 4 and 8 are
// numbers of so many bytes, t is an escaped text, * the rest of the key, of at least one byte.
struct KeyFamily {
  std::uint8_t number;
  std::string_view name;
  std::string_view parts;
};

// All of them, by rising number.
std::span<const KeyFamily> KeyFamilies();
// The family of `key`; nothing when its first byte is none.
const KeyFamily* FamilyOf(std::string_view key);
// Whether the parts of `key` are those of its family, and nothing lies behind them.
bool FitsFamily(std::string_view key, const KeyFamily& family);

}  // namespace radyab::keyspace
