#include "registry/parties/duplicate_review.h"

#include <utility>

#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/duplicate_rows.h"
#include "registry/parties/merge_pair.h"
#include "registry/parties/party_change.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"
#include "registry/sparse_page.h"
#include "registry/stamp.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

// Puts the names of both into `pair`; false when one is not active any more.
absl::StatusOr<bool> FillNames(storage::ReadTransaction& transaction,
                               const Environment& environment, const CodePair& codes,
                               v1::PartyDuplicate& pair) {
  const std::pair<coding::Code, v1::LocalizedText*> sides[] = {
      {codes.first, pair.mutable_first_name()}, {codes.second, pair.mutable_second_name()}};
  for (const auto& [code, name] : sides) {
    auto found = FindParty(transaction, code);
    if (!found.ok()) return found.status();
    if (found->record.party().life().state() != v1::LIFE_STATE_ACTIVE) return false;
    auto party = OpenParty(transaction, environment, std::move(found->record));
    if (!party.ok()) return party.status();
    *name = party->display_name();
  }
  return true;
}

bool Fits(const v1::PartyDuplicate& pair, const DuplicateFilter& filter,
          v1::DuplicateVerdict verdict) {
  if (pair.verdict() != verdict) return false;
  return filter.zone == v1::DUPLICATE_ZONE_UNSPECIFIED || pair.zone() == filter.zone;
}

// One party of a pair that the caller may judge.
absl::StatusOr<FoundParty> ReachedParty(storage::ReadTransaction& transaction,
                                        const access::Caller& caller, std::string_view name,
                                        std::string_view field) {
  auto code = ParsePartyName(name, field);
  if (!code.ok()) return code.status();
  auto found = FindParty(transaction, *code);
  if (found.ok() && !caller.ReachesPrivate(found->owner)) return NotFound(PartyName(*code));
  return found;
}

absl::Status CheckVerdict(v1::DuplicateVerdict verdict) {
  if (verdict == v1::DUPLICATE_VERDICT_OPEN || verdict == v1::DUPLICATE_VERDICT_NOT_THE_SAME) {
    return absl::OkStatus();
  }
  return RefuseField("verdict", "missing; want NOT_THE_SAME or OPEN", Reason::kMissingField);
}

}  // namespace

absl::StatusOr<Page<v1::PartyDuplicate>> ListPartyDuplicates(storage::ReadTransaction& transaction,
                                                             const Environment& environment,
                                                             const access::Caller& caller,
                                                             const DuplicateFilter& filter,
                                                             const PageRequest& page) {
  auto owner = catalog::MemberMeant(transaction, caller, filter.member, "member");
  if (!owner.ok()) return owner.status();
  if (!v1::DuplicateZone_IsValid(filter.zone)) {
    return RefuseField("zone", "want SUGGESTED, REVIEW or none");
  }
  if (!v1::DuplicateVerdict_IsValid(filter.verdict)) {
    return RefuseField("verdict", "want OPEN, NOT_THE_SAME or none");
  }
  const bool judged = filter.verdict == v1::DUPLICATE_VERDICT_NOT_THE_SAME;
  const auto verdict = judged ? filter.verdict : v1::DUPLICATE_VERDICT_OPEN;
  const std::string prefix =
      judged ? keyspace::DuplicatePairPrefix(*owner) : keyspace::DuplicateRankPrefix(*owner);
  return SparsePage<v1::PartyDuplicate>(
      transaction, KeysOf(prefix), page, kDuplicateScanRowsMax,
      [&](std::string_view key,
          std::string_view) -> absl::StatusOr<std::optional<v1::PartyDuplicate>> {
        auto codes = PairAtEnd(key);
        if (!codes.ok()) return codes.status();
        auto record = ReadPair(transaction, *owner, *codes);
        if (!record.ok()) return record.status();
        if (!record->has_value()) return storage::CorruptRecord(key);
        v1::PartyDuplicate pair = std::move(*(*record)->mutable_pair());
        if (!Fits(pair, filter, verdict)) return std::nullopt;
        auto active = FillNames(transaction, environment, *codes, pair);
        if (!active.ok()) return active.status();
        if (!*active) return std::nullopt;
        return pair;
      });
}

absl::StatusOr<v1::PartyDuplicate> JudgePartyDuplicate(storage::WriteTransaction& transaction,
                                                       const Environment& environment,
                                                       const access::Caller& caller,
                                                       const DuplicateJudgement& judgement) {
  auto one = ReachedParty(transaction, caller, judgement.first, "first");
  if (!one.ok()) return one.status();
  auto other = ReachedParty(transaction, caller, judgement.second, "second");
  if (!other.ok()) return other.status();
  if (auto status = CheckVerdict(judgement.verdict); !status.ok()) return status;
  if (auto status = catalog::CheckReason(judgement.reason); !status.ok()) return status;
  if (one->code == other->code) return RefuseField("second", "the same as first");
  if (one->owner != other->owner) return RefuseField("second", "a party of another member");

  const CodePair codes = PairOf(one->code, other->code);
  auto present = ReadPair(transaction, one->owner, codes);
  if (!present.ok()) return present.status();
  records::DuplicatePairRecord record =
      present->has_value() ? std::move(**present) : records::DuplicatePairRecord();
  v1::PartyDuplicate& pair = *record.mutable_pair();
  pair.set_first(PartyName(codes.first));
  pair.set_second(PartyName(codes.second));
  pair.set_verdict(judgement.verdict);
  pair.set_reason(judgement.reason);
  *pair.mutable_verdict_time() = TimestampOf(transaction.record_time_us());
  v1::PartyDuplicate shown = pair;
  // A pair that nobody found and nobody holds for two any more is nothing to keep.
  const bool nothing = judgement.verdict == v1::DUPLICATE_VERDICT_OPEN && !pair.has_found_time();
  auto status = nothing ? ForgetPair(transaction, one->owner, codes.first, codes.second)
                        : WritePair(transaction, one->owner, codes, std::move(record));
  if (!status.ok()) return status;
  auto named = FillNames(transaction, environment, codes, shown);
  if (!named.ok()) return named.status();
  return shown;
}

}  // namespace radyab::parties
