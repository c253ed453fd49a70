#include "registry/catalog/alias_row.h"

#include <algorithm>
#include <limits>

#include "registry/catalog/alias_schemes.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

using storage::GetRow;
using storage::PutRow;

constexpr std::uint64_t kAnyTime = std::numeric_limits<std::uint64_t>::max();

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
  stored.set_serial(alias.serial());
  *stored.mutable_create_time() = TimestampOf(transaction.record_time_us());
  return record;
}

// A line of history lies without its code, which its key says.
absl::Status PutLineUnder(storage::WriteTransaction& transaction, const std::string& key,
                          records::AliasRecord record) {
  record.clear_code();
  record.mutable_alias()->clear_code();
  return PutRow(transaction, key, record);
}

absl::Status PutLine(storage::WriteTransaction& transaction, const AliasKey& key,
                     records::AliasRecord record, coding::Code code) {
  return PutLineUnder(
      transaction,
      keyspace::AliasHistory(code, key.scheme, key.value, transaction.commit_sequence()),
      std::move(record));
}

// A live row lies without scheme and value, and with its code as a number alone.
absl::Status PutLive(storage::WriteTransaction& transaction, const AliasKey& key,
                     records::AliasRecord record) {
  record.mutable_alias()->clear_scheme();
  record.mutable_alias()->clear_value();
  record.mutable_alias()->clear_code();
  return PutRow(transaction, keyspace::Alias(key.scheme, key.scope, key.value), record);
}

struct HistoryLine {
  std::string key;
  records::AliasRecord record;
};

// The live line of `code` with this scheme and value: the last one of them, if it did not end.
absl::StatusOr<std::optional<HistoryLine>> LiveLine(storage::ReadTransaction& transaction,
                                                    coding::Code code, const AliasKey& alias) {
  std::optional<HistoryLine> found;
  auto status = storage::ScanRows<records::AliasRecord>(
      transaction,
      {keyspace::AliasHistory(code, alias.scheme, alias.value, 0),
       keyspace::AliasHistory(code, alias.scheme, alias.value, kAnyTime) + '\0'},
      storage::Direction::kBackward, 1, [&](std::string_view key, records::AliasRecord record) {
        if (record.alias().has_end_time()) return false;
        FillLine(code, record);
        found = HistoryLine{std::string(key), std::move(record)};
        return false;
      });
  if (!status.ok()) return status;
  return found;
}

absl::Status TooMany(coding::Code code, std::size_t limit, std::string_view what) {
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                code.Digits() + " has " + std::to_string(limit) + " " + std::string(what) +
                    ", the most a "
                    "code may have",
                {{"code", code.Digits()}, {"limit", std::to_string(limit)}});
}

// The lines of `code` but those of single pieces, of which there may be any number.
storage::KeyRange LinesOf(coding::Code code) {
  return {keyspace::AliasHistoryPrefix(code),
          keyspace::AliasHistory(code, kPieceSchemesBegin, "", 0)};
}

