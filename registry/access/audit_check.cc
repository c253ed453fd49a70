#include "registry/access/audit_check.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "registry/access/audit_chain.h"
#include "registry/fault_list.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::access {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

std::string Hex(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) {
    hex.push_back(kHexDigits[static_cast<unsigned char>(byte) >> 4]);
    hex.push_back(kHexDigits[static_cast<unsigned char>(byte) & 15]);
  }
  return hex;
}

void CheckSealField(const v1::AuditSeal& seal, const char* field, FaultList& faults) {
  const std::string& hash = seal.hash();
  const bool none = seal.seal() == 0 && hash.empty();
  const bool hex =
      hash.size() == 2 * kSealHashBytes && hash.find_first_not_of(kHexDigits) == std::string::npos;
  if (none || (seal.seal() > 0 && hex)) return;
  faults.Add(field, "seal " + std::to_string(seal.seal()) + " with a hash of " +
                        std::to_string(hash.size()) +
                        " characters; want a number from 1 and 64 hex digits (0-9, a-f)");
}

v1::AuditFault FaultOf(v1::AuditFaultKind kind, std::uint64_t seal, std::uint64_t sequence,
                       std::string words) {
  v1::AuditFault fault;
  fault.set_kind(kind);
  fault.set_seal(static_cast<std::int64_t>(seal));
  fault.set_sequence(static_cast<std::int64_t>(sequence));
  fault.set_message(std::move(words));
  return fault;
}

std::string Place(const SealedRow& row) {
  return "the audit row of change " + std::to_string(row.sequence) + ", number " +
         std::to_string(row.number);
}

bool IsBefore(const SealedRow& left, const SealedRow& right) {
  return std::pair(left.sequence, left.number) < std::pair(right.sequence, right.number);
}

bool Equal(const SealedRow& left, const SealedRow& right) {
  return !IsBefore(left, right) && !IsBefore(right, left) && left.digest == right.digest;
}

// The rows as the seal wrote them down; nothing when its parts do not fit together.
std::optional<std::vector<SealedRow>> RowsOf(const records::AuditSealRecord& seal,
                                             std::uint64_t sequence_before) {
  const auto count = static_cast<std::size_t>(seal.steps_size());
  if (count == 0 || static_cast<std::size_t>(seal.numbers_size()) != count ||
      seal.digests().size() != count * kSealDigestBytes || seal.hash().size() != kSealHashBytes) {
    return std::nullopt;
  }
  std::vector<SealedRow> rows(count);
  for (std::size_t i = 0; i < count; ++i) {
    sequence_before += seal.steps(static_cast<int>(i));
    rows[i].sequence = sequence_before;
    rows[i].number = seal.numbers(static_cast<int>(i));
    rows[i].digest = seal.digests().substr(i * kSealDigestBytes, kSealDigestBytes);
  }
  const bool at_its_end =
      rows.back().sequence == seal.last_sequence() && rows.back().number == seal.last_number();
  return at_its_end ? std::optional(std::move(rows)) : std::nullopt;
}

// Whether row `at` holds what another row should hold.
bool HoldsAnothers(const std::vector<SealedRow>& sealed, const std::vector<SealedRow>& found,
                   std::size_t at) {
  return std::ranges::any_of(sealed, [&](const SealedRow& row) {
    return row.digest == found[at].digest && !Equal(row, found[at]);
  });
}

// The first row that is not as it was sealed; nothing when all are.
std::optional<v1::AuditFault> WrongRow(std::uint64_t seal, const std::vector<SealedRow>& sealed,
                                       const std::vector<SealedRow>& found) {
  for (std::size_t i = 0; i < std::max(sealed.size(), found.size()); ++i) {
    if (i == found.size() || (i < sealed.size() && IsBefore(sealed[i], found[i]))) {
      return FaultOf(v1::AUDIT_FAULT_KIND_MISSING, seal, sealed[i].sequence,
                     Place(sealed[i]) + ", is missing");
    }
    if (i == sealed.size() || IsBefore(found[i], sealed[i])) {
      return FaultOf(v1::AUDIT_FAULT_KIND_ADDED, seal, found[i].sequence,
                     Place(found[i]) + ", was added later");
    }
    if (sealed[i].digest == found[i].digest) continue;
    if (HoldsAnothers(sealed, found, i)) {
      return FaultOf(v1::AUDIT_FAULT_KIND_REORDERED, seal, found[i].sequence,
                     Place(found[i]) + ", holds what another one held");
    }
    return FaultOf(v1::AUDIT_FAULT_KIND_CHANGED, seal, found[i].sequence,
                   Place(found[i]) + ", was changed");
  }
  return std::nullopt;
}

