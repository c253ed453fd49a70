// How rows of a fold go into an LMDB file so that its pages fill up.
//
// LMDB halves a full page when a row is put into the middle of it, and leaves it full only when the
// row goes to its end. Keys of most families rise, but behind the last of each family lie the rows
// of the next one: a long run of new rows would be put before those and leave every page half
// empty. So what lies behind in the same page is taken out, the run is put at the end of the page,
// and what was taken out comes back behind it.
#pragma once

#include <span>

#include "absl/status/status.h"
#include "registry/storage/row_run.h"

struct MDB_txn;

namespace radyab::storage {

// Puts and deletes `rows`, in key order, in `writing`, which has changed nothing in `table` at or
// behind the first of them. `before` is a snapshot of what `writing` began with.
absl::Status FillPages(MDB_txn* before, MDB_txn* writing, unsigned table,
                       std::span<const RowView> rows);

}  // namespace radyab::storage
