// Who may read a thing is said once, at the method that reads it; what finds things shows no more.
#pragma once

#include "radyab/v1/access.pb.h"
#include "registry/coded_thing.h"

namespace radyab::rpc {

// What a role may read by GetParty, GetCase and GetCustody. Thread safe.
ReadableKinds ReadableBy(v1::Role role);

}  // namespace radyab::rpc
