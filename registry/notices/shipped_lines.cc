#include "registry/notices/shipped_lines.h"

#include <algorithm>
#include <map>
#include <set>

#include "coding/decimal_quantity.h"
#include "coding/object_words.h"
#include "registry/catalog/member_registry.h"
#include "registry/notices/notice_row.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/notice_keys.h"
#include "registry/storage/rows.h"
#include "registry/trace/custody_book.h"
#include "registry/trace/event_draft.h"
#include "registry/trace/event_rows.h"
#include "registry/trace/object_key.h"

namespace radyab::notices {
namespace {

using coding::ObjectWord;

absl::Status Limit(const std::string& what, std::size_t limit) {
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded, what,
                {{"limit", std::to_string(limit)}});
}

// What is inside, by object word.
struct Inside {
  coding::Decimal amount;
  std::string unit;  // of measure
};

// Tells contents as they were: the PACK and UNPACK events of a container tell its whole history.
class PastContents {
 public:
  explicit PastContents(storage::ReadTransaction& transaction) : transaction_(transaction) {}

  // Directly inside `container` (a word) before the event with this number.
  absl::StatusOr<std::map<std::string, Inside>> Before(const ObjectWord& container,
                                                       std::uint64_t event) {
    const std::string word = coding::WriteObjectWord(container);
    const std::string key = trace::WriteObjectKey(container);
    std::vector<std::uint64_t> sequences;
    auto status = transaction_.Scan(
        {keyspace::ObjectEvent(key, 0), keyspace::ObjectEvent(key, event)},
        storage::Direction::kForward, kPastEventsMax + 1,
        [&](std::string_view row, std::string_view) {
          storage::OrderedKeyReader reader(row.substr(row.size() - sizeof(std::uint64_t)));
          sequences.push_back(reader.U64());
          return true;
        });
    if (!status.ok()) return status;
    std::map<std::string, Inside> inside;
    for (const std::uint64_t sequence : sequences) {
      auto past = Packing(sequence);
      if (!past.ok()) return past.status();
      if (*past == nullptr || (*past)->container() != word) continue;
      if (status = Apply(**past, sequence, inside); !status.ok()) return status;
    }
    std::erase_if(inside, [](const auto& one) { return one.second.amount.mantissa == 0; });
    return inside;
  }

 private:
  // The event when it is a PACK or UNPACK, else null; each is read once.
  absl::StatusOr<const v1::Event*> Packing(std::uint64_t sequence) {
    const auto [found, fresh] = events_.try_emplace(sequence);
    if (!fresh) return found->second ? &*found->second : nullptr;
    if (events_.size() > kPastEventsMax) {
      return Limit("what is inside these containers took more than " +
                       std::to_string(kPastEventsMax) + " events to come there",
                   kPastEventsMax);
    }
    auto event = trace::ReadIndexedEvent(transaction_, sequence);
    if (!event.ok()) return event.status();
    if (event->kind() != v1::EVENT_KIND_PACK && event->kind() != v1::EVENT_KIND_UNPACK) {
      return nullptr;
    }
    found->second = *std::move(event);
    return &*found->second;
  }

  static absl::Status Apply(const v1::Event& event, std::uint64_t sequence,
                            std::map<std::string, Inside>& inside) {
    for (const v1::EventObject& object : event.objects()) {
      coding::Decimal change = {1, 0};
      if (object.has_quantity()) {
        auto amount = trace::StoredDecimal(object.quantity().amount(), keyspace::Event(sequence));
        if (!amount.ok()) return amount.status();
        change = *amount;
      }
      Inside& line = inside[object.object()];
      line.unit = object.has_quantity() ? object.quantity().unit() : std::string(trace::kPieces);
      const auto sum = event.kind() == v1::EVENT_KIND_PACK
                           ? coding::AddDecimal(line.amount, change)
                           : coding::SubtractDecimal(line.amount, change);
      if (!sum || sum->mantissa < 0) return storage::CorruptRecord(keyspace::Event(sequence));
      line.amount = *sum;
    }
    return absl::OkStatus();
  }

  storage::ReadTransaction& transaction_;
  std::map<std::uint64_t, std::optional<v1::Event>> events_;
};

class Shipment {
 public:
  Shipment(storage::ReadTransaction& transaction, Shipped& shipped)
      : transaction_(transaction), past_(transaction), shipped_(shipped) {}

  absl::Status Add(const v1::Event& event, std::uint64_t sequence) {
    for (const v1::EventObject& object : event.objects()) {
      auto status = AddLine(object.object(), object.has_quantity() ? &object.quantity() : nullptr,
                            "", sequence);
      if (!status.ok()) return status;
      shipped_.lines[last_outer_].set_event(event.name());
    }
    return absl::OkStatus();
  }

 private:
  absl::Status AddLine(const std::string& object, const v1::Quantity* quantity,
                       const std::string& container, std::uint64_t event) {
    if (shipped_.lines.size() == kNoticeLinesMax) {
      return Limit("these events sent more than " + std::to_string(kNoticeLinesMax) +
                       " lines, those inside containers counted",
                   kNoticeLinesMax);
    }
    const auto word = coding::ParseObjectWord(object);
    if (!word.ok()) return storage::CorruptRecord(keyspace::Event(event));
    if (container.empty()) last_outer_ = shipped_.lines.size();
    v1::ShippingNoticeLine& line = shipped_.lines.emplace_back();
    line.set_object(object);
    line.set_container(container);
    if (word->type == ObjectWord::Type::kContainer) return AddContents(*word, event);
    if (word->type == ObjectWord::Type::kLot && quantity != nullptr) {
      *line.mutable_quantity() = *quantity;
    }
    return AddDates(*word, line);
  }

