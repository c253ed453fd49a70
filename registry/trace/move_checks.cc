#include "registry/trace/move_checks.h"

#include <algorithm>

#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"
#include "registry/trace/containment.h"
#include "registry/trace/object_key.h"

namespace radyab::trace {
namespace {

using coding::Decimal;

// "is inside sscc/N, with 7000…", as far as the viewer may know.
absl::StatusOr<std::string> WhereItIs(const Move& move, const records::ObjectRecord& record) {
  auto standing = Containment(move.transaction).Of(record);
  if (!standing.ok()) return standing.status();
  auto seen = move.viewer.Appear(standing->where);
  if (!seen.ok()) return seen.status();
  std::string text = "it is ";
  if (!record.container().empty() && seen->open) {
    text += "inside " + WordOfKey(record.container()) + ", ";
  }
  if (seen->party.empty()) return text + "with another party";
  if (seen->state == v1::CUSTODY_STATE_IN_TRANSIT) {
    return text + "on the way from " + seen->party + " to " + seen->destination;
  }
  return text + (seen->state == v1::CUSTODY_STATE_DELIVERED ? "delivered to " : "with ") +
         seen->party;
}

// What is wrong with the goods is told to a member that knows them; to others they are not there.
absl::Status ToWhoKnows(const Move& move, const DraftObject& object, absl::Status refusal) {
  auto knows =
      KnowsByIndex(move.transaction, move.viewer, StuckObject(object).object, kQuickTieStepsMax);
  if (!knows.ok()) return knows.status();
  return *knows ? refusal : NotFound(object.name);
}

absl::Status TooManyDigits(const DraftObject& object) {
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                object.name + ": quantities of this lot would need more than 18 digits",
                {{"object", object.name}, {"field", object.field() + ".quantity.amount"}});
}

}  // namespace

Stuck StuckObject(const DraftObject& object) {
  return {{object.word, object.name, object.key}, object.field()};
}

absl::Status RefuseMove(const Move& move, const Stuck& stuck, const std::string& wanted) {
  auto knows = KnowsByIndex(move.transaction, move.viewer, stuck.object, kQuickTieStepsMax);
  if (!knows.ok()) return knows.status();
  if (!*knows) return NotFound(stuck.object.name);
  auto record = FindObject(move.transaction, stuck.object.key);
  if (!record.ok()) return record.status();
  std::string why = "; " + wanted;
  if (stuck.object.word.type != coding::ObjectWord::Type::kLot) {
    auto where = WhereItIs(move, **record);
    if (!where.ok()) return where.status();
    why = ": " + *where + why;
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kImpossibleMove,
                stuck.field + ": " + KindName(move.draft.event.kind()) + " cannot move " +
                    stuck.object.name + why,
                {{"object", stuck.object.name}, {"field", stuck.field}});
}

absl::StatusOr<records::ObjectRecord> LoosePiece(const Move& move, const DraftObject& object,
                                                 absl::FunctionRef<bool(const Whereabouts&)> fits,
                                                 const std::string& wanted) {
  auto record = FindObject(move.transaction, object.key);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return NotFound(object.name);
  if (!(*record)->container().empty() || !fits(WhereaboutsOf(**record))) {
    return RefuseMove(move, StuckObject(object), wanted);
  }
  return std::move(**record);
}

absl::Status PlacePiece(const Move& move, const DraftObject& object, records::ObjectRecord record,
                        const Whereabouts& to, const std::string& place) {
  record.clear_container();
  record.set_holder(to.holder);
  record.set_state(to.state);
  record.set_destination(to.destination);
  record.set_place(place);
  return move.book.PutObject(object.key, std::move(record));
}

absl::Status CheckLot(const Move& move, const DraftObject& object) {
  auto head = FindObject(move.transaction, object.key);
  if (!head.ok()) return head.status();
  if (!head->has_value()) return NotFound(object.name);
  if ((*head)->unit().empty()) {
    return RefuseMove(move, StuckObject(object), "it has units only; name them by serial");
  }
  if ((*head)->unit() != object.unit) {
    return ToWhoKnows(
        move, object,
        RefuseField(object.field() + ".quantity.unit",
                    object.unit + "; " + object.name + " is measured in " + (*head)->unit()));
  }
  auto total = StoredDecimal((*head)->total(), keyspace::Object(object.key));
  if (!total.ok()) return total.status();
  const auto finer = coding::AddDecimal(*total, Decimal{0, object.amount.scale});
  if (!finer || finer->mantissa > kQuantityMantissaMax) {
    return ToWhoKnows(move, object, TooManyDigits(object));
  }
  if (finer->scale == total->scale) return absl::OkStatus();
  (*head)->set_total(coding::WriteDecimal(*finer));
  return move.book.KeepObject(object.key, **head);
}

