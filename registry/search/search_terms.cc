#include "registry/search/search_terms.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "coding/absl_text.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/party_row.h"
#include "registry/storage/rows.h"

namespace radyab::search {
namespace {

using storage::GetRow;

std::uint64_t NumberIn(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = (number << 8) | static_cast<unsigned char>(byte);
  return number;
}

template <class Resource>
absl::StatusOr<std::optional<ThingNames>> PublicNames(storage::ReadTransaction& transaction,
                                                      const std::string& key) {
  auto row = GetRow<Resource>(transaction, key);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::optional<ThingNames>();
  if constexpr (requires(const Resource& resource) { resource.generic(); }) {
    if ((*row)->generic()) return std::optional<ThingNames>();
  }
  return std::optional(ThingNames{MemberId::kRegistry, (*row)->display_name()});
}

std::set<std::string> ContactsOf(const v1::Party& party) {
  std::set<std::string> contacts = {party.phone(), EmailTermText(party.email())};
  for (const v1::ContactPoint& point : party.contact_points()) {
    const bool phone = point.kind() == v1::CONTACT_KIND_PHONE;
    contacts.insert(phone ? point.value() : EmailTermText(point.value()));
  }
  contacts.erase("");
  return contacts;
}

absl::StatusOr<std::optional<ThingNames>> PartyNames(storage::ReadTransaction& transaction,
                                                     const Environment& environment,
                                                     records::PartyRecord record) {
  auto owner = catalog::ParseMemberName(record.party().member(), "member");
  if (!owner.ok()) return storage::CorruptRecord(record.party().name());
  auto party = parties::OpenParty(transaction, environment, std::move(record));
  if (!party.ok()) return party.status();
  return std::optional(ThingNames{*owner, party->display_name(), ContactsOf(*party)});
}

}  // namespace

std::string Term(TermUse use, std::string_view text) {
  return std::string(1, static_cast<char>(use)).append(text);
}

keyspace::SearchTerm HashOf(const Environment& environment, MemberId scope, std::string_view term) {
  const std::string text =
      std::to_string(static_cast<std::uint32_t>(scope)) + "/" + std::string(term);
  const std::string hash = environment.keyed_hash.Of(access::HashPurpose::kSearchTerm, text);
  const std::string_view bytes = hash;
  return {NumberIn(bytes.substr(0, 8)), NumberIn(bytes.substr(8, 8))};
}

absl::StatusOr<std::optional<ThingNames>> NamesOf(storage::ReadTransaction& transaction,
                                                  const Environment& environment, Thing thing) {
  if (const auto key_code = ClassOf(thing)) {
    return PublicNames<v1::Class>(transaction, keyspace::Class(*key_code));
  }
  const auto code = coding::Code::FromNumber(thing);
  if (!code.ok()) return std::optional<ThingNames>();
  switch (code->kind()) {
    case coding::Kind::kItem:
      return PublicNames<v1::Item>(transaction, keyspace::Item(*code));
    case coding::Kind::kService:
      return PublicNames<v1::Service>(transaction, keyspace::Service(*code));
    case coding::Kind::kParty: {
      auto record = parties::ReadPartyRecord(transaction, *code);
      if (!record.ok()) return record.status();
      if (!record->has_value()) return std::optional<ThingNames>();
      return PartyNames(transaction, environment, std::move(**record));
    }
    default:
      return std::optional<ThingNames>();
  }
}

absl::StatusOr<std::optional<ThingNames>> OldNamesOf(storage::ReadTransaction& transaction,
                                                     const Environment& environment, Thing thing,
                                                     const ThingNames& now,
                                                     const records::SearchNoteRecord& note) {
  if (note.has_old_name()) {
    return std::optional(ThingNames{now.scope, note.old_name()});
  }
  const auto code = coding::Code::FromNumber(thing);
  if (!note.has_old_personal() || !code.ok()) return std::optional<ThingNames>();
  records::PartyRecord record;
  record.mutable_party()->set_code(code->Digits());
  record.mutable_party()->set_member(catalog::MemberName(now.scope));
  *record.mutable_personal() = note.old_personal();
  return PartyNames(transaction, environment, std::move(record));
}

std::string EmailTermText(std::string_view address) {
  return absl::AsciiStrToLower(AbslText(address));
}

std::set<std::string> TermsOf(const ThingNames& names) {
  coding::NameWords words;
  words.Add(names.display_name.fa());
  words.Add(names.display_name.en());
  std::set<std::string> terms;
  for (const std::string& word : words.words) {
    terms.insert(Term(TermUse::kWord, word));
    for (const std::string& beginning : coding::BeginningsOf(word)) {
      terms.insert(Term(TermUse::kBeginning, beginning));
    }
  }
  for (const std::string& stem : words.stems) terms.insert(Term(TermUse::kStem, stem));
  for (const std::string& contact : names.contacts) {
    terms.insert(Term(TermUse::kContact, contact));
  }
  return terms;
}

}  // namespace radyab::search
