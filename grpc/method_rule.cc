#include "grpc/method_rule.h"

namespace radyab::rpc {

absl::StatusOr<MethodRule> RuleOf(const google::protobuf::MethodDescriptor& method) {
  MethodRule rule;
  rule.name = method.service()->name() + "." + method.name();
  if (!method.options().HasExtension(v1::access)) {
    return absl::FailedPreconditionError(rule.name + ": no option `access`, so nobody may call it");
  }
  const v1::AccessRule& access = method.options().GetExtension(v1::access);
  rule.scope = access.scope();
  for (const int role : access.roles()) {
    if (!v1::Role_IsValid(role) || role == v1::ROLE_UNSPECIFIED) {
      return absl::FailedPreconditionError(rule.name + ": its option `access` names no valid role");
    }
    rule.roles |= 1U << role;
  }
  if (rule.roles == 0 || !v1::Scope_IsValid(rule.scope) || rule.scope == v1::SCOPE_UNSPECIFIED) {
    return absl::FailedPreconditionError(rule.name + ": its option `access` lacks roles or scope");
  }
  return rule;
}

}  // namespace radyab::rpc