  absl::Status AddContents(const ObjectWord& container, std::uint64_t event) {
    auto inside = past_.Before(container, event);
    if (!inside.ok()) return inside.status();
    const std::string around = coding::WriteObjectWord(container);
    for (const auto& [object, line] : *inside) {
      v1::Quantity quantity;
      quantity.set_amount(coding::WriteDecimal(coding::NormalizeDecimal(line.amount)));
      quantity.set_unit(line.unit);
      if (auto status = AddLine(object, &quantity, around, event); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status AddDates(const ObjectWord& word, v1::ShippingNoticeLine& line) {
    const std::string key = trace::WriteObjectKey(word);
    auto record = trace::FindObject(transaction_, key);
    if (!record.ok()) return record.status();
    if (!record->has_value()) return storage::CorruptRecord(keyspace::Object(key));
    line.set_production_date((*record)->production_date());
    line.set_expiry_date((*record)->expiry_date());
    if ((*record)->lot().empty()) return absl::OkStatus();
    if (const auto lot = trace::ReadObjectKey((*record)->lot())) line.set_lot(lot->text);
    auto head = trace::FindObject(transaction_, (*record)->lot());
    if (!head.ok()) return head.status();
    if (!head->has_value()) return storage::CorruptRecord(keyspace::Object((*record)->lot()));
    if (line.production_date().empty()) line.set_production_date((*head)->production_date());
    if (line.expiry_date().empty()) line.set_expiry_date((*head)->expiry_date());
    return absl::OkStatus();
  }

  storage::ReadTransaction& transaction_;
  PastContents past_;
  Shipped& shipped_;
  std::size_t last_outer_ = 0;
};

// A notice that stands and was made from this event, or an empty text. Every such notice announces
// the first object of the event.
absl::StatusOr<std::string> AnnouncedBy(storage::ReadTransaction& transaction, MemberId member,
                                        const v1::Event& event) {
  const auto word = coding::ParseObjectWord(event.objects(0).object());
  if (!word.ok()) return std::string();
  const std::string prefix =
      keyspace::NoticeOfObjectPrefix(NoticeView(member, NoticeObjectKey(*word)));
  std::string found;
  absl::Status fault = absl::OkStatus();
  auto status = transaction.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
                                 storage::kNoRowLimit, [&](std::string_view key, std::string_view) {
                                   const auto sequence =
                                       storage::OrderedKeyReader(key.substr(prefix.size())).U64();
                                   auto notice = ReadNotice(transaction, sequence);
                                   fault = notice.status();
                                   if (!fault.ok() || !notice->has_value()) return fault.ok();
                                   const v1::ShippingNotice& header = (*notice)->header;
                                   if (header.state() != v1::SHIPPING_NOTICE_STATE_CANCELLED &&
                                       std::ranges::count(header.events(), event.name()) > 0) {
                                     found = header.name();
                                   }
                                   return found.empty();
                                 });
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  return found;
}

}  // namespace

absl::StatusOr<Shipped> ReadShipped(storage::ReadTransaction& transaction, MemberId member,
                                    const std::vector<std::string>& events, FaultList& faults) {
  Shipped shipped;
  if (events.size() > kNoticeEventsMax) {
    faults.Add("events", std::to_string(events.size()) + " events; at most " +
                             std::to_string(kNoticeEventsMax));
    return shipped;
  }
  Shipment shipment(transaction, shipped);
  std::set<std::string> seen;
  std::string first;  // that told the destination
  for (std::size_t place = 0; place < events.size(); ++place) {
    const std::string field = "events[" + std::to_string(place) + "]";
    const auto sequence = trace::ParseEventName(events[place]);
    if (!sequence) {
      faults.Add(field, "\"" + events[place].substr(0, 80) + "\" is no event; want events/4711");
      continue;
    }
    auto event = trace::ReadEvent(transaction, *sequence);
    if (!event.ok()) return event.status();
    if (!event->has_value() || (*event)->member() != catalog::MemberName(member)) {
      return NotFound(events[place]);
    }
    const v1::Event& ship = **event;
    if (!seen.insert(ship.name()).second) {
      faults.Add(field, ship.name() + " is named twice");
      continue;
    }
    if (ship.kind() != v1::EVENT_KIND_SHIP) {
      faults.Add(field, ship.name() + " is a " + trace::KindName(ship.kind()) + "; want a SHIP");
      continue;
    }
    const auto destination = coding::ParseCode(ship.destination_party());
    if (!destination.ok() || ship.objects().empty()) {
      return storage::CorruptRecord(keyspace::Event(*sequence));
    }
    if (!shipped.destination) {
      shipped.destination = *destination;
      first = ship.name();
    }
    if (*shipped.destination != *destination) {
      faults.Add(field, ship.name() + " ships to " + destination->Digits() + ", " + first + " to " +
                            shipped.destination->Digits() + "; a notice goes to one party");
      continue;
    }
    auto announced = AnnouncedBy(transaction, member, ship);
    if (!announced.ok()) return announced.status();
    if (!announced->empty()) {
      faults.Add(field, ship.name() + " is announced by " + *announced + " already");
      continue;
    }
    const std::int64_t time_us = MicrosOf(ship.event_time());
    const bool later = shipped.events.empty() || time_us > shipped.last_time_us;
    if (later) shipped.last_time_us = time_us;
    shipped.events.push_back(ship.name());
    if (auto status = shipment.Add(ship, *sequence); !status.ok()) return status;
  }
  return shipped;
}

}  // namespace radyab::notices
