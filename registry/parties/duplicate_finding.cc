// FindPartyDuplicates: compares on a snapshot, keeps what it found.
#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "registry/catalog/member_registry.h"
#include "registry/linkage/duplicate_search.h"
#include "registry/parties/active_parties.h"
#include "registry/parties/duplicate_review.h"
#include "registry/parties/duplicate_rows.h"
#include "registry/parties/party_row.h"
#include "registry/stamp.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

// Of one change: other changes wait no longer for it than for a group of an import.
constexpr std::size_t kPairsOfChange = 300;

struct FoundPair {
  CodePair codes;
  v1::PartyDuplicate duplicate;
};

struct Finding {
  MemberId owner = MemberId::kRegistry;
  DuplicateCounts counts;
  std::vector<FoundPair> pairs;
};

v1::PartyDuplicate WriteDuplicate(const linkage::DuplicatePair& pair,
                                  const linkage::LinkageModel& model,
                                  const LinkageParties& parties) {
  v1::PartyDuplicate written;
  written.set_zone(pair.zone == linkage::Zone::kSuggest ? v1::DUPLICATE_ZONE_SUGGESTED
                                                        : v1::DUPLICATE_ZONE_REVIEW);
  written.set_probability(pair.score.probability);
  written.set_relatives_probability(pair.score.relatives);
  for (std::size_t i = 0; i < linkage::kFieldCount; ++i) {
    const auto field = static_cast<linkage::Field>(i);
    const std::uint8_t level = pair.comparison.level(field);
    if (level == linkage::kUnknown) continue;
    v1::FieldAgreement& agreement = *written.add_fields();
    agreement.set_field(std::string(linkage::FieldName(field)));
    agreement.set_agreement(std::string(linkage::LevelName(field, level)));
    agreement.set_weight(linkage::FieldWeight(model, pair.comparison, field));
  }
  if (pair.through != linkage::kNoThird) {
    written.set_through(PartyName(parties.codes[pair.through]));
  }
  return written;
}

Finding CompareAll(const LinkageParties& parties, MemberId owner) {
  const linkage::LinkageModel model = linkage::ShippedModel();
  const linkage::DuplicateSearch found =
      linkage::FindDuplicates(parties.records, parties.frequency, model);
  Finding finding;
  finding.owner = owner;
  finding.counts.parties = static_cast<std::int64_t>(parties.records.size());
  finding.counts.compared = static_cast<std::int64_t>(found.compared);
  for (const linkage::BlockReport& report : found.blocks) {
    finding.counts.left_out_blocks += static_cast<std::int64_t>(report.left_out);
  }
  const std::size_t kept = std::min(found.pairs.size(), kDuplicatePairsMax);
  finding.counts.left_out_pairs = static_cast<std::int64_t>(found.pairs.size() - kept);
  for (std::size_t i = 0; i < kept; ++i) {
    const linkage::DuplicatePair& pair = found.pairs[i];
    finding.pairs.push_back({PairOf(parties.codes[pair.first], parties.codes[pair.second]),
                             WriteDuplicate(pair, model, parties)});
  }
  return finding;
}

absl::StatusOr<bool> IsActive(storage::ReadTransaction& transaction, coding::Code party) {
  auto record = ReadPartyRecord(transaction, party);
  if (!record.ok()) return record.status();
  return record->has_value() && (*record)->party().life().state() == v1::LIFE_STATE_ACTIVE;
}

// Keeps one pair and counts it. It may have been merged or judged since the snapshot.
absl::Status KeepPair(storage::WriteTransaction& transaction, MemberId owner, const FoundPair& pair,
                      DuplicateCounts& counts) {
  for (const coding::Code code : {pair.codes.first, pair.codes.second}) {
    auto active = IsActive(transaction, code);
    if (!active.ok()) return active.status();
    if (!*active) return absl::OkStatus();
  }
  auto present = ReadPair(transaction, owner, pair.codes);
  if (!present.ok()) return present.status();
  if (present->has_value() && (*present)->pair().verdict() == v1::DUPLICATE_VERDICT_NOT_THE_SAME) {
    ++counts.judged;
    return absl::OkStatus();
  }
  if (!present->has_value()) ++counts.fresh;
  const bool suggested = pair.duplicate.zone() == v1::DUPLICATE_ZONE_SUGGESTED;
  ++(suggested ? counts.suggested : counts.review);
  records::DuplicatePairRecord record;
  v1::PartyDuplicate& kept = *record.mutable_pair();
  kept = pair.duplicate;
  kept.set_first(PartyName(pair.codes.first));
  kept.set_second(PartyName(pair.codes.second));
  kept.set_verdict(v1::DUPLICATE_VERDICT_OPEN);
  *kept.mutable_found_time() = TimestampOf(transaction.record_time_us());
  return WritePair(transaction, owner, pair.codes, std::move(record));
}

