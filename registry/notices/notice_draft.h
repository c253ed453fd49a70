// A notice as a caller gave it, checked field by field and brought to its one canonical form.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "radyab/v1/notice.pb.h"
#include "registry/fault_list.h"
#include "registry/storage/store.h"

namespace radyab::notices {

inline constexpr std::size_t kNumberCharactersMax = 64;
inline constexpr std::size_t kReferenceCharactersMax = 100;

// Number, reference and times of `wanted` into `header`.
void ReadHeader(const v1::ShippingNotice& wanted, v1::ShippingNotice& header, FaultList& faults);
// The fields that may be changed later; `header` has them already.
void CheckChangeable(const v1::ShippingNotice& header, FaultList& faults);

// The lines of `wanted`, whose items must be there. Faults are at `lines[3].object` and the like.
// Fails only when the store does.
absl::StatusOr<std::vector<v1::ShippingNoticeLine>> ReadGivenLines(
    storage::ReadTransaction& transaction, const v1::ShippingNotice& wanted, FaultList& faults);

// What the lines are.
v1::ShippingNoticeCounts CountLines(const std::vector<v1::ShippingNoticeLine>& lines);

}  // namespace radyab::notices
