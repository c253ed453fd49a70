#include "registry/storage/lmdb_store.h"

#include <unistd.h>

#include <functional>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "registry/reason.h"
#include "registry/storage/data_folder.h"
#include "registry/storage/fold_thread.h"
#include "registry/storage/group_committer.h"
#include "registry/storage/lmdb_rows_store.h"
#include "registry/storage/merged_scan.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/row_limits.h"
#include "registry/storage/store_upkeep.h"
#include "registry/storage/unfolded_rows.h"
#include "registry/storage/write_log.h"

namespace radyab::storage {
namespace {

// Unfolded rows above the base they fit to.
class LayeredRead : public ReadTransaction, public CountedRead {
 public:
  LayeredRead(std::shared_ptr<const UnfoldedView> view, LmdbSnapshot base)
      : base_(std::move(base)), view_(std::move(view)) {}

  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override {
    if (const RowView* row = FindInRuns(view_->runs, key); row != nullptr) return row->kept();
    return base_.Get(key);
  }
  absl::Status Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                    RowVisitor visit) override {
    if (auto refusal = CheckRange(range); !refusal.ok()) return refusal;
    if (row_count_max == 0 || IsEmptyRange(range)) return absl::OkStatus();
    return MergedScan(base_, range, direction, row_count_max,
                      RunCursor(view_->runs, range, direction), visit);
  }
  std::uint64_t commit_sequence() const override { return view_->last.sequence; }
  absl::StatusOr<std::uint64_t> RowCount() override {
    auto count = base_.RowCount();
    if (!count.ok()) return count;
    std::uint64_t rows = *count;
    for (RunCursor above(view_->runs, {}, Direction::kForward); !above.done(); above.Next()) {
      auto below = base_.Get(above.key());
      if (!below.ok()) return below.status();
      if (above.value().has_value() && !below->has_value()) ++rows;
      if (!above.value().has_value() && below->has_value()) --rows;
    }
    return rows;
  }

 private:
  LmdbSnapshot base_;
  const std::shared_ptr<const UnfoldedView> view_;
};

// Puts one group's rows into a record of the log, and shows them once that is durable.
class LoggedGroup : public GroupTransaction {
 public:
  LoggedGroup(LayeredRead before, WriteLog& log, UnfoldedRows& unfolded, PageRoom room)
      : before_(std::move(before)), log_(log), unfolded_(unfolded), room_(room) {}

  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override {
    if (++get_count_ <= kGetsOfSmallGroup) return before_.Get(key);
    if (found_.empty()) found_.resize(kFoundRowsMax);
    FoundRow& row = found_[std::hash<std::string_view>()(key) % kFoundRowsMax];
    if (row.key == key) return std::optional(row.value);
    auto value = before_.Get(key);
    if (value.ok() && value->has_value()) row = {std::string(key), **value};
    return value;
  }
  absl::Status Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                    RowVisitor visit) override {
    return before_.Scan(range, direction, row_count_max, visit);
  }
  void Expect(std::size_t row_count, std::size_t byte_count) override {
    record_.Reserve(row_count, byte_count);
  }
  absl::Status Put(std::string_view key, std::string_view value) override {
    record_.Put(key, value);
    return absl::OkStatus();
  }
  absl::Status Delete(std::string_view key) override {
    record_.Delete(key);
    return absl::OkStatus();
  }
  absl::Status CheckRoom(std::size_t row_count, std::size_t byte_count) override {
    const UnfoldedSize waiting = unfolded_.size();
    return room_.Check(waiting.row_count + row_count, waiting.byte_count + byte_count);
  }
  absl::Status Commit(std::uint64_t first_sequence, const CommitStamp& last) override {
    const LogRecord record = record_.Finish(log_.id(), first_sequence, last);
    if (auto fault = log_.Append(record); !fault.ok()) return fault;
    unfolded_.Publish(record.rows, last);
    return absl::OkStatus();
  }

 private:
  // A row that was found below; `before_` stands still, so it is there for as long as this is.
  struct FoundRow {
    std::string key = {};  // empty: none
    std::string_view value = {};
  };
  // Rows that every body of a large group reads (members, classes) are looked up once.
  static constexpr std::size_t kGetsOfSmallGroup = 256;
  static constexpr std::size_t kFoundRowsMax = 64;

  LayeredRead before_;
  std::size_t get_count_ = 0;
  std::vector<FoundRow> found_;
  WriteLog& log_;
  UnfoldedRows& unfolded_;
  PageRoom room_;
  LogRecordBuilder record_;
};

