// Which numbers a registry may give out after it was restored from a backup.
//
// A backup does not know what was issued after it, and what is printed on goods cannot be taken
// back. So nobody counts on: every restore begins the next generation, and each generation has a
// part of every number space of its own. The first has half of it, the next half of the rest, and
// so on. A registry never leaves its part; so whatever it issued after a backup of any age, no
// registry that is restored from that backup can issue it again
// (docs/decisions/2026-11-26-numbers-after-restore.md).
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/storage/store.h"

namespace radyab {

// A registry that was never restored has generation 0. Above it no part has a number left.
inline constexpr std::uint32_t kGenerationMax = 60;

// Counters that never end (events, keys, cases, commits) go on from a multiple of this.
inline constexpr std::uint64_t kNumbersOfGeneration = 1'000'000'000'000;

// Numbers `first` to `last`, from 1; none when `last` is below `first`.
struct NumberRange {
  std::uint64_t first = 1;
  std::uint64_t last = 0;
};

// The part of the numbers 1 to `count` that belongs to a generation.
NumberRange RangeOfGeneration(std::uint32_t generation, std::uint64_t count);

// The generation of the registry in this store.
absl::StatusOr<std::uint32_t> GenerationOf(storage::ReadTransaction& transaction);
absl::Status PutGeneration(storage::WriteTransaction& transaction, std::uint32_t generation);

}  // namespace radyab
