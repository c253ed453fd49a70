// What every change has around it: a retry with the same request_id gets the first answer, and an
// audit row is written in the same transaction.
#pragma once

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "radyab/v1/admin.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::access {

inline constexpr std::int64_t kAnswerKeptUs =
    std::int64_t{7} * 24 * 3600 * 1'000'000;  // announced in the API
inline constexpr std::size_t kRequestIdCharactersMax = 64;
inline constexpr int kSweepEvery = 16;       // one change of so many sweeps old answers away
inline constexpr int kExpiredPerSweep = 64;  // at most

// One change as it was asked for.
struct ChangeRequest {
  Caller caller;
  std::string method;        // "CatalogService.CreateItem"
  std::string request_id;    // empty: no retry protection
  std::string digest;        // RequestDigest; wanted with a request_id only
  std::uint32_t number = 0;  // of this change among those of one transaction (rows of an import)
};

// What a change gives back.
struct ChangeAnswer {
  std::string
      resource;  // for the audit row: `items/CODE` …; empty: nothing was changed, no audit row
  std::string answer;  // serialised response
  // Another resource that was changed by it: its audit trail shows the row too. Empty: none.
  std::string also = {};
};

// What tells one request from another: equal methods with equal bytes have equal digests. `body` is
// the request as bytes, without its request_id.
std::string RequestDigest(const Environment& environment, std::string_view method,
                          std::string_view body);

// Runs `change` unless its request_id was answered before, and keeps the answer (sealed). Returns
// the answer. ALREADY_EXISTS (REQUEST_ID_REUSED) when the request_id came with another body.
absl::StatusOr<std::string> RunChange(
    storage::WriteTransaction& transaction, const Environment& environment,
    const ChangeRequest& request,
    absl::FunctionRef<absl::StatusOr<ChangeAnswer>(storage::WriteTransaction&)> change);

// `resource` and `after_sequence` narrow the list; empty and 0: all.
absl::StatusOr<Page<v1::AuditEntry>> ListAudit(storage::ReadTransaction& transaction,
                                               std::string_view resource,
                                               std::uint64_t after_sequence,
                                               const PageRequest& page);

}  // namespace radyab::access
