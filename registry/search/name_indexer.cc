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
  auto step = Step();
  const absl::Status& status = step.status();
  const bool busy = absl::IsResourceExhausted(status) || absl::IsAborted(status);
  if (!step.ok() && !busy) {
    if (on_fault_) on_fault_(status);
    return std::nullopt;
  }
  if (step.ok() && step->more) return kRestOfWrite * step->write_time;
  return interval;
}

absl::StatusOr<IndexStep> NameIndexer::Step() {
  // A step that could not be written need not be prepared.
  auto room = store_.CheckQueue(steady_clock::time_point::max());
  if (!room.ok()) return room;
  return IndexSome(store_, environment_);
}

}  // namespace radyab::search