absl::Status KeepPairs(storage::Store& store, Finding& finding,
                       absl::FunctionRef<absl::Status()> check) {
  for (std::size_t begin = 0; begin < finding.pairs.size(); begin += kPairsOfChange) {
    if (auto status = check(); !status.ok()) return status;
    const std::size_t end = std::min(begin + kPairsOfChange, finding.pairs.size());
    DuplicateCounts counts;
    auto status = store.Write([&](storage::WriteTransaction& transaction) {
      counts = finding.counts;  // the body may run again
      for (std::size_t i = begin; i < end; ++i) {
        auto kept = KeepPair(transaction, finding.owner, finding.pairs[i], counts);
        if (!kept.ok()) return kept;
      }
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
    finding.counts = counts;
  }
  return absl::OkStatus();
}

// The open pairs of before that were not found again.
absl::StatusOr<std::vector<CodePair>> StalePairs(storage::Store& store, const Finding& finding) {
  std::set<CodePair> found;
  for (const FoundPair& pair : finding.pairs) found.insert(pair.codes);
  std::vector<CodePair> stale;
  const std::string prefix = keyspace::DuplicateRankPrefix(finding.owner);
  auto status = store.Read([&](storage::ReadTransaction& transaction) {
    absl::Status fault = absl::OkStatus();
    auto scanned =
        transaction.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
                         storage::kNoRowLimit, [&](std::string_view key, std::string_view) {
                           const auto pair = PairAtEnd(key);
                           if (!pair.ok()) {
                             fault = pair.status();
                             return false;
                           }
                           if (!found.contains(*pair)) stale.push_back(*pair);
                           return true;
                         });
    return fault.ok() ? scanned : fault;
  });
  if (!status.ok()) return status;
  return stale;
}

absl::Status ForgetStale(storage::Store& store, const Finding& finding,
                         absl::FunctionRef<absl::Status()> check) {
  auto stale = StalePairs(store, finding);
  if (!stale.ok()) return stale.status();
  for (std::size_t begin = 0; begin < stale->size(); begin += kPairsOfChange) {
    if (auto status = check(); !status.ok()) return status;
    const std::size_t end = std::min(begin + kPairsOfChange, stale->size());
    auto status = store.Write([&](storage::WriteTransaction& transaction) {
      for (std::size_t i = begin; i < end; ++i) {
        const CodePair& pair = (*stale)[i];
        auto present = ReadPair(transaction, finding.owner, pair);
        if (!present.ok()) return present.status();
        const bool open =
            present->has_value() && (*present)->pair().verdict() == v1::DUPLICATE_VERDICT_OPEN;
        if (!open) continue;  // judged meanwhile
        auto gone = ForgetPair(transaction, finding.owner, pair.first, pair.second);
        if (!gone.ok()) return gone;
      }
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<DuplicateCounts> FindPartyDuplicates(storage::Store& store,
                                                    const Environment& environment,
                                                    const access::Caller& caller,
                                                    std::string_view member,
                                                    absl::FunctionRef<absl::Status()> check) {
  MemberId owner = MemberId::kRegistry;
  LinkageParties parties;
  // The snapshot is closed before they are compared: it keeps pages from being used again.
  auto read = store.Read([&](storage::ReadTransaction& transaction) {
    auto meant = catalog::MemberMeant(transaction, caller, member, "member");
    if (!meant.ok()) return meant.status();
    owner = *meant;
    auto all = ReadLinkageParties(transaction, environment, owner, check);
    if (all.ok()) parties = *std::move(all);
    return all.status();
  });
  if (!read.ok()) return read;
  if (auto status = check(); !status.ok()) return status;
  Finding finding = CompareAll(parties, owner);
  if (auto status = KeepPairs(store, finding, check); !status.ok()) return status;
  if (auto status = ForgetStale(store, finding, check); !status.ok()) return status;
  return finding.counts;
}

}  // namespace radyab::parties
