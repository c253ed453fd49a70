// Small questions about things and faults. Inside the library.
#pragma once

#include <algorithm>
#include <vector>

#include "clients/warehouse/session_values.h"
#include "clients/warehouse/verdict.h"

namespace radyab::warehouse {

// There is one of it only.
inline bool IsPiece(Thing thing) { return thing == Thing::kUnit || thing == Thing::kContainer; }

inline bool Has(const std::vector<VerdictKind>& faults, VerdictKind kind) {
  return std::ranges::find(faults, kind) != faults.end();
}

}  // namespace radyab::warehouse
