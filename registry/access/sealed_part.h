// The sealed personal part of one party or case: a key of its own, kept sealed in the store;
// erasing a person is deleting that key.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::access {

inline constexpr std::size_t kFreshKeyBytes = 32;

// Makes and stores the key for `code`. `fresh_key` is RandomBytes(kFreshKeyBytes) drawn before the
// body; a key that stands is never replaced (ALREADY_EXISTS).
absl::Status CreateSealKey(storage::WriteTransaction& transaction, const Environment& environment,
                           coding::Code code, std::string_view fresh_key);
// Seals `plain` for `code`. `context` names the record and field ("party", "timeline/3"). The nonce
// is a keyed hash of commit sequence, context and text: two versions share one only when they are
// equal, even when a restored copy of the store counts its commits anew. NOT_FOUND when the key was
// deleted: nothing can be sealed for an erased person.
absl::StatusOr<records::Sealed> SealFor(storage::WriteTransaction& transaction,
                                        const Environment& environment, coding::Code code,
                                        std::string_view plain, std::string_view context);
// Opens what SealFor made; an erased person's part opens as an empty text. DATA_LOSS
// (CORRUPT_RECORD) for bytes that were changed or that belong to another code or context.
absl::StatusOr<std::string> OpenFor(storage::ReadTransaction& transaction,
                                    const Environment& environment, coding::Code code,
                                    const records::Sealed& sealed, std::string_view context);

}  // namespace radyab::access
