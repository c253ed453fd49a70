#include "registry/storage/lmdb_store.h"

#include <lmdb.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "registry/reason.h"
#include "registry/storage/data_folder.h"
#include "registry/storage/group_committer.h"
#include "registry/storage/lmdb_environment_store.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/row_limits.h"

namespace radyab::storage {
namespace {

constexpr MDB_dbi kFreePages = 0;  // LMDB's own table: transaction number -> count, page numbers
constexpr std::size_t kTreeDepthMax = 32;

MDB_val Bytes(std::string_view text) {
  return {text.size(), const_cast<char*>(text.data())};  // LMDB does not write through it
}
std::string_view Text(const MDB_val& bytes) {
  return {static_cast<const char*>(bytes.mv_data), bytes.mv_size};
}

struct CloseCursor {
  void operator()(MDB_cursor* cursor) const { mdb_cursor_close(cursor); }
};
using Cursor = std::unique_ptr<MDB_cursor, CloseCursor>;

// Rows of one transaction. Keys and values point into the map: they stand until the transaction
// ends, in a writing one until its first write.
struct Table {
  MDB_txn* transaction;
  MDB_dbi rows;

  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) const {
    if (auto refusal = CheckKey(key); !refusal.ok()) return refusal;
    MDB_val wanted = Bytes(key), value;
    const int answer = mdb_get(transaction, rows, &wanted, &value);
    if (answer == MDB_NOTFOUND) return std::optional<std::string_view>();
    if (answer != 0) return LmdbFault(answer, "get");
    return std::optional<std::string_view>(Text(value));
  }

  absl::Status Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                    RowVisitor visit) const {
    if (auto refusal = CheckRange(range); !refusal.ok()) return refusal;
    if (row_count_max == 0 || IsEmptyRange(range)) return absl::OkStatus();
    MDB_cursor* opened = nullptr;
    if (const int answer = mdb_cursor_open(transaction, rows, &opened); answer != 0) {
      return LmdbFault(answer, "open a cursor");
    }
    const Cursor cursor(opened);
    const bool forward = direction == Direction::kForward;
    MDB_val key, value;
    int answer = forward ? First(opened, range, key, value) : Last(opened, range, key, value);
    for (; answer == 0;
         answer = mdb_cursor_get(opened, &key, &value, forward ? MDB_NEXT : MDB_PREV)) {
      const bool behind =
          forward ? !range.end.empty() && Text(key) >= range.end : Text(key) < range.begin;
      if (behind || !visit(Text(key), Text(value)) || --row_count_max == 0) return absl::OkStatus();
    }
    return answer == MDB_NOTFOUND ? absl::OkStatus() : LmdbFault(answer, "scan");
  }

 private:
  static int First(MDB_cursor* cursor, const KeyRange& range, MDB_val& key, MDB_val& value) {
    if (range.begin.empty()) return mdb_cursor_get(cursor, &key, &value, MDB_FIRST);
    key = Bytes(range.begin);
    return mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
  }
  static int Last(MDB_cursor* cursor, const KeyRange& range, MDB_val& key, MDB_val& value) {
    if (range.end.empty()) return mdb_cursor_get(cursor, &key, &value, MDB_LAST);
    key = Bytes(range.end);
    const int answer = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
    if (answer == MDB_NOTFOUND) return mdb_cursor_get(cursor, &key, &value, MDB_LAST);
    return answer != 0 ? answer : mdb_cursor_get(cursor, &key, &value, MDB_PREV);
  }
};

class LmdbRead : public ReadTransaction {
 public:
  explicit LmdbRead(Table table) : table_(table) {}
  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override {
    return table_.Get(key);
  }
  absl::Status Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                    RowVisitor visit) override {
    return table_.Scan(range, direction, row_count_max, visit);
  }
  std::uint64_t commit_sequence() const override {
    LmdbRead own(table_);
    const auto stamp = ReadCommitStamp(own);
    return stamp.ok() ? stamp->sequence : 0;
  }

 private:
  const Table table_;
};

// Reading transactions that ended are kept with their place in the lock file: taking one up again
// is some ten times cheaper than a new one.
class ReaderPool {
 public:
  ReaderPool(MDB_env* environment, std::size_t count_max)
      : environment_(environment), count_max_(count_max) {}

  absl::StatusOr<LmdbTransaction> Take() {
    LmdbTransaction resting;
    {
      const std::lock_guard lock(mutex_);
      if (busy_ >= count_max_) return TooMany();
      ++busy_;
      if (!resting_.empty()) {
        resting = std::move(resting_.back());
        resting_.pop_back();
      }
    }
    auto taken = Wake(std::move(resting));
    if (!taken.ok()) {
      const std::lock_guard lock(mutex_);
      --busy_;
    }
    return taken;
  }

