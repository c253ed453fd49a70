#include "registry/catalog/item_duplicates.h"

#include <algorithm>
#include <map>
#include <utility>

#include "registry/catalog/catalog_entry.h"
#include "registry/catalog/compared_entry.h"
#include "registry/catalog/item_likeness.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/sparse_page.h"
#include "registry/stamp.h"
#include "registry/storage/linkage_keys.h"

namespace radyab::catalog {
namespace {

using storage::Direction;

constexpr std::size_t kItemsOfSnapshot = 300;  // read and compared on one

// Puts the names of both into `pair`; false when one is not active any more.
absl::StatusOr<bool> FillNames(storage::ReadTransaction& transaction, const CodePair& codes,
                               v1::ItemDuplicate& pair) {
  const std::pair<coding::Code, v1::LocalizedText*> sides[] = {
      {codes.first, pair.mutable_first_name()}, {codes.second, pair.mutable_second_name()}};
  bool active = true;
  for (const auto& [code, name] : sides) {
    auto item = ReadCompared(transaction, code);
    if (!item.ok()) return item.status();
    *name = item->display_name();
    active = active && item->life().state() == v1::LIFE_STATE_ACTIVE;
  }
  return active;
}

// --- the search ----------------------------------------------------------------------------------

struct Finding {
  MemberId owner = MemberId::kRegistry;
  coding::Kind kind = coding::Kind::kItem;
  std::vector<std::string> prefixes;  // of the items, or services, of each block
  std::size_t block = 0;              // where it stands
  std::string after;
  ItemDuplicateCounts counts;
  std::map<CodePair, ItemPair> pairs;  // of the last part
};

// The next items or services, in order of block and counter. False at the end.
template <class Entry>
absl::StatusOr<bool> LookOn(storage::ReadTransaction& transaction, const Environment& environment,
                            Finding& finding) {
  finding.pairs.clear();
  if (finding.block == finding.prefixes.size()) return false;
  const std::string& prefix = finding.prefixes[finding.block];
  std::vector<v1::Item> items;
  auto status = storage::ScanRows<Entry>(
      transaction,
      {finding.after.empty() ? prefix : finding.after + '\0', storage::PrefixEnd(prefix)},
      Direction::kForward, kItemsOfSnapshot, [&](std::string_view key, const Entry& entry) {
        finding.after = std::string(key);
        items.push_back(AsCompared(entry));
        return true;
      });
  if (!status.ok()) return status;
  for (const v1::Item& item : items) {
    if (item.life().state() != v1::LIFE_STATE_ACTIVE || item.generic()) continue;
    ++finding.counts.items;
    auto pairs = AlikeItems(transaction, environment, item);
    if (!pairs.ok()) return pairs.status();
    for (const ItemPair& pair : *pairs) finding.pairs.try_emplace(pair.codes, pair);
  }
  if (items.size() < kItemsOfSnapshot) {
    ++finding.block;
    finding.after.clear();
  }
  return true;
}

absl::Status KeepFound(storage::Store& store, Finding& finding) {
  if (finding.pairs.empty()) return absl::OkStatus();
  ItemDuplicateCounts counts;
  auto status = store.Write([&](storage::WriteTransaction& transaction) {
    counts = finding.counts;  // the body may run again
    for (const auto& [codes, pair] : finding.pairs) {
      auto kept = KeepItemPair(transaction, pair);
      if (!kept.ok()) return kept.status();
      counts.fresh += *kept == PairKept::kNew ? 1 : 0;
      counts.judged += *kept == PairKept::kJudged ? 1 : 0;
    }
    return absl::OkStatus();
  });
  finding.counts = counts;
  return status;
}

// Of an open pair as it stands now; 0 when one of the two is not active any more.
absl::StatusOr<double> LikenessNow(storage::ReadTransaction& transaction, const CodePair& codes) {
  auto first = ReadCompared(transaction, codes.first);
  if (!first.ok()) return first.status();
  auto second = ReadCompared(transaction, codes.second);
  if (!second.ok()) return second.status();
  for (const v1::Item* item : {&*first, &*second}) {
    if (item->life().state() != v1::LIFE_STATE_ACTIVE) return 0.0;
  }
  return ItemLikeness(transaction, *first, *second);
}

// The pairs of one kind: codes of items are smaller numbers than those of services.
storage::KeyRange PairsOf(MemberId owner, coding::Kind kind) {
  const auto first = coding::Code::ForCatalog(coding::Kind::kService, 0, 0, 1);  // of all services
  std::string services = keyspace::ItemPair(owner, *first, *first);
  const std::string all = keyspace::ItemPairPrefix(owner);
  if (kind == coding::Kind::kService) return {std::move(services), storage::PrefixEnd(all)};
  return {all, std::move(services)};
}

// Counts the open pairs behind `after`, some hundred of them, and lets those go that are alike no
// more. The key of the last; empty at the end.
absl::StatusOr<std::string> WeedOpenPairs(storage::WriteTransaction& transaction,
                                          storage::KeyRange range, const std::string& after,
                                          ItemDuplicateCounts& counts) {
  if (!after.empty()) range.begin = after + '\0';
  std::vector<std::string> open;
  std::string last;
  std::size_t seen = 0;
  auto status = storage::ScanRows<v1::ItemDuplicate>(
      transaction, range, Direction::kForward, kItemsOfSnapshot,
      [&](std::string_view key, const v1::ItemDuplicate& pair) {
        last = std::string(key);
        ++seen;
        if (pair.verdict() == v1::DUPLICATE_VERDICT_OPEN) open.push_back(last);
        return true;
      });
  if (!status.ok()) return status;
  for (const std::string& key : open) {
    auto codes = PairAtEnd(key);
    if (!codes.ok()) return codes.status();
    auto likeness = LikenessNow(transaction, *codes);
    if (!likeness.ok()) return likeness.status();
    if (*likeness < kReviewLikeness) {
      if (auto gone = transaction.Delete(key); !gone.ok()) return gone;
    } else {
      ++(*likeness >= kSuggestedLikeness ? counts.suggested : counts.review);
    }
  }
  return seen < kItemsOfSnapshot ? "" : last;
}

absl::Status WeedAll(storage::Store& store, Finding& finding,
                     absl::FunctionRef<absl::Status()> check) {
  std::string after;
  do {
    if (auto go_on = check(); !go_on.ok()) return go_on;
    ItemDuplicateCounts counts;
    std::string next;
    auto status = store.Write([&](storage::WriteTransaction& transaction) {
      counts = finding.counts;
      auto last = WeedOpenPairs(transaction, PairsOf(finding.owner, finding.kind), after, counts);
      if (last.ok()) next = *std::move(last);
      return last.status();
    });
    if (!status.ok()) return status;
    finding.counts = counts;
    after = next;
  } while (!after.empty());
  return absl::OkStatus();
}

// --- judging -------------------------------------------------------------------------------------

// Reads `items/CODE`, `services/CODE` or a bare code of either kind.
absl::StatusOr<coding::Code> ParseComparedName(std::string_view name, std::string_view field) {
  if (name.starts_with(EntryKind<v1::Service>::kNamePrefix)) {
    return ParseEntryName<v1::Service>(name, field);
  }
  const auto bare = coding::ParseCode(name);
  if (bare.ok() && bare->kind() == coding::Kind::kService) return *bare;
  return ParseEntryName<v1::Item>(name, field);
}

absl::StatusOr<std::pair<coding::Code, MemberId>> ReachedItem(storage::ReadTransaction& transaction,
                                                              const access::Caller& caller,
                                                              std::string_view name,
                                                              std::string_view field) {
  auto code = ParseComparedName(name, field);
  if (!code.ok()) return code.status();
  auto item = ReadCompared(transaction, *code);
  if (!item.ok()) return item.status();
  auto owner = ParseMemberName(item->member(), "member");
  if (!owner.ok()) return owner.status();
  if (!caller.Reaches(*owner) || item->generic()) return NotFound(item->name());
  return std::pair(*code, *owner);
}

absl::Status CheckJudgement(const ItemJudgement& judgement) {
  if (judgement.verdict != v1::DUPLICATE_VERDICT_OPEN &&
      judgement.verdict != v1::DUPLICATE_VERDICT_NOT_THE_SAME) {
    return RefuseField("verdict", "missing; want NOT_THE_SAME or OPEN", Reason::kMissingField);
  }
  return CheckReason(judgement.reason);
}

}  // namespace

absl::StatusOr<ItemDuplicateCounts> FindItemDuplicates(storage::Store& store,
                                                       const Environment& environment,
                                                       const access::Caller& caller,
                                                       std::string_view member, coding::Kind kind,
                                                       absl::FunctionRef<absl::Status()> check) {
  const bool services = kind == coding::Kind::kService;
  Finding finding;
  finding.kind = kind;
  auto status = store.Read([&](storage::ReadTransaction& transaction) {
    auto owner = MemberMeant(transaction, caller, member, "member");
    if (!owner.ok()) return owner.status();
    finding.owner = *owner;
    auto row = GetMember(transaction, *owner);
    if (!row.ok()) return row.status();
    for (const std::string& digits : row->blocks()) {
      const auto block = static_cast<std::uint32_t>(std::stoul(digits));
      finding.prefixes.push_back(services ? keyspace::ServicePrefix(block)
                                          : keyspace::ItemPrefix(block));
    }
    return absl::OkStatus();
  });
  bool more = true;
  while (status.ok() && more) {
    status = check();
    if (!status.ok()) break;
    status = store.Read([&](storage::ReadTransaction& transaction) {
      auto looked = services ? LookOn<v1::Service>(transaction, environment, finding)
                             : LookOn<v1::Item>(transaction, environment, finding);
      if (looked.ok()) more = *looked;
      return looked.status();
    });
    if (status.ok()) status = KeepFound(store, finding);
  }
  if (status.ok()) status = WeedAll(store, finding, check);
  if (!status.ok()) return status;
  return finding.counts;
}

absl::StatusOr<Page<v1::ItemDuplicate>> ListItemDuplicates(storage::ReadTransaction& transaction,
                                                           const access::Caller& caller,
                                                           const ItemPairFilter& filter,
                                                           const PageRequest& page) {
  auto owner = MemberMeant(transaction, caller, filter.member, "member");
  if (!owner.ok()) return owner.status();
  if (!v1::DuplicateZone_IsValid(filter.zone)) {
    return RefuseField("zone", "want SUGGESTED, REVIEW or none");
  }
  if (!v1::DuplicateVerdict_IsValid(filter.verdict)) {
    return RefuseField("verdict", "want OPEN, NOT_THE_SAME or none");
  }
  const bool any_zone = filter.zone == v1::DUPLICATE_ZONE_UNSPECIFIED;
  const auto verdict = filter.verdict == v1::DUPLICATE_VERDICT_NOT_THE_SAME
                           ? filter.verdict
                           : v1::DUPLICATE_VERDICT_OPEN;
  return SparsePageOfRows<v1::ItemDuplicate>(
      transaction, PairsOf(*owner, filter.kind), page, kItemPairScanRowsMax,
      [&](std::string_view key,
          v1::ItemDuplicate pair) -> absl::StatusOr<std::optional<v1::ItemDuplicate>> {
        if (pair.verdict() != verdict || !(any_zone || pair.zone() == filter.zone)) {
          return std::nullopt;
        }
        auto codes = PairAtEnd(key);
        if (!codes.ok()) return codes.status();
        auto active = FillNames(transaction, *codes, pair);
        if (!active.ok()) return active.status();
        if (!*active) return std::nullopt;
        return pair;
      });
}

absl::StatusOr<v1::ItemDuplicate> JudgeItemDuplicate(storage::WriteTransaction& transaction,
                                                     const access::Caller& caller,
                                                     const ItemJudgement& judgement) {
  auto one = ReachedItem(transaction, caller, judgement.first, "first");
  if (!one.ok()) return one.status();
  auto other = ReachedItem(transaction, caller, judgement.second, "second");
  if (!other.ok()) return other.status();
  if (auto status = CheckJudgement(judgement); !status.ok()) return status;
  if (one->first == other->first) return RefuseField("second", "the same as first");
  if (one->second != other->second) return RefuseField("second", "it is another member's");
  if (one->first.kind() != other->first.kind()) {
    return RefuseField("second", "an item and a service are never one");
  }

  const CodePair codes = PairOf(one->first, other->first);
  const std::string key = keyspace::ItemPair(one->second, codes.first, codes.second);
  auto present = storage::GetRow<v1::ItemDuplicate>(transaction, key);
  if (!present.ok()) return present.status();
  v1::ItemDuplicate pair = present->has_value() ? std::move(**present) : v1::ItemDuplicate();
  pair.set_first(ComparedResource(codes.first));
  pair.set_second(ComparedResource(codes.second));
  pair.set_verdict(judgement.verdict);
  pair.set_reason(judgement.reason);
  *pair.mutable_verdict_time() = TimestampOf(transaction.record_time_us());
  // A pair that nobody found and nobody holds for two any more is nothing to keep.
  const bool nothing = judgement.verdict == v1::DUPLICATE_VERDICT_OPEN && !pair.has_found_time();
  auto status = nothing ? transaction.Delete(key) : storage::PutRow(transaction, key, pair);
  if (!status.ok()) return status;
  auto named = FillNames(transaction, codes, pair);
  if (!named.ok()) return named.status();
  return pair;
}

}  // namespace radyab::catalog
