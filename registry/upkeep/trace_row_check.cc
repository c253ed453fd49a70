#include <string>

#include "coding/object_words.h"
#include "radyab/v1/trace.pb.h"
#include "registry/trace/event_rows.h"
#include "registry/trace/object_key.h"
#include "registry/upkeep/row_context.h"

namespace radyab::upkeep {
namespace {

void WantEvent(RowContext& row, std::uint64_t sequence) {
  row.Want(keyspace::Event(sequence), "events/" + std::to_string(sequence));
}

// Nothing in trace is ever deleted: an object that an event speaks of has a row, and one that finds
// the event by it.
void WantObject(RowContext& row, std::string_view object) {
  row.Want(keyspace::Object(object), trace::WordOfKey(object));
}

void WantObjectEvent(RowContext& row, const coding::ObjectWord& word, std::uint64_t event) {
  row.Want(keyspace::ObjectEvent(trace::WriteObjectKey(word), event),
           "the row that finds it by " + coding::WriteObjectWord(word));
}

// `lot` is that of a commissioned unit, or empty.
void CheckObjectOfEvent(RowContext& row, const std::string& name, const std::string& lot,
                        std::uint64_t event) {
  const auto word = coding::ParseObjectWord(name);
  if (!word.ok() || word->type == coding::ObjectWord::Type::kCode) {
    return row.tell("\"" + name + "\" is no object");
  }
  WantObjectEvent(row, *word, event);
  if (!lot.empty() && word->code) {
    WantObjectEvent(row, coding::ObjectWord::ForLot(*word->code, lot), event);
  }
}

void CheckObjectsOfEvent(RowContext& row, const v1::Event& event) {
  const auto number = trace::ParseEventName(event.name());
  if (!number) return row.tell("\"" + event.name() + "\" names no event");
  for (const v1::EventObject& object : event.objects()) {
    CheckObjectOfEvent(row, object.object(), object.lot(), *number);
  }
  if (!event.container().empty()) CheckObjectOfEvent(row, event.container(), "", *number);
}

void CheckEvent(RowContext& row) {
  const auto event = row.Own<v1::Event>();
  if (!event) return;
  const std::uint64_t sequence = row.parts().U64();
  const bool continues_another = event->kind() == v1::EVENT_KIND_UNSPECIFIED;
  if (!continues_another && event->name() != "events/" + std::to_string(sequence)) {
    row.tell("it calls itself " + event->name());
  }
  row.WantCounter(keyspace::Counter("event"), sequence, "the counter of events");
  CheckObjectsOfEvent(row, *event);
}

void CheckEventRef(RowContext& row) {
  if (const auto reference = row.Own<records::EventRefRecord>()) {
    WantEvent(row, reference->sequence());
  }
}

void CheckObject(RowContext& row) {
  const auto object = row.Own<records::ObjectRecord>();
  if (!object) return;
  const std::string key = row.parts().Tail();
  if (!trace::ReadObjectKey(key)) row.tell("its key names no object");
  WantEvent(row, object->event());
  if (!object->lot().empty()) row.Want(keyspace::Object(object->lot()), "its lot");
  if (object->container().empty()) return;
  row.Want(keyspace::Object(object->container()), "the container it is in");
  row.Want(keyspace::Content(object->container(), key), "its place among the container's contents");
}

void CheckObjectEvent(RowContext& row) {
  auto parts = row.parts();
  const std::string key = parts.Text();
  WantObject(row, trace::ObjectOfView(key));
  WantEvent(row, parts.U64());
}

void CheckContent(RowContext& row) {
  row.Own<records::ContentRecord>();
  auto parts = row.parts();
  const std::string container = parts.Text(), child = parts.Tail();
  row.Want(keyspace::Object(container), "its container");
  const auto object = row.OtherAs<records::ObjectRecord>(keyspace::Object(child));
  if (!row.fault.ok()) return;
  if (!object) return row.tell("what it says is inside is not there");
  const bool is_lot = child.starts_with('\x01');
  if (is_lot) {
    row.Want(keyspace::ContainedIn(child, container), "the row that finds it by its lot");
  } else if (object->container() != container) {
    row.tell("what it says is inside is elsewhere");
  }
}

void CheckContainedIn(RowContext& row) {
  row.Own<records::ContentRecord>();
  auto parts = row.parts();
  const std::string lot = parts.Text();
  row.Want(keyspace::Content(parts.Tail(), lot), "its place among the container's contents");
}

void CheckLotStock(RowContext& row) {
  row.Own<records::LotStockRecord>();
  row.Want(keyspace::Object(row.parts().Text()), "its lot");
}

void CheckLotUnit(RowContext& row) {
  auto parts = row.parts();
  row.Want(keyspace::Object(parts.Text()), "its lot");
  row.Want(keyspace::Object(parts.Tail()), "its unit");
}

void CheckDelivery(RowContext& row) {
  row.Own<records::DeliveryRecord>();
  auto parts = row.parts();
  row.WantEntity(parts.U64());
  WantEvent(row, parts.U64());
  WantObject(row, parts.Tail());
}

void CheckPartner(RowContext& row) {
  auto parts = row.parts();
  const auto member = static_cast<MemberId>(parts.U32());
  const auto other = static_cast<MemberId>(parts.U32());
  row.Want(keyspace::Member(member), "its member");
  row.Want(keyspace::Partner(other, member), "the row of the other member");
}

}  // namespace

void CheckTraceRow(RowContext& row) {
  switch (static_cast<unsigned char>(row.key[0])) {
    case 0x40:
      return CheckEvent(row);
    case 0x41:
    case 0x42:
      return CheckEventRef(row);
    case 0x43:
      return CheckObject(row);
    case 0x44:
      return CheckObjectEvent(row);
    case 0x45:
      return CheckContent(row);
    case 0x46:
      return CheckContainedIn(row);
    case 0x47:
      return CheckLotStock(row);
    case 0x48:
      return CheckLotUnit(row);
    case 0x49:
      return CheckDelivery(row);
    case 0x4A:
      return CheckPartner(row);
    default:
      return CheckNoticeRow(row);
  }
}

}  // namespace radyab::upkeep
