// AlikeItems and what is made of it: candidates by the order of names, and the queue's rows.
#include <algorithm>
#include <set>
#include <utility>

#include "coding/text_fold.h"
#include "registry/catalog/compared_entry.h"
#include "registry/catalog/item_duplicates.h"
#include "registry/catalog/item_likeness.h"
#include "registry/catalog/member_registry.h"
#include "registry/reason.h"
#include "registry/search/rare_words.h"
#include "registry/stamp.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

using storage::Direction;

// The blocks of the owner: a code tells whose it is.
absl::StatusOr<std::set<std::uint32_t>> BlocksOf(storage::ReadTransaction& transaction,
                                                 MemberId owner) {
  auto member = GetMember(transaction, owner);
  if (!member.ok()) return member.status();
  std::set<std::uint32_t> blocks;
  for (const std::string& digits : member->blocks()) {
    blocks.insert(static_cast<std::uint32_t>(std::stoul(digits)));
  }
  return blocks;
}

// A name of another one, as the index has it.
struct IndexedName {
  std::string folded;
  coding::Code code;
};

absl::StatusOr<IndexedName> NameAt(std::string_view key) {
  storage::OrderedKeyReader reader(key);
  reader.U8();  // family
  reader.U8();  // kind
  reader.U32();
  std::string folded = reader.Text();
  const auto code = coding::Code::FromNumber(reader.U64());
  if (!reader.ok() || !code.ok()) return storage::CorruptRecord(key);
  return IndexedName{std::move(folded), *code};
}

class Neighbourhood {
 public:
  Neighbourhood(storage::ReadTransaction& transaction, coding::Code own,
                std::set<std::uint32_t> blocks)
      : transaction_(transaction), own_(own), blocks_(std::move(blocks)) {}

  // Those of its kind with a name like this one, which stands near it.
  absl::Status Look(const std::string& name) {
    const std::string folded = coding::FoldText(name);
    if (folded.empty()) return absl::OkStatus();
    const std::string own = keyspace::Name(own_.kind(), MemberId::kRegistry, folded, own_);
    const std::string all = keyspace::NamePrefix(own_.kind(), MemberId::kRegistry, "");
    const ComparedName compared(folded);
    auto before = Scan({all, own}, Direction::kBackward, compared);
    if (!before.ok()) return before;
    return Scan({own + '\0', storage::PrefixEnd(all)}, Direction::kForward, compared);
  }

  // Those of its kind among things that share a rare word with it.
  void Take(const std::set<search::Thing>& sharers) {
    for (const search::Thing thing : sharers) {
      const auto code = coding::Code::FromNumber(thing);
      const bool same_kind = code.ok() && code->kind() == own_.kind();
      if (same_kind && *code != own_ && blocks_.contains(code->block())) codes_.insert(*code);
    }
  }

  const std::set<coding::Code>& codes() const { return codes_; }

 private:
  absl::Status Scan(const storage::KeyRange& range, Direction direction,
                    const ComparedName& compared) {
    absl::Status fault = absl::OkStatus();
    auto status = transaction_.Scan(
        range, direction, kNameNeighbours, [&](std::string_view key, std::string_view) {
          auto name = NameAt(key);
          fault = name.status();
          if (!fault.ok()) return false;
          const bool same_owner = name->code != own_ && blocks_.contains(name->code.block());
          if (same_owner && !codes_.contains(name->code) &&
              compared.LikenessTo(name->folded) >= kReviewLikeness) {
            codes_.insert(name->code);
          }
          return true;
        });
    return fault.ok() ? status : fault;
  }

  storage::ReadTransaction& transaction_;
  const coding::Code own_;
  const std::set<std::uint32_t> blocks_;
  std::set<coding::Code> codes_;
};

