#include "registry/search/name_indexer.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "registry/search/index_upkeep.h"

namespace radyab::search {
namespace {

using std::chrono::steady_clock;

constexpr int kNiceness = 10;

// Known by its name in lists of threads. On Linux niceness belongs to a thread; one that keeps the
// common niceness works as well.
void BeginQuietly() {
  pthread_setname_np(pthread_self(), "name-indexer");
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNiceness);
}

}  // namespace

NameIndexer::NameIndexer(storage::Store& store, const Environment& environment, OnFault on_fault,
                         std::chrono::milliseconds interval)
    : store_(store),
      environment_(environment),
      on_fault_(std::move(on_fault)),
      interval_(interval),
      thread_([this] { Run(); }) {}

NameIndexer::~NameIndexer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void NameIndexer::Run() {
  BeginQuietly();
  std::chrono::nanoseconds rest{0};
  while (Rest(rest)) {
    const auto begun = steady_clock::now();
    const auto stepped = Step();
    const absl::Status& status = stepped.status();
    const bool busy = absl::IsResourceExhausted(status) || absl::IsAborted(status);
    if (!stepped.ok() && !busy) {
      if (on_fault_) on_fault_(status);
      return;
    }
    const bool worked = stepped.ok() && *stepped;
    rest = worked ? std::chrono::nanoseconds(steady_clock::now() - begun) : interval_;
  }
}

bool NameIndexer::Rest(std::chrono::nanoseconds span) {
  std::unique_lock lock(mutex_);
  return !ended_.wait_for(lock, span, [this] { return ending_; });
}

absl::StatusOr<bool> NameIndexer::Step() {
  bool work = false;
  auto read = store_.Read([&](storage::ReadTransaction& transaction) {
    auto has_work = HasWork(transaction);
    if (has_work.ok()) work = *has_work;
    return has_work.status();
  });
  if (!read.ok() || !work) return read.ok() ? absl::StatusOr<bool>(false) : read;
  auto written = store_.Write([this](storage::WriteTransaction& transaction) {
    return IndexSome(transaction, environment_).status();
  });
  if (!written.ok()) return written;
  return true;
}

}  // namespace radyab::search
