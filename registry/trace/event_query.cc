#include <charconv>

#include "registry/page_scan.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/record.h"
#include "registry/trace/event_rows.h"
#include "registry/trace/known_objects.h"
#include "registry/trace/object_key.h"
#include "registry/trace/trace_query.h"

namespace radyab::trace {
namespace {

// The number at which the page begins.
std::uint64_t FirstOf(const PageRequest& page) {
  std::uint64_t first = 0;
  std::from_chars(page.after.data(), page.after.data() + page.after.size(), first);
  return first;
}

}  // namespace

absl::StatusOr<v1::Event> GetEvent(storage::ReadTransaction& transaction,
                                   const access::Caller& caller, std::string_view name) {
  const auto sequence = ParseEventName(name);
  if (!sequence) {
    return RefuseField("name",
                       "\"" + std::string(name.substr(0, 80)) + "\" is no event; want events/4711");
  }
  auto event = ReadEvent(transaction, *sequence);
  if (!event.ok()) return event.status();
  if (!event->has_value()) return NotFound(name);
  Viewer viewer(transaction, caller);
  auto sees = viewer.SeesEvent(**event);
  if (!sees.ok()) return sees.status();
  if (!*sees) return NotFound(name);
  return std::move(**event);
}

absl::StatusOr<Page<v1::Event>> ListEvents(storage::ReadTransaction& transaction,
                                           const access::Caller& caller, std::string_view object,
                                           const PageRequest& page) {
  Viewer viewer(transaction, caller);
  auto asked = ObjectAsked(transaction, viewer, object, "object");
  if (!asked.ok()) return asked.status();
  const std::string key = viewer.sees_all() ? asked->key : ViewKey(*viewer.member(), asked->key);
  const std::string prefix = keyspace::ObjectEventPrefix(key);
  std::vector<std::uint64_t> sequences;
  auto status = transaction.Scan(
      {keyspace::ObjectEvent(key, FirstOf(page)), storage::PrefixEnd(prefix)},
      storage::Direction::kForward, page.row_count_max + 1,
      [&](std::string_view row, std::string_view) {
        sequences.push_back(storage::OrderedKeyReader(row.substr(prefix.size())).U64());
        return true;
      });
  if (!status.ok()) return status;
  Page<v1::Event> found;
  std::size_t byte_count = 0;
  for (const std::uint64_t sequence : sequences) {
    if (found.rows.size() == page.row_count_max) {
      found.next = std::to_string(sequence);
      break;
    }
    auto event = ReadIndexedEvent(transaction, sequence);
    if (!event.ok()) return event.status();
    byte_count += event->ByteSizeLong();
    if (byte_count > kAnswerBytesMax && !found.rows.empty()) {
      found.next = std::to_string(sequence);
      break;
    }
    found.rows.push_back(*std::move(event));
  }
  return found;
}

}  // namespace radyab::trace
