#include "clients/cli/scan_session/scan_queue.h"

#include <utility>

namespace radyab::cli {

bool ScanQueue::Push(TakenScan scan) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return scans_.size() < kWaitingScansMax || left_; });
  if (left_) return false;
  scans_.push_back(std::move(scan));
  changed_.notify_all();
  return true;
}

void ScanQueue::Close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void ScanQueue::Leave() {
  std::lock_guard lock(mutex_);
  left_ = true;
  changed_.notify_all();
}

std::optional<TakenScan> ScanQueue::Pop(bool wait) {
  std::unique_lock lock(mutex_);
  if (wait) changed_.wait(lock, [this] { return !scans_.empty() || closed_; });
  if (scans_.empty()) return std::nullopt;
  TakenScan first = std::move(scans_.front());
  scans_.pop_front();
  changed_.notify_all();
  return first;
}

std::optional<TakenScan> ScanQueue::PopIf(const std::function<bool(const TakenScan&)>& fits) {
  std::lock_guard lock(mutex_);
  if (scans_.empty() || !fits(scans_.front())) return std::nullopt;
  TakenScan first = std::move(scans_.front());
  scans_.pop_front();
  changed_.notify_all();
  return first;
}

bool ScanQueue::empty() const {
  std::lock_guard lock(mutex_);
  return scans_.empty();
}

bool ScanQueue::closed() const {
  std::lock_guard lock(mutex_);
  return closed_;
}

bool ScanQueue::left() const {
  std::lock_guard lock(mutex_);
  return left_;
}

}  // namespace radyab::cli
