// The request log: the answer to every request_id, kept so that a retry gets the first answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "registry/access/change.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::access {

// An answer is kept in rows of at most so many bytes, and of at most so many rows.
inline constexpr std::size_t kAnswerPartBytes = 60'000;
inline constexpr std::size_t kAnswerPartsMax = 80;

// INVALID_ARGUMENT for a request_id that is too long, no UTF-8 text, or holds control characters.
absl::Status CheckRequestId(std::string_view request_id);

// What stands for a request_id in keys: the beginning of its SHA-256. An id is told in full by the
// audit row alone.
std::string RequestIdHash(std::string_view request_id);

// The answer kept for `request`, whose id has the hash `id`, or nothing. ALREADY_EXISTS
// (REQUEST_ID_REUSED) when the request_id came with another method or body. An answer older than
// kAnswerKeptUs is as good as gone.
absl::StatusOr<std::optional<std::string>> KeptAnswer(storage::WriteTransaction& transaction,
                                                      const Environment& environment,
                                                      const ChangeRequest& request,
                                                      std::string_view id);

// Keeps `answer`, sealed, for kAnswerKeptUs. RESOURCE_EXHAUSTED (LIMIT_EXCEEDED) when it is too
// long.
absl::Status KeepAnswer(storage::WriteTransaction& transaction, const Environment& environment,
                        const ChangeRequest& request, std::string_view id, std::string_view answer);

// Deletes up to kExpiredPerSweep answers whose time is over.
absl::Status SweepExpiredAnswers(storage::WriteTransaction& transaction);

}  // namespace radyab::access
