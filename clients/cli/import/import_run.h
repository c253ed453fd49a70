// Sending the rows of a file, as a stream or one by one.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "clients/cli/import/row_ids.h"
#include "clients/cli/import/row_source.h"
#include "clients/cli/import/verdict_report.h"
#include "clients/cpp/connection.h"

namespace radyab::cli {

// How rows are sent.
struct Sending {
  RowIds* ids = nullptr;  // of rows without a request_id; null: the library gives random ones
  bool dry_run = false;   // they are only checked; see CanBeTried
};

// Whether rows of this kind can be checked without being registered.
bool CanBeTried(const ImportPlan& plan);

// Sends every row of `source` that has no fault and reports the verdict of each row in order. Items
// and events go as a stream, the others one call a row. An alias that its code bears already is a
// duplicate. Faults of a table are told by its columns. In a dry run two rows that claim the same
// number are not both acceptable (tried_rows.h), and a class whose parent is only in the file,
// accepted, is taken for acceptable. An error means that the import ended early; the verdicts that
// were reported stand.
std::optional<client::ClientError> SendRows(
    const ImportPlan& plan, const std::shared_ptr<const client::Connection>& connection,
    RowSource& source, const Sending& sending, VerdictReport& report);

}  // namespace radyab::cli
