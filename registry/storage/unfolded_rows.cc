#include "registry/storage/unfolded_rows.h"

#include <utility>

namespace radyab::storage {
namespace {

// Of the first `run_count` runs.
UnfoldedSize SizeOf(const RunList& runs, std::size_t run_count) {
  UnfoldedSize size;
  for (std::size_t i = 0; i < run_count; ++i) {
    size.row_count += runs[i]->rows().size();
    size.byte_count += runs[i]->byte_count();
    size.kept_byte_count += runs[i]->kept_byte_count();
  }
  return size;
}

}  // namespace

UnfoldedRows::UnfoldedRows(const FoldLimits& limits, RunList replayed, const CommitStamp& last)
    : limits_(limits),
      view_(std::make_shared<UnfoldedView>(UnfoldedView{std::move(replayed), last})),
      oldest_open_(Clock::now()),
      asked_(!view_->runs.empty()) {}

std::shared_ptr<const UnfoldedView> UnfoldedRows::Take(absl::FunctionRef<void()> take_base) const {
  const std::lock_guard lock(mutex_);
  take_base();
  return view_;
}

UnfoldedSize UnfoldedRows::size() const {
  const std::lock_guard lock(mutex_);
  return SizeOf(view_->runs, view_->runs.size());
}

std::uint64_t UnfoldedRows::fold_count() const {
  const std::lock_guard lock(mutex_);
  return fold_count_;
}

void UnfoldedRows::Publish(std::shared_ptr<const RowRun> rows, const CommitStamp& last) {
  const std::lock_guard change(changing_);
  // The former view goes when nobody holds it, which may take a while: not under mutex_.
  auto next = std::make_shared<UnfoldedView>(UnfoldedView{view_->runs, last});
  PushRun(next->runs, std::move(rows), sealed_run_count_);
  std::shared_ptr<const UnfoldedView> view = std::move(next);
  const bool fold_now = limits_.also_when && limits_.also_when();
  const std::lock_guard lock(mutex_);
  const bool first = open_run_count() == 0;
  if (first) oldest_open_ = Clock::now();
  asked_ = asked_ || fold_now;
  view_.swap(view);
  if (first || asked_ || IsOpenFull()) changed_.notify_all();
}

bool UnfoldedRows::IsOpenFull() const {
  const UnfoldedSize open = SizeOf(view_->runs, open_run_count());
  return open.row_count >= limits_.row_count || open.kept_byte_count >= limits_.byte_count;
}

void UnfoldedRows::WaitForRoom() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ended_ || !IsOpenFull(); });
}

void UnfoldedRows::WaitForFold() {
  std::unique_lock lock(mutex_);
  const std::uint64_t wanted = view_->last.sequence;
  asked_ = true;
  changed_.notify_all();
  changed_.wait(lock, [&] { return ended_ || view_->runs.empty() || folded_sequence_ >= wanted; });
}

bool UnfoldedRows::IsDue(Clock::time_point now) const {
  if (open_run_count() == 0) return false;
  return asked_ || fold_rest_ || IsOpenFull() || now - oldest_open_ >= limits_.age;
}

std::shared_ptr<const UnfoldedView> UnfoldedRows::Seal() {
  {
    std::unique_lock lock(mutex_);
    while (!IsDue(Clock::now())) {
      if (closing_) return nullptr;
      if (open_run_count() == 0) {
        changed_.wait(lock);
      } else {
        changed_.wait_until(lock, oldest_open_ + limits_.age);
      }
    }
    if (closing_ && !fold_rest_) return nullptr;
  }
  const std::lock_guard change(changing_);
  const std::lock_guard lock(mutex_);
  asked_ = false;
  sealed_run_count_ = view_->runs.size();
  changed_.notify_all();
  return view_;
}

void UnfoldedRows::DropSealed(std::uint64_t sequence) {
  const std::lock_guard change(changing_);
  auto next = std::make_shared<UnfoldedView>(*view_);
  next->runs.resize(next->runs.size() - sealed_run_count_);
  std::shared_ptr<const UnfoldedView> view = std::move(next);
  const std::lock_guard lock(mutex_);
  sealed_run_count_ = 0;
  folded_sequence_ = sequence;
  ++fold_count_;
  view_.swap(view);
  changed_.notify_all();
}

void UnfoldedRows::EndFolding() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

void UnfoldedRows::Close(bool fold_rest) {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  fold_rest_ = fold_rest;
  changed_.notify_all();
}

}  // namespace radyab::storage
