#include "registry/fault_list.h"

#include <utility>

namespace radyab {

void FaultList::Add(std::string_view field, std::string_view description, Reason reason) {
  if (faults_.empty()) first_reason_ = reason;
  ++fault_count_;
  if (faults_.size() < kFaultsMax)
    faults_.push_back({std::string(field), std::string(description)});
}

void FaultList::AddAll(const absl::Status& status, std::string_view prefix) {
  if (status.ok()) return;
  const auto detail = ReasonOf(status);
  if (!detail || detail->fields.empty()) {
    if (other_.ok()) other_ = status;
    return;
  }
  if (faults_.empty()) first_metadata_ = detail->metadata;
  for (const FieldFault& fault : detail->fields) {
    Add(std::string(prefix) + fault.field, fault.description, detail->reason);
  }
}

absl::Status FaultList::status() const {
  if (!other_.ok()) return other_;
  if (faults_.empty()) return absl::OkStatus();
  auto metadata = first_metadata_;
  if (fault_count_ > faults_.size()) metadata["faults"] = std::to_string(fault_count_);
  return RefuseFields(faults_, first_reason_, std::move(metadata));
}

}  // namespace radyab
