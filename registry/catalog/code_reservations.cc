#include "registry/catalog/code_reservations.h"

#include <algorithm>
#include <string>
#include <utility>

#include "registry/catalog/class_tree.h"
#include "registry/catalog/code_issuer.h"
#include "registry/catalog/member_registry.h"
#include "registry/fault_list.h"
#include "registry/page_scan.h"
#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/stamp.h"
#include "registry/storage/ordered_key.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

using records::ReservationRecord;
using storage::GetRow;
using storage::PutRow;

constexpr std::size_t kReservationsCountedMax = 100'000'000;  // more than there are counters of

constexpr char kExpiredReason[] = "it was not used in time";

// The time in a key of the family reservation_expiry.
std::uint64_t ExpiryIn(std::string_view key) {
  return storage::OrderedKeyReader(key.substr(1)).U64();
}

// Whose a code is, by its block; nothing for a block that was never leased.
absl::StatusOr<std::optional<MemberId>> OwnerOf(storage::ReadTransaction& transaction,
                                                coding::Code code) {
  auto owner = MemberOfBlock(transaction, code.block());
  if (owner.ok()) return std::optional(*owner);
  if (absl::IsNotFound(owner.status())) return std::optional<MemberId>();
  return owner.status();
}

absl::StatusOr<std::optional<ReservationRecord>> ReadReservation(
    storage::ReadTransaction& transaction, coding::Code code) {
  auto owner = OwnerOf(transaction, code);
  if (!owner.ok()) return owner.status();
  if (!owner->has_value()) return std::optional<ReservationRecord>();
  return GetRow<ReservationRecord>(transaction, keyspace::Reservation(**owner, code));
}

v1::CodeReservation Told(const ReservationRecord& record, std::int64_t now_us) {
  v1::CodeReservation told;
  told.set_code(std::to_string(record.code()));
  told.set_member(MemberName(MemberId{record.member()}));
  told.set_class_name(record.class_name());
  *told.mutable_expire_time() = TimestampOf(record.expire_time_us());
  *told.mutable_create_time() = TimestampOf(record.create_time_us());
  told.set_state(v1::LIFE_STATE_RESERVED);
  if (record.annul_time_us() != 0) {
    told.set_state(v1::LIFE_STATE_ANNULLED);
    told.set_reason(record.annul_reason());
  } else if (record.expire_time_us() <= now_us) {
    told.set_state(v1::LIFE_STATE_ANNULLED);
    told.set_reason(kExpiredReason);
  }
  return told;
}

// --- how many a member has reserved --------------------------------------------------------------

std::string HeldKey(MemberId owner) { return keyspace::Counter("reserved " + MemberName(owner)); }

// Those that wait to be used, with those whose time is past until the sweep comes by. Without its
// counter (a registry of before it) they are counted.
absl::StatusOr<std::int64_t> HeldBy(storage::ReadTransaction& transaction, MemberId owner) {
  auto counter = GetRow<records::CounterRecord>(transaction, HeldKey(owner));
  if (!counter.ok()) return counter.status();
  if (counter->has_value()) return static_cast<std::int64_t>((*counter)->last());
  const std::string prefix = keyspace::ReservationPrefix(owner);
  std::int64_t held = 0;
  auto status = storage::ScanRows<ReservationRecord>(
      transaction, {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
      kReservationsCountedMax, [&](std::string_view, const ReservationRecord& record) {
        held += record.annul_time_us() == 0 ? 1 : 0;
        return true;
      });
  if (!status.ok()) return status;
  return held;
}

absl::Status PutHeld(storage::WriteTransaction& transaction, MemberId owner, std::int64_t held) {
  records::CounterRecord counter;
  counter.set_last(static_cast<std::uint64_t>(held));
  return PutRow(transaction, HeldKey(owner), counter);
}

// Counts `count` more, unless they would be too many.
absl::Status Hold(storage::WriteTransaction& transaction, MemberId owner,
                  const ReservationWanted& wanted) {
  auto held = HeldBy(transaction, owner);
  if (!held.ok()) return held.status();
  if (*held + wanted.count <= wanted.held_max) {
    return PutHeld(transaction, owner, *held + wanted.count);
  }
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                MemberName(owner) + " has " + std::to_string(*held) + " codes reserved and wants " +
                    std::to_string(wanted.count) + " more, at most " +
                    std::to_string(wanted.held_max) +
                    " may wait at a time: use some, or annul those that are not wanted",
                {{"held", std::to_string(*held)}, {"limit", std::to_string(wanted.held_max)}});
}

