#include "registry/catalog/identity.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "coding/decimal_quantity.h"
#include "coding/text_fold.h"
#include "registry/catalog/catalog_entry.h"
#include "registry/storage/crc32c.h"
#include "registry/storage/ordered_key.h"

namespace radyab::catalog {
namespace {

// Entries that were the same and are merged, retired or annulled keep their rows; so many of them
// are looked at before a new one is let in unseen.
constexpr std::size_t kLookedAtMax = 64;
constexpr std::string_view kClassPrefix = "classes/";

std::string OneForm(const v1::AttributeTemplate& attribute, const std::string& value) {
  if (attribute.type() == v1::ATTRIBUTE_TYPE_NUMBER) {
    if (const auto number = coding::ParseDecimal(value); number.ok()) {
      return coding::WriteDecimal(coding::NormalizeDecimal(*number));
    }
  }
  return attribute.type() == v1::ATTRIBUTE_TYPE_CHOICE ? value : coding::FoldText(value);
}

std::uint32_t DigestOf(const IdentityClaim& claim) { return storage::Crc32c(claim.text); }

// The classes of `key_code`, or nothing when one is not there any more.
std::optional<Lineage> LineageNow(storage::ReadTransaction& transaction,
                                  std::string_view key_code) {
  auto lineage = LineageOf(transaction, key_code, "class_name");
  if (!lineage.ok()) return std::nullopt;
  return *std::move(lineage);
}

absl::StatusOr<std::vector<coding::Code>> Candidates(storage::ReadTransaction& transaction,
                                                     const std::string& prefix) {
  std::vector<coding::Code> codes;
  auto status =
      transaction.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
                       kLookedAtMax, [&](std::string_view key, std::string_view) {
                         storage::OrderedKeyReader reader(key.substr(prefix.size()));
                         if (auto code = coding::Code::FromNumber(reader.U64()); code.ok()) {
                           codes.push_back(*code);
                         }
                         return true;
                       });
  if (!status.ok()) return status;
  return codes;
}

template <class Entry>
bool IsTheSame(const Entry& entry, const Lineage& lineage, const IdentityClaim& claim) {
  const v1::LifeState state = entry.life().state();
  return (state == v1::LIFE_STATE_ACTIVE || state == v1::LIFE_STATE_SUSPENDED) &&
         entry.class_name() == std::string(kClassPrefix) + claim.key_code &&
         IdentityText(lineage, entry.attributes()) == claim.text;
}

}  // namespace

std::string IdentityText(const Lineage& lineage, const Attributes& attributes) {
  std::string text;
  for (const auto& [key, attribute] : lineage.templates) {
    if (!attribute->identifying()) continue;
    const auto given = std::ranges::find(attributes, key, &v1::Attribute::key);
    if (given == attributes.end()) return "";
    // Neither a key nor a folded text has a line end in it.
    text += std::string(key) + "=" + OneForm(*attribute, given->value()) + "\n";
  }
  return text;
}

template <class Entry>
absl::Status CheckNotTheSame(storage::ReadTransaction& transaction, const IdentityClaim& claim) {
  using Kind = EntryKind<Entry>;
  auto codes = Candidates(transaction, keyspace::IdentityPrefix(Kind::kKind, claim.member,
                                                                claim.key_code, DigestOf(claim)));
  if (!codes.ok()) return codes.status();
  if (codes->empty()) return absl::OkStatus();
  const auto lineage = LineageNow(transaction, claim.key_code);
  if (!lineage) return absl::OkStatus();
  for (const coding::Code code : *codes) {
    auto entry = ReadEntry<Entry>(transaction, code);
    if (!entry.ok()) return entry.status();
    if (!IsTheSame(*entry, *lineage, claim)) continue;
    return Refuse(absl::StatusCode::kAlreadyExists, Reason::kAlreadyExists,
                  std::string(Kind::kField) + ".attributes: " + code.Digits() +
                      " of the same class agrees in every identifying attribute",
                  {{"resource", entry->name()}, {"code", code.Digits()}});
  }
  return absl::OkStatus();
}

template absl::Status CheckNotTheSame<v1::Item>(storage::ReadTransaction&, const IdentityClaim&);
template absl::Status CheckNotTheSame<v1::Service>(storage::ReadTransaction&, const IdentityClaim&);

absl::Status PutIdentity(storage::WriteTransaction& transaction, coding::Code code,
                         const IdentityClaim& claim) {
  return storage::PutMark(transaction,
                          keyspace::Identity(claim.member, claim.key_code, DigestOf(claim), code));
}

absl::Status DropIdentity(storage::WriteTransaction& transaction, coding::Code code,
                          const IdentityClaim& claim) {
  return transaction.Delete(
      keyspace::Identity(claim.member, claim.key_code, DigestOf(claim), code));
}

}  // namespace radyab::catalog