// What opening a store brings together.
struct OpenParts {
  DataFolder folder;
  std::unique_ptr<LmdbRows> base;
  std::unique_ptr<WriteLog> log;
  RunList replayed;
  CommitStamp last;
};

class LmdbStore : public Store, public CommitEngine, public StoreUpkeep {
 public:
  LmdbStore(OpenParts parts, const StoreOptions& options)
      : fold_at_close_(options.fold.at_close),
        bytes_max_(options.file_bytes_max),
        folder_(std::move(parts.folder)),
        base_(std::move(parts.base)),
        log_(std::move(parts.log)),
        unfolded_(options.fold, std::move(parts.replayed), parts.last),
        committer_(std::make_unique<GroupCommitter>(*this, parts.last, StopsFolding(options))),
        fold_(std::make_unique<FoldThread>(
            unfolded_, *base_, *log_, options,
            [this](const absl::Status& cause) { committer_->Stop(cause); })) {}

  ~LmdbStore() override { Close().IgnoreError(); }

  absl::Status Close() override {
    // What waits is committed and answered while the fold still makes room for it.
    committer_->Close();
    unfolded_.Close(fold_at_close_ && committer_->health().ok());
    fold_.reset();
    return committer_->health();
  }

  absl::Status Read(ReadBody body) override {
    if (auto failure = committer_->health(); !failure.ok()) return failure;
    auto snapshot = TakeSnapshot(&LmdbRows::TakeSnapshot);
    if (!snapshot.ok()) return snapshot.status();
    return body(*snapshot);
  }

  void WriteAsync(WriteBody body, WriteDone done, WriteTerms terms) override {
    committer_->Submit(std::move(body), std::move(done), std::move(terms));
  }

  absl::Status CheckQueue(std::chrono::steady_clock::time_point begin_before) override {
    return committer_->Check(begin_before);
  }

  absl::StatusOr<std::unique_ptr<GroupTransaction>> BeginGroup() override {
    unfolded_.WaitForRoom();
    PageRoom room = base_->room(bytes_max_);
    // Near the soft limit the estimate for rows in memory would refuse what has room once folded.
    const UnfoldedSize waiting = unfolded_.size();
    if (waiting.row_count > 0 && !room.Check(2 * waiting.row_count, 2 * waiting.byte_count).ok()) {
      unfolded_.WaitForFold();
      room = base_->room(bytes_max_);
    }
    auto before = TakeSnapshot(&LmdbRows::TakeOwnSnapshot);
    if (!before.ok()) return before.status();
    return std::make_unique<LoggedGroup>(*std::move(before), *log_, unfolded_, room);
  }

  void Tend() override { base_->ClearDeadReaders(); }

  absl::StatusOr<StoreFigures> Figures() override {
    StoreFigures figures;
    if (auto fault = base_->AddFigures(figures); !fault.ok()) return fault;
    const CommitterFigures committed = committer_->figures();
    figures.group_count = committed.group_count;
    figures.waiting_body_count = committed.waiting_count;
    figures.late_body_count = committed.late_count;
    figures.abandoned_body_count = committed.abandoned_count;
    const UnfoldedSize unfolded = unfolded_.size();
    figures.unfolded_row_count = unfolded.row_count;
    figures.unfolded_byte_count = unfolded.byte_count;
    figures.fold_count = unfolded_.fold_count();
    const FoldTimes folds = fold_->times();
    figures.last_fold_ms = static_cast<std::uint64_t>(folds.last.count());
    figures.longest_fold_ms = static_cast<std::uint64_t>(folds.longest.count());
    figures.log_file_count = log_->file_count();
    figures.file_bytes_max = bytes_max_;
    return figures;
  }

  absl::Status CheckStructure(StructureFault found) override { return base_->CheckPages(found); }

 private:
  using TakeBase = absl::StatusOr<LmdbSnapshot> (LmdbRows::*)();
  absl::StatusOr<LayeredRead> TakeSnapshot(TakeBase take) {
    std::optional<absl::StatusOr<LmdbSnapshot>> base;
    auto view = unfolded_.Take([&] { base.emplace((base_.get()->*take)()); });
    if (!base->ok()) return base->status();
    return LayeredRead(std::move(view), **std::move(base));
  }

  // After a failure the file is left alone.
  StoreOptions StopsFolding(StoreOptions options) {
    options.on_fatal = [this, on_fatal = std::move(options.on_fatal)](const absl::Status& failure) {
      unfolded_.Close(false);
      if (on_fatal) on_fatal(failure);
    };
    return options;
  }

