// Which goods are the same: entries of one member and one class that agree in every identifying
// attribute of the class. A second one is refused at registration.
//
// An entry is judged by the class as it was when the entry was last changed: one that was
// registered before an attribute became identifying is not found by it.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/catalog/approved_name.h"
#include "registry/catalog/class_lineage.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// What `attributes` say in the identifying attributes of the class, in one form whatever way they
// are written: texts folded (coding/text_fold.h), numbers without spare zeros. Empty: the class has
// none, or one of them is not given, and nothing is the same as this. Any thread.
std::string IdentityText(const Lineage& lineage, const Attributes& attributes);

// An entry as far as it can be the same as another. `key_code` is that of its class.
struct IdentityClaim {
  MemberId member;
  std::string key_code;
  std::string text;  // of IdentityText; not empty

  friend bool operator==(const IdentityClaim&, const IdentityClaim&) = default;
};

// ALREADY_EXISTS, naming the code of the entry that is the same (active or suspended). `Entry` is
// v1::Item or v1::Service.
template <class Entry>
absl::Status CheckNotTheSame(storage::ReadTransaction& transaction, const IdentityClaim& claim);

absl::Status PutIdentity(storage::WriteTransaction& transaction, coding::Code code,
                         const IdentityClaim& claim);
absl::Status DropIdentity(storage::WriteTransaction& transaction, coding::Code code,
                          const IdentityClaim& claim);

}  // namespace radyab::catalog
