// Tells whether an event is there already: by the client's own id, or by its content.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "registry/storage/store.h"
#include "registry/trace/event_draft.h"

namespace radyab::trace {

inline constexpr std::size_t kContentHashBytes = 16;

// The first 16 bytes of SHA-256 over every field that says what happened: not the member, the id,
// the name and the record time, and without regard to the order of the objects.
std::string ContentHash(const EventDraft& draft);

// The number of the stored event that `draft` repeats, or nothing. ALREADY_EXISTS when its event_id
// is taken by an event of other content.
absl::StatusOr<std::optional<std::uint64_t>> FindRepeated(storage::ReadTransaction& transaction,
                                                          MemberId member, const EventDraft& draft,
                                                          std::string_view hash);
// Makes the new event, every party filled in, findable by both. A RECEIVE is found with its sender
// named and with it left out, whichever way it was sent.
absl::Status PutIdentity(storage::WriteTransaction& transaction, MemberId member,
                         const EventDraft& draft, std::uint64_t sequence);

}  // namespace radyab::trace
