#include "registry/storage/queue_pace.h"

#include <algorithm>

namespace radyab::storage {
namespace {

constexpr int kForget = 5;  // a new figure moves the mean by a fifth of the difference

void Follow(QueuePace::Duration& mean, QueuePace::Duration seen) {
  mean = mean == QueuePace::Duration::zero() ? seen : mean + (seen - mean) / kForget;
}

}  // namespace

void QueuePace::GroupBegins(Clock::time_point now) {
  running_ = true;
  begun_ = now;
}

void QueuePace::GroupEnds(Clock::time_point now, std::size_t body_count, Duration bodies_took) {
  running_ = false;
  if (body_count == 0) return;
  Follow(body_cost_, bodies_took / static_cast<Duration::rep>(body_count));
  Follow(group_cost_, now - begun_ - bodies_took);
  Follow(whole_, now - begun_);
}

QueuePace::Duration QueuePace::WaitBehind(std::size_t ahead, Clock::time_point now) const {
  Duration running{0};
  if (running_) {
    const Duration lasted = now - begun_;
    running = lasted < whole_ ? whole_ - lasted : lasted;
  }
  const auto groups = static_cast<Duration::rep>(ahead / group_body_count_max_);
  return running + groups * group_cost_ + static_cast<Duration::rep>(ahead) * body_cost_;
}

}  // namespace radyab::storage
