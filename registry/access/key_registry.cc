#include "registry/access/key_registry.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "coding/utf8_reader.h"
#include "registry/catalog/code_issuer.h"
#include "registry/catalog/member_registry.h"
#include "registry/fault_list.h"
#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/stamp.h"
#include "registry/storage/rows.h"

namespace radyab::access {
namespace {

using storage::GetRow;
using storage::PutRow;

constexpr std::string_view kSecretPrefix = "rk_";
constexpr std::size_t kSecretLetters = 32;  // kSecretBytes * 8 / 5
constexpr std::string_view kNamePrefix = "keys/";
constexpr std::size_t kDisplayNameCharactersMax = 100;
constexpr std::size_t kIdDigitsMax = 19;

std::string KeyName(std::uint64_t id) { return std::string(kNamePrefix) + std::to_string(id); }

// The id in `keys/ID`, or nothing.
std::optional<std::uint64_t> ParseKeyName(std::string_view name) {
  if (!name.starts_with(kNamePrefix)) return std::nullopt;
  name.remove_prefix(kNamePrefix.size());
  if (name.empty() || name.size() > kIdDigitsMax || name.front() == '0') return std::nullopt;
  std::uint64_t id = 0;
  for (const char digit : name) {
    if (digit < '0' || digit > '9') return std::nullopt;
    id = id * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return id;
}

v1::Key ToKey(const records::KeyRecord& record) {
  v1::Key key;
  key.set_name(KeyName(record.id()));
  key.set_role(record.role());
  if (record.has_member()) key.set_member(catalog::MemberName(MemberId{record.member()}));
  key.set_display_name(record.display_name());
  *key.mutable_create_time() = TimestampOf(record.create_time_us());
  if (record.revoke_time_us() != 0) {
    *key.mutable_revoke_time() = TimestampOf(record.revoke_time_us());
  }
  if (record.rotate_time_us() != 0)
    *key.mutable_rotate_time() = TimestampOf(record.rotate_time_us());
  if (!record.old_hash().empty()) {
    *key.mutable_old_secret_expire_time() = TimestampOf(record.old_expire_us());
  }
  return key;
}

bool ActsForAMember(v1::Role role) {
  return role != v1::ROLE_ADMIN && role != v1::ROLE_REGISTRAR && role != v1::ROLE_OPERATOR;
}

// What can be wrong with a wanted key, all at once.
absl::Status CheckWanted(const v1::Key& wanted) {
  FaultList faults;
  const std::string& name = wanted.display_name();
  const std::size_t characters = coding::CountCharacters(name, name.size());
  if (characters == 0 || characters > kDisplayNameCharactersMax || !coding::IsValidUtf8(name)) {
    faults.Add("display_name",
               std::to_string(characters) + " characters, want 1 to 100 of valid text");
  }
  const bool known = v1::Role_IsValid(wanted.role()) && wanted.role() != v1::ROLE_UNSPECIFIED &&
                     wanted.role() != v1::ROLE_PUBLIC;
  if (!known) {
    faults.Add("role", "want a role that a key can have: not UNSPECIFIED, not PUBLIC");
  } else if (ActsForAMember(wanted.role()) && wanted.member().empty()) {
    faults.Add("member", v1::Role_Name(wanted.role()) + " acts for a member: want members/NUMBER",
               Reason::kMissingField);
  } else if (!ActsForAMember(wanted.role()) && !wanted.member().empty()) {
    faults.Add("member", v1::Role_Name(wanted.role()) + " acts for no member: leave it empty");
  }
  return faults.status();
}

absl::StatusOr<std::optional<records::KeyRecord>> KeyRow(storage::ReadTransaction& transaction,
                                                         std::uint64_t id) {
  return GetRow<records::KeyRecord>(transaction, keyspace::Key(id));
}

storage::KeyRange KeyRows() {
  return {keyspace::KeyPrefix(), storage::PrefixEnd(keyspace::KeyPrefix())};
}

// Whether an admin key other than `id` is valid.
absl::StatusOr<bool> AnotherAdminStands(storage::ReadTransaction& transaction, std::uint64_t id) {
  bool found = false;
  auto status = storage::ScanRows<records::KeyRecord>(
      transaction, KeyRows(), storage::Direction::kForward, storage::kNoRowLimit,
      [&](std::string_view, const records::KeyRecord& row) {
        found = row.role() == v1::ROLE_ADMIN && row.revoke_time_us() == 0 && row.id() != id;
        return !found;
      });
  if (!status.ok()) return status;
  return found;
}

absl::Status WrongKey() {
  return Refuse(absl::StatusCode::kUnauthenticated, Reason::kWrongKey,
                "the API key opens nothing: it is unknown, or was revoked or replaced");
}

// The row of the key with this name. NOT_FOUND.
absl::StatusOr<records::KeyRecord> KeyNamed(storage::ReadTransaction& transaction,
                                            std::string_view name) {
  const auto id = ParseKeyName(name);
  if (!id) return NotFound(name.substr(0, 40));
  auto row = KeyRow(transaction, *id);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return NotFound(name);
  return **std::move(row);
}

absl::Status PutHash(storage::WriteTransaction& transaction, const records::KeyRecord& record) {
  records::KeyRefRecord reference;
  reference.set_id(record.id());
  return PutRow(transaction, keyspace::KeyHash(record.hash()), reference);
}

absl::Status CheckGrace(storage::ReadTransaction& transaction, const records::KeyRecord& record,
                        std::int64_t grace_us) {
  if (grace_us < 0 || grace_us > kGraceUsMax) {
    return RefuseField("grace", std::to_string(grace_us / 1'000'000) +
                                    " seconds; want 0 to 30 days (2592000 seconds)");
  }
  if (grace_us >= kLastAdminGraceUsMin || record.role() != v1::ROLE_ADMIN) return absl::OkStatus();
  auto another = AnotherAdminStands(transaction, record.id());
  if (!another.ok()) return another.status();
  if (*another) return absl::OkStatus();
  return RefuseField("grace",
                     "the last admin key keeps its old secret for 60 seconds at least, so that an "
                     "answer that is lost locks nobody out");
}

// When the bearer of the secret with this hash is over; 0: he is already.
std::int64_t ValidUntil(const records::KeyRecord& record, const std::string& hash) {
  if (record.revoke_time_us() != 0) return 0;
  if (EqualInConstantTime(record.hash(), hash)) return INT64_MAX;
  return EqualInConstantTime(record.old_hash(), hash) ? record.old_expire_us() : 0;
}

// The bearer of the secret as the rows say it. UNAUTHENTICATED (WRONG_KEY) when it is unknown.
absl::StatusOr<Caller> ReadCaller(storage::ReadTransaction& transaction,
                                  const Environment& environment, std::string_view secret) {
  if (!secret.starts_with(kSecretPrefix) ||
      secret.size() != kSecretPrefix.size() + kSecretLetters) {
    return WrongKey();
  }
  const std::string hash = environment.keyed_hash.Of(HashPurpose::kApiKey, secret);
  auto reference = GetRow<records::KeyRefRecord>(transaction, keyspace::KeyHash(hash));
  if (!reference.ok()) return reference.status();
  if (!reference->has_value()) return WrongKey();
  auto row = KeyRow(transaction, (*reference)->id());
  if (!row.ok()) return row.status();
  if (!row->has_value()) return storage::CorruptRecord(keyspace::Key((*reference)->id()));
  const records::KeyRecord& record = **row;
  Caller caller;
  caller.valid_until_us = ValidUntil(record, hash);
  caller.key_id = record.id();
  caller.role = record.role();
  if (record.has_member()) caller.member = MemberId{record.member()};
  return caller;
}

}  // namespace

std::string WriteSecret(std::string_view bytes) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz234567";
  std::string secret(kSecretPrefix);
  std::uint32_t bits = 0;
  int bit_count = 0;
  for (const char byte : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(byte);
    bit_count += 8;
    while (bit_count >= 5) {
      bit_count -= 5;
      secret.push_back(kLetters[(bits >> bit_count) & 31]);
    }
  }
  return secret;
}

absl::StatusOr<CreatedKey> CreateKey(storage::WriteTransaction& transaction,
                                     const Environment& environment, const v1::Key& wanted,
                                     std::string_view fresh_secret) {
  if (auto status = CheckWanted(wanted); !status.ok()) return status;
  records::KeyRecord record;
  if (!wanted.member().empty()) {
    auto id = catalog::ParseMemberName(wanted.member(), "member");
    if (!id.ok()) return id.status();
    auto member = catalog::GetMember(transaction, *id);
    if (!member.ok()) return member.status();
    record.set_has_member(true);
    record.set_member(static_cast<std::uint32_t>(*id));
  }
  auto id = catalog::NextNumber(transaction, "key");
  if (!id.ok()) return id.status();
  const std::string secret = WriteSecret(fresh_secret);
  record.set_id(*id);
  record.set_role(wanted.role());
  record.set_display_name(wanted.display_name());
  record.set_create_time_us(transaction.record_time_us());
  record.set_hash(environment.keyed_hash.Of(HashPurpose::kApiKey, secret));
  auto status = PutRow(transaction, keyspace::Key(*id), record);
  if (status.ok()) status = PutHash(transaction, record);
  if (!status.ok()) return status;
  return CreatedKey{ToKey(record), secret};
}

absl::StatusOr<Page<v1::Key>> ListKeys(storage::ReadTransaction& transaction,
                                       const PageRequest& page) {
  storage::KeyRange range = KeyRows();
  if (!page.after.empty()) range.begin = page.after + '\0';
  Page<v1::Key> keys;
  std::string last;
  auto status = storage::ScanRows<records::KeyRecord>(
      transaction, range, storage::Direction::kForward, page.row_count_max + 1,
      [&](std::string_view key, const records::KeyRecord& row) {
        if (keys.rows.size() == page.row_count_max) {
          keys.next = last;
          return false;
        }
        last = key;
        keys.rows.push_back(ToKey(row));
        return true;
      });
  if (!status.ok()) return status;
  return keys;
}

absl::StatusOr<v1::Key> RevokeKey(storage::WriteTransaction& transaction,
                                  const Environment& environment, std::string_view name) {
  auto row = KeyNamed(transaction, name);
  if (!row.ok()) return row.status();
  records::KeyRecord& record = *row;
  if (record.revoke_time_us() != 0) return ToKey(record);
  if (record.role() == v1::ROLE_ADMIN) {
    auto another = AnotherAdminStands(transaction, record.id());
    if (!another.ok()) return another.status();
    if (!*another) {
      return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kIllegalTransition,
                    std::string(name) +
                        ": the last admin key cannot be revoked; make another "
                        "before");
    }
  }
  record.set_revoke_time_us(transaction.record_time_us());
  environment.known_callers->KeysChangeIn(transaction.commit_sequence());
  auto status = PutRow(transaction, keyspace::Key(record.id()), record);
  if (!status.ok()) return status;
  return ToKey(record);
}

