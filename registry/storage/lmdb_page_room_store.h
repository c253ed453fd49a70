// How much the data file may still take under its soft limit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/status/status.h"

struct MDB_env;

namespace radyab::storage {

// Pages that the next commit may take: freed before the oldest snapshot that anybody holds.
std::uint64_t CountFreePages(MDB_env* environment);

// As of the moment it is made. LMDB gives pages of older commits out again once no reader can see
// them; it does not say how many, so its free list is counted, but only when the file has grown to
// its limit. One thread at a time; `environment` outlives it.
class PageRoom {
 public:
  PageRoom(MDB_env* environment, std::uint64_t bytes_max);

  // OK, or STORE_FULL, for a commit of `row_count` rows with `byte_count` bytes of keys and values.
  // An estimate on the safe side: every row lies on another leaf, which is written anew, and new
  // leaves are half full.
  absl::Status Check(std::size_t row_count, std::size_t byte_count);

 private:
  std::uint64_t FreePages();

  MDB_env* environment_;
  std::uint64_t bytes_max_;
  std::uint64_t page_bytes_ = 1;
  std::uint64_t leaf_pages_ = 0;
  std::optional<std::uint64_t> free_pages_;
};

}  // namespace radyab::storage
