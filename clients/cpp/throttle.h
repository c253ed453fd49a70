// Holds calls back while the server cannot serve them: a server that must answer many calls with a
// refusal has no time left for the others.
//
// Of the calls of about the last second some were served and some not, held-back ones among the
// latter. Only a little more than was served is sent, so that the server is kept busy and better
// times are noticed ("Handling Overload" in Site Reliability Engineering, 2016, chapter 21). A
// caller whose calls are served, or who makes few, never hears of it.
#pragma once

#include <chrono>
#include <mutex>

namespace radyab::client {

// Thread safe.
class Throttle {
 public:
  using Clock = std::chrono::steady_clock;

  // Whether a call may be sent at `now`; `draw` is a fresh random number from 0 to below 1. A call
  // that is held back is not to be sent, and not to be told of.
  bool Lets(Clock::time_point now, double draw);
  // A call that was sent is over: it was served (or refused for what it says), or it was not:
  // turned away, or too late.
  void Ended(Clock::time_point now, bool served);

 private:
  void Forget(Clock::time_point now);

  std::mutex mutex_;
  Clock::time_point last_;
  double call_count_ = 0, served_count_ = 0;
};

}  // namespace radyab::client
