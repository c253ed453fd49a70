// Who calls and how far he reaches. Made by the one call helper, handed to every verb of the
// registry.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "radyab/v1/access.pb.h"
#include "registry/storage/keyspace.h"

namespace radyab::access {

// A plain value.
struct Caller {
  std::uint64_t key_id = 0;  // 0: no key
  v1::Role role = v1::ROLE_PUBLIC;
  std::optional<MemberId> member;  // none for ADMIN, REGISTRAR, OPERATOR and PUBLIC
  // Until when what he showed is good: a secret that was replaced ends. Whoever keeps a caller
  // looks at it again.
  std::int64_t valid_until_us = INT64_MAX;
  // Of the client certificate that was shown: its SHA-256 fingerprint, 64 hex digits, and its name
  // when that says who calls (key_id is then a hash of the name, above every key's id).
  std::string certificate = {};
  std::string certificate_name = {};

  // Members and their items, services and blocks: ADMIN and REGISTRAR reach every member's, the
  // others only their own member's.
  bool ReachesEveryMember() const { return role == v1::ROLE_ADMIN || role == v1::ROLE_REGISTRAR; }
  bool Reaches(MemberId owner) const {
    return ReachesEveryMember() || (member && *member == owner);
  }
  // Parties, cases and what was traced: a registrar keeps the catalogue and reaches none of them.
  bool ReachesPrivate(MemberId owner) const {
    return role == v1::ROLE_ADMIN || (member && *member == owner);
  }
};

}  // namespace radyab::access
