#include "registry/storage/lmdb_rows_store.h"

#include <lmdb.h>

#include <string>

#include "registry/reason.h"
#include "registry/storage/lmdb_fill_store.h"
#include "registry/storage/lmdb_pages_store.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/row_limits.h"

namespace radyab::storage {
namespace {

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

// Where a scan of `range` begins.
int First(MDB_cursor* cursor, const KeyRange& range, MDB_val& key, MDB_val& value) {
  if (range.begin.empty()) return mdb_cursor_get(cursor, &key, &value, MDB_FIRST);
  key = Bytes(range.begin);
  return mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
}

int Last(MDB_cursor* cursor, const KeyRange& range, MDB_val& key, MDB_val& value) {
  if (range.end.empty()) return mdb_cursor_get(cursor, &key, &value, MDB_LAST);
  key = Bytes(range.end);
  const int answer = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
  if (answer == MDB_NOTFOUND) return mdb_cursor_get(cursor, &key, &value, MDB_LAST);
  return answer != 0 ? answer : mdb_cursor_get(cursor, &key, &value, MDB_PREV);
}

}  // namespace

LmdbSnapshot::LmdbSnapshot(LmdbRows& rows, LmdbReading reading)
    : rows_(&rows), reading_(std::move(reading)) {
  reading_.empty.KeepFor(mdb_txn_id(reading_.transaction.get()));
}

LmdbSnapshot::~LmdbSnapshot() {
  if (reading_.transaction != nullptr) rows_->Return(std::move(reading_));
}

absl::StatusOr<std::optional<std::string_view>> LmdbSnapshot::Get(std::string_view key) {
  if (auto refusal = CheckKey(key); !refusal.ok()) return refusal;
  if (reading_.empty.Cover(key)) return std::optional<std::string_view>();
  MDB_val wanted = Bytes(key), value;
  const int answer = mdb_get(reading_.transaction.get(), rows_->file_.rows, &wanted, &value);
  if (answer == MDB_NOTFOUND) {
    reading_.empty.Missed(key, [this](std::string_view prefix) { return HasRowBeginning(prefix); });
    return std::optional<std::string_view>();
  }
  if (answer != 0) return LmdbFault(answer, "get");
  return std::optional<std::string_view>(Text(value));
}

// True as well when that cannot be told.
bool LmdbSnapshot::HasRowBeginning(std::string_view prefix) {
  MDB_cursor* opened = nullptr;
  if (mdb_cursor_open(reading_.transaction.get(), rows_->file_.rows, &opened) != 0) return true;
  const Cursor cursor(opened);
  MDB_val key = Bytes(prefix), value;
  const int answer = mdb_cursor_get(opened, &key, &value, MDB_SET_RANGE);
  if (answer == MDB_NOTFOUND) return false;
  return answer != 0 || Text(key).starts_with(prefix);
}

absl::Status LmdbSnapshot::Scan(const KeyRange& range, Direction direction,
                                std::size_t row_count_max, RowVisitor visit) {
  if (auto refusal = CheckRange(range); !refusal.ok()) return refusal;
  if (row_count_max == 0 || IsEmptyRange(range)) return absl::OkStatus();
  MDB_cursor* opened = nullptr;
  int answer = mdb_cursor_open(reading_.transaction.get(), rows_->file_.rows, &opened);
  if (answer != 0) return LmdbFault(answer, "open a cursor");
  const Cursor cursor(opened);
  const bool forward = direction == Direction::kForward;
  MDB_val key, value;
  answer = forward ? First(opened, range, key, value) : Last(opened, range, key, value);
  for (; answer == 0;
       answer = mdb_cursor_get(opened, &key, &value, forward ? MDB_NEXT : MDB_PREV)) {
    const bool behind =
        forward ? !range.end.empty() && Text(key) >= range.end : Text(key) < range.begin;
    if (behind || !visit(Text(key), Text(value)) || --row_count_max == 0) return absl::OkStatus();
  }
  return answer == MDB_NOTFOUND ? absl::OkStatus() : LmdbFault(answer, "scan");
}

std::uint64_t LmdbSnapshot::commit_sequence() const {
  // Reading changes nothing that others see of a snapshot.
  const auto stamp = ReadCommitStamp(const_cast<LmdbSnapshot&>(*this));
  return stamp.ok() ? stamp->sequence : 0;
}

absl::StatusOr<std::uint64_t> LmdbSnapshot::RowCount() {
  MDB_stat table = {};
  const int answer = mdb_stat(reading_.transaction.get(), rows_->file_.rows, &table);
  if (answer != 0) return LmdbFault(answer, "count");
  return std::uint64_t{table.ms_entries};
}

absl::StatusOr<std::unique_ptr<LmdbRows>> LmdbRows::Open(const std::filesystem::path& path,
                                                         std::size_t reader_count_max) {
  auto file = OpenLmdbFile(path, reader_count_max);
  if (!file.ok()) return file.status();
  return std::unique_ptr<LmdbRows>(new LmdbRows(*std::move(file), reader_count_max));
}

absl::StatusOr<LmdbSnapshot> LmdbRows::TakeSnapshot() { return Take(reader_count_max_); }

absl::StatusOr<LmdbSnapshot> LmdbRows::TakeOwnSnapshot() { return Take(reader_count_max_ + 1); }

absl::StatusOr<LmdbSnapshot> LmdbRows::Take(std::size_t busy_count_max) {
  LmdbReading taken;
  {
    const std::lock_guard lock(mutex_);
    if (busy_count_ >= busy_count_max) {
      const std::string limit = std::to_string(reader_count_max_);
      return Refuse(absl::StatusCode::kResourceExhausted, Reason::kTooManyCalls,
                    limit + " reads run already: try again later", {{"limit", limit}});
    }
    ++busy_count_;
    if (!resting_.empty()) {
      taken = std::move(resting_.back());
      resting_.pop_back();
    }
  }
  absl::Status fault;
  if (taken.transaction == nullptr) {
    auto begun = BeginLmdbRead(file_.environment.get());
    if (begun.ok()) taken.transaction = *std::move(begun);
    fault = begun.status();
  } else if (const int answer = mdb_txn_renew(taken.transaction.get()); answer != 0) {
    fault = LmdbFault(answer, "renew a transaction");
  }
  if (fault.ok()) return LmdbSnapshot(*this, std::move(taken));
  const std::lock_guard lock(mutex_);
  --busy_count_;
  return fault;
}

void LmdbRows::Return(LmdbReading reading) {
  mdb_txn_reset(reading.transaction.get());
  const std::lock_guard lock(mutex_);
  --busy_count_;
  resting_.push_back(std::move(reading));
}

absl::Status LmdbRows::Apply(std::span<const RowView> rows) {
  auto before = BeginLmdbRead(file_.environment.get());
  if (!before.ok()) return before.status();
  auto transaction = BeginLmdbWrite(file_.environment.get());
  if (!transaction.ok()) return transaction.status();
  auto fault = FillPages(before->get(), transaction->get(), file_.rows, rows);
  if (!fault.ok()) return fault;
  before->reset();
  const int answer = mdb_txn_commit(transaction->release());
  return answer == 0 ? absl::OkStatus() : LmdbFault(answer, "commit");
}

absl::Status LmdbRows::AddFigures(StoreFigures& figures) {
  {
    const std::lock_guard lock(mutex_);
    figures.snapshot_count = busy_count_;
  }
  auto snapshot = TakeSnapshot();
  if (!snapshot.ok()) return snapshot.status();
  figures.folded_sequence = snapshot->commit_sequence();
  MDB_stat table = {};
  mdb_env_stat(file_.environment.get(), &table);
  MDB_envinfo info;
  mdb_env_info(file_.environment.get(), &info);
  figures.file_bytes = (info.me_last_pgno + 1) * table.ms_psize;
  figures.free_bytes = CountFreePages(file_.environment.get()) * table.ms_psize;
  return absl::OkStatus();
}

// A commit may overwrite the meta page of the snapshot before it is read: then the next one is
// taken.
absl::Status LmdbRows::CheckPages(StructureFault found) {
  constexpr int kTriesMax = 100;
  int file = -1;
  mdb_env_get_fd(file_.environment.get(), &file);
  for (int tries = 0; tries < kTriesMax; ++tries) {
    auto snapshot = BeginLmdbRead(file_.environment.get());
    if (!snapshot.ok()) return snapshot.status();
    auto checked = CheckLmdbPages(file, mdb_txn_id(snapshot->get()), found);
    if (!checked.ok()) return checked.status();
    if (*checked) return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kUnavailable, Reason::kTooManyCalls,
                "folds follow each other too fast to look at one: try again later");
}

void LmdbRows::ClearDeadReaders() {
  int cleared = 0;
  mdb_reader_check(file_.environment.get(), &cleared);
}

}  // namespace radyab::storage
