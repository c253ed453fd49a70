#include "registry/catalog/class_lineage.h"

#include <utility>

#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/parsed_rows.h"

namespace radyab::catalog {

absl::Status UnknownClass(std::string_view field, std::string_view key_code) {
  return RefuseField(field, "classes/" + std::string(key_code) + ": there is no such class",
                     Reason::kUnknownClass);
}

absl::StatusOr<Lineage> LineageOf(storage::ReadTransaction& transaction, std::string_view key_code,
                                  std::string_view field) {
  Lineage lineage;
  for (std::size_t length = 2; length <= key_code.size(); length += 2) {
    auto node =
        storage::GetParsedRow<v1::Class>(transaction, keyspace::Class(key_code.substr(0, length)));
    if (!node.ok()) return node.status();
    if (*node == nullptr) return UnknownClass(field, key_code);
    for (const auto& attribute : (*node)->attributes()) {
      lineage.templates[attribute.key()] = &attribute;
    }
    lineage.classes.push_back(*std::move(node));
  }
  return lineage;
}

}  // namespace radyab::catalog
