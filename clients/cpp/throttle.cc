#include "clients/cpp/throttle.h"

#include <cmath>

namespace radyab::client {
namespace {

constexpr double kSentForServed = 1.2;
constexpr double kCallsAlwaysSent = 10;  // of the last second, beside those
constexpr double kHalvedAfterSeconds = 0.5;

}  // namespace

void Throttle::Forget(Clock::time_point now) {
  const double seconds = std::chrono::duration<double>(now - last_).count();
  last_ = now;
  const double left = std::exp2(-seconds / kHalvedAfterSeconds);
  call_count_ *= left;
  served_count_ *= left;
}

bool Throttle::Lets(Clock::time_point now, double draw) {
  const std::lock_guard lock(mutex_);
  Forget(now);
  const double too_many = call_count_ - kSentForServed * served_count_ - kCallsAlwaysSent;
  if (draw * (call_count_ + 1) >= too_many) return true;
  ++call_count_;
  return false;
}

void Throttle::Ended(Clock::time_point now, bool served) {
  const std::lock_guard lock(mutex_);
  Forget(now);
  ++call_count_;
  served_count_ += served ? 1 : 0;
}

}  // namespace radyab::client
