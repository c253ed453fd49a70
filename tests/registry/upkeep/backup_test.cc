#include "registry/upkeep/backup.h"

#include <gmock/gmock.h>

#include "registry/reason.h"
#include "registry/storage/store_upkeep.h"
#include "tests/registry/upkeep/upkeep_world.h"

namespace radyab::upkeep {
namespace {

absl::StatusOr<v1::BackupManifest> TakeBackup(storage::Store& store) {
  return WriteBackup(store, "test", [](std::string_view) { return absl::OkStatus(); });
}

TEST(Backup, OfADamagedStoreIsNone) {
  Rows rows = RichRows();
  std::string& value = std::next(rows.begin(), 20)->second;
  value.back() = static_cast<char>(value.back() ^ 1);
  const auto manifest = TakeBackup(*StoreOf(rows));
  EXPECT_EQ(manifest.status().code(), absl::StatusCode::kDataLoss);
}

TEST(Backup, EndsWhenItsBytesAreRefused) {
  int chunks = 0;
  const auto manifest = WriteBackup(*StoreOf(RichRows()), "test", [&](std::string_view) {
    ++chunks;
    return absl::CancelledError("gone");
  });
  EXPECT_EQ(manifest.status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(chunks, 1);
}

// A snapshot whose engine knows of so many rows, whatever a walk meets, and a scan that may fail.
class CountedSnapshot : public storage::ReadTransaction, public storage::CountedRead {
 public:
  CountedSnapshot(storage::ReadTransaction& rows, absl::StatusOr<std::uint64_t> count,
                  absl::Status scan_end)
      : rows_(rows), count_(std::move(count)), scan_end_(std::move(scan_end)) {}
  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override {
    return rows_.Get(key);
  }
  absl::Status Scan(const storage::KeyRange& range, storage::Direction direction,
                    std::size_t row_count_max, storage::RowVisitor visit) override {
    auto status = rows_.Scan(range, direction, row_count_max, visit);
    return status.ok() ? scan_end_ : status;
  }
  std::uint64_t commit_sequence() const override { return rows_.commit_sequence(); }
  absl::StatusOr<std::uint64_t> RowCount() override { return count_; }

 private:
  storage::ReadTransaction& rows_;
  const absl::StatusOr<std::uint64_t> count_;
  const absl::Status scan_end_;
};

class CountedStore : public storage::Store {
 public:
  explicit CountedStore(absl::StatusOr<std::uint64_t> count,
                        absl::Status scan_end = absl::OkStatus())
      : rows_(StoreOf(RichRows())), count_(std::move(count)), scan_end_(std::move(scan_end)) {}
  absl::Status Read(storage::ReadBody body) override {
    return rows_->Read([&](storage::ReadTransaction& snapshot) {
      CountedSnapshot counted(snapshot, count_, scan_end_);
      return body(counted);
    });
  }
  void WriteAsync(storage::WriteBody, storage::WriteDone done, storage::WriteTerms) override {
    done(absl::InternalError("a backup writes nothing"));
  }
  absl::Status CheckQueue(std::chrono::steady_clock::time_point) override {
    return absl::OkStatus();
  }

 private:
  const std::unique_ptr<storage::Store> rows_;
  const absl::StatusOr<std::uint64_t> count_;
  const absl::Status scan_end_;
};

TEST(Backup, IsNoneWhenTheEngineKnowsOfAnotherNumberOfRows) {
  const std::uint64_t count = RowsOf(*StoreOf(RichRows())).size();
  CountedStore whole(count), more(count + 1), fewer(count - 1);
  EXPECT_TRUE(TakeBackup(whole).ok());
  for (CountedStore* store : {&more, &fewer}) {
    const auto refused = TakeBackup(*store).status();
    EXPECT_EQ(refused.code(), absl::StatusCode::kDataLoss);
    EXPECT_EQ(ReasonOf(refused)->reason, Reason::kCorruptRecord);
    EXPECT_THAT(std::string(refused.message()),
                testing::HasSubstr("and " + std::to_string(count) + " could be read: scrub it"));
  }
}

TEST(Backup, IsNoneWhenRowsCannotBeReadOrCounted) {
  CountedStore uncounted(absl::InternalError("no count"));
  EXPECT_EQ(TakeBackup(uncounted).status().message(), "no count");
  const std::uint64_t count = RowsOf(*StoreOf(RichRows())).size();
  CountedStore unread(count, absl::InternalError("no row"));
  EXPECT_EQ(TakeBackup(unread).status().message(), "no row");
}

}  // namespace
}  // namespace radyab::upkeep