absl::StatusOr<CreatedKey> RotateKey(storage::WriteTransaction& transaction,
                                     const Environment& environment, std::string_view name,
                                     std::int64_t grace_us, std::string_view fresh_secret) {
  auto row = KeyNamed(transaction, name);
  if (!row.ok()) return row.status();
  records::KeyRecord& record = *row;
  if (record.revoke_time_us() != 0) {
    return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kIllegalTransition,
                  std::string(name) + ": was revoked, and stays so; make a new key");
  }
  if (auto status = CheckGrace(transaction, record, grace_us); !status.ok()) return status;
  environment.known_callers->KeysChangeIn(transaction.commit_sequence());
  absl::Status status = absl::OkStatus();
  if (!record.old_hash().empty()) {
    status = transaction.Delete(keyspace::KeyHash(record.old_hash()));
  }
  if (status.ok() && grace_us == 0) {
    status = transaction.Delete(keyspace::KeyHash(record.hash()));
  }
  record.clear_old_hash();
  record.clear_old_expire_us();
  if (grace_us > 0) {
    record.set_old_hash(record.hash());
    record.set_old_expire_us(transaction.record_time_us() + grace_us);
  }
  const std::string secret = WriteSecret(fresh_secret);
  record.set_hash(environment.keyed_hash.Of(HashPurpose::kApiKey, secret));
  record.set_rotate_time_us(transaction.record_time_us());
  if (status.ok()) status = PutRow(transaction, keyspace::Key(record.id()), record);
  if (status.ok()) status = PutHash(transaction, record);
  if (!status.ok()) return status;
  return CreatedKey{ToKey(record), secret};
}

absl::StatusOr<Caller> CallerOf(storage::ReadTransaction& transaction,
                                const Environment& environment, std::string_view secret,
                                std::int64_t now_us) {
  std::optional<Caller> caller = environment.known_callers->Find(secret);
  if (!caller) {
    auto read = ReadCaller(transaction, environment, secret);
    if (!read.ok()) return read.status();
    caller = *std::move(read);
    environment.known_callers->Keep(secret, *caller, transaction.commit_sequence());
  }
  if (now_us >= caller->valid_until_us) return WrongKey();
  return *std::move(caller);
}

}  // namespace radyab::access
