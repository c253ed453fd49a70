#include "registry/cases/case_timeline.h"

#include "registry/access/sealed_part.h"
#include "registry/cases/case_registry.h"
#include "registry/page_scan.h"
#include "registry/reason.h"
#include "registry/stamp.h"

namespace radyab::cases {
namespace {

std::string ReasonContext(int number) { return "timeline/" + std::to_string(number); }
std::string TextContext(int number) { return "response/" + std::to_string(number); }

absl::StatusOr<v1::TimelineEntry> OpenEntry(storage::ReadTransaction& transaction,
                                            const Environment& environment, const FoundCase& found,
                                            const records::TimelineRecord& row) {
  v1::TimelineEntry entry = row.entry();
  if (found.view != CaseView::kFull || !row.has_reason()) return entry;
  auto reason = access::OpenFor(transaction, environment, found.code, row.reason(),
                                ReasonContext(entry.number()));
  if (!reason.ok()) return reason.status();
  entry.set_reason(*std::move(reason));
  return entry;
}

absl::StatusOr<v1::Response> OpenResponse(storage::ReadTransaction& transaction,
                                          const Environment& environment, const FoundCase& found,
                                          const records::ResponseRecord& row) {
  v1::Response response = row.response();
  if (found.view != CaseView::kFull) return response;
  auto text = access::OpenFor(transaction, environment, found.code, row.text(),
                              TextContext(response.number()));
  if (!text.ok()) return text.status();
  response.set_text(*std::move(text));
  return response;
}

// One page of a case's rows, opened one by one; it ends early when it holds kListBytesMax.
template <class Record, class Shown, class Open>
absl::StatusOr<Page<Shown>> PageOfCase(storage::ReadTransaction& transaction,
                                       const std::string& prefix, const PageRequest& page,
                                       Open open) {
  Page<Shown> shown;
  std::string last_key;
  std::size_t byte_count = 0;
  absl::Status fault = absl::OkStatus();
  auto status = storage::ScanRows<Record>(
      transaction, RangeAfter(prefix, page), storage::Direction::kForward, page.row_count_max + 1,
      [&](std::string_view key, Record record) {
        if (shown.rows.size() == page.row_count_max || byte_count >= kListBytesMax) {
          shown.next = last_key;
          return false;
        }
        auto row = open(record);
        fault = row.status();
        if (!fault.ok()) return false;
        byte_count += row->ByteSizeLong();
        shown.rows.push_back(*std::move(row));
        last_key = std::string(key);
        return true;
      });
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  return shown;
}

}  // namespace

absl::Status AddTimelineEntry(storage::WriteTransaction& transaction,
                              const Environment& environment, const access::Caller& caller,
                              FoundCase& found, v1::TimelineEntry entry) {
  const std::uint32_t number = found.record.timeline_count() + 1;
  found.record.set_timeline_count(number);
  records::TimelineRecord row;
  *row.mutable_entry() = std::move(entry);
  v1::TimelineEntry& kept = *row.mutable_entry();
  kept.set_number(static_cast<std::int32_t>(number));
  kept.set_actor("keys/" + std::to_string(caller.key_id));
  *kept.mutable_time() = TimestampOf(transaction.record_time_us());
  if (!kept.reason().empty()) {
    auto sealed = access::SealFor(transaction, environment, found.code, kept.reason(),
                                  ReasonContext(kept.number()));
    if (!sealed.ok()) return sealed.status();
    *row.mutable_reason() = *std::move(sealed);
    kept.clear_reason();
  }
  return storage::PutRow(transaction, keyspace::Timeline(found.code, number), row);
}

absl::StatusOr<v1::Response> AddResponse(storage::WriteTransaction& transaction,
                                         const Environment& environment, FoundCase& found,
                                         std::string_view text) {
  const std::uint32_t number = found.record.response_count() + 1;
  if (number > kResponsesMax) {
    return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                  CaseName(found.code) + " has " + std::to_string(kResponsesMax) +
                      " responses, the most one case may have",
                  {{"limit", std::to_string(kResponsesMax)}});
  }
  found.record.set_response_count(number);
  records::ResponseRecord row;
  row.mutable_response()->set_number(static_cast<std::int32_t>(number));
  *row.mutable_response()->mutable_create_time() = TimestampOf(transaction.record_time_us());
  auto sealed = access::SealFor(transaction, environment, found.code, text,
                                TextContext(row.response().number()));
  if (!sealed.ok()) return sealed.status();
  *row.mutable_text() = *std::move(sealed);
  auto status = storage::PutRow(transaction, keyspace::Response(found.code, number), row);
  if (!status.ok()) return status;
  v1::Response response = row.response();
  response.set_text(std::string(text));
  return response;
}

absl::Status MarkCommunicated(storage::WriteTransaction& transaction, const FoundCase& found,
                              v1::CaseChannel channel) {
  const std::uint32_t number = found.record.response_count();
  if (number == 0) {
    return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kIllegalTransition,
                  CaseName(found.code) + " has no response to communicate");
  }
  const std::string key = keyspace::Response(found.code, number);
  auto row = storage::GetRow<records::ResponseRecord>(transaction, key);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return storage::CorruptRecord(key);
  v1::Response& response = *(*row)->mutable_response();
  response.set_channel(channel);
  *response.mutable_communicate_time() = TimestampOf(transaction.record_time_us());
  return storage::PutRow(transaction, key, **row);
}

absl::StatusOr<Page<v1::Response>> ListResponses(storage::ReadTransaction& transaction,
                                                 const Environment& environment,
                                                 const access::Caller& caller,
                                                 std::string_view name, const PageRequest& page) {
  auto found = FindCase(transaction, caller, name);
  if (!found.ok()) return found.status();
  return PageOfCase<records::ResponseRecord, v1::Response>(
      transaction, keyspace::ResponsePrefix(found->code), page,
      [&](const records::ResponseRecord& row) {
        return OpenResponse(transaction, environment, *found, row);
      });
}

absl::StatusOr<Page<v1::TimelineEntry>> ListTimeline(storage::ReadTransaction& transaction,
                                                     const Environment& environment,
                                                     const access::Caller& caller,
                                                     std::string_view name,
                                                     const PageRequest& page) {
  auto found = FindCase(transaction, caller, name);
  if (!found.ok()) return found.status();
  return PageOfCase<records::TimelineRecord, v1::TimelineEntry>(
      transaction, keyspace::TimelinePrefix(found->code), page,
      [&](const records::TimelineRecord& row) {
        return OpenEntry(transaction, environment, *found, row);
      });
}

}  // namespace radyab::cases
