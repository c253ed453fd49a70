#include "registry/parties/party_row.h"

#include "registry/access/sealed_part.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

constexpr std::string_view kCollection = "parties/";
constexpr std::string_view kSealContext = "party";

}  // namespace

std::string PartyName(coding::Code code) { return std::string(kCollection) + code.Digits(); }

absl::StatusOr<coding::Code> ParsePartyName(std::string_view name, std::string_view field) {
  if (name.starts_with(kCollection)) name.remove_prefix(kCollection.size());
  const auto code = coding::ParseCode(name);
  if (!code.ok()) return RefuseText(field, code.refusal(), Reason::kInvalidCode);
  if (code->kind() != coding::Kind::kParty) {
    return RefuseField(field,
                       code->Digits() + " is the code of a " +
                           std::string(coding::KindName(code->kind())) + ", want one of a party",
                       Reason::kInvalidCode);
  }
  return *code;
}

absl::StatusOr<std::optional<records::PartyRecord>> ReadPartyRecord(
    storage::ReadTransaction& transaction, coding::Code code) {
  return storage::GetRow<records::PartyRecord>(transaction, keyspace::Party(code));
}

absl::StatusOr<v1::Party> OpenParty(storage::ReadTransaction& transaction,
                                    const Environment& environment, records::PartyRecord record) {
  const auto code = coding::ParseCode(record.party().code());
  if (!code.ok()) return storage::CorruptRecord(record.party().name());
  auto plain = access::OpenFor(transaction, environment, *code, record.personal(), kSealContext);
  if (!plain.ok()) return plain.status();
  records::PartyPersonal personal;
  if (!personal.ParseFromString(*plain)) return storage::CorruptRecord(keyspace::Party(*code));
  v1::Party party = std::move(*record.mutable_party());
  party.mutable_display_name()->set_fa(personal.display_name_fa());
  party.mutable_display_name()->set_en(personal.display_name_en());
  party.set_phone(personal.phone());
  party.set_email(personal.email());
  *party.mutable_contact_points() = std::move(*personal.mutable_contact_points());
  if (personal.has_address()) *party.mutable_address() = std::move(*personal.mutable_address());
  party.set_birth_date(personal.birth_date());
  *party.mutable_consents() = std::move(*personal.mutable_consents());
  return party;
}

absl::Status WriteParty(storage::WriteTransaction& transaction, const Environment& environment,
                        coding::Code code, const v1::Party& party) {
  records::PartyPersonal personal;
  personal.set_display_name_fa(party.display_name().fa());
  personal.set_display_name_en(party.display_name().en());
  personal.set_phone(party.phone());
  personal.set_email(party.email());
  *personal.mutable_contact_points() = party.contact_points();
  if (party.has_address()) *personal.mutable_address() = party.address();
  personal.set_birth_date(party.birth_date());
  *personal.mutable_consents() = party.consents();
  auto sealed =
      access::SealFor(transaction, environment, code, personal.SerializeAsString(), kSealContext);
  if (!sealed.ok()) return sealed.status();
  records::PartyRecord record;
  *record.mutable_party() = party;
  record.mutable_party()->clear_display_name();
  record.mutable_party()->clear_phone();
  record.mutable_party()->clear_email();
  record.mutable_party()->clear_contact_points();
  record.mutable_party()->clear_address();
  record.mutable_party()->clear_birth_date();
  record.mutable_party()->clear_consents();
  *record.mutable_personal() = std::move(*sealed);
  return storage::PutRow(transaction, keyspace::Party(code), record);
}

}  // namespace radyab::parties