absl::StatusOr<std::vector<ItemPair>> AlikeAmong(storage::ReadTransaction& transaction,
                                                 const v1::Item& item,
                                                 const std::set<search::Thing>& sharers) {
  std::vector<ItemPair> pairs;
  if (item.generic()) return pairs;
  const auto own = coding::ParseCode(item.code());
  if (!own.ok()) return RefuseText("item.code", own.refusal());
  auto owner = ParseMemberName(item.member(), "item.member");
  if (!owner.ok()) return owner.status();
  auto blocks = BlocksOf(transaction, *owner);
  if (!blocks.ok()) return blocks.status();
  Neighbourhood near(transaction, *own, *std::move(blocks));
  for (const std::string* name : {&item.display_name().fa(), &item.display_name().en()}) {
    if (auto looked = near.Look(*name); !looked.ok()) return looked;
  }
  near.Take(sharers);
  for (const coding::Code code : near.codes()) {
    auto other = ActiveCompared(transaction, code);
    if (!other.ok()) return other.status();
    if (!other->has_value()) continue;
    auto likeness = ItemLikeness(transaction, item, **other);
    if (!likeness.ok()) return likeness.status();
    if (*likeness >= kReviewLikeness) pairs.push_back({*owner, PairOf(*own, code), *likeness});
  }
  std::ranges::stable_sort(pairs, std::ranges::greater{}, &ItemPair::likeness);
  if (pairs.size() > kAlikePairsMax) pairs.erase(pairs.begin() + kAlikePairsMax, pairs.end());
  return pairs;
}

}  // namespace

absl::StatusOr<std::vector<ItemPair>> AlikeItems(storage::ReadTransaction& transaction,
                                                 const Environment& environment,
                                                 const v1::Item& item) {
  if (item.generic()) return std::vector<ItemPair>();
  const auto own = coding::ParseCode(item.code());
  if (!own.ok()) return RefuseText("item.code", own.refusal());
  auto sharers = search::SharersOfRareWords(transaction, environment, search::ThingOf(*own),
                                            item.display_name());
  if (!sharers.ok()) return sharers.status();
  return AlikeAmong(transaction, item, *sharers);
}

absl::StatusOr<std::vector<ItemPair>> AlikeItemsOf(storage::ReadTransaction& transaction,
                                                   coding::Code code,
                                                   const std::set<std::uint64_t>& sharers) {
  auto item = ActiveCompared(transaction, code);
  if (!item.ok()) return item.status();
  if (!item->has_value()) return std::vector<ItemPair>();
  return AlikeAmong(transaction, **item, sharers);
}

absl::Status CheckNothingAlike(storage::ReadTransaction& transaction,
                               const Environment& environment, const v1::Item& item) {
  auto pairs = AlikeItems(transaction, environment, item);
  if (!pairs.ok()) return pairs.status();
  if (pairs->empty()) return absl::OkStatus();
  const ItemPair& likest = pairs->front();
  const coding::Code code =
      likest.codes.first.Digits() == item.code() ? likest.codes.second : likest.codes.first;
  return Refuse(absl::StatusCode::kAlreadyExists, Reason::kSimilarExists,
                std::string(KindName(code.kind())) + ".display_name: " + code.Digits() +
                    " of the same member is much like it",
                {{"resource", ComparedResource(code)}, {"code", code.Digits()}});
}

absl::StatusOr<PairKept> KeepItemPair(storage::WriteTransaction& transaction,
                                      const ItemPair& pair) {
  for (const coding::Code code : {pair.codes.first, pair.codes.second}) {
    auto active = ActiveCompared(transaction, code);
    if (!active.ok()) return active.status();
    if (!active->has_value()) return PairKept::kGone;
  }
  const std::string key = keyspace::ItemPair(pair.owner, pair.codes.first, pair.codes.second);
  auto present = storage::GetRow<v1::ItemDuplicate>(transaction, key);
  if (!present.ok()) return present.status();
  const bool known = present->has_value();
  if (known && (*present)->verdict() == v1::DUPLICATE_VERDICT_NOT_THE_SAME) {
    return PairKept::kJudged;
  }
  v1::ItemDuplicate row = known ? **present : v1::ItemDuplicate();
  row.set_first(ComparedResource(pair.codes.first));
  row.set_second(ComparedResource(pair.codes.second));
  row.set_likeness(pair.likeness);
  row.set_zone(pair.likeness >= kSuggestedLikeness ? v1::DUPLICATE_ZONE_SUGGESTED
                                                   : v1::DUPLICATE_ZONE_REVIEW);
  row.set_verdict(v1::DUPLICATE_VERDICT_OPEN);
  *row.mutable_found_time() = TimestampOf(transaction.record_time_us());
  if (auto put = storage::PutRow(transaction, key, row); !put.ok()) return put;
  return known ? PairKept::kAgain : PairKept::kNew;
}

}  // namespace radyab::catalog
