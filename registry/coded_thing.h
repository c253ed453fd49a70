// The thing behind a code, of whatever kind, as far as a caller may see it.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/case.pb.h"
#include "radyab/v1/party.pb.h"
#include "registry/access/caller.h"
#include "registry/catalog/entry_facts.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab {

// What the caller's role may read beside the catalogue. Resolving shows a role no more than the
// methods that read these things would: the rest leads nowhere.
struct ReadableKinds {
  bool parties = false;
  bool cases = false;
  bool trace = false;  // containers, and what is known of a lot or unit
};

// Valid as long as the transaction it was read in.
struct CodedThing {
  coding::Code code;
  catalog::LifeFacts life;
  catalog::StoredEntry entry = {};  // of items and services
  std::optional<v1::Party> party = std::nullopt;
  std::optional<v1::Case> opened_case = std::nullopt;
};

// NOT_FOUND when there is none, or none that the caller may see.
absl::StatusOr<CodedThing> ReadCodedThing(storage::ReadTransaction& transaction,
                                          const Environment& environment,
                                          const access::Caller& caller,
                                          const ReadableKinds& readable, coding::Code code);

}  // namespace radyab
