// Who a client certificate says its bearer is: the URI of ours among its names.
//
//   radyab://admin                      a role without a member: admin, registrar, operator
//   radyab://warehouse/members/00017    any other role, and the member it acts for
//
// A certificate has one such name or none. Without one it opens the connection and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "radyab/v1/access.pb.h"
#include "registry/access/caller.h"
#include "registry/storage/store.h"

namespace radyab::access {

inline constexpr std::string_view kCertificateScheme = "radyab:";

// A client certificate that was checked and found good.
struct ShownCertificate {
  std::string name;         // its URI of ours; empty: it has none
  std::string fingerprint;  // SHA-256 of it, 64 hex digits
  std::int64_t valid_until_us = 0;
};

struct CertificateName {
  v1::Role role = v1::ROLE_UNSPECIFIED;
  std::optional<MemberId> member;
};

// UNAUTHENTICATED (BAD_CERTIFICATE) for a URI of another form; the words tell what was wanted.
absl::StatusOr<CertificateName> ParseCertificateName(std::string_view uri);

// Who bears the certificate; nobody (role PUBLIC) without a name. UNAUTHENTICATED (BAD_CERTIFICATE)
// when the member is not there.
absl::StatusOr<Caller> CallerOfCertificate(storage::ReadTransaction& transaction,
                                           const ShownCertificate& certificate);

// The refusal of a certificate: `words` tell why.
absl::Status BadCertificate(std::string_view words);

}  // namespace radyab::access
