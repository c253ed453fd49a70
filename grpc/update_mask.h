// Update masks: which fields of a resource a call changes.
#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/field_mask.pb.h"

namespace radyab::rpc {

// The paths of `mask`. INVALID_ARGUMENT: MISSING_FIELD for an empty mask, UNKNOWN_FIELD naming the
// path that is not among `changeable`. "*" is no path: a client that does not know a field shall
// not clear it.
absl::StatusOr<std::set<std::string>> FieldsToChange(
    const google::protobuf::FieldMask& mask, std::initializer_list<std::string_view> changeable);

}  // namespace radyab::rpc
