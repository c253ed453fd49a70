// What a case is about: reads the subjects a caller names, and finds who owns and who supplied
// them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/object_words.h"
#include "radyab/v1/case.pb.h"
#include "registry/fault_list.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::cases {

// One subject in its canonical form.
struct ResolvedSubject {
  v1::CaseSubject subject;
  coding::ObjectWord word;
  std::optional<MemberId> owner;  // of its code; none for a container
  bool generic = false;           // a generic item
  std::string supplier;           // a party code; empty when nobody can say
};

// Reads what may be the subject of a case: an item or service, a lot or unit of an item, a
// container. INVALID_ARGUMENT naming `field` for other codes. Says nothing about existence.
absl::StatusOr<coding::ObjectWord> ParseSubject(std::string_view text, std::string_view field);

// Resolves the subjects of `wanted`, their suppliers not yet; faults go into `faults` under
// "case.subjects[N]". An unknown item or service is NOT_FOUND; a lot, unit or container need not be
// known to the trace (goods may be older than the system).
std::vector<ResolvedSubject> ResolveSubjects(storage::ReadTransaction& transaction,
                                             const v1::Case& wanted, FaultList& faults);

// Finds the supplier of every subject as far as `member`, who answers the case, may know it: the
// one the trace shows him, else the member that owns the item or service. A generic item by itself
// has none.
absl::Status FindSuppliers(storage::ReadTransaction& transaction, MemberId member,
                           std::vector<ResolvedSubject>& subjects);

}  // namespace radyab::cases
