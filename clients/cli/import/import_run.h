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

// Sends every row of `source` that has no fault and reports the verdict of each row in order. Items
// and events go as a stream, the others one call a row. Rows without a request_id get one of `ids`,
// or none when it is null (then the library gives a random one). An error means that the import
// ended early; the verdicts that were reported stand.
std::optional<client::ClientError> SendRows(
    const ImportPlan& plan, const std::shared_ptr<const client::Connection>& connection,
    RowSource& source, RowIds* ids, VerdictReport& report);

}  // namespace radyab::cli
