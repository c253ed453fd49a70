#include "registry/search/name_indexer.h"

#include <utility>

#include "registry/search/index_upkeep.h"

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
  const auto begun = steady_clock::now();
  const auto more = Step();
  const absl::Status& status = more.status();
  const bool busy = absl::IsResourceExhausted(status) || absl::IsAborted(status);
  if (!more.ok() && !busy) {
    if (on_fault_) on_fault_(status);
    return std::nullopt;
  }
  if (more.ok() && *more) return steady_clock::now() - begun;
  return interval;
}

absl::StatusOr<bool> NameIndexer::Step() {
  bool work = false;
  auto read = store_.Read([&](storage::ReadTransaction& transaction) {
    auto has_work = HasWork(transaction);
    if (has_work.ok()) work = *has_work;
    return has_work.status();
  });
  if (!read.ok()) return read;
  if (!work) return false;
  bool more = false;
  auto written = store_.Write([&](storage::WriteTransaction& transaction) {
    auto step = IndexSome(transaction, environment_);
    if (step.ok()) more = step->more;
    return step.status();
  });
  if (!written.ok()) return written;
  return more;
}

}  // namespace radyab::search
