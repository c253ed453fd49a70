// Names, findable by folded prefix.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/common.pb.h"
#include "registry/page.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// Writes the index rows of a name. Items and services: scope kRegistry; parties: their member.
absl::Status IndexName(storage::WriteTransaction& transaction, coding::Code code, MemberId scope,
                       const v1::LocalizedText& name);
absl::Status UnindexName(storage::WriteTransaction& transaction, coding::Code code, MemberId scope,
                         const v1::LocalizedText& name);
// Codes one of whose names begins with `prefix` (folded here), in order of name; a code comes once
// a name.
absl::StatusOr<Page<coding::Code>> FindNames(storage::ReadTransaction& transaction,
                                             coding::Kind kind, MemberId scope,
                                             std::string_view prefix, const PageRequest& page);
// Whether a name that was found by `folded_prefix` begins with it: the keys of the index end after
// kNameBytesMax bytes, so what a longer prefix finds must be looked at.
bool NameBegins(const v1::LocalizedText& name, std::string_view folded_prefix);
// At least one language, valid UTF-8, at most kNameCharactersMax characters each; `field` is its
// path.
absl::Status CheckName(const v1::LocalizedText& name, std::string_view field);

}  // namespace radyab::catalog
