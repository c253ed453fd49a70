#include "registry/storage/lmdb_fill_store.h"

#include <lmdb.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "registry/storage/lmdb_environment_store.h"

namespace radyab::storage {
namespace {

// New rows side by side from which on it is worth the trouble; between two looks at least so many
// rows are put.
constexpr std::size_t kRunRows = 16;
// LMDB merges pages that are less than a quarter full with their neighbours: so much of a page must
// stay, in percent.
constexpr std::size_t kStayPercent = 30;
// What LMDB needs for a node beside key and value, with its place at the beginning of the page.
constexpr std::size_t kNodeBytes = 10;
constexpr std::size_t kBigValueBytes = 8;  // in the page, of a value that lies elsewhere

MDB_val Bytes(std::string_view text) {
  return {text.size(), const_cast<char*>(text.data())};  // LMDB does not write through it
}
std::string_view Text(const MDB_val& bytes) {
  return {static_cast<const char*>(bytes.mv_data), bytes.mv_size};
}

struct CloseCursor {
  void operator()(MDB_cursor* cursor) const { mdb_cursor_close(cursor); }
};

absl::Status Put(MDB_txn* writing, MDB_dbi table, const RowView& row) {
  MDB_val key = Bytes(row.key), value = Bytes(row.value);
  if (!row.deleted) {
    const int answer = mdb_put(writing, table, &key, &value, 0);
    return answer == 0 ? absl::OkStatus() : LmdbFault(answer, "put");
  }
  const int answer = mdb_del(writing, table, &key, nullptr);
  return answer == 0 || answer == MDB_NOTFOUND ? absl::OkStatus() : LmdbFault(answer, "delete");
}

absl::Status PutAll(MDB_txn* writing, MDB_dbi table, std::span<const RowView> rows) {
  for (const RowView& row : rows) {
    if (auto fault = Put(writing, table, row); !fault.ok()) return fault;
  }
  return absl::OkStatus();
}

// The part of a page behind a place.
struct PageEnd {
  std::vector<RowView> rows;
  std::size_t bytes_before = 0;  // of the rows before the place
};

// Looks at the pages of a snapshot, in which all of them lie in the map.
class PageView {
 public:
  PageView(MDB_cursor* cursor, std::size_t page_bytes) : cursor_(cursor), page_bytes_(page_bytes) {}

  // Stands on the first row at or behind `key`; false: there is none.
  absl::StatusOr<bool> Find(std::string_view key) {
    key_ = Bytes(key);
    return Answer(mdb_cursor_get(cursor_, &key_, &value_, MDB_SET_RANGE));
  }
  std::string_view key() const { return Text(key_); }

  // What lies in the page of the row it stands on, from there on and before. Where nothing lies
  // before it, nothing is said to lie behind: the page before is the one that fills up.
  absl::StatusOr<PageEnd> EndOfPage() {
    const std::uintptr_t page = Page(key_);
    PageEnd end;
    absl::StatusOr<bool> there = true;
    for (; there.ok() && *there && Page(key_) == page; there = Move(MDB_NEXT)) {
      end.rows.push_back({Text(key_), Text(value_)});
    }
    if (!there.ok()) return there.status();
    if (auto stands = Find(end.rows.front().key); !stands.ok()) return stands.status();
    for (there = Move(MDB_PREV); there.ok() && *there && Page(key_) == page;
         there = Move(MDB_PREV)) {
      const bool in_page = Page(value_) == page;
      end.bytes_before += kNodeBytes + key_.mv_size + (in_page ? value_.mv_size : kBigValueBytes);
    }
    if (!there.ok()) return there.status();
    if (end.bytes_before == 0) end.rows.clear();
    return end;
  }

 private:
  static absl::StatusOr<bool> Answer(int answer) {
    if (answer == 0) return true;
    if (answer == MDB_NOTFOUND) return false;
    return LmdbFault(answer, "look at pages");
  }
  absl::StatusOr<bool> Move(MDB_cursor_op where) {
    return Answer(mdb_cursor_get(cursor_, &key_, &value_, where));
  }
  std::uintptr_t Page(const MDB_val& bytes) const {
    return reinterpret_cast<std::uintptr_t>(bytes.mv_data) / page_bytes_;
  }

  MDB_cursor* const cursor_;
  const std::size_t page_bytes_;
  MDB_val key_{}, value_{};
};

// Puts `run`, rows that are new and lie side by side before those of `end`. The first ones in the
// middle of the page, until as much as must stay there lies before the place.
absl::Status PutRun(MDB_txn* writing, MDB_dbi table, std::span<const RowView> run,
                    const PageEnd& end, std::size_t stay_bytes) {
  std::size_t bytes = end.bytes_before;
  for (; !run.empty() && bytes < stay_bytes; run = run.subspan(1)) {
    if (auto fault = Put(writing, table, run.front()); !fault.ok()) return fault;
    bytes += kNodeBytes + run.front().key.size() + run.front().value.size();
  }
  if (run.size() < kRunRows) return PutAll(writing, table, run);
  for (const RowView& row : end.rows) {
    auto fault = Put(writing, table, {.key = row.key, .deleted = true});
    if (!fault.ok()) return fault;
  }
  if (auto fault = PutAll(writing, table, run); !fault.ok()) return fault;
  return PutAll(writing, table, end.rows);
}

}  // namespace

absl::Status FillPages(MDB_txn* before, MDB_txn* writing, unsigned table,
                       std::span<const RowView> rows) {
  MDB_stat facts = {};
  if (const int answer = mdb_stat(before, table, &facts); answer != 0) {
    return LmdbFault(answer, "look at the table");
  }
  // Only so do the pages of the file lie at multiples of their size in memory.
  const long memory_page = sysconf(_SC_PAGESIZE);
  if (memory_page < 0 || static_cast<std::size_t>(memory_page) % facts.ms_psize != 0) {
    return PutAll(writing, table, rows);
  }
  MDB_cursor* opened = nullptr;
  if (const int answer = mdb_cursor_open(before, table, &opened); answer != 0) {
    return LmdbFault(answer, "open a cursor");
  }
  const std::unique_ptr<MDB_cursor, CloseCursor> cursor(opened);
  PageView view(opened, facts.ms_psize);
  while (rows.size() >= kRunRows) {
    auto found = view.Find(rows.front().key);
    if (!found.ok()) return found.status();
    if (!*found) break;  // all that are left go to the end of the table
    const auto run_end = std::ranges::lower_bound(rows, view.key(), {}, &RowView::key);
    auto run = rows.first(static_cast<std::size_t>(run_end - rows.begin()));
    absl::Status put;
    if (run.size() < kRunRows) {
      run = rows.first(kRunRows);
      put = PutAll(writing, table, run);
    } else {
      auto end = view.EndOfPage();
      if (!end.ok()) return end.status();
      put = PutRun(writing, table, run, *end, facts.ms_psize * kStayPercent / 100);
    }
    if (!put.ok()) return put;
    rows = rows.subspan(run.size());
  }
  return PutAll(writing, table, rows);
}

}  // namespace radyab::storage
