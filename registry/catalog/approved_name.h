// The approved name of an item or service: what the pattern of its class makes of its attributes.
#pragma once

#include "absl/status/statusor.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"
#include "registry/catalog/class_lineage.h"

namespace radyab::catalog {

inline constexpr std::size_t kApprovedNameCharactersMax = 400;

using Attributes = google::protobuf::RepeatedPtrField<v1::Attribute>;

// In each language that the nearest pattern has; empty when neither the class nor one above it has
// a pattern. {base} is the class's name, in the other language where it has none in this one.
// Values of a CHOICE go by their names; in Persian, numbers are written with Persian digits and
// U+066B as decimal separator. Refuses (INVALID_FIELD of `attributes`) a name that would be longer
// than kApprovedNameCharactersMax. Any thread.
absl::StatusOr<v1::LocalizedText> ApprovedName(const Lineage& lineage,
                                               const Attributes& attributes);

}  // namespace radyab::catalog
