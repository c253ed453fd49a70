// A store that counts what is read through it.
#pragma once

#include <cstddef>
#include <utility>

#include "registry/storage/store.h"

namespace radyab::tests {

// What was read since the last Reset.
struct ReadCount {
  std::size_t gets = 0;   // whether or not there was a row
  std::size_t scans = 0;  // each also pays for finding its beginning
  std::size_t scanned_rows = 0;
  std::size_t rows() const { return gets + scanned_rows; }
};

// Hands every call on and counts it.
class CountingTransaction : public storage::ReadTransaction {
 public:
  CountingTransaction(storage::ReadTransaction& base, ReadCount& count)
      : base_(base), count_(count) {}
  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override {
    ++count_.gets;
    return base_.Get(key);
  }
  absl::Status Scan(const storage::KeyRange& range, storage::Direction direction,
                    std::size_t row_count_max, storage::RowVisitor visit) override {
    ++count_.scans;
    return base_.Scan(range, direction, row_count_max,
                      [&](std::string_view key, std::string_view value) {
                        ++count_.scanned_rows;
                        return visit(key, value);
                      });
  }
  std::uint64_t commit_sequence() const override { return base_.commit_sequence(); }

 private:
  storage::ReadTransaction& base_;
  ReadCount& count_;
};

// Counts reads of Read bodies; writes pass through uncounted. One thread.
class CountingStore : public storage::Store {
 public:
  explicit CountingStore(storage::Store& base) : base_(base) {}
  const ReadCount& count() const { return count_; }
  void Reset() { count_ = {}; }
  absl::Status Read(storage::ReadBody body) override {
    return base_.Read([&](storage::ReadTransaction& transaction) {
      CountingTransaction counting(transaction, count_);
      return body(counting);
    });
  }
  void WriteAsync(storage::WriteBody body, storage::WriteDone done,
                  storage::WriteTerms terms) override {
    base_.WriteAsync(std::move(body), std::move(done), std::move(terms));
  }
  absl::Status CheckQueue(std::chrono::steady_clock::time_point begin_before) override {
    return base_.CheckQueue(begin_before);
  }

 private:
  storage::Store& base_;
  ReadCount count_;
};

}  // namespace radyab::tests
