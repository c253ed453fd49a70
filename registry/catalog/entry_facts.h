// What resolving and linking want to know of a stored item or service, read off its bytes without
// making a message of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// The life of an entity as far as it decides whether the thing may move.
struct LifeFacts {
  v1::LifeState state = v1::LIFE_STATE_UNSPECIFIED;
  std::string reason;
  std::string successor_code;
};

// An item or a service as it is stored. Views are valid as long as the transaction.
struct StoredEntry {
  std::string_view bytes;  // the whole v1::Item or v1::Service
  std::string_view code;   // 16 digits
  bool generic = false;
  LifeFacts life;
};

// Reads the facts off the bytes of a v1::Item or v1::Service; nothing when they are none.
template <class Entry>
std::optional<StoredEntry> FactsOf(std::string_view bytes);

// The stored entry of `code`; NOT_FOUND when there is none, also when the stored code differs in
// its birth class. DATA_LOSS (CORRUPT_RECORD) when checksum or structure does not agree.
template <class Entry>
absl::StatusOr<StoredEntry> ReadStoredEntry(storage::ReadTransaction& transaction,
                                            coding::Code code);

}  // namespace radyab::catalog
