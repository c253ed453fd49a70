#include "registry/fault_list.h"

namespace radyab {

void FaultList::Add(std::string_view field, std::string_view description, Reason reason) {
  if (faults_.empty()) first_reason_ = reason;
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
  return RefuseFields(faults_, first_reason_, first_metadata_);
}

}  // namespace radyab
