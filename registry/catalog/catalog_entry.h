// What items and services have in common: one code, one row, one life.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {

// How one resource of the catalog is named and stored.
template <class Entry>
struct EntryKind;

template <>
struct EntryKind<v1::Item> {
  static constexpr coding::Kind kKind = coding::Kind::kItem;
  static constexpr std::string_view kNamePrefix = "items/";
  static constexpr std::string_view kField = "item";
  static std::string Key(coding::Code code) { return keyspace::Item(code); }
  static std::string Prefix(std::uint32_t block) { return keyspace::ItemPrefix(block); }
  static std::string Prefix() { return keyspace::ItemPrefix(); }
};

template <>
struct EntryKind<v1::Service> {
  static constexpr coding::Kind kKind = coding::Kind::kService;
  static constexpr std::string_view kNamePrefix = "services/";
  static constexpr std::string_view kField = "service";
  static std::string Key(coding::Code code) { return keyspace::Service(code); }
  static std::string Prefix(std::uint32_t block) { return keyspace::ServicePrefix(block); }
  static std::string Prefix() { return keyspace::ServicePrefix(); }
};

// Reads `items/CODE` or a bare code; refuses other kinds of code. Says nothing about existence.
template <class Entry>
absl::StatusOr<coding::Code> ParseEntryName(std::string_view name, std::string_view field) {
  using Kind = EntryKind<Entry>;
  std::string_view text = name;
  if (text.starts_with(Kind::kNamePrefix)) text.remove_prefix(Kind::kNamePrefix.size());
  auto code = coding::ParseCode(text);
  if (!code.ok()) return RefuseText(field, code.refusal(), Reason::kInvalidCode);
  if (code->kind() != Kind::kKind) {
    return RefuseField(field, code->Digits() + " names a " + std::string(KindName(code->kind())) +
                                  ", want a code of kind " + std::string(KindName(Kind::kKind)));
  }
  return *code;
}

// The row of `code`; NOT_FOUND when there is none, also when the stored code differs in its birth
// class.
template <class Entry>
absl::StatusOr<Entry> ReadEntry(storage::ReadTransaction& transaction, coding::Code code) {
  using Kind = EntryKind<Entry>;
  auto row = storage::GetRow<Entry>(transaction, Kind::Key(code));
  if (!row.ok()) return row.status();
  if (!row->has_value() || (*row)->code() != code.Digits()) {
    return NotFound(std::string(Kind::kNamePrefix) + code.Digits());
  }
  return std::move(**row);
}

}  // namespace radyab::catalog