  const bool fold_at_close_;
  const std::uint64_t bytes_max_;
  const DataFolder folder_;
  const std::unique_ptr<LmdbRows> base_;
  const std::unique_ptr<WriteLog> log_;
  UnfoldedRows unfolded_;
  std::unique_ptr<GroupCommitter> committer_;
  std::unique_ptr<FoldThread> fold_;
};

LogId DrawLogId() {
  std::random_device random;
  return LogId{std::uint64_t{random()} << 32 | random() | 1};
}

absl::Status ApplyOwnRows(LmdbRows& base, const std::vector<OwnRow>& rows) {
  std::vector<RowView> views;
  for (const OwnRow& row : rows) views.push_back({row.key, row.value});
  return base.Apply(views);
}

// Makes the data file of a new store beside its place and moves it there whole, so that a power cut
// leaves either no store or a sound one.
absl::Status MakeDataFile(const DataFolder& folder, const StoreOptions& options) {
  const std::string fresh = folder.data_file().string() + ".new";
  unlink(fresh.c_str());
  {
    auto base = LmdbRows::Open(fresh, options.reader_count_max);
    if (!base.ok()) return base.status();
    auto fault = ApplyOwnRows(
        **base, {CommitStampRow({options.first_commit_sequence, options.first_record_time_us}),
                 SchemaVersionRow()});
    if (!fault.ok()) return fault;
  }
  unlink((fresh + "-lock").c_str());
  return folder.MoveIntoPlace(fresh);
}

// The number of the base's log. A base that has none gets one: it is new, or older than the log.
absl::StatusOr<LogId> GiveLogId(LmdbRows& base) {
  {
    auto snapshot = base.TakeSnapshot();
    if (!snapshot.ok()) return snapshot.status();
    auto found = ReadLogId(*snapshot);
    if (!found.ok()) return found.status();
    if (found->has_value()) return LogId{**found};
  }
  const LogId drawn = DrawLogId();
  auto fault = ApplyOwnRows(base, {LogIdRow(static_cast<std::uint64_t>(drawn))});
  if (!fault.ok()) return fault;
  return drawn;
}

absl::StatusOr<CommitStamp> CheckOwnRows(const DataFolder& folder, LmdbRows& base) {
  auto snapshot = base.TakeSnapshot();
  if (!snapshot.ok()) return snapshot.status();
  const std::string place = "data folder \"" + folder.path().string() + "\"";
  if (auto fault = CheckSchemaVersion(*snapshot, place); !fault.ok()) return fault;
  return ReadCommitStamp(*snapshot);
}

absl::Status CheckLogIsThere(const DataFolder& folder) {
  if (!folder.is_finished()) return absl::OkStatus();
  const auto is_there = WriteLog::IsIn(folder.path());
  if (!is_there.ok()) return is_there.status();
  return *is_there ? absl::OkStatus()
                   : folder.Refusal("has lost its log: restore a backup or take a new folder");
}

absl::StatusOr<OpenParts> OpenAllParts(const std::string& path, const StoreOptions& options) {
  auto folder = DataFolder::Open(path);
  if (!folder.ok()) return folder.status();
  if (!folder->has_data()) {
    if (auto fault = MakeDataFile(*folder, options); !fault.ok()) return fault;
  }
  auto base = LmdbRows::Open(folder->data_file(), options.reader_count_max);
  if (!base.ok()) return base.status();
  auto last = CheckOwnRows(*folder, **base);
  if (!last.ok()) return last.status();
  if (auto fault = CheckLogIsThere(*folder); !fault.ok()) return fault;
  auto id = GiveLogId(**base);
  if (!id.ok()) return id.status();
  RunList replayed;
  CommitStamp stamp = *last;
  auto log = WriteLog::Open(folder->path(), *id, options.log_segment_bytes, last->sequence,
                            [&](LogRecord record) {
                              stamp = record.last;
                              PushRun(replayed, std::move(record.rows), 0);
                            });
  if (!log.ok()) return log.status();
  if (auto fault = folder->WriteFormat(); !fault.ok()) return fault;
  return OpenParts{*std::move(folder), *std::move(base), *std::move(log), std::move(replayed),
                   stamp};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenLmdbStore(const std::string& folder,
                                                     const StoreOptions& options) {
  auto parts = OpenAllParts(folder, options);
  if (!parts.ok()) return parts.status();
  return std::make_unique<LmdbStore>(*std::move(parts), options);
}

}  // namespace radyab::storage
