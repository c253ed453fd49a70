// Who may call a method: its option `access` (radyab/v1/access.proto), read from the descriptor.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "radyab/v1/access.pb.h"

namespace radyab::rpc {

// A plain value.
struct MethodRule {
  std::string name;         // "CatalogService.CreateItem", as the audit trail has it
  std::uint32_t roles = 0;  // bit N: the role with number N may call it
  v1::Scope scope = v1::SCOPE_UNSPECIFIED;

  // A role without a number of its own, as a newer program may have stored one, may call nothing.
  bool Allows(v1::Role role) const {
    return v1::Role_IsValid(role) && (roles >> static_cast<int>(role) & 1U) != 0;
  }
};

// The rule of `method`. FAILED_PRECONDITION when the option is missing, names no role, an invalid
// role or no scope: such a method is never served.
absl::StatusOr<MethodRule> RuleOf(const google::protobuf::MethodDescriptor& method);

}  // namespace radyab::rpc
