#include "registry/search/hit_reader.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"
#include "radyab/v1/member.pb.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/party_row.h"
#include "registry/storage/rows.h"

namespace radyab::search {
namespace {

constexpr std::string_view kClasses = "classes/";
constexpr std::string_view kBrand = "brand";
constexpr std::size_t kPhoneDigitsShown = 4;
constexpr std::size_t kPostcodeCharactersShown = 5;

using FoundHit = std::optional<v1::SearchHit>;

std::string PhoneEnd(std::string_view phone) {
  if (phone.size() <= kPhoneDigitsShown) return "";
  return "…" + std::string(phone.substr(phone.size() - kPhoneDigitsShown));
}

std::string DomainOf(std::string_view email) {
  const std::size_t at = email.rfind('@');
  return at == std::string_view::npos ? "" : std::string(email.substr(at + 1));
}

// The quarter, not the door: of the ten digits of an Iranian postcode five.
std::string PostcodeBegin(std::string_view postcode) {
  const std::size_t shown = std::min(kPostcodeCharactersShown, postcode.size() / 2);
  return shown == 0 ? "" : std::string(postcode.substr(0, shown)) + "…";
}

v1::SearchKind KindOf(const v1::Item&) { return v1::SEARCH_KIND_ITEM; }
v1::SearchKind KindOf(const v1::Service&) { return v1::SEARCH_KIND_SERVICE; }

}  // namespace

template <class Resource>
absl::StatusOr<v1::LocalizedText> HitReader::NameUnder(const std::string& key) {
  if (const auto known = names_.find(key); known != names_.end()) return known->second;
  budget_.Spend(1);
  auto row = storage::GetRow<Resource>(transaction_, key);
  if (!row.ok()) return row.status();
  return names_[key] = row->has_value() ? (*row)->display_name() : v1::LocalizedText();
}

template <class Entry>
absl::StatusOr<FoundHit> HitReader::ReadEntry(const std::string& key) {
  budget_.Spend(1);
  auto row = storage::GetRow<Entry>(transaction_, key);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return FoundHit();
  const Entry& entry = **row;
  v1::SearchHit hit;
  hit.set_name(entry.name());
  hit.set_code(entry.code());
  hit.set_kind(KindOf(entry));
  *hit.mutable_display_name() = entry.display_name();
  *hit.mutable_life() = entry.life();
  *hit.mutable_create_time() = entry.create_time();
  hit.set_member(entry.member());
  if (const auto member = catalog::ParseMemberName(entry.member(), "member"); member.ok()) {
    auto name = NameUnder<v1::Member>(keyspace::Member(*member));
    if (!name.ok()) return name.status();
    *hit.mutable_member_name() = *std::move(name);
  }
  hit.set_class_name(entry.class_name());
  if (std::string_view key_code = entry.class_name(); key_code.starts_with(kClasses)) {
    key_code.remove_prefix(kClasses.size());
    auto name = NameUnder<v1::Class>(keyspace::Class(key_code));
    if (!name.ok()) return name.status();
    *hit.mutable_class_display_name() = *std::move(name);
  }
  for (const v1::Attribute& attribute : entry.attributes()) {
    if (attribute.key() == kBrand) hit.set_brand(attribute.value());
  }
  return FoundHit(std::move(hit));
}

absl::StatusOr<FoundHit> HitReader::ReadParty(coding::Code code) {
  budget_.Spend(2);  // the party, and the key of its sealed part
  auto record = parties::ReadPartyRecord(transaction_, code);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return FoundHit();
  auto party = parties::OpenParty(transaction_, environment_, std::move(**record));
  if (!party.ok()) return party.status();
  v1::SearchHit hit;
  hit.set_name(party->name());
  hit.set_code(party->code());
  hit.set_kind(v1::SEARCH_KIND_PARTY);
  *hit.mutable_display_name() = party->display_name();
  *hit.mutable_life() = party->life();
  *hit.mutable_create_time() = party->create_time();
  hit.set_member(party->member());
  hit.set_party_kind(party->kind());
  *hit.mutable_roles() = party->roles();
  hit.set_phone_end(PhoneEnd(party->phone()));
  hit.set_email_domain(DomainOf(party->email()));
  hit.set_city(party->address().city());
  hit.set_postcode_begin(PostcodeBegin(party->address().postcode()));
  return FoundHit(std::move(hit));
}

absl::StatusOr<FoundHit> HitReader::ReadClass(const std::string& key_code) {
  budget_.Spend(1);
  auto row = storage::GetRow<v1::Class>(transaction_, keyspace::Class(key_code));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return FoundHit();
  v1::SearchHit hit;
  hit.set_name((*row)->name());
  hit.set_code((*row)->key_code());
  hit.set_kind(v1::SEARCH_KIND_CLASS);
  *hit.mutable_display_name() = (*row)->display_name();
  *hit.mutable_create_time() = (*row)->create_time();
  return FoundHit(std::move(hit));
}

absl::StatusOr<FoundHit> HitReader::Read(Thing thing) {
  if (const auto key_code = ClassOf(thing)) return ReadClass(*key_code);
  const auto code = coding::Code::FromNumber(thing);
  if (!code.ok()) return FoundHit();
  switch (code->kind()) {
    case coding::Kind::kItem:
      return ReadEntry<v1::Item>(keyspace::Item(*code));
    case coding::Kind::kService:
      return ReadEntry<v1::Service>(keyspace::Service(*code));
    case coding::Kind::kParty:
      return ReadParty(*code);
    default:
      return FoundHit();
  }
}

}  // namespace radyab::search
