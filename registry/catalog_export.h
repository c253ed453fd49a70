// Whole catalogues and party books, row by row, on one snapshot.
#pragma once

#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"
#include "radyab/v1/member.pb.h"
#include "radyab/v1/party.pb.h"
#include "radyab/v1/trace.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab {

// What is exported, for whom.
struct ExportWanted {
  const Environment& environment;
  const access::Caller& caller;
  std::string_view member;  // `members/00017`; empty: the caller's, or every member's
  bool all_states = false;  // codes that are not active too
};

template <class Resource>
using ExportVisitor =
    absl::FunctionRef<absl::Status(const Resource&, const std::vector<v1::Alias>& aliases)>;

// Each visits its rows in order of codes, with the live aliases that a registration could be given
// (never those of personal schemes, which are kept as hashes only). A visitor that refuses ends the
// export. Generic items are left out, they come with the GTINs of the items linked to them, and so
// are the parties that are members themselves. NOT_FOUND for a member that the caller does not
// reach; for parties a caller without a member must name one unless he reaches all of them.
absl::Status ExportItems(storage::ReadTransaction& transaction, const ExportWanted& wanted,
                         ExportVisitor<v1::Item> visit);
absl::Status ExportServices(storage::ReadTransaction& transaction, const ExportWanted& wanted,
                            ExportVisitor<v1::Service> visit);
absl::Status ExportParties(storage::ReadTransaction& transaction, const ExportWanted& wanted,
                           ExportVisitor<v1::Party> visit);
// The events that a member recorded, in the order in which they came. NOT_FOUND for a member whose
// parties the caller may not read either; who has no member must name one unless he reaches all.
absl::Status ExportEvents(storage::ReadTransaction& transaction, const ExportWanted& wanted,
                          absl::FunctionRef<absl::Status(const v1::Event&)> visit);
// These belong to nobody: every member, every class. Without the registry itself (member 0).
absl::Status ExportMembers(storage::ReadTransaction& transaction,
                           absl::FunctionRef<absl::Status(const v1::Member&)> visit);
absl::Status ExportClasses(storage::ReadTransaction& transaction,
                           absl::FunctionRef<absl::Status(const v1::Class&)> visit);

}  // namespace radyab
