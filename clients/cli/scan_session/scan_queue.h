// Scans between the thread that takes them in and the one that answers them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

#include "clients/warehouse/session_values.h"

namespace radyab::cli {

// Most scans that wait; who brings more is made to wait too.
inline constexpr std::size_t kWaitingScansMax = 10'000;

// A scan, and what can be said of it without a server.
struct TakenScan {
  warehouse::Scan scan;
  std::optional<warehouse::Meaning> meaning;
};

// Thread safe.
class ScanQueue {
 public:
  // False when nobody takes scans any more.
  bool Push(TakenScan scan);
  // No more scans come.
  void Close();
  // Nobody takes scans any more.
  void Leave();

  // The first scan; waits for it when `wait`. Nothing when there is none, or none comes any more.
  std::optional<TakenScan> Pop(bool wait);
  // The first one, only when `fits` says so of it. Does not wait.
  std::optional<TakenScan> PopIf(const std::function<bool(const TakenScan&)>& fits);
  bool empty() const;
  bool closed() const;
  bool left() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<TakenScan> scans_;
  bool closed_ = false;
  bool left_ = false;
};

}  // namespace radyab::cli
