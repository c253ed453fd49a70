// API keys: made, listed, rotated, revoked, recognised.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "radyab/v1/admin.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::access {

inline constexpr std::size_t kSecretBytes = 20;  // 160 bits

// How long the secret before a rotation may stay good (announced in the API).
inline constexpr std::int64_t kGraceUsDefault = std::int64_t{24} * 3600 * 1'000'000;
inline constexpr std::int64_t kGraceUsMax = 30 * kGraceUsDefault;
inline constexpr std::int64_t kLastAdminGraceUsMin = std::int64_t{60} * 1'000'000;

// The secret as people see it: "rk_" and 32 letters of base 32 (RFC 4648, lower case).
std::string WriteSecret(std::string_view fresh_secret);

// A fresh key; its secret is shown once.
struct CreatedKey {
  v1::Key key;
  std::string secret;
};
// `fresh_secret`: kSecretBytes random bytes drawn before the body. INVALID_ARGUMENT with every
// fault (display_name, role, member); NOT_FOUND for a member that is not there.
absl::StatusOr<CreatedKey> CreateKey(storage::WriteTransaction& transaction,
                                     const Environment& environment, const v1::Key& wanted,
                                     std::string_view fresh_secret);
absl::StatusOr<Page<v1::Key>> ListKeys(storage::ReadTransaction& transaction,
                                       const PageRequest& page);
// NOT_FOUND; FAILED_PRECONDITION (ILLEGAL_TRANSITION) for the last admin key. A revoked key stays
// as it is.
absl::StatusOr<v1::Key> RevokeKey(storage::WriteTransaction& transaction,
                                  const Environment& environment, std::string_view name);

// Gives the key a new secret; the one before stays good for `grace_us`, one before that ends at
// once. INVALID_ARGUMENT (grace), NOT_FOUND; FAILED_PRECONDITION (ILLEGAL_TRANSITION) for a revoked
// key.
absl::StatusOr<CreatedKey> RotateKey(storage::WriteTransaction& transaction,
                                     const Environment& environment, std::string_view name,
                                     std::int64_t grace_us, std::string_view fresh_secret);

// Who bears this secret. UNAUTHENTICATED (WRONG_KEY) for one that is unknown, revoked, or replaced
// and over at `now_us`.
absl::StatusOr<Caller> CallerOf(storage::ReadTransaction& transaction,
                                const Environment& environment, std::string_view secret,
                                std::int64_t now_us);

}  // namespace radyab::access
