#include "registry/storage/memory_store.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "registry/storage/group_committer.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/row_limits.h"

namespace radyab::storage {
namespace {

using Rows = std::map<std::string, std::string, std::less<>>;

struct Contents {
  Rows rows;
  std::size_t byte_count = 0;  // keys and values
};

std::optional<std::string_view> GetIn(const Rows& rows, std::string_view key) {
  const auto found = rows.find(key);
  if (found == rows.end()) return std::nullopt;
  return found->second;
}

void ScanIn(const Rows& rows, const KeyRange& range, Direction direction, std::size_t row_count_max,
            RowVisitor visit) {
  if (IsEmptyRange(range)) return;
  auto first = rows.lower_bound(range.begin);
  auto behind = range.end.empty() ? rows.end() : rows.lower_bound(range.end);
  for (; first != behind && row_count_max > 0; --row_count_max) {
    const auto row = direction == Direction::kForward ? first++ : --behind;
    if (!visit(row->first, row->second)) return;
  }
}

class MemoryRead : public ReadTransaction {
 public:
  explicit MemoryRead(const Contents& contents) : contents_(contents) {}
  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override {
    if (auto refusal = CheckKey(key); !refusal.ok()) return refusal;
    return GetIn(contents_.rows, key);
  }
  absl::Status Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                    RowVisitor visit) override {
    if (auto refusal = CheckRange(range); !refusal.ok()) return refusal;
    ScanIn(contents_.rows, range, direction, row_count_max, visit);
    return absl::OkStatus();
  }
  std::uint64_t commit_sequence() const override {
    MemoryRead own(contents_);
    const auto stamp = ReadCommitStamp(own);
    return stamp.ok() ? stamp->sequence : 0;
  }

 private:
  const Contents& contents_;
};

class MemoryStore : public Store, public CommitEngine {
 public:
  explicit MemoryStore(const StoreOptions& options)
      : bytes_max_(options.file_bytes_max),
        committer_(*this, CommitStamp{options.first_commit_sequence, options.first_record_time_us},
                   options) {}

  absl::Status Read(ReadBody body) override {
    if (auto failure = committer_.health(); !failure.ok()) return failure;
    std::shared_ptr<const Contents> snapshot;
    {
      const std::lock_guard lock(mutex_);
      snapshot = contents_;
    }
    MemoryRead transaction(*snapshot);
    auto status = body(transaction);
    // Let go under the lock, so that the committer sees truly who still reads.
    const std::lock_guard lock(mutex_);
    snapshot.reset();
    return status;
  }

  void WriteAsync(WriteBody body, WriteDone done, WriteTerms terms) override {
    committer_.Submit(std::move(body), std::move(done), std::move(terms));
  }

  absl::Status CheckQueue(std::chrono::steady_clock::time_point begin_before) override {
    return committer_.Check(begin_before);
  }

  absl::StatusOr<std::unique_ptr<GroupTransaction>> BeginGroup() override;
  void Tend() override {}

 private:
  friend class MemoryGroup;
  const std::uint64_t bytes_max_;
  std::mutex mutex_;
  std::shared_ptr<Contents> contents_ = std::make_shared<Contents>();  // changed by the committer
  GroupCommitter committer_;                                           // last: stops first
};

// Reads what is there, keeps what is put aside until Commit.
class MemoryGroup : public GroupTransaction {
 public:
  explicit MemoryGroup(MemoryStore& store) : store_(store), base_(*store.contents_) {}

  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override {
    return base_.Get(key);
  }
  absl::Status Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                    RowVisitor visit) override {
    return base_.Scan(range, direction, row_count_max, visit);
  }
  absl::Status Put(std::string_view key, std::string_view value) override {
    changes_.emplace_back(key, value);
    return absl::OkStatus();
  }
  absl::Status Delete(std::string_view key) override {
    changes_.emplace_back(key, std::nullopt);
    return absl::OkStatus();
  }
  absl::Status CheckRoom(std::size_t, std::size_t byte_count) override {
    if (store_.contents_->byte_count + byte_count <= store_.bytes_max_) return absl::OkStatus();
    return StoreFull(byte_count, store_.bytes_max_);
  }
  absl::Status Commit(std::uint64_t, const CommitStamp&) override {
    const std::lock_guard lock(store_.mutex_);
    if (store_.contents_.use_count() > 1) {
      store_.contents_ = std::make_shared<Contents>(*store_.contents_);
    }
    Contents& contents = *store_.contents_;
    for (auto& [key, value] : changes_) {
      if (const auto old = contents.rows.find(key); old != contents.rows.end()) {
        contents.byte_count -= old->first.size() + old->second.size();
        contents.rows.erase(old);
      }
      if (!value.has_value()) continue;
      contents.byte_count += key.size() + value->size();
      contents.rows.emplace(std::move(key), std::move(*value));
    }
    return absl::OkStatus();
  }

 private:
  MemoryStore& store_;
  MemoryRead base_;
  std::vector<std::pair<std::string, std::optional<std::string>>> changes_;
};

absl::StatusOr<std::unique_ptr<GroupTransaction>> MemoryStore::BeginGroup() {
  return std::make_unique<MemoryGroup>(*this);
}

}  // namespace

std::unique_ptr<Store> OpenMemoryStore(const StoreOptions& options) {
  return std::make_unique<MemoryStore>(options);
}

}  // namespace radyab::storage
