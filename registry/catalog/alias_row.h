// The rows of aliases: the live one that is looked up, and the history of every code.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/catalog/alias_value.h"
#include "registry/records/records.pb.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// Lines of history of one code: live at the same time, and ever begun. What asks a code for its
// aliases looks at no more rows than that. Numbers of single pieces (alias_schemes.h) are not
// counted.
inline constexpr std::size_t kLiveAliasesMax = 100;
inline constexpr std::size_t kAliasLinesMax = 1'000;

// What a line of history of `code` is stored without.
void FillLine(coding::Code code, records::AliasRecord& line);

// The live row, with what its key says, or nothing.
absl::StatusOr<std::optional<records::AliasRecord>> LiveAlias(storage::ReadTransaction& transaction,
                                                              const AliasKey& key);
// Makes the alias lead to `code` and begins its history there. RESOURCE_EXHAUSTED (LIMIT_EXCEEDED)
// when the code has kLiveAliasesMax live lines or kAliasLinesMax in all.
absl::Status PutLiveAlias(storage::WriteTransaction& transaction, const AliasKey& key,
                          const v1::Alias& alias, coding::Code code);
// The same for a code that was registered just now and has no line yet.
absl::Status PutFirstAlias(storage::WriteTransaction& transaction, const AliasKey& key,
                           const v1::Alias& alias, coding::Code code);
// Begins a line of history of `code` without making the alias lead to it: with the same limits, and
// of a code that was registered just now, of whose lines kAliasesMax are the most, without a look.
absl::Status BeginHistory(storage::WriteTransaction& transaction, const AliasKey& key,
                          const v1::Alias& alias, coding::Code code);
absl::Status BeginFirstHistory(storage::WriteTransaction& transaction, const AliasKey& key,
                               const v1::Alias& alias, coding::Code code);
// Every live line of `code` but those of single pieces.
absl::StatusOr<std::vector<records::AliasRecord>> LiveLines(storage::ReadTransaction& transaction,
                                                            coding::Code code);
// Ends the live line of history of `code`; NOT_FOUND when there is none. Answers the line.
absl::StatusOr<records::AliasRecord> EndHistory(storage::WriteTransaction& transaction,
                                                const AliasKey& key, coding::Code code);
// Whether `code` has a live line of history with this scheme, and with this value unless `value` is
// empty.
absl::StatusOr<bool> BearsAlias(storage::ReadTransaction& transaction, coding::Code code,
                                v1::AliasScheme scheme, std::string_view value);

// ALREADY_EXISTS: the alias leads to `holder` already.
absl::Status AliasTaken(const AliasKey& key, coding::Code holder);

}  // namespace radyab::catalog
