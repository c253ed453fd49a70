#include <map>

#include "registry/catalog/item_registry.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"
#include "registry/trace/move_checks.h"
#include "registry/trace/object_key.h"

namespace radyab::trace {
namespace {

using coding::Decimal;
using coding::ObjectWord;

// Brings goods of one event into being.
class Commissioning {
 public:
  explicit Commissioning(const Move& move) : move_(move) {}

  absl::Status Run() {
    if (auto status = CheckSource(); !status.ok()) return status;
    for (const DraftObject& object : move_.draft.objects) {
      auto owner = ItemOwner(object);
      if (!owner.ok()) return owner.status();
      auto status = object.is_lot() ? AddToLot(object, *owner) : AddUnit(object, *owner);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  // Goods come from a supplier, or the member made them itself.
  absl::Status CheckSource() const {
    const coding::Code& source = *move_.draft.source;
    auto tie = TieOf(move_, source);
    if (!tie.ok()) return tie.status();
    if (tie->supplier || source == move_.recorder.own_party) return absl::OkStatus();
    return RefuseField("source_party", source.Digits() + " is no supplier");
  }

  // The member whose active item it is; looked up once an item.
  absl::StatusOr<MemberId> ItemOwner(const DraftObject& object) {
    const coding::Code code = *object.word.code;
    const auto known = owners_.find(code.number());
    if (known != owners_.end()) return known->second;
    auto item = catalog::GetItem(move_.transaction, "items/" + code.Digits());
    if (!item.ok()) {
      return absl::IsNotFound(item.status()) ? NotFound(object.name) : item.status();
    }
    auto owner = catalog::ParseMemberName(item->member(), "member");
    if (!owner.ok()) return owner.status();
    if (item->generic()) {
      return RefuseField(object.field() + ".object",
                         object.name + ": a generic item has no goods; name the supplier's item");
    }
    if (*owner != move_.recorder.member && !move_.caller.ReachesEveryMember()) {
      return NotFound(object.name);
    }
    if (auto status = catalog::RequireActive(code, item->life()); !status.ok()) return status;
    return owners_[code.number()] = *owner;
  }

  records::ObjectRecord NewRecord(const DraftObject& object, MemberId owner) const {
    records::ObjectRecord record;
    record.set_supplier(move_.draft.source->number());
    record.set_member(static_cast<std::uint32_t>(owner));
    record.set_production_date(object.production_date);
    record.set_expiry_date(object.expiry_date);
    record.set_commission_time_us(move_.draft.event_time_us);
    return record;
  }

  // A day of a lot is told once; told again it must be the same.
  absl::Status AgreeOnDay(const DraftObject& object, const char* name, const std::string& told,
                          std::string& stands) const {
    if (stands.empty()) stands = told;
    if (told.empty() || told == stands) return absl::OkStatus();
    return Refuse(
        absl::StatusCode::kFailedPrecondition, Reason::kImpossibleMove,
        object.field() + ": " + name + " of " + object.name + " is " + stands + ", not " + told,
        {{"object", object.name}, {"field", object.field() + "." + name}});
  }

  // A lot has one supplier. Told another time it must be the same, or the first would be lost.
  absl::Status AgreeOnSupplier(const DraftObject& object, std::uint64_t stands,
                               std::string_view lot_key) const {
    const coding::Code& told = *move_.draft.source;
    if (stands == told.number()) return absl::OkStatus();
    auto seen = move_.viewer.PartyFor(stands);
    if (!seen.ok()) return seen.status();
    // A private party of another member appears as that member, which may be the one that is told.
    const bool other = seen->empty() || *seen == told.Digits();
    const std::string lot = WordOfKey(lot_key);
    return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kImpossibleMove,
                  object.field() + ": the supplier of " + lot + " is " +
                      (other ? "another party" : *seen) + ", not " + told.Digits(),
                  {{"object", lot}, {"field", "source_party"}});
  }

  absl::Status AddToLot(const DraftObject& object, MemberId owner) {
    auto found = FindObject(move_.transaction, object.key);
    if (!found.ok()) return found.status();
    records::ObjectRecord head = found->has_value() ? **found : NewRecord(object, owner);
    if (head.unit().empty()) head.set_unit(object.unit);
    if (head.unit() != object.unit) {
      return RefuseField(object.field() + ".quantity.unit",
                         object.unit + "; " + object.name + " is measured in " + head.unit());
    }
    auto status = AgreeOnSupplier(object, head.supplier(), object.key);
    if (!status.ok()) return status;
    status = AgreeOnDay(object, "production_date", object.production_date,
                        *head.mutable_production_date());
    if (!status.ok()) return status;
    status = AgreeOnDay(object, "expiry_date", object.expiry_date, *head.mutable_expiry_date());
    if (!status.ok()) return status;
    auto total = head.total().empty() ? Decimal{}
                                      : StoredDecimal(head.total(), keyspace::Object(object.key));
    if (!total.ok()) return total.status();
    const auto sum = coding::AddDecimal(*total, object.amount);
    if (!sum || sum->mantissa > kQuantityMantissaMax) {
      return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                    object.name + ": the whole lot would need more than 18 digits",
                    {{"object", object.name}, {"field", object.field() + ".quantity.amount"}});
    }
    head.set_total(coding::WriteDecimal(*sum));
    status = move_.book.PutObject(object.key, std::move(head));
    if (!status.ok()) return status;
    return move_.book.AddStock(object.key, move_.here(), object.amount, move_.book.moment().place);
  }

  // The lot of a unit begins with its first unit, if it has not begun.
  absl::Status JoinLot(const DraftObject& object, MemberId owner, const std::string& lot) {
    auto head = FindObject(move_.transaction, lot);
    if (!head.ok()) return head.status();
    auto status = head->has_value() ? AgreeOnSupplier(object, (*head)->supplier(), lot)
                                    : move_.book.PutObject(lot, NewRecord(object, owner));
    if (!status.ok()) return status;
    return storage::PutMark(move_.transaction, keyspace::LotUnit(lot, object.key));
  }

  absl::Status AddUnit(const DraftObject& object, MemberId owner) {
    auto found = FindObject(move_.transaction, object.key);
    if (!found.ok()) return found.status();
    if (found->has_value()) {
      return RefuseMove(move_, StuckObject(object), "a serial is commissioned once");
    }
    records::ObjectRecord record = NewRecord(object, owner);
    if (!object.lot.empty()) {
      record.set_lot(WriteObjectKey(ObjectWord::ForLot(*object.word.code, object.lot)));
      if (auto status = JoinLot(object, owner, record.lot()); !status.ok()) return status;
    }
    return PlacePiece(move_, object, std::move(record), move_.here(), move_.book.moment().place);
  }

  const Move& move_;
  std::map<std::uint64_t, MemberId> owners_;
};

}  // namespace

absl::Status Commission(const Move& move) { return Commissioning(move).Run(); }

}  // namespace radyab::trace
