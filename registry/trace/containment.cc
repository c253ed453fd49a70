#include "registry/trace/containment.h"

#include "registry/storage/keyspace.h"
#include "registry/storage/record.h"
#include "registry/trace/custody_book.h"
#include "registry/trace/event_capture.h"

namespace radyab::trace {
namespace {

Standing OwnStanding(const records::ObjectRecord& record) {
  return {WhereaboutsOf(record), "", record.place(), record.event(), record.event_time_us()};
}

// What the container says, unless the thing itself changed later.
Standing Within(Standing around, const records::ObjectRecord& record) {
  if (record.event() > around.event) {
    around.event = record.event();
    around.since_us = record.event_time_us();
  }
  return around;
}

}  // namespace

absl::StatusOr<Standing> Containment::Of(const records::ObjectRecord& record) {
  if (record.container().empty()) return OwnStanding(record);
  auto around = Inside(record.container());
  if (!around.ok()) return around;
  return Within(*std::move(around), record);
}

absl::StatusOr<Standing> Containment::Inside(const std::string& key) {
  return Climb(key, kContainerDepthMax);
}

absl::StatusOr<Standing> Containment::Climb(const std::string& key, int levels_left) {
  const auto known = seen_.find(key);
  if (known != seen_.end()) return known->second;
  auto record = FindObject(transaction_, key);
  if (!record.ok()) return record.status();
  if (!record->has_value() || levels_left == 0) {
    return storage::CorruptRecord(keyspace::Object(key));
  }
  Standing standing = OwnStanding(**record);
  standing.container = key;
  if (!(*record)->container().empty()) {
    auto around = Climb((*record)->container(), levels_left - 1);
    if (!around.ok()) return around;
    standing = Within(*std::move(around), **record);
  }
  return seen_[key] = standing;
}

}  // namespace radyab::trace
