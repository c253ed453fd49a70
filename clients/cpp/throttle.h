// Holds calls back while the server cannot serve them: a server that must answer many calls with a
// refusal has no time left for the others. Two bounds, for two ways of being too much:
//
// - so many calls on the way at a time. The window grows with every call that is served, is cut
//   when calls are turned away or come too late, and grows slowly from then on, as TCP does
//   (RFC 5681). Without it all callers send at once, and the server has seconds of work before
//   anybody learns that it is too much.
// - so many a second. Of the calls of about the last second some were served and some not,
//   held-back ones among the latter; only a little more than was served is sent ("Handling
//   Overload" in Site Reliability Engineering, 2016, chapter 21). Without it a server that turns
//   everything away at once would be asked without end.
//
// A caller whose calls are served, or who makes few, never hears of either: at most he waits until
// one of very many calls at once is over.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace radyab::client {

// What came of a call that was sent.
enum class CallEnd {
  kServed,     // or refused for what it says
  kNotServed,  // turned away, or too late
  kUnknown     // the server is not there, or the caller left: says nothing of how busy it is
};

// Thread safe.
class Throttle {
 public:
  using Clock = std::chrono::steady_clock;

  Throttle();

  // Whether a call may be sent at `now`; `draw` is a fresh random number from 0 to below 1. A call
  // that is held back is not to be sent, and not to be told of. One that is sent counts as on the
  // way until Ended.
  bool Lets(Clock::time_point now, double draw);
  // The same, but a call that finds the window full waits for room in it, at most until then.
  bool LetsBy(Clock::time_point until, double draw);
  // A call that was sent is over.
  void Ended(Clock::time_point now, CallEnd end);

  // Calls that may be on the way at a time, at this moment.
  std::size_t window() const;

 private:
  void Forget(Clock::time_point now);
  bool HasRoom() const;
  bool LetsOne(double draw);
  bool RateLets(double draw) const;
  void Widen();
  void Narrow(Clock::time_point now);

  mutable std::mutex mutex_;
  std::condition_variable room_;
  Clock::time_point last_;
  double call_count_ = 0, sent_count_ = 0, served_count_ = 0;  // decayed; held back: not sent
  std::size_t on_the_way_ = 0;
  double window_;
  std::size_t widening_count_ = 0;  // of the calls that filled the window: so many may widen it
  bool was_narrowed_ = false;
  Clock::time_point narrowed_;
};

}  // namespace radyab::client
