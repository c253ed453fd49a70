#include "grpc/caller_check.h"

#include <strings.h>

#include <string_view>

#include "grpc/tls/client_gate.h"
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

absl::StatusOr<access::Shown> ShownIn(const Serving& serving,
                                      const grpc::CallbackServerContext& context) {
  access::Shown shown;
  auto secret = SecretIn(context.client_metadata());
  if (!secret.ok()) return secret.status();
  shown.secret = *std::move(secret);
  if (serving.gate == nullptr) return shown;
  auto certificate = serving.gate->Shown(*context.auth_context());
  if (!certificate.ok()) return certificate.status();
  shown.certificate = *std::move(certificate);
  return shown;
}

absl::StatusOr<access::Caller> Admit(storage::ReadTransaction& transaction,
                                     const Environment& environment, const MethodRule& rule,
                                     const access::Shown& shown, std::int64_t now_us) {
  auto known = access::CallerShown(transaction, environment, shown, now_us);
  if (!known.ok()) return known.status();
  access::Caller& caller = *known;
  if (caller.key_id == 0 && !rule.Allows(v1::ROLE_PUBLIC)) {
    return Refuse(absl::StatusCode::kUnauthenticated, Reason::kNoKey,
                  rule.name + " wants an API key: authorization: Bearer rk_…");
  }
  if (!rule.Allows(caller.role)) {
    return Refuse(absl::StatusCode::kPermissionDenied, Reason::kRoleNotAllowed,
                  v1::Role_Name(caller.role) + " may not call " + rule.name,
                  {{"method", rule.name}, {"role", v1::Role_Name(caller.role)}});
  }
  return known;
}

}  // namespace radyab::rpc
