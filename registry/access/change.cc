#include "registry/access/change.h"

#include <utility>

#include "registry/access/request_log.h"
#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/stamp.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::access {
namespace {

constexpr std::size_t kResourceBytesMax = 200;

absl::Status WriteAudit(storage::WriteTransaction& transaction, const ChangeRequest& request,
                        const ChangeAnswer& answer) {
  const std::string& resource = answer.resource;
  records::AuditRecord record;
  record.set_key_id(request.caller.key_id);
  record.set_method(request.method);
  record.set_resource(resource);
  record.set_request_id(request.request_id);
  record.set_time_us(transaction.record_time_us());
  record.set_certificate(request.caller.certificate);
  record.set_certificate_name(request.caller.certificate_name);
  const std::uint64_t sequence = transaction.commit_sequence();
  auto status = storage::PutRow(transaction, keyspace::Audit(sequence, request.number), record);
  for (const std::string* found_by : {&resource, &answer.also}) {
    if (!status.ok() || found_by->empty()) continue;
    status = storage::PutMark(transaction,
                              keyspace::AuditOfResource(*found_by, sequence, request.number));
  }
  return status;
}

// Looking for old answers costs every change the same, however few there are: so one does it for
// many.
bool IsToSweep(const storage::WriteTransaction& transaction, const ChangeRequest& request) {
  return (transaction.commit_sequence() + request.number) % kSweepEvery == 0;
}

// The commit sequence and the number of a change, as the ends of both families' keys hold them.
struct ChangeNumber {
  std::uint64_t sequence = 0;
  std::uint32_t number = 0;
};

v1::AuditEntry ToEntry(const ChangeNumber& change, const records::AuditRecord& record) {
  v1::AuditEntry entry;
  entry.set_sequence(static_cast<std::int64_t>(change.sequence));
  *entry.mutable_time() = TimestampOf(record.time_us());
  if (!record.certificate_name().empty()) {
    entry.set_key(record.certificate_name());
  } else if (record.key_id() != 0) {
    entry.set_key("keys/" + std::to_string(record.key_id()));
  }
  if (!record.certificate().empty()) entry.set_certificate("sha256:" + record.certificate());
  entry.set_method(record.method());
  entry.set_resource(record.resource());
  entry.set_request_id(record.request_id());
  return entry;
}

// The keys of one page, of either family, and where the next page begins.
absl::StatusOr<Page<ChangeNumber>> ListChanges(storage::ReadTransaction& transaction,
                                               std::string_view resource,
                                               std::uint64_t after_sequence,
                                               const PageRequest& page) {
  const bool all = resource.empty();
  const std::string prefix =
      all ? keyspace::AuditPrefix() : keyspace::AuditOfResourcePrefix(resource);
  storage::KeyRange range = {prefix, storage::PrefixEnd(prefix)};
  if (after_sequence == UINT64_MAX) return Page<ChangeNumber>();
  if (!page.after.empty()) {
    range.begin = page.after + '\0';
  } else if (after_sequence > 0) {
    range.begin = all ? keyspace::Audit(after_sequence + 1, 0)
                      : keyspace::AuditOfResource(resource, after_sequence + 1, 0);
  }
  Page<ChangeNumber> changes;
  std::string last;
  auto status = transaction.Scan(range, storage::Direction::kForward, page.row_count_max + 1,
                                 [&](std::string_view key, std::string_view) {
                                   if (changes.rows.size() == page.row_count_max) {
                                     changes.next = last;
                                     return false;
                                   }
                                   last = key;
                                   storage::OrderedKeyReader reader(key);
                                   reader.U8();
                                   if (!all) reader.Text();
                                   const std::uint64_t sequence = reader.U64();
                                   changes.rows.push_back({sequence, reader.U32()});
                                   return true;
                                 });
  if (!status.ok()) return status;
  return changes;
}

}  // namespace

absl::StatusOr<std::string> RunChange(
    storage::WriteTransaction& transaction, const Environment& environment,
    const ChangeRequest& request,
    absl::FunctionRef<absl::StatusOr<ChangeAnswer>(storage::WriteTransaction&)> change) {
  const bool retried_safely = !request.request_id.empty();
  std::string id;
  if (retried_safely) {
    if (auto status = CheckRequestId(request.request_id); !status.ok()) return status;
    id = RequestIdHash(request.request_id);
    auto kept = KeptAnswer(transaction, environment, request, id);
    if (!kept.ok()) return kept.status();
    if (kept->has_value()) return std::move(**kept);
  }
  auto answer = change(transaction);
  if (!answer.ok()) return answer.status();
  auto status =
      IsToSweep(transaction, request) ? SweepExpiredAnswers(transaction) : absl::OkStatus();
  if (status.ok() && retried_safely) {
    status = KeepAnswer(transaction, environment, request, id, answer->answer);
  }
  if (status.ok() && !answer->resource.empty()) {
    status = WriteAudit(transaction, request, *answer);
  }
  if (!status.ok()) return status;
  return std::move(answer->answer);
}

absl::StatusOr<Page<v1::AuditEntry>> ListAudit(storage::ReadTransaction& transaction,
                                               std::string_view resource,
                                               std::uint64_t after_sequence,
                                               const PageRequest& page) {
  if (resource.size() > kResourceBytesMax) {
    return RefuseField(
        "resource", std::to_string(resource.size()) + " bytes, no resource has such a long name");
  }
  auto changes = ListChanges(transaction, resource, after_sequence, page);
  if (!changes.ok()) return changes.status();
  Page<v1::AuditEntry> entries;
  entries.next = changes->next;
  for (const ChangeNumber& change : changes->rows) {
    const std::string key = keyspace::Audit(change.sequence, change.number);
    auto row = storage::GetRow<records::AuditRecord>(transaction, key);
    if (!row.ok()) return row.status();
    if (!row->has_value()) return storage::CorruptRecord(key);
    entries.rows.push_back(ToEntry(change, **row));
  }
  return entries;
}

}  // namespace radyab::access
