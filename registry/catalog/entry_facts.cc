#include "registry/catalog/entry_facts.h"

#include "registry/catalog/catalog_entry.h"
#include "registry/storage/rows.h"
#include "registry/wire_fields.h"

namespace radyab::catalog {
namespace {

bool ReadLife(std::string_view bytes, LifeFacts& life) {
  FieldReader field(bytes);
  while (field.Next()) {
    switch (field.tag()) {
      case FieldTag(v1::Life::kStateFieldNumber, WireType::kVarint):
        life.state = static_cast<v1::LifeState>(field.number());
        break;
      case FieldTag(v1::Life::kReasonFieldNumber, WireType::kBytes):
        life.reason = field.text();
        break;
      case FieldTag(v1::Life::kSuccessorCodeFieldNumber, WireType::kBytes):
        life.successor_code = field.text();
        break;
      default:
        break;
    }
  }
  return field.ok();
}

// Services have no generic one.
template <class Entry>
constexpr int kGenericField = 0;
template <>
constexpr int kGenericField<v1::Item> = v1::Item::kGenericFieldNumber;

}  // namespace

template <class Entry>
std::optional<StoredEntry> FactsOf(std::string_view bytes) {
  StoredEntry entry;
  entry.bytes = bytes;
  FieldReader field(bytes);
  while (field.Next()) {
    switch (field.tag()) {
      case FieldTag(Entry::kCodeFieldNumber, WireType::kBytes):
        entry.code = field.text();
        break;
      case FieldTag(kGenericField<Entry>, WireType::kVarint):
        entry.generic = field.number() != 0;
        break;
      case FieldTag(Entry::kLifeFieldNumber, WireType::kBytes):
        if (!ReadLife(field.text(), entry.life)) return std::nullopt;
        break;
      default:
        break;
    }
  }
  return field.ok() ? std::optional(entry) : std::nullopt;
}

template <class Entry>
absl::StatusOr<StoredEntry> ReadStoredEntry(storage::ReadTransaction& transaction,
                                            coding::Code code) {
  using Kind = EntryKind<Entry>;
  const std::string key = Kind::Key(code);
  auto bytes = storage::GetRowBytes(transaction, key);
  if (!bytes.ok()) return bytes.status();
  if (!bytes->has_value()) return NotFound(std::string(Kind::kNamePrefix) + code.Digits());
  const auto entry = FactsOf<Entry>(**bytes);
  if (!entry) return storage::CorruptRecord(key);
  if (entry->code != code.Digits()) return NotFound(std::string(Kind::kNamePrefix) + code.Digits());
  return *entry;
}

template std::optional<StoredEntry> FactsOf<v1::Item>(std::string_view);
template std::optional<StoredEntry> FactsOf<v1::Service>(std::string_view);
template absl::StatusOr<StoredEntry> ReadStoredEntry<v1::Item>(storage::ReadTransaction&,
                                                               coding::Code);
template absl::StatusOr<StoredEntry> ReadStoredEntry<v1::Service>(storage::ReadTransaction&,
                                                                  coding::Code);

}  // namespace radyab::catalog
