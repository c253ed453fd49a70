#include "registry/notices/object_arrivals.h"

#include <algorithm>
#include <limits>

#include "registry/reason.h"
#include "registry/storage/notice_keys.h"
#include "registry/storage/rows.h"
#include "registry/trace/custody_book.h"
#include "registry/trace/event_draft.h"
#include "registry/trace/event_rows.h"
#include "registry/trace/object_key.h"

namespace radyab::notices {
namespace {

using coding::ObjectWord;

constexpr std::uint64_t kNoEnd = std::numeric_limits<std::uint64_t>::max();

coding::WideAmount OnePiece() { return coding::WidenDecimal({1, 0}); }

}  // namespace

absl::StatusOr<coding::WideAmount> StoredAmount(const v1::Quantity& quantity,
                                                const std::string& key) {
  auto amount = trace::StoredDecimal(quantity.amount(), key);
  if (!amount.ok()) return amount.status();
  return coding::WidenDecimal(*amount);
}

v1::Quantity ToldAmount(coding::WideAmount amount, const std::string& unit) {
  v1::Quantity quantity;
  quantity.set_amount(coding::WriteDecimal(coding::NarrowAmount(amount)));
  quantity.set_unit(unit);
  return quantity;
}

std::string UnitOfLine(const v1::ShippingNoticeLine& line) {
  return line.has_quantity() ? line.quantity().unit() : std::string(trace::kPieces);
}

std::uint64_t EventNumber(const std::string& event) {
  return trace::ParseEventName(event).value_or(0);
}

// Deals the arrivals, in order, among those that wait. What nobody has room for came for the notice
// it names, or else the latest.
void ObjectArrivals::Deal(const std::vector<Arrival>& arrivals, std::vector<Waiting>& waiting) {
  for (const Arrival& arrival : arrivals) {
    Amount left = arrival.amount;
    const auto fill = [&left](Waiting& one) {
      const Amount part = std::min(left, std::max(one.announced - one.got, Amount(0)));
      one.got += part;
      left -= part;
    };
    Waiting* named = nullptr;
    Waiting* latest = nullptr;
    for (Waiting& one : waiting) {
      if (!one.Takes(arrival)) continue;
      latest = &one;
      if (one.number == arrival.reference) named = &one;
    }
    if (latest == nullptr) continue;
    if (named != nullptr) fill(*named);
    for (Waiting& one : waiting) {
      if (one.Takes(arrival)) fill(one);
    }
    (named != nullptr ? named : latest)->got += left;
  }
}

absl::StatusOr<coding::WideAmount> ObjectArrivals::Of(const ObjectWord& word,
                                                      const std::string& unit) {
  auto waiting = WaitingFor(word);
  if (!waiting.ok()) return waiting.status();
  std::erase_if(*waiting, [&](const Waiting& one) { return one.unit != unit; });
  std::uint64_t after = kNoEnd;
  for (const Waiting& one : *waiting) after = std::min(after, one.after);
  if (after == kNoEnd) return Amount(0);
  const bool bare = word.type == ObjectWord::Type::kCode;
  auto arrivals = bare ? ArrivalsOfItem(word, after) : ArrivalsOfObject(word, after);
  if (!arrivals.ok()) return arrivals.status();
  Deal(*arrivals, *waiting);
  for (const Waiting& one : *waiting) {
    if (one.notice == notice_.sequence) return one.got;
  }
  return Amount(0);
}

absl::Status ObjectArrivals::Look() {
  if (++looked_at_ <= kArrivalRowsMax) return absl::OkStatus();
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                "to tell what arrived of " + notice_.header.name() + " takes more than " +
                    std::to_string(kArrivalRowsMax) + " rows",
                {{"limit", std::to_string(kArrivalRowsMax)}});
}