absl::StatusOr<std::string> TakeLoose(const Move& move, const DraftObject& object,
                                      const std::vector<Whereabouts>& from,
                                      const std::string& wanted) {
  if (auto status = CheckLot(move, object); !status.ok()) return status;
  std::vector<Decimal> there;
  Decimal sum;
  for (const Whereabouts& where : from) {
    auto stock = StockOf(move.transaction, object.key, where);
    if (!stock.ok()) return stock.status();
    there.push_back(*stock);
    sum = coding::AddDecimal(sum, *stock).value_or(sum);
  }
  if (coding::CompareDecimal(sum, object.amount) < 0) {
    return RefuseMove(move, StuckObject(object),
                      coding::WriteDecimal(object.amount) + " " + object.unit + " wanted, " +
                          coding::WriteDecimal(sum) + " there; " + wanted);
  }
  std::string place;
  Decimal left = object.amount;
  for (std::size_t i = 0; i < from.size() && left.mantissa > 0; ++i) {
    if (there[i].mantissa == 0) continue;
    const Decimal part = coding::CompareDecimal(there[i], left) < 0 ? there[i] : left;
    auto had = move.book.TakeStock(object.key, from[i], part);
    if (!had.ok()) return had;
    if (!had->empty()) place = *had;
    const auto rest = coding::SubtractDecimal(left, part);
    if (!rest) return TooManyDigits(object);
    left = *rest;
  }
  return place;
}

namespace {

absl::StatusOr<PartyTie> TieOfRow(const Move& move, const coding::Code& party,
                                  const v1::Party& row) {
  auto owner = catalog::ParseMemberName(row.member(), "member");
  if (!owner.ok()) return owner.status();
  auto itself = move.viewer.OwnPartyOf(*owner);
  if (!itself.ok()) return itself.status();
  PartyTie tie;
  tie.owner = *owner;
  tie.ours = *owner == move.recorder.member;
  tie.itself = *itself == party.number();
  tie.customer = std::ranges::count(row.roles(), v1::PARTY_ROLE_CUSTOMER) > 0;
  tie.supplier = std::ranges::count(row.roles(), v1::PARTY_ROLE_SUPPLIER) > 0;
  if (!tie.ours && !tie.itself) return NotFound(parties::PartyName(party));
  return tie;
}

absl::StatusOr<v1::Party> PartyRow(const Move& move, const coding::Code& party) {
  auto row = parties::ReadPartyRecord(move.transaction, party);
  if (!row.ok()) return row.status();
  if (!row->has_value() || (*row)->party().code() != party.Digits()) {
    return NotFound(parties::PartyName(party));
  }
  return (*row)->party();
}

}  // namespace

absl::StatusOr<PartyTie> TieOf(const Move& move, const coding::Code& party) {
  auto row = PartyRow(move, party);
  if (!row.ok()) return row.status();
  return TieOfRow(move, party, *row);
}

absl::StatusOr<PartyTie> ActiveTieOf(const Move& move, const coding::Code& party) {
  auto row = PartyRow(move, party);
  if (!row.ok()) return row.status();
  auto tie = TieOfRow(move, party, *row);
  if (!tie.ok()) return tie;
  if (auto status = catalog::RequireActive(party, row->life()); !status.ok()) return status;
  return tie;
}

absl::Status PutDelivery(const Move& move, const coding::Code& party, const DraftObject& object) {
  records::DeliveryRecord delivery;
  delivery.set_amount(coding::WriteDecimal(object.amount));
  delivery.set_unit(object.unit);
  delivery.set_event_time_us(move.book.moment().time_us);
  delivery.set_reference(move.draft.event.reference());
  return storage::PutRow(move.transaction,
                         keyspace::Delivery(party, move.book.moment().event, object.key), delivery);
}

}  // namespace radyab::trace
