// Keeps the search index up while the registry is open.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/environment.h"
#include "registry/search/index_upkeep.h"
#include "registry/storage/quiet_thread.h"
#include "registry/storage/store.h"

namespace radyab::search {

// So long names are gathered while few come: lists are written once for all names of a step.
inline constexpr std::chrono::milliseconds kIndexInterval{100};

// While names wait and others write too, the rest behind a change of the indexer's, in times of
// that change: others have the committer for three quarters of the time. The calls of a burst go
// before its names, which a search finds among the notes. When nobody else wrote since the change
// before, there is no rest.
inline constexpr int kRestOfWrite = 3;

// It puts steps together on a thread of low priority. Destroyed before its store.
class NameIndexer {
 public:
  // `on_fault` is told, on the indexer's thread, why it gave up: a name cannot be read, or the
  // store failed. A store that is only busy is tried again. What is left when it ends waits for the
  // next start.
  using OnFault = std::function<void(const absl::Status&)>;
  NameIndexer(storage::Store& store, const Environment& environment, OnFault on_fault,
              std::chrono::milliseconds interval = kIndexInterval);

 private:
  std::optional<std::chrono::nanoseconds> Round(std::chrono::milliseconds interval);
  // The rest behind it.
  absl::StatusOr<std::chrono::nanoseconds> Step(std::chrono::milliseconds interval);

  storage::Store& store_;
  const Environment& environment_;
  const OnFault on_fault_;
  std::optional<IndexPlan> plan_;    // the step that is being written
  std::uint64_t last_sequence_ = 0;  // of its last change
  storage::QuietThread thread_;      // last: starts when all else is there
};

}  // namespace radyab::search
