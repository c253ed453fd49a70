// Rows in key order that never change: what one commit wrote, or several commits merged. Many of
// them, newest first, lie above the base and hide its rows.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/storage/store.h"

namespace radyab::storage {

// A row that was put, or a key that was deleted. Points into bytes that somebody keeps.
struct RowView {
  std::string_view key;
  std::string_view value = {};
  bool deleted = false;
  // Nothing for a deleted key.
  std::optional<std::string_view> kept() const {
    return deleted ? std::nullopt : std::optional(value);
  }
};

// The bytes rows point into.
using RowBytes = std::shared_ptr<const std::string>;

// Unchanging, so any number of threads may read it.
class RowRun {
 public:
  // `rows` are in strict key order and point into `bytes`.
  RowRun(std::vector<RowView> rows, std::vector<RowBytes> bytes);
  // Both as one; where both know a key, the newer row stands.
  static std::shared_ptr<const RowRun> Merge(const RowRun& newer, const RowRun& older);

  // The row of `key`, or null.
  const RowView* Find(std::string_view key) const;
  const std::vector<RowView>& rows() const { return rows_; }
  std::size_t byte_count() const { return byte_count_; }  // keys and values
  // Memory of the bytes it keeps, also those of rows that were overwritten since.
  std::size_t kept_byte_count() const { return kept_byte_count_; }

 private:
  std::vector<RowView> rows_;
  std::vector<RowBytes> bytes_;
  std::size_t byte_count_ = 0, kept_byte_count_ = 0;
};

// Newest first.
using RunList = std::vector<std::shared_ptr<const RowRun>>;

// Puts `run` in front and merges runs of like size, so that each is more than twice as long as the
// one before it: the list stays as short as the logarithm of its rows. The last `settled_count` of
// `runs` are left as they are.
void PushRun(RunList& runs, std::shared_ptr<const RowRun> run, std::size_t settled_count);

// The newest row of `key` in `runs`, or null.
const RowView* FindInRuns(const RunList& runs, std::string_view key);

// The newest row of every key of `range` in `runs`, in the given direction. `runs` outlive it.
class RunCursor {
 public:
  RunCursor(const RunList& runs, const KeyRange& range, Direction direction);
  bool done() const { return current_ == nullptr; }
  std::string_view key() const { return current_->key; }
  std::optional<std::string_view> value() const { return current_->kept(); }
  const RowView& row() const { return *current_; }
  void Next();

 private:
  // What is left of one run: `left` rows from `next` on, in steps of `step_`.
  struct Part {
    const RowView* next;
    std::size_t left;
  };
  void Settle();

  const int step_;           // 1 forward, -1 backward
  std::vector<Part> parts_;  // newest first, none of them empty
  const RowView* current_ = nullptr;
};

}  // namespace radyab::storage
