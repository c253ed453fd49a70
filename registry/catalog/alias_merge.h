// What becomes of the aliases of a code that is merged into another.
#pragma once

#include "absl/status/status.h"
#include "coding/code.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// Moves the live aliases of `from` to `to`, a code of the same kind: the history of `from` ends,
// that of `to` begins, and the alias leads to `to`. What `to` may not bear stays with `from`, whose
// successor leads on: aliases private to another member, ids of the other kind of party, and GTINs
// of another generic item. RESOURCE_EXHAUSTED (LIMIT_EXCEEDED) when `to` has no room for them all.
absl::Status MoveAliases(storage::WriteTransaction& transaction, coding::Code from,
                         coding::Code to);

}  // namespace radyab::catalog
