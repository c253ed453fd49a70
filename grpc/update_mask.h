// Update masks: which fields of a resource a call changes.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace radyab::rpc {

inline constexpr int kMaskPathsMax = 100;

// The paths of `mask`. INVALID_ARGUMENT: MISSING_FIELD for an empty mask, LIMIT_EXCEEDED above
// kMaskPathsMax, UNKNOWN_FIELD naming the path that is not among `changeable`. "*" is no path: a
// client that does not know a field shall not clear it.
absl::StatusOr<std::set<std::string>> FieldsToChange(const google::protobuf::FieldMask& mask,
                                                     const std::vector<std::string>& changeable);

// The update_mask of a request; an empty one when its type has none.
const google::protobuf::FieldMask& MaskOf(const google::protobuf::Message& request);

}  // namespace radyab::rpc
