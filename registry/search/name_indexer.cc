#include "registry/search/name_indexer.h"

#include <utility>

namespace radyab::search {

using std::chrono::steady_clock;

NameIndexer::NameIndexer(storage::Store& store, const Environment& environment, OnFault on_fault,
                         std::chrono::milliseconds interval)
    : store_(store),
      environment_(environment),
      on_fault_(std::move(on_fault)),
      thread_("name-indexer", std::chrono::nanoseconds(0),
              [this, interval] { return Round(interval); }) {}

std::optional<std::chrono::nanoseconds> NameIndexer::Round(std::chrono::milliseconds interval) {
  auto rest = Step(interval);
  if (rest.ok()) return *rest;
  plan_.reset();
  const bool busy = absl::IsResourceExhausted(rest.status()) || absl::IsAborted(rest.status());
  if (busy) return interval;
  if (on_fault_) on_fault_(rest.status());
  return std::nullopt;
}

absl::StatusOr<std::chrono::nanoseconds> NameIndexer::Step(std::chrono::milliseconds interval) {
  // What could not be written need not be prepared.
  auto room = store_.CheckQueue(steady_clock::time_point::max());
  if (!room.ok()) return room;
  if (!plan_.has_value()) {
    auto plan = PlanIndexStep(store_, environment_);
    if (!plan.ok()) return plan.status();
    if (plan->written) return interval;
    plan_ = *std::move(plan);
  }
  auto part = WritePart(store_, *plan_);
  if (!part.ok()) return part.status();
  const bool alone = part->sequence == last_sequence_ + 1;
  last_sequence_ = part->sequence;
  const bool ended = plan_->written && !plan_->more;
  if (plan_->written) plan_.reset();
  if (ended) return interval;
  return alone ? std::chrono::nanoseconds(0) : kRestOfWrite * part->time;
}

}  // namespace radyab::search