absl::Status CheckRoom(storage::ReadTransaction& transaction, const AliasKey& key,
                       coding::Code code) {
  if (NamesPieces(key.scheme)) return absl::OkStatus();
  std::size_t lines = 0, live = 0;
  auto status = storage::ScanRows<records::AliasRecord>(
      transaction, LinesOf(code), storage::Direction::kForward, kAliasLinesMax,
      [&](std::string_view, records::AliasRecord record) {
        ++lines;
        if (!record.alias().has_end_time()) ++live;
        return true;
      });
  if (!status.ok()) return status;
  if (live >= kLiveAliasesMax) return TooMany(code, kLiveAliasesMax, "live aliases");
  if (lines >= kAliasLinesMax) return TooMany(code, kAliasLinesMax, "aliases, ended ones included");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<records::AliasRecord>> LiveAlias(storage::ReadTransaction& transaction,
                                                              const AliasKey& key) {
  const std::string place = keyspace::Alias(key.scheme, key.scope, key.value);
  auto row = GetRow<records::AliasRecord>(transaction, place);
  if (!row.ok() || !row->has_value()) return row;
  const auto code = coding::Code::FromNumber((*row)->code());
  if (!code.ok()) return storage::CorruptRecord(place);
  (*row)->mutable_alias()->set_scheme(key.scheme);
  (*row)->mutable_alias()->set_value(key.value);
  (*row)->mutable_alias()->set_code(code->Digits());
  return row;
}

void FillLine(coding::Code code, records::AliasRecord& line) {
  line.set_code(code.number());
  line.mutable_alias()->set_code(code.Digits());
}

absl::Status PutLiveAlias(storage::WriteTransaction& transaction, const AliasKey& key,
                          const v1::Alias& alias, coding::Code code) {
  auto status = CheckRoom(transaction, key, code);
  return status.ok() ? PutFirstAlias(transaction, key, alias, code) : status;
}

absl::Status PutFirstAlias(storage::WriteTransaction& transaction, const AliasKey& key,
                           const v1::Alias& alias, coding::Code code) {
  records::AliasRecord record = NewRecord(transaction, key, alias, code);
  auto status = PutLive(transaction, key, record);
  return status.ok() ? PutLine(transaction, key, std::move(record), code) : status;
}

absl::Status BeginHistory(storage::WriteTransaction& transaction, const AliasKey& key,
                          const v1::Alias& alias, coding::Code code) {
  auto status = CheckRoom(transaction, key, code);
  return status.ok() ? BeginFirstHistory(transaction, key, alias, code) : status;
}

absl::Status BeginFirstHistory(storage::WriteTransaction& transaction, const AliasKey& key,
                               const v1::Alias& alias, coding::Code code) {
  return PutLine(transaction, key, NewRecord(transaction, key, alias, code), code);
}

absl::StatusOr<records::AliasRecord> EndHistory(storage::WriteTransaction& transaction,
                                                const AliasKey& key, coding::Code code) {
  auto line = LiveLine(transaction, code, key);
  if (!line.ok()) return line.status();
  if (!line->has_value()) {
    return NotFound("live alias " + AliasSchemeName(key.scheme) + " of " + code.Digits());
  }
  records::AliasRecord record = (*line)->record;
  *record.mutable_alias()->mutable_end_time() = TimestampOf(transaction.record_time_us());
  if (auto put = PutLineUnder(transaction, (*line)->key, record); !put.ok()) return put;
  return record;
}

absl::StatusOr<std::vector<records::AliasRecord>> LiveLines(storage::ReadTransaction& transaction,
                                                            coding::Code code) {
  std::vector<records::AliasRecord> live;
  auto status = storage::ScanRows<records::AliasRecord>(
      transaction, LinesOf(code), storage::Direction::kForward, kAliasLinesMax,
      [&](std::string_view, records::AliasRecord record) {
        if (record.alias().has_end_time()) return true;
        FillLine(code, record);
        live.push_back(std::move(record));
        return true;
      });
  if (!status.ok()) return status;
  return live;
}

absl::StatusOr<bool> BearsAlias(storage::ReadTransaction& transaction, coding::Code code,
                                v1::AliasScheme scheme, std::string_view value) {
  if (!value.empty()) {
    auto line = LiveLine(transaction, code, {scheme, MemberId::kRegistry, std::string(value)});
    if (!line.ok()) return line.status();
    return line->has_value();
  }
  auto lines = LiveLines(transaction, code);
  if (!lines.ok()) return lines.status();
  return std::ranges::any_of(
      *lines, [&](const records::AliasRecord& line) { return line.alias().scheme() == scheme; });
}

absl::Status AliasTaken(const AliasKey& key, coding::Code holder) {
  const std::string shown = IsPersonal(key.scheme) ? "" : " \"" + key.value + "\"";
  return Refuse(absl::StatusCode::kAlreadyExists, Reason::kAlreadyExists,
                AliasSchemeName(key.scheme) + shown + " leads to " + holder.Digits() + " already",
                {{"scheme", AliasSchemeName(key.scheme)}, {"code", holder.Digits()}});
}

}  // namespace radyab::catalog
