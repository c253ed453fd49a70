// Every place where goods of one lot are now.
#pragma once

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "coding/decimal_quantity.h"
#include "registry/storage/store.h"
#include "registry/trace/containment.h"
#include "registry/trace/viewer.h"

namespace radyab::trace {

// An amount of goods in one place.
struct Holding {
  Whereabouts where;
  coding::Decimal amount;
  std::string unit;       // of measure
  std::string piece;      // object key of the unit; empty for a quantity of the lot
  std::string container;  // object key of the outermost container; empty: none
  std::string place;
  std::uint64_t event = 0;
  std::int64_t first_us = 0;
  std::int64_t last_us = 0;
};

// Visits the loose stock, what is in containers and the units, in this order; a visitor that fails
// ends it. Reads one row a loose stock, two a packed quantity or unit, and one a container around
// them. RESOURCE_EXHAUSTED (LIMIT_EXCEEDED) above kTraceUnitsMax holdings.
absl::Status VisitLotHoldings(storage::ReadTransaction& transaction, std::string_view lot,
                              Containment& containment,
                              absl::FunctionRef<absl::Status(const Holding&)> visit);

// The one holding of a unit or container.
absl::StatusOr<Holding> HoldingOfPiece(storage::ReadTransaction& transaction, std::string_view key,
                                       Containment& containment);

}  // namespace radyab::trace
