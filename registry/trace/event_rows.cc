#include "registry/trace/event_rows.h"

#include <algorithm>

#include "registry/catalog/code_issuer.h"
#include "registry/sequence_name.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::trace {
namespace {

constexpr std::string_view kNamePrefix = "events/";

int RowCount(int object_count) {
  return std::max(1, (object_count + kEventRowObjectsMax - 1) / kEventRowObjectsMax);
}

bool ContinuesAnother(const v1::Event& row) { return row.kind() == v1::EVENT_KIND_UNSPECIFIED; }

}  // namespace

std::string EventName(std::uint64_t sequence) { return SequenceName(kNamePrefix, sequence); }

std::optional<std::uint64_t> ParseEventName(std::string_view name) {
  return ParseSequenceName(kNamePrefix, name);
}

absl::StatusOr<std::uint64_t> TakeEventNumber(storage::WriteTransaction& transaction,
                                              int object_count) {
  auto first = catalog::NextNumber(transaction, "event");
  if (!first.ok()) return first;
  for (int row = 1; row < RowCount(object_count); ++row) {
    if (auto next = catalog::NextNumber(transaction, "event"); !next.ok()) return next;
  }
  return first;
}

absl::Status WriteEvent(storage::WriteTransaction& transaction, std::uint64_t sequence,
                        const v1::Event& event) {
  v1::Event row = event;
  row.clear_objects();
  for (int number = 0, next = 0; number < RowCount(event.objects_size()); ++number) {
    const int end = std::min(next + kEventRowObjectsMax, event.objects_size());
    for (; next < end; ++next) *row.add_objects() = event.objects(next);
    const auto key = keyspace::Event(sequence + static_cast<std::uint64_t>(number));
    if (auto status = storage::PutRow(transaction, key, row); !status.ok()) return status;
    row.Clear();
    row.set_name(event.name());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<v1::Event>> ReadEvent(storage::ReadTransaction& transaction,
                                                   std::uint64_t sequence) {
  auto event = storage::GetRow<v1::Event>(transaction, keyspace::Event(sequence));
  if (!event.ok()) return event.status();
  if (!event->has_value() || ContinuesAnother(**event)) return std::optional<v1::Event>();
  for (int more = (*event)->objects_size(); more == kEventRowObjectsMax;) {
    auto row = storage::GetRow<v1::Event>(transaction, keyspace::Event(++sequence));
    if (!row.ok()) return row.status();
    if (!row->has_value() || !ContinuesAnother(**row) || (*row)->name() != (*event)->name()) break;
    more = (*row)->objects_size();
    for (v1::EventObject& object : *(*row)->mutable_objects()) {
      (*event)->add_objects()->Swap(&object);
    }
  }
  return event;
}

absl::StatusOr<v1::Event> ReadIndexedEvent(storage::ReadTransaction& transaction,
                                           std::uint64_t sequence) {
  auto event = ReadEvent(transaction, sequence);
  if (!event.ok()) return event.status();
  if (!event->has_value()) return storage::CorruptRecord(keyspace::Event(sequence));
  return std::move(**event);
}

}  // namespace radyab::trace