v1::AuditFault WrongSeal(std::uint64_t seal, std::uint64_t sequence, const char* what) {
  return FaultOf(v1::AUDIT_FAULT_KIND_SEAL, seal, sequence,
                 "seal " + std::to_string(seal) + " " + what);
}

// One run over the chain.
class ChainCheck {
 public:
  ChainCheck(storage::ReadTransaction& transaction, const Environment& environment,
             const AuditCheck& check)
      : transaction_(transaction), environment_(environment), check_(check) {}

  absl::StatusOr<v1::AuditFinding> Run() {
    auto last = ReadLastNumber();
    if (!last.ok()) return last.status();
    finding_.set_last_seal(static_cast<std::int64_t>(*last));
    absl::Status status = Begin();
    while (status.ok() && !finding_.has_fault() && before_.number() < *last &&
           finding_.row_count() < static_cast<std::int64_t>(kCheckedRowsMax)) {
      status = CheckNext();
    }
    if (status.ok() && !finding_.has_fault() && before_.number() >= *last) status = End();
    if (!status.ok()) return status;
    finding_.mutable_end()->set_seal(static_cast<std::int64_t>(before_.number()));
    finding_.mutable_end()->set_hash(Hex(before_.hash()));
    finding_.set_last_sequence(static_cast<std::int64_t>(before_.last_sequence()));
    return std::move(finding_);
  }

