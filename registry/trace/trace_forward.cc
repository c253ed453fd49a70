#include <algorithm>
#include <set>

#include "registry/stamp.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"
#include "registry/trace/container_contents.h"
#include "registry/trace/grouped_rows.h"
#include "registry/trace/known_objects.h"
#include "registry/trace/lot_holdings.h"
#include "registry/trace/object_key.h"
#include "registry/trace/trace_query.h"

namespace radyab::trace {
namespace {

using coding::Decimal;

// The first kListedMax names in order.
class FirstNames {
 public:
  void Add(const std::string& key) {
    if (key.empty() || (keys_.size() == kListedMax && key >= *keys_.rbegin())) return;
    keys_.insert(key);
    if (keys_.size() > kListedMax) keys_.erase(std::prev(keys_.end()));
  }
  template <class Field>
  void WriteTo(Field* field) const {
    for (const std::string& key : keys_) field->Add(WordOfKey(key));
  }

 private:
  std::set<std::string> keys_;
};

// All that one party holds in one state, in one unit of measure.
struct Held {
  Appearance seen;
  Decimal sum;
  std::string unit;
  std::int32_t unit_count = 0;
  FirstNames units;
  FirstNames containers;
  std::int64_t first_us = 0;
  std::int64_t last_us = 0;
};

v1::TraceHolder WriteHolder(const Held& held) {
  v1::TraceHolder holder;
  holder.set_party(held.seen.party);
  holder.set_customer(held.seen.state == v1::CUSTODY_STATE_DELIVERED);
  holder.set_state(held.seen.state);
  holder.mutable_quantity()->set_amount(coding::WriteDecimal(coding::NormalizeDecimal(held.sum)));
  holder.mutable_quantity()->set_unit(held.unit);
  holder.set_unit_count(held.unit_count);
  held.units.WriteTo(holder.mutable_units());
  held.containers.WriteTo(holder.mutable_containers());
  *holder.mutable_first_time() = TimestampOf(held.first_us);
  *holder.mutable_last_time() = TimestampOf(held.last_us);
  return holder;
}

// Sums holdings by what the viewer sees of their holders.
class Holders {
 public:
  Holders(storage::ReadTransaction& transaction, Viewer& viewer)
      : viewer_(viewer), containment_(transaction) {}

  Containment& containment() { return containment_; }

  absl::StatusOr<Held*> Add(const Holding& holding) {
    auto seen = viewer_.Appear(holding.where);
    if (!seen.ok()) return seen.status();
    const std::string key = seen->party + "|" + std::to_string(seen->state) + "|" + holding.unit;
    const auto [found, fresh] = held_.try_emplace(key);
    Held& held = found->second;
    if (fresh) {
      held.seen = *std::move(seen);
      held.unit = holding.unit;
      held.first_us = holding.first_us;
      held.last_us = holding.last_us;
    }
    const auto sum = coding::AddDecimal(held.sum, holding.amount);
    if (!sum) return storage::CorruptRecord("sum of " + key);
    held.sum = *sum;
    held.first_us = std::min(held.first_us, holding.first_us);
    held.last_us = std::max(held.last_us, holding.last_us);
    if (held.seen.open) held.containers.Add(holding.container);
    return &held;
  }

  absl::Status AddOfLot(const Holding& holding) {
    auto held = Add(holding);
    if (!held.ok()) return held.status();
    if (!holding.piece.empty()) CountUnit(**held, holding.piece);
    return absl::OkStatus();
  }

  static void CountUnit(Held& held, const std::string& unit) {
    ++held.unit_count;
    if (held.seen.open) held.units.Add(unit);
  }

  Page<v1::TraceHolder> PageOf(const PageRequest& page) const {
    std::map<std::string, v1::TraceHolder> rows;
    for (const auto& [key, held] : held_) rows[key] = WriteHolder(held);
    return PageOfGroups(std::move(rows), page);
  }

 private:
  Viewer& viewer_;
  Containment containment_;
  std::map<std::string, Held> held_;
};

// A container: itself, and the units in it as far as they are the viewer's to see.
absl::Status AddContainer(storage::ReadTransaction& transaction, const std::string& key,
                          Holders& holders) {
  auto holding = HoldingOfPiece(transaction, key, holders.containment());
  if (!holding.ok()) return holding.status();
  if (holding->container.empty()) holding->container = key;
  auto held = holders.Add(*holding);
  if (!held.ok()) return held.status();
  if (!(*held)->seen.open) return absl::OkStatus();
  return VisitContents(transaction, key, [&](const ContentLine& line) {
    if (line.type == coding::ObjectWord::Type::kUnit) Holders::CountUnit(**held, line.key);
    return absl::OkStatus();
  });
}

}  // namespace

absl::StatusOr<Page<v1::TraceHolder>> TraceForward(storage::ReadTransaction& transaction,
                                                   const access::Caller& caller,
                                                   std::string_view object,
                                                   const PageRequest& page) {
  Viewer viewer(transaction, caller);
  auto asked = ObjectAsked(transaction, viewer, object, "object");
  if (!asked.ok()) return asked.status();
  Holders holders(transaction, viewer);
  absl::Status status;
  switch (asked->word.type) {
    case coding::ObjectWord::Type::kLot:
      status = VisitLotHoldings(transaction, asked->key, holders.containment(),
                                [&](const Holding& holding) { return holders.AddOfLot(holding); });
      break;
    case coding::ObjectWord::Type::kContainer:
      status = AddContainer(transaction, asked->key, holders);
      break;
    default:
      auto holding = HoldingOfPiece(transaction, asked->key, holders.containment());
      status = holding.ok() ? holders.AddOfLot(*holding) : holding.status();
  }
  if (!status.ok()) return status;
  return holders.PageOf(page);
}

}  // namespace radyab::trace
