// What every verb of the registry may use beside its transaction: the keys of this store, and what
// it remembers of who calls. Thread safe.
#pragma once

#include <cstdint>
#include <memory>

#include "coding/permutation.h"
#include "registry/access/keyed_hash.h"
#include "registry/access/known_callers.h"
#include "registry/access/sealer.h"

namespace radyab {

// Codes that one member may have reserved at a time, see catalog/code_reservations.h.
inline constexpr std::int64_t kReservedPerMemberDefault = 10'000'000;

struct Environment {
  coding::SerialPermutation permutation;  // key: a row of the store, made when the store is made
  access::KeyedHash keyed_hash;           // key: secrets/hash.key beside the store
  access::Sealer sealer;                  // key: secrets/seal.key beside the store
  std::shared_ptr<access::KnownCallers> known_callers = std::make_shared<access::KnownCallers>();
  std::int64_t reserved_per_member_max = kReservedPerMemberDefault;
};

}  // namespace radyab
