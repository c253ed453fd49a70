// Beginnings of keys that no row of one version of the base has.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "absl/functional/function_ref.h"

namespace radyab::storage {

// Who looks for a number under every scheme it could be of looks mostly where there is no row at
// all, and that is found out once. A beginning is the first kPrefixBytes of a key: family, scheme
// and scope of an alias. One thread at a time.
class EmptyPrefixes {
 public:
  static constexpr std::size_t kPrefixBytes = 6;
  // Beginnings that are remembered, of either kind. When they are full nothing more is learnt.
  static constexpr std::size_t kCountMax = 16;

  // What follows is about this version of the base; what is known of another is forgotten.
  void KeepFor(std::uint64_t version) {
    if (version == version_) return;
    version_ = version;
    empty_count_ = filled_count_ = 0;
  }
  // True when it is known that no row begins as the key does.
  bool Cover(std::string_view key) const {
    const auto prefix = PrefixOf(key);
    return prefix && Has(empty_, empty_count_, *prefix);
  }
  // The row of `key` was not there. `any_row` says whether a row begins with a prefix; it is asked
  // when that is not known yet.
  void Missed(std::string_view key, absl::FunctionRef<bool(std::string_view prefix)> any_row) {
    const auto prefix = PrefixOf(key);
    if (!prefix || empty_count_ == kCountMax || filled_count_ == kCountMax) return;
    if (Has(filled_, filled_count_, *prefix)) return;
    if (any_row(key.substr(0, kPrefixBytes))) {
      filled_[filled_count_++] = *prefix;
    } else {
      empty_[empty_count_++] = *prefix;
    }
  }

 private:
  using Prefixes = std::array<std::uint64_t, kCountMax>;

  static std::optional<std::uint64_t> PrefixOf(std::string_view key) {
    if (key.size() < kPrefixBytes) return std::nullopt;
    std::uint64_t prefix = 0;
    std::memcpy(&prefix, key.data(), kPrefixBytes);
    return prefix;
  }
  static bool Has(const Prefixes& known, std::size_t count, std::uint64_t prefix) {
    return std::find(known.begin(), known.begin() + count, prefix) != known.begin() + count;
  }

  std::uint64_t version_ = 0;
  Prefixes empty_ = {}, filled_ = {};
  std::size_t empty_count_ = 0, filled_count_ = 0;
};

}  // namespace radyab::storage
