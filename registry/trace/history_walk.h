// Walks the history of one object backwards: its own events and, while it was inside containers,
// those of the containers around it.
//
// Packing and unpacking is done at containers that are in none themselves, so going back past an
// UNPACK puts the thing into a container that stood alone then, and going back past a PACK takes it
// out again. A lot can be in many containers at once; amounts tell when the last of it was outside.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "coding/decimal_quantity.h"
#include "radyab/v1/trace.pb.h"
#include "registry/storage/store.h"

namespace radyab::trace {

// One event of the history, told once: of the object itself if it was named, else of the container.
struct PastStep {
  std::uint64_t sequence = 0;
  std::string object;  // object key
  v1::Event event;
};

// How far walks may go, together: steps of the history, and containers around the object now.
class StepBudget {
 public:
  explicit StepBudget(std::size_t steps_max) : steps_max_(steps_max), steps_left_(steps_max) {}
  // RESOURCE_EXHAUSTED (LIMIT_EXCEEDED) when none is left.
  absl::Status Take();
  // Whether a step was wanted that was not left.
  bool spent() const { return spent_; }

 private:
  std::size_t steps_max_;
  std::size_t steps_left_;
  bool spent_ = false;
};

// Reads one index row and one event a step, and at most three rows for each container around the
// object now; each of these takes one of `budget`, of a lot in containers one more for each it is
// directly in. A walk whose budget is spent goes no further. Lives within one transaction; one
// thread.
class HistoryWalk {
 public:
  HistoryWalk(storage::ReadTransaction& transaction, std::string object_key, StepBudget& budget)
      : transaction_(transaction), root_(std::move(object_key)), budget_(budget) {}
  // The latest step not told yet, or nothing after the first event. LIMIT_EXCEEDED when the budget
  // is spent.
  absl::StatusOr<std::optional<PastStep>> Next();

 private:
  // An object whose events belong to the history at the moment the walk has reached.
  struct Node {
    std::uint64_t head = 0;                          // its next event; 0: none left
    std::map<std::string, coding::Decimal> parents;  // containers it is directly in, how much of it
    int child_count = 0;
  };

  absl::Status Begin();
  absl::Status BeginLot();
  absl::Status FollowUp(std::string child);
  absl::Status SetHead(const std::string& key, Node& node, std::uint64_t before);
  absl::Status Link(const std::string& child, const std::string& parent,
                    const coding::Decimal& amount, std::uint64_t before);
  absl::Status Unlink(const std::string& child, const std::string& parent,
                      const coding::Decimal& amount);
  void Drop(const std::string& key);
  std::string Innermost(const v1::Event& event, const std::set<std::string>& named) const;
  absl::Status Undo(const v1::Event& event, std::uint64_t sequence);

  storage::ReadTransaction& transaction_;
  std::string root_;
  StepBudget& budget_;
  bool begun_ = false;
  std::map<std::string, Node> nodes_;
  std::set<std::pair<std::uint64_t, std::string>> heads_;
};

// The object key of a word that stands in a stored event.
absl::StatusOr<std::string> StoredKey(const std::string& word, std::uint64_t event);

}  // namespace radyab::trace
