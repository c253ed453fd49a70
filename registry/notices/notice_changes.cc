// UpdateNotice, CloseNotice, CancelNotice.
#include "registry/catalog/life.h"
#include "registry/notices/notice_arrivals.h"
#include "registry/notices/notice_draft.h"
#include "registry/notices/notice_registry.h"
#include "registry/notices/notice_row.h"
#include "registry/reason.h"
#include "registry/stamp.h"

namespace radyab::notices {
namespace {

std::string StateName(v1::ShippingNoticeState state) {
  constexpr std::string_view kPrefix = "SHIPPING_NOTICE_STATE_";
  const std::string& name = v1::ShippingNoticeState_Name(state);
  return name.empty() ? std::to_string(state) : name.substr(kPrefix.size());
}

absl::Status RequireOpen(const FoundNotice& notice) {
  const v1::ShippingNotice& header = notice.header;
  if (header.state() == v1::SHIPPING_NOTICE_STATE_OPEN) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kIllegalTransition,
                header.name() + " is " + StateName(header.state()) + "; only an OPEN one changes",
                {{"resource", header.name()}, {"state", StateName(header.state())}});
}

absl::StatusOr<v1::ShippingNotice> Write(storage::WriteTransaction& transaction,
                                         FoundNotice& notice) {
  Stamp(transaction, notice.header);
  if (auto status = ChangeNotice(transaction, notice); !status.ok()) return status;
  return std::move(notice.header);
}

absl::StatusOr<v1::ShippingNotice> End(storage::WriteTransaction& transaction, FoundNotice& notice,
                                       v1::ShippingNoticeState state, const std::string& reason) {
  auto last_event = LastEventName(transaction);
  if (!last_event.ok()) return last_event.status();
  notice.header.set_state(state);
  notice.header.set_state_reason(reason);
  *notice.header.mutable_state_time() = TimestampOf(transaction.record_time_us());
  notice.header.set_arrivals_until(*last_event);
  return Write(transaction, notice);
}

absl::Status CheckVersion(const FoundNotice& notice, const std::string& etag) {
  auto status = CheckEtag(etag, notice.header.etag(), notice.header.name());
  return status.ok() ? RequireOpen(notice) : status;
}

}  // namespace

const std::vector<std::string>& ChangeableFields() {
  static const std::vector<std::string> kFields = {"ship_time", "expected_arrival", "reference"};
  return kFields;
}

absl::StatusOr<v1::ShippingNotice> UpdateNotice(storage::WriteTransaction& transaction,
                                                const access::Caller& caller,
                                                const v1::ShippingNotice& wanted,
                                                const std::set<std::string>& fields) {
  auto notice = FindOwnNotice(transaction, caller, wanted.name());
  if (!notice.ok()) return notice.status();
  if (auto status = CheckVersion(*notice, wanted.etag()); !status.ok()) return status;
  v1::ShippingNotice& header = notice->header;
  if (fields.contains("reference")) header.set_reference(wanted.reference());
  if (fields.contains("ship_time")) {
    header.clear_ship_time();
    if (wanted.has_ship_time()) *header.mutable_ship_time() = wanted.ship_time();
  }
  if (fields.contains("expected_arrival")) {
    header.clear_expected_arrival();
    if (wanted.has_expected_arrival()) {
      *header.mutable_expected_arrival() = wanted.expected_arrival();
    }
  }
  FaultList faults;
  CheckChangeable(header, faults);
  if (!faults.empty()) return faults.status();
  return Write(transaction, *notice);
}

absl::StatusOr<v1::ShippingNotice> CloseNotice(storage::WriteTransaction& transaction,
                                               const access::Caller& caller, const NoticeEnd& end) {
  auto notice = FindNotice(transaction, caller, end.name);
  if (!notice.ok()) return notice.status();
  if (auto status = CheckVersion(*notice, end.etag); !status.ok()) return status;
  auto lines = ReadLines(transaction, notice->sequence);
  if (!lines.ok()) return lines.status();
  auto arrived = AddArrivals(transaction, *notice, *lines);
  if (!arrived.ok()) return arrived.status();
  if (arrived->outstanding > 0 && end.reason.empty()) {
    return RefuseField("reason",
                       "missing; " + std::to_string(arrived->outstanding) + " of " +
                           std::to_string(lines->size()) +
                           " lines are outstanding: say why nothing more is awaited",
                       Reason::kMissingField);
  }
  if (!end.reason.empty()) {
    if (auto status = catalog::CheckReason(end.reason); !status.ok()) return status;
  }
  return End(transaction, *notice,
             arrived->outstanding > 0 ? v1::SHIPPING_NOTICE_STATE_CLOSED
                                      : v1::SHIPPING_NOTICE_STATE_RECEIVED,
             end.reason);
}

absl::StatusOr<v1::ShippingNotice> CancelNotice(storage::WriteTransaction& transaction,
                                                const access::Caller& caller,
                                                const NoticeEnd& end) {
  auto notice = FindOwnNotice(transaction, caller, end.name);
  if (!notice.ok()) return notice.status();
  if (auto status = CheckVersion(*notice, end.etag); !status.ok()) return status;
  if (auto status = catalog::CheckReason(end.reason); !status.ok()) return status;
  return End(transaction, *notice, v1::SHIPPING_NOTICE_STATE_CANCELLED, end.reason);
}

}  // namespace radyab::notices