bool ObjectArrivals::IsArrival(const v1::Event& event) const {
  const v1::ShippingNotice& header = notice_.header;
  const bool to_it = event.destination_party() == header.destination_party();
  const bool from_it = event.source_party() == header.source_party();
  switch (event.kind()) {
    case v1::EVENT_KIND_RECEIVE:
      return to_it && from_it;
    case v1::EVENT_KIND_DELIVER:
      return to_it && event.member() == header.member();
    case v1::EVENT_KIND_COMMISSION:
      return from_supplier_ && from_it && event.member() == header.member();
    default:
      return false;
  }
}

bool ObjectArrivals::IsLike(const v1::ShippingNotice& other) const {
  const v1::ShippingNotice& header = notice_.header;
  return other.state() != v1::SHIPPING_NOTICE_STATE_CANCELLED &&
         other.member() == header.member() && other.source_party() == header.source_party() &&
         other.destination_party() == header.destination_party();
}

absl::StatusOr<const ObjectArrivals::ArrivalEvent*> ObjectArrivals::EventAt(
    std::uint64_t sequence) {
  const auto [found, fresh] = events_.try_emplace(sequence);
  if (fresh) {
    auto event = trace::ReadIndexedEvent(transaction_, sequence);
    if (!event.ok()) return event.status();
    if (IsArrival(*event)) {
      ArrivalEvent& arrival = found->second.emplace();
      arrival.reference = event->reference();
      for (const v1::EventObject& object : event->objects()) {
        v1::Quantity quantity = object.quantity();
        if (!object.has_quantity()) quantity = ToldAmount(OnePiece(), std::string(trace::kPieces));
        arrival.objects.try_emplace(object.object(), std::move(quantity));
      }
    }
  }
  return found->second ? &*found->second : nullptr;
}

