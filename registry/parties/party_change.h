// A party that stands, read to be changed, and written again with all that follows from the change.
#pragma once

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/party.pb.h"
#include "registry/environment.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::parties {

// A party with its owner, its personal part still closed.
struct FoundParty {
  coding::Code code;
  MemberId owner = MemberId::kRegistry;
  records::PartyRecord record;
};
// NOT_FOUND when there is none.
absl::StatusOr<FoundParty> FindParty(storage::ReadTransaction& transaction, coding::Code code);

// The same with its personal part, and that part as it lies sealed.
struct OpenedParty {
  coding::Code code;
  MemberId owner = MemberId::kRegistry;
  v1::Party party;
  records::Sealed sealed;
};
absl::StatusOr<OpenedParty> OpenFound(storage::ReadTransaction& transaction,
                                      const Environment& environment, FoundParty found);

// Writes `changed` in the place of `before`: stamped, its personal part sealed, its name findable.
// NOT_FOUND for an erased person.
absl::StatusOr<v1::Party> StoreChanged(storage::WriteTransaction& transaction,
                                       const Environment& environment, const OpenedParty& before,
                                       v1::Party changed);

}  // namespace radyab::parties
