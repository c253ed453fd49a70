#include "registry/trace/event_identity.h"

#include <openssl/sha.h>

#include <algorithm>

#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/ordered_key.h"
#include "registry/storage/rows.h"
#include "registry/trace/event_rows.h"

namespace radyab::trace {
namespace {

constexpr std::uint8_t kContentForm = 1;  // grows when the canonical form below changes

absl::Status IdTaken(const EventDraft& draft, std::uint64_t sequence) {
  return Refuse(absl::StatusCode::kAlreadyExists, Reason::kAlreadyExists,
                "event_id \"" + draft.event.event_id() + "\" is " + EventName(sequence) +
                    ", which says something else",
                {{"field", "event_id"}, {"event", EventName(sequence)}});
}

// The hash of the content with this source in the place of its own.
std::string HashWithSource(const EventDraft& draft, std::string_view source_party) {
  const v1::Event& event = draft.event;
  storage::OrderedKey content(kContentForm);
  content.U8(static_cast<std::uint8_t>(event.kind()))
      .U64(static_cast<std::uint64_t>(event.event_time().seconds()))
      .U32(static_cast<std::uint32_t>(event.event_time().nanos()))
      .Text(event.zone_offset())
      .Text(event.container())
      .Text(source_party)
      .Text(event.destination_party())
      .Text(event.place())
      .Text(event.reference());
  std::vector<const DraftObject*> objects;
  for (const DraftObject& object : draft.objects) objects.push_back(&object);
  std::ranges::sort(objects, {},
                    [](const DraftObject* object) -> const std::string& { return object->key; });
  for (const DraftObject* object : objects) {
    content.Text(object->name)
        .Text(coding::WriteDecimal(object->amount))
        .Text(object->unit)
        .Text(object->lot)
        .Text(object->production_date)
        .Text(object->expiry_date);
  }
  const std::string bytes = content;
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return std::string(reinterpret_cast<const char*>(digest), kContentHashBytes);
}

}  // namespace

std::string ContentHash(const EventDraft& draft) {
  return HashWithSource(draft, draft.event.source_party());
}

absl::StatusOr<std::optional<std::uint64_t>> FindRepeated(storage::ReadTransaction& transaction,
                                                          MemberId member, const EventDraft& draft,
                                                          std::string_view hash) {
  std::optional<std::uint64_t> repeated;
  auto by_content =
      storage::GetRow<records::EventRefRecord>(transaction, keyspace::EventHash(member, hash));
  if (!by_content.ok()) return by_content.status();
  if (by_content->has_value()) repeated = (*by_content)->sequence();
  if (draft.event.event_id().empty()) return repeated;
  auto by_id = storage::GetRow<records::EventRefRecord>(
      transaction, keyspace::EventId(member, draft.event.event_id()));
  if (!by_id.ok()) return by_id.status();
  if (by_id->has_value() && repeated != (*by_id)->sequence()) {
    return IdTaken(draft, (*by_id)->sequence());
  }
  return repeated;
}

absl::Status PutIdentity(storage::WriteTransaction& transaction, MemberId member,
                         const EventDraft& draft, std::uint64_t sequence) {
  records::EventRefRecord record;
  record.set_sequence(sequence);
  if (!draft.event.event_id().empty()) {
    auto status =
        storage::PutRow(transaction, keyspace::EventId(member, draft.event.event_id()), record);
    if (!status.ok()) return status;
  }
  auto status =
      storage::PutRow(transaction, keyspace::EventHash(member, ContentHash(draft)), record);
  if (!status.ok() || draft.event.kind() != v1::EVENT_KIND_RECEIVE) return status;
  // The first arrival of this content is the one meant when the sender is left out.
  const std::string unnamed = keyspace::EventHash(member, HashWithSource(draft, ""));
  auto standing = transaction.Get(unnamed);
  if (!standing.ok() || standing->has_value()) return standing.status();
  return storage::PutRow(transaction, unnamed, record);
}

}  // namespace radyab::trace
