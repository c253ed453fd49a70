// How long a change that comes now is likely to wait, worked out from what the last groups took.
#pragma once

#include <chrono>
#include <cstddef>

namespace radyab::storage {

// A group costs so much in itself (its beginning, and the commit with its sync) and so much for
// each of its bodies. Both are followed as means that forget: the last five groups count for two
// thirds. Not thread safe.
class QueuePace {
 public:
  using Clock = std::chrono::steady_clock;
  using Duration = Clock::duration;

  // A group takes at most `group_body_count_max` bodies.
  explicit QueuePace(std::size_t group_body_count_max)
      : group_body_count_max_(group_body_count_max) {}

  void GroupBegins(Clock::time_point now);
  // `bodies_took` of the time since its beginning went to its `body_count` bodies.
  void GroupEnds(Clock::time_point now, std::size_t body_count, Duration bodies_took);

  // Until a body with `ahead` others before it would begin, counted from `now`. A running group is
  // thought to last as its like did, and once it has lasted longer, as long again.
  Duration WaitBehind(std::size_t ahead, Clock::time_point now) const;

 private:
  const std::size_t group_body_count_max_;
  Duration group_cost_{0};
  Duration body_cost_{0};
  Duration whole_{0};  // of a group with its bodies
  bool running_ = false;
  Clock::time_point begun_;
};

}  // namespace radyab::storage