absl::Status ObjectArrivals::AddArrival(std::uint64_t sequence, const std::string& object,
                                        std::vector<Arrival>& arrivals) {
  auto event = EventAt(sequence);
  if (!event.ok()) return event.status();
  if (*event == nullptr) return absl::OkStatus();
  const auto named = (*event)->objects.find(object);
  if (named == (*event)->objects.end()) return absl::OkStatus();  // the lot of a commissioned unit
  auto amount = StoredAmount(named->second, keyspace::Event(sequence));
  if (!amount.ok()) return amount.status();
  arrivals.push_back({sequence, (*event)->reference, *amount, named->second.unit()});
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ObjectArrivals::Arrival>> ObjectArrivals::ArrivalsOfObject(
    const ObjectWord& word, std::uint64_t after) {
  const std::string view = trace::ViewKey(notice_.sides.awaiting(), trace::WriteObjectKey(word));
  const std::string name = coding::WriteObjectWord(word);
  std::vector<Arrival> arrivals;
  absl::Status fault = absl::OkStatus();
  auto status = transaction_.Scan(
      {keyspace::ObjectEvent(view, after + 1),
       storage::PrefixEnd(keyspace::ObjectEventPrefix(view))},
      storage::Direction::kForward, storage::kNoRowLimit,
      [&](std::string_view row, std::string_view) {
        storage::OrderedKeyReader reader(row.substr(row.size() - sizeof(std::uint64_t)));
        fault = Look();
        if (fault.ok()) fault = AddArrival(reader.U64(), name, arrivals);
        return fault.ok();
      });
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  return arrivals;
}

// `any`: a lot or unit of the item without its text.
absl::Status ObjectArrivals::AddOfItem(const ObjectWord& any, std::uint64_t after,
                                       std::vector<Arrival>& arrivals) {
  const std::string beginning =
      trace::ViewKey(notice_.sides.awaiting(), trace::WriteObjectKey(any));
  std::map<std::string, bool> announced;  // by itself
  absl::Status fault = absl::OkStatus();
  auto status =
      transaction_.Scan({keyspace::ObjectEventPrefix(beginning),
                         keyspace::ObjectEventPrefix(storage::PrefixEnd(beginning))},
                        storage::Direction::kForward, storage::kNoRowLimit,
                        [&](std::string_view row, std::string_view) {
                          fault = Look();
                          if (!fault.ok()) return false;
                          storage::OrderedKeyReader reader(row.substr(1));
                          const std::string view = reader.Text();
                          const std::uint64_t sequence = reader.U64();
                          if (sequence <= after) return true;
                          const auto word = trace::ReadObjectKey(trace::ObjectOfView(view));
                          if (!word) {
                            fault = storage::CorruptRecord(row);
                            return false;
                          }
                          const auto [known, fresh] = announced.try_emplace(view);
                          if (fresh) {
                            auto waiting = WaitingFor(*word);
                            fault = waiting.status();
                            if (!fault.ok()) return false;
                            known->second = !waiting->empty();
                          }
                          if (!known->second)
                            fault = AddArrival(sequence, coding::WriteObjectWord(*word), arrivals);
                          return fault.ok();
                        });
  return fault.ok() ? status : fault;
}

absl::StatusOr<std::vector<ObjectArrivals::Arrival>> ObjectArrivals::ArrivalsOfItem(
    const ObjectWord& code, std::uint64_t after) {
  std::vector<Arrival> arrivals;
  auto status = AddOfItem(ObjectWord::ForLot(*code.code, ""), after, arrivals);
  if (status.ok()) status = AddOfItem(ObjectWord::ForUnit(*code.code, ""), after, arrivals);
  if (!status.ok()) return status;
  std::ranges::stable_sort(arrivals, {}, &Arrival::event);
  return arrivals;
}

// The notices between the same two parties that announce the object, the first recorded first.
absl::StatusOr<std::vector<ObjectArrivals::Waiting>> ObjectArrivals::WaitingFor(
    const ObjectWord& word) {
  const std::string prefix =
      keyspace::NoticeOfObjectPrefix(NoticeView(notice_.sides.awaiting(), NoticeObjectKey(word)));
  std::vector<Waiting> waiting;
  absl::Status fault = absl::OkStatus();
  auto status = storage::ScanRows<v1::ShippingNotice>(
      transaction_, {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
      storage::kNoRowLimit, [&](std::string_view key, const v1::ShippingNotice& sums) {
        fault = Look();
        if (fault.ok()) fault = AddWaiting(key, prefix.size(), sums, waiting);
        return fault.ok();
      });
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  return waiting;
}

absl::Status ObjectArrivals::AddWaiting(std::string_view key, std::size_t prefix_bytes,
                                        const v1::ShippingNotice& sums,
                                        std::vector<Waiting>& waiting) {
  const auto sequence = storage::OrderedKeyReader(key.substr(prefix_bytes)).U64();
  auto found = HeaderOf(sequence);
  if (!found.ok()) return found.status();
  const v1::ShippingNotice& header = **found;
  if (!IsLike(header)) return absl::OkStatus();
  const bool open = header.state() == v1::SHIPPING_NOTICE_STATE_OPEN;
  for (const v1::ShippingNoticeLine& sum : sums.lines()) {
    Waiting one;
    one.notice = sequence;
    one.number = header.number();
    one.announced = OnePiece();
    if (sum.has_quantity()) {
      auto amount = StoredAmount(sum.quantity(), std::string(key));
      if (!amount.ok()) return amount.status();
      one.announced = *amount;
    }
    one.after = EventNumber(sum.event().empty() ? header.arrivals_after() : sum.event());
    one.until = open ? kNoEnd : EventNumber(header.arrivals_until());
    one.unit = UnitOfLine(sum);
    waiting.push_back(std::move(one));
  }
  return absl::OkStatus();
}

absl::StatusOr<const v1::ShippingNotice*> ObjectArrivals::HeaderOf(std::uint64_t sequence) {
  const auto [found, fresh] = headers_.try_emplace(sequence);
  if (fresh) {
    auto row = storage::GetRow<v1::ShippingNotice>(transaction_, keyspace::Notice(sequence));
    if (!row.ok()) return row.status();
    if (!row->has_value()) return storage::CorruptRecord(keyspace::Notice(sequence));
    found->second = std::move(**row);
  }
  return &found->second;
}

}  // namespace radyab::notices
