// Who bears which secret, as the rows of the keys said it last: most calls bear a key that the
// calls before them bore.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "registry/access/caller.h"

namespace radyab::access {

// Kept in memory alone and never written anywhere. Thread safe.
//
// Why it never answers from before a change: the body that changes a key says so while it runs, so
// before anybody can see its commit, and with the number of that commit. What was read from a
// snapshot of an earlier commit is not known from then on; what is read from a later one holds the
// change.
class KnownCallers {
 public:
  static constexpr std::size_t kCountMax = 10'000;  // one more, and all are forgotten

  // The bearer of `secret`, or nothing: his rows must be read. Whether he is valid at this moment
  // is the caller's to look at.
  std::optional<Caller> Find(std::string_view secret) const;
  // What a snapshot that shows commit `sequence` said of `secret`. Never from within a change.
  void Keep(std::string_view secret, const Caller& caller, std::uint64_t sequence);
  // Commit `sequence` will change keys. A change that fails after all does no harm.
  void KeysChangeIn(std::uint64_t sequence);

 private:
  struct Known {
    Caller caller;
    std::uint64_t sequence = 0;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, Known, Hash, std::equal_to<>> known_;  // by secret; with mutex_
  std::atomic<std::uint64_t> changed_in_ = 0;
};

}  // namespace radyab::access
