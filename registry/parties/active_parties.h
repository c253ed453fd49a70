// All parties of a member that are in use, and the same as records that can be compared.
#pragma once

#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/party.pb.h"
#include "registry/environment.h"
#include "registry/linkage/linkage_record.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::parties {

// Of one member; they are compared in memory, at some 3 KiB each.
inline constexpr std::size_t kLinkagePartiesMax = 200'000;

// Visits every active party of `owner` in order of codes, opened, without the one that is the
// member itself. A visitor that refuses ends it.
absl::Status VisitActiveParties(storage::ReadTransaction& transaction,
                                const Environment& environment, MemberId owner,
                                absl::FunctionRef<absl::Status(const v1::Party&)> visit);

// The parties of a member in order of codes, as they are compared: `records[i].id` is the number of
// `codes[i]`.
struct LinkageParties {
  std::vector<coding::Code> codes;
  std::vector<linkage::PreparedRecord> records;
  linkage::NameFrequency frequency;
};

// RESOURCE_EXHAUSTED (LIMIT_EXCEEDED) for more than kLinkagePartiesMax. `check` is asked now and
// then whether to go on.
absl::StatusOr<LinkageParties> ReadLinkageParties(storage::ReadTransaction& transaction,
                                                  const Environment& environment, MemberId owner,
                                                  absl::FunctionRef<absl::Status()> check);

// What is compared of one party; its strong identifiers are told by `lines`, its live aliases.
linkage::LinkageRecord LinkageRecordOf(const v1::Party& party, std::uint64_t id,
                                       const std::vector<records::AliasRecord>& lines);

}  // namespace radyab::parties
