#include "clients/cpp/throttle.h"

#include <algorithm>
#include <cmath>

namespace radyab::client {
namespace {

constexpr double kWindowFirst = 32, kWindowMin = 1, kWindowMax = 10'000;
constexpr double kNarrowedTo = 0.7;
// What was sent before a cut still comes back late after it, and is no reason for another.
constexpr auto kCutInterval = std::chrono::milliseconds(100);
constexpr auto kWidensFastAgainAfter = std::chrono::seconds(10);

constexpr double kCallsAlwaysSent = 10;  // of the last second, beside those served
constexpr double kHalvedAfterSeconds = 0.5;
// As much as is sent for one call served: hardly more than one where calls that were sent failed,
// two where all were served, so that it takes half a second and not five to come back.
constexpr double kLeastForServed = 1.02, kMostForServed = 2;
constexpr double kServedWell = 0.95;  // of those sent; below it the least is sent

double SentForServed(double sent_count, double served_count) {
  if (sent_count <= kCallsAlwaysSent) return kMostForServed;
  const double well = (served_count / sent_count - kServedWell) / (1 - kServedWell);
  return std::lerp(kLeastForServed, kMostForServed, std::clamp(well, 0.0, 1.0));
}

}  // namespace

Throttle::Throttle() : window_(kWindowFirst) {}

void Throttle::Forget(Clock::time_point now) {
  const double seconds = std::chrono::duration<double>(now - last_).count();
  last_ = now;
  const double left = std::exp2(-seconds / kHalvedAfterSeconds);
  call_count_ *= left;
  sent_count_ *= left;
  served_count_ *= left;
}

bool Throttle::RateLets(double draw) const {
  const double sent_for_served = SentForServed(sent_count_, served_count_);
  const double too_many = call_count_ - sent_for_served * served_count_ - kCallsAlwaysSent;
  return draw * (call_count_ + 1) >= too_many;
}

bool Throttle::HasRoom() const { return static_cast<double>(on_the_way_) < std::floor(window_); }

bool Throttle::Lets(Clock::time_point now, double draw) {
  const std::lock_guard lock(mutex_);
  Forget(now);
  return LetsOne(draw);
}

bool Throttle::LetsBy(Clock::time_point until, double draw) {
  std::unique_lock lock(mutex_);
  room_.wait_until(lock, until, [this] { return HasRoom(); });
  Forget(Clock::now());
  const bool lets = LetsOne(draw);
  if (!lets && HasRoom()) room_.notify_one();  // the place is for another
  return lets;
}

bool Throttle::LetsOne(double draw) {
  if (!HasRoom()) return false;
  if (!RateLets(draw)) {
    ++call_count_;
    return false;
  }
  ++on_the_way_;
  if (!HasRoom()) widening_count_ = on_the_way_;
  return true;
}

void Throttle::Widen() {
  if (widening_count_ == 0) return;  // it was not what held calls back
  --widening_count_;
  window_ = std::min(kWindowMax, window_ + (was_narrowed_ ? 1 / window_ : 1));
}

void Throttle::Narrow(Clock::time_point now) {
  if (was_narrowed_ && now - narrowed_ < kCutInterval) return;
  was_narrowed_ = true;
  narrowed_ = now;
  widening_count_ = 0;
  window_ = std::max(kWindowMin, window_ * kNarrowedTo);
}

void Throttle::Ended(Clock::time_point now, CallEnd end) {
  const std::lock_guard lock(mutex_);
  Forget(now);
  if (was_narrowed_ && now - narrowed_ > kWidensFastAgainAfter) was_narrowed_ = false;
  if (end == CallEnd::kServed) Widen();
  if (end == CallEnd::kNotServed) Narrow(now);
  --on_the_way_;
  room_.notify_one();
  if (end == CallEnd::kServed) room_.notify_one();  // the window may be wider by one
  if (end == CallEnd::kUnknown) return;
  ++call_count_;
  ++sent_count_;
  served_count_ += end == CallEnd::kServed ? 1 : 0;
}

std::size_t Throttle::window() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(window_);
}

}  // namespace radyab::client
