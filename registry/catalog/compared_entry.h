// Items and services in the one form in which two of a kind are compared.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// What a service has and an item has too; what it lacks (unit, GTIN) is empty, and says nothing for
// or against a pair of services.
v1::Item AsCompared(const v1::Service& service);
inline v1::Item AsCompared(const v1::Item& item) { return item; }

// The item or service with this code. Nothing when there is none, when it is not active, and for
// a generic item, which is like its suppliers' items on purpose.
absl::StatusOr<std::optional<v1::Item>> ActiveCompared(storage::ReadTransaction& transaction,
                                                       coding::Code code);
// The same in whatever state. NOT_FOUND when there is none.
absl::StatusOr<v1::Item> ReadCompared(storage::ReadTransaction& transaction, coding::Code code);

// Whether codes of this kind are compared at all: those of items and of services.
inline bool IsCompared(coding::Kind kind) {
  return kind == coding::Kind::kItem || kind == coding::Kind::kService;
}

// "items/CODE" or "services/CODE".
std::string ComparedResource(coding::Code code);

}  // namespace radyab::catalog