  void Return(LmdbTransaction transaction) {
    mdb_txn_reset(transaction.get());
    const std::lock_guard lock(mutex_);
    --busy_;
    resting_.push_back(std::move(transaction));
  }

 private:
  absl::StatusOr<LmdbTransaction> Wake(LmdbTransaction resting) {
    if (resting == nullptr) return BeginLmdbRead(environment_);
    if (const int answer = mdb_txn_renew(resting.get()); answer != 0) {
      return LmdbFault(answer, "renew a transaction");
    }
    return resting;
  }
  absl::Status TooMany() const {
    const std::string limit = std::to_string(count_max_);
    return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                  limit + " reads run already: try again later", {{"limit", limit}});
  }

  MDB_env* const environment_;
  const std::size_t count_max_;
  std::mutex mutex_;
  std::size_t busy_ = 0;
  std::vector<LmdbTransaction> resting_;
};

// How many pages the file may still take. LMDB gives pages of older commits out again once no
// reader can see them; it does not say how many, so the free list is counted, but only when the
// file has grown to its limit.
class PageRoom {
 public:
  PageRoom(MDB_env* environment, MDB_txn* transaction, MDB_dbi rows, std::uint64_t bytes_max)
      : environment_(environment), bytes_max_(bytes_max) {
    mdb_stat(transaction, rows, &table_);
  }

  // An estimate on the safe side: every row lies on another leaf, which is written anew, and new
  // leaves are half full.
  absl::Status Check(std::size_t row_count, std::size_t byte_count) {
    const std::uint64_t page_bytes = table_.ms_psize;
    const std::uint64_t touched = std::min<std::uint64_t>(row_count, table_.ms_leaf_pages);
    const std::uint64_t wanted = touched + 2 * byte_count / page_bytes + kTreeDepthMax;
    MDB_envinfo info;
    mdb_env_info(environment_, &info);
    const std::uint64_t file = info.me_last_pgno + 1, pages_max = bytes_max_ / page_bytes;
    const std::uint64_t unused = pages_max > file ? pages_max - file : 0;
    if (wanted <= unused || wanted <= unused + FreePages()) return absl::OkStatus();
    return StoreFull(wanted * page_bytes, bytes_max_);
  }

 private:
  // LMDB hands out what was freed before the oldest snapshot that anybody holds. It shows its own
  // table to readers only; one that begins now sees what the writer began with.
  std::uint64_t FreePages() {
    if (free_pages_.has_value()) return *free_pages_;
    free_pages_ = 0;
    const auto reading = BeginLmdbRead(environment_);
    if (!reading.ok()) return 0;
    std::size_t oldest = mdb_txn_id(reading->get());
    mdb_reader_list(environment_, LowerToReader, &oldest);
    MDB_cursor* opened = nullptr;
    if (mdb_cursor_open(reading->get(), kFreePages, &opened) != 0) return 0;
    const Cursor cursor(opened);
    MDB_val key, value;
    while (mdb_cursor_get(opened, &key, &value, MDB_NEXT) == 0) {
      std::size_t freed_by = 0, count = 0;
      std::memcpy(&freed_by, key.mv_data, sizeof freed_by);
      std::memcpy(&count, value.mv_data, sizeof count);
      if (freed_by >= oldest) break;
      *free_pages_ += count;
    }
    return *free_pages_;
  }

  // One line of LMDB's list of readers: process, thread and, unless it rests, transaction.
  static int LowerToReader(const char* line, void* oldest) {
    std::size_t transaction = 0;
    if (std::sscanf(line, "%*d %*x %zu", &transaction) == 1) {
      auto& lowest = *static_cast<std::size_t*>(oldest);
      lowest = std::min(lowest, transaction);
    }
    return 0;
  }

  MDB_env* const environment_;
  const std::uint64_t bytes_max_;
  MDB_stat table_ = {};
  std::optional<std::uint64_t> free_pages_;
};

