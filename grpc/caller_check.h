// Who is calling, and may he: the first thing every call does.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "grpc/method_rule.h"
#include "grpc/serving.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/string_ref.h"
#include "registry/access/caller_shown.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::rpc {

using ClientMetadata = std::multimap<grpc::string_ref, grpc::string_ref>;

// The secret in `authorization: Bearer rk_…`; empty when the header is not there. UNAUTHENTICATED
// (WRONG_KEY) for a header of another form or several of them.
absl::StatusOr<std::string> SecretIn(const ClientMetadata& metadata);

// All that a call shows of its caller. UNAUTHENTICATED: WRONG_KEY as above, BAD_CERTIFICATE for the
// certificate of a connection that is not good any more.
absl::StatusOr<access::Shown> ShownIn(const Serving& serving,
                                      const grpc::CallbackServerContext& context);

// The caller who showed this, admitted to the method. UNAUTHENTICATED: NO_KEY when the method
// wants one, WRONG_KEY for a wrong one (on public methods too). PERMISSION_DENIED:
// ROLE_NOT_ALLOWED.
absl::StatusOr<access::Caller> Admit(storage::ReadTransaction& transaction,
                                     const Environment& environment, const MethodRule& rule,
                                     const access::Shown& shown, std::int64_t now_us);

}  // namespace radyab::rpc
