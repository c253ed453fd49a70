#include "grpc/import_group.h"

#include <utility>

#include "grpc/call_start.h"
#include "grpc/request_bytes.h"
#include "grpc/status_conversion.h"
#include "registry/storage/row_overlay.h"

namespace radyab::rpc {
namespace {

v1::RowVerdict Refused(const Method& method, const absl::Status& status) {
  v1::RowVerdict verdict;
  verdict.set_outcome(v1::ROW_OUTCOME_REFUSED);
  for (v1::RowFault& fault : ToRowFaults(status, method.descriptor->input_type())) {
    *verdict.add_faults() = std::move(fault);
  }
  return verdict;
}

// One row, a part of its group. The kept answer of a row with a request_id is its first verdict; a
// retry finds it and changes nothing, which makes the row a duplicate.
absl::StatusOr<v1::RowVerdict> RunRow(const Serving& serving, const Method& method,
                                      const ImportGroup& group, std::size_t index,
                                      storage::WriteTransaction& part) {
  const ImportRow& row = group.rows[index];
  if (row.message == nullptr) return row.fault;
  access::ChangeRequest change = row.change;
  change.caller = group.caller;
  change.number = static_cast<std::uint32_t>(index);
  bool ran = false;
  auto answer = access::RunChange(
      part, serving.environment, change,
      [&](storage::WriteTransaction& inner) -> absl::StatusOr<access::ChangeAnswer> {
        ran = true;
        auto done = method.row({inner, serving.environment, group.caller, {}}, *row.message);
        if (!done.ok()) return done.status();
        v1::RowVerdict verdict;
        verdict.set_outcome(done->duplicate ? v1::ROW_OUTCOME_DUPLICATE : v1::ROW_OUTCOME_ACCEPTED);
        verdict.set_name(done->name);
        return access::ChangeAnswer{done->duplicate ? "" : done->name, verdict.SerializeAsString()};
      });
  if (!answer.ok()) return answer.status();
  v1::RowVerdict verdict;
  verdict.ParseFromString(*answer);
  if (!ran) verdict.set_outcome(v1::ROW_OUTCOME_DUPLICATE);
  return verdict;
}

// Whether the row is not too large when nothing is written beside it. Takes the row twice, which
// few rows need.
bool FitsAlone(const Serving& serving, const Method& method, const ImportGroup& group,
               std::size_t index, storage::WriteTransaction& transaction) {
  storage::RowOverlay alone(transaction);
  RunRow(serving, method, group, index, alone).IgnoreError();
  return !alone.overflowed();
}

}  // namespace

ImportRow ReadRow(const Environment& environment, const Method& method, std::int64_t number,
                  const grpc::ByteBuffer& bytes) {
  ImportRow row;
  row.number = number;
  row.bytes = bytes.Length();
  auto message = ReadMessage(bytes, *method.request);
  if (message.ok()) {
    row.change = ChangeOf(environment, method, **message);
    row.message = *std::move(message);
  } else {
    row.fault = message.status();
  }
  return row;
}

absl::Status RunImportGroup(const Serving& serving, const Method& method, ImportGroup& group,
                            storage::WriteTransaction& transaction) {
  group.verdicts.clear();
  for (std::size_t index = 0; index < group.rows.size(); ++index) {
    storage::RowPart part(transaction);
    auto verdict = RunRow(serving, method, group, index, part.rows());
    const ImportRow& row = group.rows[index];
    if (!verdict.ok() && part.overflowed() && index > 0) {
      part.TakeBack();
      // Then it is the first of the next group, where it has all the room there is.
      if (FitsAlone(serving, method, group, index, transaction)) return absl::OkStatus();
    }
    if (verdict.ok() && row.message != nullptr && IsToValidateOnly(*row.message)) {
      // The part is all that it did.
    } else if (verdict.ok()) {
      if (auto status = part.Keep(); !status.ok()) return status;
    } else if (IsStoreFault(verdict.status())) {
      return verdict.status();
    } else {
      verdict = Refused(method, verdict.status());
    }
    verdict->set_row(group.rows[index].number);
    group.verdicts.push_back(*std::move(verdict));
  }
  return absl::OkStatus();
}

}  // namespace radyab::rpc
