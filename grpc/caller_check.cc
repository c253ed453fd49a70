#include "grpc/caller_check.h"

#include <strings.h>

#include <string_view>

#include "registry/access/key_registry.h"
#include "registry/reason.h"

namespace radyab::rpc {
namespace {

constexpr std::string_view kScheme = "Bearer ";  // RFC 6750, section 2.1; any letter case

}  // namespace

absl::StatusOr<std::string> SecretIn(const ClientMetadata& metadata) {
  const auto [first, last] = metadata.equal_range("authorization");
  if (first == last) return std::string();
  const std::string_view value(first->second.data(), first->second.size());
  const bool bearer = value.size() > kScheme.size() &&
                      strncasecmp(value.data(), kScheme.data(), kScheme.size()) == 0;
  if (!bearer || std::next(first) != last) {
    return Refuse(absl::StatusCode::kUnauthenticated, Reason::kWrongKey,
                  "the header `authorization` must be there once: Bearer rk_…");
  }
  return std::string(value.substr(kScheme.size()));
}

absl::StatusOr<access::Caller> Admit(storage::ReadTransaction& transaction,
                                     const Environment& environment, const MethodRule& rule,
                                     const std::string& secret) {
  access::Caller caller;
  if (!secret.empty()) {
    auto known = access::CallerOf(transaction, environment, secret);
    if (!known.ok()) return known.status();
    caller = *known;
  } else if (!rule.Allows(v1::ROLE_PUBLIC)) {
    return Refuse(absl::StatusCode::kUnauthenticated, Reason::kNoKey,
                  rule.name + " wants an API key: authorization: Bearer rk_…");
  }
  if (!rule.Allows(caller.role)) {
    return Refuse(absl::StatusCode::kPermissionDenied, Reason::kRoleNotAllowed,
                  v1::Role_Name(caller.role) + " may not call " + rule.name,
                  {{"method", rule.name}, {"role", v1::Role_Name(caller.role)}});
  }
  return caller;
}

}  // namespace radyab::rpc