 private:
  // By its key alone: a seal that cannot be read is found in its turn.
  absl::StatusOr<std::uint64_t> ReadLastNumber() {
    const std::string prefix = keyspace::AuditSealPrefix();
    std::uint64_t last = 0;
    auto status =
        transaction_.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kBackward, 1,
                          [&](std::string_view key, std::string_view) {
                            storage::OrderedKeyReader reader(key);
                            reader.U8();
                            last = reader.U64();
                            return false;
                          });
    if (!status.ok()) return status;
    return last;
  }

  void Fault(v1::AuditFault fault) { *finding_.mutable_fault() = std::move(fault); }

  // The seal of this number into `seal`; a fault when it is not there or cannot be read.
  absl::Status ReadSeal(std::uint64_t number, records::AuditSealRecord& seal) {
    auto row = storage::GetRow<records::AuditSealRecord>(transaction_, keyspace::AuditSeal(number));
    if (absl::IsDataLoss(row.status())) {
      Fault(WrongSeal(number, before_.last_sequence(), "cannot be read"));
      return absl::OkStatus();
    }
    if (!row.ok()) return row.status();
    if (!row->has_value()) {
      Fault(WrongSeal(number, before_.last_sequence(), "is missing"));
    } else {
      seal = **std::move(row);
    }
    return absl::OkStatus();
  }

  absl::Status Begin() {
    if (check_.after.seal() == 0) return absl::OkStatus();
    const auto number = static_cast<std::uint64_t>(check_.after.seal());
    records::AuditSealRecord seal;
    if (auto status = ReadSeal(number, seal); !status.ok() || finding_.has_fault()) return status;
    if (Hex(seal.hash()) != check_.after.hash() || seal.number() != number) {
      Fault(WrongSeal(number, seal.last_sequence(), "is not the one that was there before"));
      return absl::OkStatus();
    }
    before_ = std::move(seal);
    return absl::OkStatus();
  }

  absl::Status CheckNext() {
    const std::uint64_t number = before_.number() + 1;
    records::AuditSealRecord seal;
    if (auto status = ReadSeal(number, seal); !status.ok() || finding_.has_fault()) return status;
    const auto sealed = RowsOf(seal, before_.last_sequence());
    if (seal.number() != number || !sealed) {
      Fault(WrongSeal(number, before_.last_sequence(), "does not fit together"));
      return absl::OkStatus();
    }
    SealHash hash(before_.hash(), number);
    std::vector<SealedRow> found;
    storage::KeyRange range = RowsBehind(before_, 0);
    range.end = keyspace::Audit(seal.last_sequence(), seal.last_number()) + '\0';
    if (range.begin >= range.end) range.end = range.begin;
    auto status = transaction_.Scan(range, storage::Direction::kForward, 2 * kSealRowsMax,
                                    [&](std::string_view key, std::string_view value) {
                                      found.push_back(hash.Add(key, value));
                                      return true;
                                    });
    if (!status.ok()) return status;
    Compare(seal, *sealed, found, hash.Finish());
    if (finding_.has_fault()) return absl::OkStatus();
    finding_.set_row_count(finding_.row_count() + static_cast<std::int64_t>(found.size()));
    before_ = std::move(seal);
    return absl::OkStatus();
  }

  void Compare(const records::AuditSealRecord& seal, const std::vector<SealedRow>& sealed,
               const std::vector<SealedRow>& found, const std::string& hash) {
    if (auto wrong = WrongRow(seal.number(), sealed, found)) return Fault(*std::move(wrong));
    const std::uint64_t sequence = sealed.front().sequence;
    if (seal.hash() != hash) {
      return Fault(WrongSeal(seal.number(), sequence,
                             "does not follow from its rows and the seal before it"));
    }
    if (!EqualInConstantTime(seal.mark(),
                             environment_.keyed_hash.Of(HashPurpose::kAuditSeal, hash))) {
      return Fault(FaultOf(v1::AUDIT_FAULT_KIND_FORGED, seal.number(), sequence,
                           "seal " + std::to_string(seal.number()) +
                               " was not made with the keys of this registry"));
    }
    if (seal.number() == static_cast<std::uint64_t>(check_.expected.seal()) &&
        Hex(hash) != check_.expected.hash()) {
      Fault(FaultOf(v1::AUDIT_FAULT_KIND_UNEXPECTED, seal.number(), sequence,
                    "seal " + std::to_string(seal.number()) + " has the hash " + Hex(hash) +
                        ", not the expected one: the chain up to here was written anew"));
    }
  }

  // The chain is at its end: what waits, and did it come as far as expected?
  absl::Status End() {
    finding_.set_done(true);
    const std::uint64_t last_sequence = transaction_.commit_sequence();
    std::int64_t waiting = 0;
    std::optional<std::uint64_t> too_late;
    auto status = transaction_.Scan(RowsBehind(before_, UINT64_MAX), storage::Direction::kForward,
                                    kWaitingCountMax, [&](std::string_view key, std::string_view) {
                                      storage::OrderedKeyReader reader(key);
                                      reader.U8();
                                      const std::uint64_t sequence = reader.U64();
                                      if (sequence > last_sequence) too_late = sequence;
                                      ++waiting;
                                      return !too_late;
                                    });
    if (!status.ok()) return status;
    finding_.set_waiting_count(waiting);
    if (too_late) {
      Fault(FaultOf(v1::AUDIT_FAULT_KIND_ADDED, 0, *too_late,
                    "an audit row of change " + std::to_string(*too_late) +
                        ", and the last change was " + std::to_string(last_sequence)));
    } else if (before_.number() < static_cast<std::uint64_t>(check_.expected.seal())) {
      Fault(FaultOf(v1::AUDIT_FAULT_KIND_CUT, static_cast<std::uint64_t>(check_.expected.seal()),
                    before_.last_sequence(),
                    "the chain ends with seal " + std::to_string(before_.number()) +
                        ", before the expected one: its end was cut off"));
    }
    return absl::OkStatus();
  }

  storage::ReadTransaction& transaction_;
  const Environment& environment_;
  const AuditCheck& check_;
  records::AuditSealRecord before_;  // the last seal that was found right
  v1::AuditFinding finding_;
};

}  // namespace

absl::StatusOr<v1::AuditFinding> CheckAudit(storage::ReadTransaction& transaction,
                                            const Environment& environment,
                                            const AuditCheck& check) {
  FaultList faults;
  CheckSealField(check.after, "after", faults);
  CheckSealField(check.expected, "expected", faults);
  if (!faults.status().ok()) return faults.status();
  return ChainCheck(transaction, environment, check).Run();
}

}  // namespace radyab::access