// One that was used or annulled is not held any more. Nothing is counted before the first counter.
absl::Status Release(storage::WriteTransaction& transaction, MemberId owner) {
  auto counter = GetRow<records::CounterRecord>(transaction, HeldKey(owner));
  if (!counter.ok()) return counter.status();
  const bool counted = counter->has_value() && (*counter)->last() > 0;
  if (!counted) return absl::OkStatus();
  return PutHeld(transaction, owner, static_cast<std::int64_t>((*counter)->last()) - 1);
}

absl::Status DeleteExpiry(storage::WriteTransaction& transaction, const ReservationRecord& record,
                          coding::Code code) {
  return transaction.Delete(keyspace::ReservationExpiry(record.expire_time_us(), code));
}

absl::Status Annul(storage::WriteTransaction& transaction, coding::Code code,
                   ReservationRecord record, std::string_view reason) {
  record.set_annul_time_us(transaction.record_time_us());
  record.set_annul_reason(std::string(reason));
  const MemberId owner{record.member()};
  if (auto status = Release(transaction, owner); !status.ok()) return status;
  if (auto status = DeleteExpiry(transaction, record, code); !status.ok()) return status;
  return PutRow(transaction, keyspace::Reservation(owner, code), record);
}

absl::StatusOr<std::int64_t> ExpiryOf(const storage::WriteTransaction& transaction,
                                      std::int64_t wanted_us) {
  const std::int64_t now_us = transaction.record_time_us();
  if (wanted_us == 0) return now_us + kReservedUsDefault;
  if (wanted_us <= now_us) return RefuseField("expire_time", "is past, want a time ahead");
  if (wanted_us > now_us + kReservedUsMax) {
    return RefuseField("expire_time", "more than 5 years ahead");
  }
  return wanted_us;
}

absl::Status CheckCount(int count) {
  if (count >= 1 && count <= kReservedAtOnceMax) return absl::OkStatus();
  const bool too_many = count > kReservedAtOnceMax;
  return RefuseField("count",
                     std::to_string(count) + ", want 1 to " + std::to_string(kReservedAtOnceMax),
                     too_many ? Reason::kLimitExceeded : Reason::kInvalidField);
}

// The first two levels of the class as a number; 0 without one. Nothing is asked of attributes:
// they come with the registration.
absl::StatusOr<std::uint32_t> BirthClassOf(storage::ReadTransaction& transaction,
                                           std::string_view class_name) {
  if (class_name.empty()) return 0;
  return BirthClass(transaction, class_name);
}

absl::Status NotReserved(coding::Code code, MemberId owner) {
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kNotReserved,
                code.Digits() + " is not reserved for " + MemberName(owner),
                {{"code", code.Digits()}});
}

}  // namespace

absl::StatusOr<ReservedCodes> ReserveCodes(storage::WriteTransaction& transaction,
                                           const access::Caller& caller,
                                           const ReservationWanted& wanted) {
  auto owner = MemberMeant(transaction, caller, wanted.member, "member");
  if (!owner.ok()) return owner.status();
  FaultList faults;
  faults.AddAll(CheckCount(wanted.count));
  auto birth_class = BirthClassOf(transaction, wanted.class_name);
  faults.AddAll(birth_class.status());
  auto expire_us = ExpiryOf(transaction, wanted.expire_us);
  faults.AddAll(expire_us.status());
  if (!faults.empty()) return faults.status();
  if (auto status = Hold(transaction, *owner, wanted); !status.ok()) return status;

  ReservedCodes reserved{{}, *owner, *expire_us};
  ReservationRecord record;
  record.set_member(static_cast<std::uint32_t>(*owner));
  record.set_class_name(std::string(wanted.class_name));
  record.set_create_time_us(transaction.record_time_us());
  record.set_expire_time_us(*expire_us);
  for (int i = 0; i < wanted.count; ++i) {
    auto code = IssueCatalogCode(transaction, wanted.kind, *owner, *birth_class);
    if (!code.ok()) return code.status();
    record.set_code(code->number());
    auto status = PutRow(transaction, keyspace::Reservation(*owner, *code), record);
    if (!status.ok()) return status;
    status = storage::PutMark(transaction, keyspace::ReservationExpiry(*expire_us, *code));
    if (!status.ok()) return status;
    reserved.codes.push_back(*code);
  }
  return reserved;
}

