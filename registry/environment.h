// What every verb of the registry may use beside its transaction: the keys of this store. Nothing
// here changes after opening; thread safe.
#pragma once

#include "coding/permutation.h"
#include "registry/access/keyed_hash.h"
#include "registry/access/sealer.h"

namespace radyab {

struct Environment {
  coding::SerialPermutation permutation;  // key: a row of the store, made when the store is made
  access::KeyedHash keyed_hash;           // key: secrets/hash.key beside the store
  access::Sealer sealer;                  // key: secrets/seal.key beside the store
};

}  // namespace radyab
