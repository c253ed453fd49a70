#include <algorithm>

#include "registry/page_scan.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/keyspace.h"
#include "registry/trace/grouped_rows.h"
#include "registry/trace/known_objects.h"
#include "registry/trace/lot_holdings.h"
#include "registry/trace/object_key.h"
#include "registry/trace/trace_query.h"

namespace radyab::trace {
namespace {

using coding::Decimal;

// All of a lot (or the one piece) in one pair of hands and one state.
struct Pile {
  Appearance seen;
  Decimal sum;
  std::string unit;
  std::string container;  // of all of it; told only when it is one
  std::string place;      // the same
  std::uint64_t event = 0;
  std::int64_t since_us = 0;
};

std::string PileKey(const Appearance& seen, const std::string& unit) {
  return seen.party + "|" + std::to_string(seen.state) + "|" + seen.destination + "|" + unit;
}

class Piles {
 public:
  Piles(storage::ReadTransaction& transaction, Viewer& viewer)
      : viewer_(viewer), containment_(transaction) {}

  Containment& containment() { return containment_; }

  absl::Status Add(const Holding& holding) {
    auto seen = viewer_.Appear(holding.where);
    if (!seen.ok()) return seen.status();
    const auto [found, fresh] = piles_.try_emplace(PileKey(*seen, holding.unit));
    Pile& pile = found->second;
    if (fresh) {
      pile = {*std::move(seen), {}, holding.unit, holding.container, holding.place, holding.event,
              holding.first_us};
    }
    const auto sum = coding::AddDecimal(pile.sum, holding.amount);
    if (!sum) return storage::CorruptRecord("sum of " + found->first);
    pile.sum = *sum;
    if (pile.container != holding.container) pile.container.clear();
    if (pile.place != holding.place) pile.place.clear();
    pile.event = std::max(pile.event, holding.event);
    pile.since_us = std::min(pile.since_us, holding.first_us);
    return absl::OkStatus();
  }

  Page<v1::Custody> PageOf(const std::string& object, const PageRequest& page) const {
    std::map<std::string, v1::Custody> rows;
    for (const auto& [key, pile] : piles_) rows[key] = Write(object, pile);
    return PageOfGroups(std::move(rows), page);
  }

 private:
  static v1::Custody Write(const std::string& object, const Pile& pile) {
    v1::Custody custody;
    custody.set_object(object);
    custody.set_holder_party(pile.seen.party);
    custody.set_state(pile.seen.state);
    custody.set_destination_party(pile.seen.destination);
    custody.mutable_quantity()->set_amount(
        coding::WriteDecimal(coding::NormalizeDecimal(pile.sum)));
    custody.mutable_quantity()->set_unit(pile.unit);
    if (!pile.seen.open) return custody;
    if (const auto container = ReadObjectKey(pile.container)) {
      custody.set_container(coding::WriteObjectWord(*container));
    }
    custody.set_place(pile.place);
    *custody.mutable_since() = TimestampOf(pile.since_us);
    custody.set_event("events/" + std::to_string(pile.event));
    return custody;
  }

  Viewer& viewer_;
  Containment containment_;
  std::map<std::string, Pile> piles_;
};

}  // namespace

absl::StatusOr<Page<v1::Custody>> GetCustody(storage::ReadTransaction& transaction,
                                             const access::Caller& caller, std::string_view object,
                                             const PageRequest& page) {
  Viewer viewer(transaction, caller);
  auto asked = ObjectAsked(transaction, viewer, object, "object");
  if (!asked.ok()) return asked.status();
  Piles piles(transaction, viewer);
  absl::Status status;
  if (asked->word.type == coding::ObjectWord::Type::kLot) {
    status = VisitLotHoldings(transaction, asked->key, piles.containment(),
                              [&](const Holding& holding) { return piles.Add(holding); });
  } else {
    auto holding = HoldingOfPiece(transaction, asked->key, piles.containment());
    status = holding.ok() ? piles.Add(*holding) : holding.status();
  }
  if (!status.ok()) return status;
  return piles.PageOf(asked->name, page);
}

absl::StatusOr<Page<v1::Content>> ListContents(storage::ReadTransaction& transaction,
                                               const access::Caller& caller,
                                               std::string_view container,
                                               const PageRequest& page) {
  Viewer viewer(transaction, caller);
  auto asked = ObjectAsked(transaction, viewer, container, "container");
  if (!asked.ok()) return asked.status();
  if (asked->word.type != coding::ObjectWord::Type::kContainer) {
    return RefuseField("container", asked->name + " is no container; want sscc/N");
  }
  Containment containment(transaction);
  auto holding = HoldingOfPiece(transaction, asked->key, containment);
  if (!holding.ok()) return holding.status();
  auto seen = viewer.Appear(holding->where);
  if (!seen.ok()) return seen.status();
  // What a container holds elsewhere is its holder's to see.
  if (!seen->open) return NotFound(asked->name);

  const std::string prefix = keyspace::ContentPrefix(asked->key);
  Page<v1::Content> found;
  std::string last_key;
  absl::Status fault = absl::OkStatus();
  auto status = storage::ScanRows<records::ContentRecord>(
      transaction, RangeAfter(prefix, page), storage::Direction::kForward, page.row_count_max + 1,
      [&](std::string_view key, records::ContentRecord record) {
        if (found.rows.size() == page.row_count_max) {
          found.next = last_key;
          return false;
        }
        const auto word = ReadObjectKey(key.substr(prefix.size()));
        if (!word) {
          fault = storage::CorruptRecord(key);
          return false;
        }
        v1::Content& content = found.rows.emplace_back();
        content.set_object(coding::WriteObjectWord(*word));
        content.mutable_quantity()->set_amount(record.amount());
        content.mutable_quantity()->set_unit(record.unit());
        last_key = std::string(key);
        return true;
      });
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  return found;
}

}  // namespace radyab::trace