absl::StatusOr<std::optional<v1::CodeReservation>> FindReservation(
    storage::ReadTransaction& transaction, coding::Code code, std::int64_t now_us) {
  auto record = ReadReservation(transaction, code);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return std::optional<v1::CodeReservation>();
  return std::optional(Told(**record, now_us));
}

absl::StatusOr<Page<v1::CodeReservation>> ListReservations(storage::ReadTransaction& transaction,
                                                           const access::Caller& caller,
                                                           std::string_view member,
                                                           std::int64_t now_us,
                                                           const PageRequest& page) {
  auto owner = MemberMeant(transaction, caller, member, "member");
  if (!owner.ok()) return owner.status();
  auto rows = PageOfRows<ReservationRecord>(transaction, keyspace::ReservationPrefix(*owner), page);
  if (!rows.ok()) return rows.status();
  Page<v1::CodeReservation> found;
  found.next = rows->next;
  for (const ReservationRecord& record : rows->rows) found.rows.push_back(Told(record, now_us));
  return found;
}

absl::StatusOr<coding::Code> UseReservedCode(storage::WriteTransaction& transaction,
                                             std::string_view text, const ReservedUse& use) {
  const auto code = coding::ParseCode(text);
  if (!code.ok()) return RefuseText("reserved_code", code.refusal(), Reason::kInvalidCode);
  if (code->kind() != use.kind) {
    return RefuseField("reserved_code", code->Digits() + " is the code of a " +
                                            std::string(KindName(code->kind())) + ", want a " +
                                            std::string(KindName(use.kind)));
  }
  auto record = GetRow<ReservationRecord>(transaction, keyspace::Reservation(use.owner, *code));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return NotReserved(*code, use.owner);
  const auto told = Told(**record, transaction.record_time_us());
  if (told.state() != v1::LIFE_STATE_RESERVED) {
    return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kNotReserved,
                  code->Digits() + " is annulled: " + told.reason(),
                  {{"code", code->Digits()}, {"state", "ANNULLED"}});
  }
  if (!told.class_name().empty() && code->birth_class() != use.birth_class) {
    return RefuseField("reserved_code", code->Digits() + " was reserved in " + told.class_name() +
                                            ", want a class of the same two upper levels");
  }
  auto status = transaction.Delete(keyspace::Reservation(use.owner, *code));
  if (status.ok()) status = DeleteExpiry(transaction, **record, *code);
  if (status.ok()) status = Release(transaction, use.owner);
  if (!status.ok()) return status;
  return *code;
}

absl::Status AnnulReservation(storage::WriteTransaction& transaction, coding::Code code,
                              std::string_view reason) {
  auto record = ReadReservation(transaction, code);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return NotFound(code.Digits());
  return Annul(transaction, code, **std::move(record), reason);
}

absl::StatusOr<std::size_t> AnnulExpired(storage::WriteTransaction& transaction) {
  const std::string prefix = keyspace::ReservationExpiryPrefix();
  const storage::KeyRange range = {prefix, storage::PrefixEnd(prefix)};
  const auto now_us = static_cast<std::uint64_t>(transaction.record_time_us());
  std::vector<std::string> keys;
  auto status = transaction.Scan(range, storage::Direction::kForward, kAnnulledPerSweepMax,
                                 [&](std::string_view key, std::string_view) {
                                   if (ExpiryIn(key) > now_us) return false;
                                   keys.emplace_back(key);
                                   return true;
                                 });
  if (!status.ok()) return status;
  for (const std::string& key : keys) {
    storage::OrderedKeyReader parts(std::string_view(key).substr(1));
    parts.U64();
    const auto code = coding::Code::FromNumber(parts.U64());
    if (code.ok()) {
      auto record = ReadReservation(transaction, *code);
      // A row that cannot be read is for the scrub to tell of; it must not stop the sweep.
      if (record.ok() && record->has_value()) {
        status = Annul(transaction, *code, **std::move(record), kExpiredReason);
        if (!status.ok()) return status;
      }
    }
    if (status = transaction.Delete(key); !status.ok()) return status;
  }
  return keys.size();
}

}  // namespace radyab::catalog
