#include "registry/catalog/compared_entry.h"

#include <utility>

#include "registry/catalog/catalog_entry.h"

namespace radyab::catalog {

using coding::Kind;

v1::Item AsCompared(const v1::Service& service) {
  v1::Item compared;
  compared.set_name(service.name());
  compared.set_code(service.code());
  compared.set_member(service.member());
  compared.set_class_name(service.class_name());
  *compared.mutable_display_name() = service.display_name();
  *compared.mutable_attributes() = service.attributes();
  *compared.mutable_life() = service.life();
  compared.set_etag(service.etag());
  return compared;
}

absl::StatusOr<v1::Item> ReadCompared(storage::ReadTransaction& transaction, coding::Code code) {
  if (code.kind() == Kind::kItem) return ReadEntry<v1::Item>(transaction, code);
  if (code.kind() != Kind::kService) return NotFound(code.Digits());
  auto service = ReadEntry<v1::Service>(transaction, code);
  if (!service.ok()) return service.status();
  return AsCompared(*service);
}

absl::StatusOr<std::optional<v1::Item>> ActiveCompared(storage::ReadTransaction& transaction,
                                                       coding::Code code) {
  auto entry = ReadCompared(transaction, code);
  if (absl::IsNotFound(entry.status())) return std::optional<v1::Item>();
  if (!entry.ok()) return entry.status();
  const bool active = !entry->generic() && entry->life().state() == v1::LIFE_STATE_ACTIVE;
  return active ? std::optional(*std::move(entry)) : std::nullopt;
}

std::string ComparedResource(coding::Code code) {
  const std::string_view prefix = code.kind() == Kind::kService
                                      ? EntryKind<v1::Service>::kNamePrefix
                                      : EntryKind<v1::Item>::kNamePrefix;
  return std::string(prefix) + code.Digits();
}

}  // namespace radyab::catalog
