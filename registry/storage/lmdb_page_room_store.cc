#include "registry/storage/lmdb_page_room_store.h"

#include <lmdb.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "registry/storage/lmdb_environment_store.h"
#include "registry/storage/row_limits.h"

namespace radyab::storage {
namespace {

constexpr MDB_dbi kFreePages = 0;  // LMDB's own table: transaction number -> count, page numbers
constexpr std::uint64_t kTreeDepthMax = 32;

// One line of LMDB's list of readers: process, thread and, unless it rests, transaction.
int LowerToReader(const char* line, void* oldest) {
  std::size_t transaction = 0;
  if (std::sscanf(line, "%*d %*x %zu", &transaction) == 1) {
    auto& lowest = *static_cast<std::size_t*>(oldest);
    lowest = std::min(lowest, transaction);
  }
  return 0;
}

}  // namespace

PageRoom::PageRoom(MDB_env* environment, std::uint64_t bytes_max)
    : environment_(environment), bytes_max_(bytes_max) {
  MDB_stat table = {};
  mdb_env_stat(environment, &table);
  page_bytes_ = table.ms_psize;
  leaf_pages_ = table.ms_leaf_pages;
}

absl::Status PageRoom::Check(std::size_t row_count, std::size_t byte_count) {
  const std::uint64_t touched = std::min<std::uint64_t>(row_count, leaf_pages_);
  const std::uint64_t wanted = touched + 2 * byte_count / page_bytes_ + kTreeDepthMax;
  MDB_envinfo info;
  mdb_env_info(environment_, &info);
  const std::uint64_t file = info.me_last_pgno + 1, pages_max = bytes_max_ / page_bytes_;
  const std::uint64_t unused = pages_max > file ? pages_max - file : 0;
  if (wanted <= unused || wanted <= unused + FreePages()) return absl::OkStatus();
  return StoreFull(wanted * page_bytes_, bytes_max_);
}

std::uint64_t PageRoom::FreePages() {
  if (!free_pages_.has_value()) free_pages_ = CountFreePages(environment_);
  return *free_pages_;
}

// LMDB hands out what was freed before the oldest snapshot that anybody holds.
std::uint64_t CountFreePages(MDB_env* environment) {
  const auto reading = BeginLmdbRead(environment);
  if (!reading.ok()) return 0;
  std::size_t oldest = mdb_txn_id(reading->get());
  mdb_reader_list(environment, LowerToReader, &oldest);
  MDB_cursor* cursor = nullptr;
  if (mdb_cursor_open(reading->get(), kFreePages, &cursor) != 0) return 0;
  std::uint64_t free_pages = 0;
  MDB_val key, value;
  while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) {
    std::size_t freed_by = 0, count = 0;
    std::memcpy(&freed_by, key.mv_data, sizeof freed_by);
    std::memcpy(&count, value.mv_data, sizeof count);
    if (freed_by >= oldest) break;
    free_pages += count;
  }
  mdb_cursor_close(cursor);
  return free_pages;
}

}  // namespace radyab::storage
