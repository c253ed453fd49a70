// Collects every fault of a request, so that the caller hears of all of them at once.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "registry/reason.h"

namespace radyab {

// As many faults are kept and told; the rest is counted (metadata `faults`: how many in all).
inline constexpr std::size_t kFaultsMax = 20;

// Field faults are kept; any other refusal (a missing thing, a failing store) is kept whole and
// wins. Not thread safe.
class FaultList {
 public:
  void Add(std::string_view field, std::string_view description,
           Reason reason = Reason::kInvalidField);
  // Takes over the field faults of `status` with `prefix` before their paths; OK adds nothing.
  void AddAll(const absl::Status& status, std::string_view prefix = "");
  // OK when nothing was added. Reason and metadata of several faults are those of the first.
  absl::Status status() const;
  bool empty() const { return other_.ok() && faults_.empty(); }

 private:
  Reason first_reason_ = Reason::kInvalidField;
  std::map<std::string, std::string> first_metadata_;
  std::vector<FieldFault> faults_;
  std::size_t fault_count_ = 0;  // those not kept too
  absl::Status other_ = absl::OkStatus();
};

}  // namespace radyab
