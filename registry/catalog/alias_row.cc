#include "registry/catalog/alias_row.h"

#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

using storage::GetRow;
using storage::PutRow;

records::AliasRecord NewRecord(const storage::WriteTransaction& transaction, const AliasKey& key,
                               const v1::Alias& alias, coding::Code code) {
  records::AliasRecord record;
  record.set_code(code.number());
  record.set_scope(static_cast<std::uint32_t>(key.scope));
  v1::Alias& stored = *record.mutable_alias();
  stored.set_scheme(key.scheme);
  stored.set_value(key.value);
  stored.set_code(code.Digits());
  stored.set_contained_quantity(alias.contained_quantity());
  *stored.mutable_create_time() = TimestampOf(transaction.record_time_us());
  return record;
}

struct HistoryLine {
  std::string key;
  records::AliasRecord record;
};

// The live line of `code` with this scheme and value (any value when it is empty).
absl::StatusOr<std::optional<HistoryLine>> LiveLine(storage::ReadTransaction& transaction,
                                                    coding::Code code, v1::AliasScheme scheme,
                                                    std::string_view value) {
  const std::string begin = keyspace::AliasHistoryPrefix(code);
  std::optional<HistoryLine> found;
  auto status = storage::ScanRows<records::AliasRecord>(
      transaction, {begin, storage::PrefixEnd(begin)}, storage::Direction::kForward,
      storage::kNoRowLimit, [&](std::string_view key, records::AliasRecord record) {
        const v1::Alias& alias = record.alias();
        if (alias.has_end_time() || alias.scheme() != scheme) return true;
        if (!value.empty() && alias.value() != value) return true;
        found = HistoryLine{std::string(key), std::move(record)};
        return false;
      });
  if (!status.ok()) return status;
  return found;
}

}  // namespace

absl::StatusOr<std::optional<records::AliasRecord>> LiveAlias(storage::ReadTransaction& transaction,
                                                              const AliasKey& key) {
  return GetRow<records::AliasRecord>(transaction,
                                      keyspace::Alias(key.scheme, key.scope, key.value));
}

absl::Status PutLiveAlias(storage::WriteTransaction& transaction, const AliasKey& key,
                          const v1::Alias& alias, coding::Code code) {
  auto status = PutRow(transaction, keyspace::Alias(key.scheme, key.scope, key.value),
                       NewRecord(transaction, key, alias, code));
  return status.ok() ? BeginHistory(transaction, key, alias, code) : status;
}

absl::Status BeginHistory(storage::WriteTransaction& transaction, const AliasKey& key,
                          const v1::Alias& alias, coding::Code code) {
  return PutRow(transaction,
                keyspace::AliasHistory(code, key.scheme, key.value, transaction.commit_sequence()),
                NewRecord(transaction, key, alias, code));
}

absl::StatusOr<records::AliasRecord> EndHistory(storage::WriteTransaction& transaction,
                                                const AliasKey& key, coding::Code code) {
  auto line = LiveLine(transaction, code, key.scheme, key.value);
  if (!line.ok()) return line.status();
  if (!line->has_value()) {
    return NotFound("live alias " + AliasSchemeName(key.scheme) + " of " + code.Digits());
  }
  records::AliasRecord record = (*line)->record;
  *record.mutable_alias()->mutable_end_time() = TimestampOf(transaction.record_time_us());
  if (auto status = PutRow(transaction, (*line)->key, record); !status.ok()) return status;
  return record;
}

absl::StatusOr<bool> BearsAlias(storage::ReadTransaction& transaction, coding::Code code,
                                v1::AliasScheme scheme, std::string_view value) {
  auto line = LiveLine(transaction, code, scheme, value);
  if (!line.ok()) return line.status();
  return line->has_value();
}

absl::Status AliasTaken(const AliasKey& key, coding::Code holder) {
  const std::string shown = IsPersonal(key.scheme) ? "" : " \"" + key.value + "\"";
  return Refuse(absl::StatusCode::kAlreadyExists, Reason::kAlreadyExists,
                AliasSchemeName(key.scheme) + shown + " leads to " + holder.Digits() + " already",
                {{"scheme", AliasSchemeName(key.scheme)}, {"code", holder.Digits()}});
}

}  // namespace radyab::catalog
