// Who is calling, and may he: the first thing every call does.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "grpc/method_rule.h"
#include "grpcpp/support/string_ref.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::rpc {

using ClientMetadata = std::multimap<grpc::string_ref, grpc::string_ref>;

// The secret in `authorization: Bearer rk_…`; empty when the header is not there. UNAUTHENTICATED
// (WRONG_KEY) for a header of another form or several of them.
absl::StatusOr<std::string> SecretIn(const ClientMetadata& metadata);

// The caller that bears `secret`, admitted to the method. UNAUTHENTICATED: NO_KEY when the method
// wants one, WRONG_KEY for a wrong one (on public methods too). PERMISSION_DENIED:
// ROLE_NOT_ALLOWED.
absl::StatusOr<access::Caller> Admit(storage::ReadTransaction& transaction,
                                     const Environment& environment, const MethodRule& rule,
                                     const std::string& secret);

}  // namespace radyab::rpc
