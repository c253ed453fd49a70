// Who calls, of all that a call shows: an API key, a client certificate, both or neither.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "registry/access/caller.h"
#include "registry/access/certificate_name.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::access {

struct Shown {
  std::string secret;  // of the API key; empty: none
  std::optional<ShownCertificate> certificate;
};

// A key says who calls; without one the name in the certificate does; without either nobody calls
// (role PUBLIC). A certificate with a name beside a key must be of the same role and member: which
// of the two should count is nowhere written, so neither does. UNAUTHENTICATED: WRONG_KEY,
// BAD_CERTIFICATE.
absl::StatusOr<Caller> CallerShown(storage::ReadTransaction& transaction,
                                   const Environment& environment, const Shown& shown,
                                   std::int64_t now_us);

}  // namespace radyab::access
