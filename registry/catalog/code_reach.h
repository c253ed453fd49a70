// Whom a code of any kind answers to.
#pragma once

#include "coding/code.h"
#include "registry/access/caller.h"

namespace radyab::catalog {

// Whether `caller` reaches a code of `owner` for verbs that take any kind: parties are private, so
// a registrar reaches none of them; items and services are the catalogue he keeps.
inline bool ReachesCode(const access::Caller& caller, coding::Code code, MemberId owner) {
  return code.kind() == coding::Kind::kParty ? caller.ReachesPrivate(owner) : caller.Reaches(owner);
}

}  // namespace radyab::catalog
