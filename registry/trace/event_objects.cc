#include <set>

#include "coding/civil_date.h"
#include "coding/gs1_characters.h"
#include "registry/trace/event_capture.h"
#include "registry/trace/event_fields.h"
#include "registry/trace/object_key.h"

namespace radyab::trace {
namespace {

using coding::ObjectWord;

// A day as given; an empty one stays empty.
std::optional<coding::CivilDate> ReadDate(const std::string& text, const std::string& field,
                                          FaultList& faults) {
  if (text.empty()) return std::nullopt;
  const auto date = coding::ParseIsoDate(text);
  if (date.ok()) return *date;
  faults.Add(field, date.refusal().message);
  return std::nullopt;
}

void ReadOrigin(const v1::EventObject& wanted, bool commissioned, DraftObject& object,
                FaultList& faults) {
  const std::string field = object.field();
  if (!commissioned) {
    if (!wanted.lot().empty()) faults.Add(field + ".lot", "only a commission tells the lot");
    if (!wanted.production_date().empty()) {
      faults.Add(field + ".production_date", "only a commission tells it");
    }
    if (!wanted.expiry_date().empty()) {
      faults.Add(field + ".expiry_date", "only a commission tells it");
    }
    return;
  }
  if (!wanted.lot().empty()) {
    if (object.is_lot()) {
      faults.Add(field + ".lot", "a lot belongs to no other lot: leave it empty");
    } else if (const auto lot = coding::ParseLot(wanted.lot()); !lot.ok()) {
      faults.Add(field + ".lot", lot.refusal().message);
    }
  }
  const auto made = ReadDate(wanted.production_date(), field + ".production_date", faults);
  const auto ends = ReadDate(wanted.expiry_date(), field + ".expiry_date", faults);
  if (made && ends && *ends < *made) {
    faults.Add(field + ".expiry_date",
               wanted.expiry_date() + " is before the production date " + wanted.production_date());
  }
  object.lot = wanted.lot();
  object.production_date = wanted.production_date();
  object.expiry_date = wanted.expiry_date();
}

void ReadLotAmount(const v1::EventObject& wanted, DraftObject& object, FaultList& faults) {
  const std::string field = object.field() + ".quantity";
  if (!wanted.has_quantity()) {
    faults.Add(field, "missing; say how much of the lot", Reason::kMissingField);
    return;
  }
  const auto amount = coding::ParseDecimal(wanted.quantity().amount());
  if (!amount.ok()) {
    faults.Add(field + ".amount", amount.refusal().message);
  } else if (amount->mantissa <= 0) {
    faults.Add(field + ".amount", "\"" + wanted.quantity().amount() + "\"; want more than nothing");
  } else if (amount->mantissa > kQuantityMantissaMax) {
    faults.Add(field + ".amount", "\"" + wanted.quantity().amount() + "\" has more than 18 digits");
  } else {
    object.amount = coding::NormalizeDecimal(*amount);
  }
  const auto unit = coding::ParseMeasureUnit(wanted.quantity().unit());
  if (unit.ok()) {
    object.unit = *unit;
  } else {
    faults.Add(field + ".unit", unit.refusal().message);
  }
}

// A unit or container is one piece, whether it is said or not.
void CheckOne(const v1::EventObject& wanted, const DraftObject& object, FaultList& faults) {
  if (!wanted.has_quantity()) return;
  const auto amount = coding::ParseDecimal(wanted.quantity().amount());
  const bool one = amount.ok() && coding::NormalizeDecimal(*amount) == coding::Decimal{1, 0};
  if (!one || wanted.quantity().unit() != kPieces) {
    faults.Add(object.field() + ".quantity", object.name + " is one piece: leave it empty");
  }
}

// False when the object has no name to go on with.
bool ReadName(const v1::EventObject& wanted, const EventDraft& draft, DraftObject& object,
              FaultList& faults) {
  const std::string field = object.field() + ".object";
  const auto word = coding::ParseObjectWord(wanted.object());
  if (!word.ok()) {
    faults.Add(field, word.refusal().message);
    return false;
  }
  object.word = *word;
  object.name = coding::WriteObjectWord(*word);
  if (word->type == ObjectWord::Type::kCode) {
    faults.Add(field, object.name + ": want CODE/lot/L, CODE/serial/S or sscc/N");
    return false;
  }
  if (word->code && word->code->kind() != coding::Kind::kItem) {
    faults.Add(field, object.name + " begins with the code of a " +
                          std::string(coding::KindName(word->code->kind())) +
                          "; only items have lots and serials");
    return false;
  }
  object.key = WriteObjectKey(*word);
  if (object.is_container() && draft.event.kind() == v1::EVENT_KIND_COMMISSION) {
    faults.Add(field, object.name + ": a container begins with its first PACK");
  }
  if (!draft.container_key.empty() && object.key == draft.container_key) {
    faults.Add(field, object.name + " is the container itself");
  }
  return true;
}

void WriteObject(const DraftObject& object, v1::EventObject& out) {
  out.set_object(object.name);
  if (object.is_lot()) {
    out.mutable_quantity()->set_amount(coding::WriteDecimal(object.amount));
    out.mutable_quantity()->set_unit(object.unit);
  }
  out.set_lot(object.lot);
  out.set_production_date(object.production_date);
  out.set_expiry_date(object.expiry_date);
}

}  // namespace

void ReadObjects(const v1::Event& wanted, EventDraft& draft, FaultList& faults) {
  const auto count = static_cast<std::size_t>(wanted.objects_size());
  if (count == 0) faults.Add("objects", "missing; name at least one", Reason::kMissingField);
  if (count > kEventObjectsMax) {
    faults.Add("objects",
               std::to_string(count) + " objects; at most " + std::to_string(kEventObjectsMax));
    return;
  }
  const bool commissioned = wanted.kind() == v1::EVENT_KIND_COMMISSION;
  std::set<std::string> seen;
  for (std::size_t place = 0; place < count; ++place) {
    const v1::EventObject& one = wanted.objects(static_cast<int>(place));
    DraftObject object;
    object.place = place;
    if (!ReadName(one, draft, object, faults)) continue;
    if (!seen.insert(object.key).second) {
      faults.Add(object.field() + ".object", object.name + " is named twice in this event");
    }
    ReadOrigin(one, commissioned, object, faults);
    if (object.is_lot()) {
      ReadLotAmount(one, object, faults);
    } else {
      CheckOne(one, object, faults);
    }
    WriteObject(object, *draft.event.add_objects());
    draft.objects.push_back(std::move(object));
  }
}

}  // namespace radyab::trace