// The one writing transaction. Nothing is put before every body has run, so that views the bodies
// got stand.
class LmdbGroup : public GroupTransaction {
 public:
  static absl::StatusOr<std::unique_ptr<LmdbGroup>> Begin(const LmdbFile& file,
                                                          std::uint64_t bytes_max) {
    MDB_env* const environment = file.environment.get();
    auto transaction = BeginLmdbWrite(environment);
    if (!transaction.ok()) return transaction.status();
    return std::make_unique<LmdbGroup>(environment, *std::move(transaction), file.rows, bytes_max);
  }
  LmdbGroup(MDB_env* environment, LmdbTransaction transaction, MDB_dbi rows,
            std::uint64_t bytes_max)
      : transaction_(std::move(transaction)),
        table_{transaction_.get(), rows},
        room_(environment, transaction_.get(), rows, bytes_max) {}

  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override {
    return table_.Get(key);
  }
  absl::Status Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                    RowVisitor visit) override {
    return table_.Scan(range, direction, row_count_max, visit);
  }
  absl::Status Put(std::string_view key, std::string_view value) override {
    MDB_val row_key = Bytes(key), row_value = Bytes(value);
    const int answer = mdb_put(table_.transaction, table_.rows, &row_key, &row_value, 0);
    return answer == 0 ? absl::OkStatus() : LmdbFault(answer, "put");
  }
  absl::Status Delete(std::string_view key) override {
    MDB_val row_key = Bytes(key);
    const int answer = mdb_del(table_.transaction, table_.rows, &row_key, nullptr);
    return answer == 0 || answer == MDB_NOTFOUND ? absl::OkStatus() : LmdbFault(answer, "delete");
  }
  absl::Status CheckRoom(std::size_t row_count, std::size_t byte_count) override {
    return room_.Check(row_count, byte_count);
  }
  absl::Status Commit() override {
    const int answer = mdb_txn_commit(transaction_.release());
    return answer == 0 ? absl::OkStatus() : LmdbFault(answer, "commit");
  }

 private:
  LmdbTransaction transaction_;
  const Table table_;
  PageRoom room_;
};

class LmdbStore : public Store, public CommitEngine {
 public:
  LmdbStore(DataFolder folder, LmdbFile file, const CommitStamp& last, const StoreOptions& options)
      : folder_(std::move(folder)),
        file_(std::move(file)),
        bytes_max_(options.file_bytes_max),
        readers_(file_.environment.get(), options.reader_count_max),
        committer_(*this, last, options) {}

  absl::Status Read(ReadBody body) override {
    if (auto failure = committer_.health(); !failure.ok()) return failure;
    auto transaction = readers_.Take();
    if (!transaction.ok()) return transaction.status();
    LmdbRead snapshot(Table{transaction->get(), file_.rows});
    auto status = body(snapshot);
    readers_.Return(*std::move(transaction));
    return status;
  }

  void WriteAsync(WriteBody body, WriteDone done) override {
    committer_.Submit(std::move(body), std::move(done));
  }

  absl::StatusOr<std::unique_ptr<GroupTransaction>> BeginGroup() override {
    auto group = LmdbGroup::Begin(file_, bytes_max_);
    if (!group.ok()) return group.status();
    return *std::move(group);
  }

  // Processes that died while they read hold a snapshot until their place is cleared.
  void Tend() override {
    int cleared = 0;
    mdb_reader_check(file_.environment.get(), &cleared);
  }

 private:
  const DataFolder folder_;
  const LmdbFile file_;
  const std::uint64_t bytes_max_;
  ReaderPool readers_;
  GroupCommitter committer_;  // last: stops first
};

// Makes the data file of a new store beside its place and moves it there whole, so that a power cut
// leaves either no store or a sound one.
absl::Status MakeDataFile(const DataFolder& folder, const StoreOptions& options) {
  const std::string fresh = folder.data_file().string() + ".new";
  unlink(fresh.c_str());
  {
    auto file = OpenLmdbFile(fresh, options.reader_count_max);
    if (!file.ok()) return file.status();
    auto group = LmdbGroup::Begin(*file, options.file_bytes_max);
    if (!group.ok()) return group.status();
    if (auto fault = PutSchemaVersion(**group); !fault.ok()) return fault;
    if (auto fault = PutCommitStamp(**group, CommitStamp{}); !fault.ok()) return fault;
    if (auto fault = (*group)->Commit(); !fault.ok()) return fault;
  }
  unlink((fresh + "-lock").c_str());
  return folder.MoveIntoPlace(fresh);
}

absl::StatusOr<CommitStamp> CheckRows(const DataFolder& folder, const LmdbFile& file) {
  auto transaction = BeginLmdbRead(file.environment.get());
  if (!transaction.ok()) return transaction.status();
  LmdbRead snapshot(Table{transaction->get(), file.rows});
  const std::string place = "data folder \"" + folder.path().string() + "\"";
  if (auto fault = CheckSchemaVersion(snapshot, place); !fault.ok()) return fault;
  return ReadCommitStamp(snapshot);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenLmdbStore(const std::string& path,
                                                     const StoreOptions& options) {
  auto folder = DataFolder::Open(path);
  if (!folder.ok()) return folder.status();
  if (!folder->has_data()) {
    if (auto fault = MakeDataFile(*folder, options); !fault.ok()) return fault;
  }
  auto file = OpenLmdbFile(folder->data_file(), options.reader_count_max);
  if (!file.ok()) return file.status();
  auto last = CheckRows(*folder, *file);
  if (!last.ok()) return last.status();
  if (auto fault = folder->WriteFormat(); !fault.ok()) return fault;
  return std::make_unique<LmdbStore>(*std::move(folder), *std::move(file), *last, options);
}

}  // namespace radyab::storage
