#include "registry/storage/quiet_thread.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <utility>

namespace radyab::storage {
namespace {

constexpr int kNiceness = 10;

}  // namespace

QuietThread::QuietThread(std::string name, std::chrono::nanoseconds first_rest, Round round)
    : round_(std::move(round)),
      thread_([this, name = std::move(name), first_rest] { Run(name, first_rest); }) {}

QuietThread::~QuietThread() { End(); }

void QuietThread::End() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void QuietThread::Run(const std::string& name, std::chrono::nanoseconds rest) {
  pthread_setname_np(pthread_self(), name.c_str());
  // On Linux niceness belongs to a thread; one that keeps the common niceness works as well.
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNiceness);
  for (std::optional next = rest; next && Rest(*next);) next = round_();
}

bool QuietThread::Rest(std::chrono::nanoseconds span) {
  std::unique_lock lock(mutex_);
  return !ended_.wait_for(lock, span, [this] { return ending_; });
}

}  // namespace radyab::storage
