#include "registry/parties/party_registry.h"

#include <google/protobuf/util/field_mask_util.h>

#include <algorithm>

#include "registry/access/sealed_part.h"
#include "registry/catalog/alias_registry.h"
#include "registry/catalog/code_issuer.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/catalog/name_index.h"
#include "registry/fault_list.h"
#include "registry/parties/party_change.h"
#include "registry/parties/party_check.h"
#include "registry/parties/party_row.h"
#include "registry/search/name_notes.h"
#include "registry/stamp.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

using google::protobuf::util::FieldMaskUtil;

absl::StatusOr<bool> IsMemberItself(storage::ReadTransaction& transaction, MemberId owner,
                                    coding::Code party) {
  auto member = catalog::GetMember(transaction, owner);
  if (!member.ok()) return member.status();
  return member->party_code() == party.Digits();
}

absl::StatusOr<bool> MayRead(storage::ReadTransaction& transaction, const access::Caller& caller,
                             MemberId owner, coding::Code party) {
  if (caller.ReachesPrivate(owner)) return true;
  if (caller.role == v1::ROLE_PUBLIC) return false;
  return IsMemberItself(transaction, owner, party);
}

// Writes a new party of `owner` that passed its checks.
absl::StatusOr<v1::Party> StoreNewParty(storage::WriteTransaction& transaction,
                                        const Environment& environment, coding::Code code,
                                        MemberId owner, v1::Party party,
                                        std::string_view fresh_key) {
  party.set_name(PartyName(code));
  party.set_code(code.Digits());
  party.set_member(catalog::MemberName(owner));
  *party.mutable_life() = catalog::NewLife(transaction.record_time_us());
  party.clear_create_time();
  Stamp(transaction, party);
  if (auto status = access::CreateSealKey(transaction, environment, code, fresh_key);
      !status.ok()) {
    return status;
  }
  if (auto status = WriteParty(transaction, environment, code, party); !status.ok()) return status;
  auto status = catalog::IndexName(transaction, code, owner, party.display_name());
  if (!status.ok()) return status;
  auto noted = search::NoteNew(transaction, search::ThingOf(code));
  if (!noted.ok()) return noted;
  return party;
}

absl::Status CheckFields(const std::set<std::string>& fields) {
  if (fields.empty()) {
    return RefuseField("update_mask", "missing; want at least one field", Reason::kMissingField);
  }
  for (const std::string& field : fields) {
    if (std::ranges::find(ChangeableFields(), field) == ChangeableFields().end()) {
      return RefuseField("update_mask",
                         "\"" + field.substr(0, 80) + "\" names no field that may be changed",
                         Reason::kUnknownField);
    }
  }
  return absl::OkStatus();
}

bool ChangesName(const std::set<std::string>& fields) {
  const auto first = fields.lower_bound("display_name");
  return first != fields.end() && first->starts_with("display_name");
}

void CopyFields(const v1::Party& wanted, const std::set<std::string>& fields, v1::Party& party) {
  google::protobuf::FieldMask mask;
  for (const std::string& field : fields) mask.add_paths(field);
  FieldMaskUtil::MergeOptions replace;
  replace.set_replace_message_fields(true);
  replace.set_replace_repeated_fields(true);
  FieldMaskUtil::MergeMessageTo(wanted, mask, replace, &party);
  // An address without any part is none.
  if (party.address().ByteSizeLong() == 0) party.clear_address();
}

// What may not be changed just now: an old version, an inactive code, the name of a member's party.
absl::Status CheckChangeable(storage::ReadTransaction& transaction, const v1::Party& wanted,
                             const FoundParty& found, coding::Code code,
                             const std::set<std::string>& fields) {
  const v1::Party& standing = found.record.party();
  if (auto status = CheckEtag(wanted.etag(), standing.etag(), standing.name()); !status.ok())
    return status;
  if (auto status = catalog::RequireActive(code, standing.life()); !status.ok()) return status;
  if (!ChangesName(fields)) return absl::OkStatus();
  auto is_member = IsMemberItself(transaction, found.owner, code);
  if (!is_member.ok()) return is_member.status();
  if (!*is_member) return absl::OkStatus();
  return RefuseField("party.display_name", "this party is " + standing.member() +
                                               " itself: its name is changed with the member");
}

}  // namespace

const std::vector<std::string>& ChangeableFields() {
  static const std::vector<std::string> kFields = {"roles",
                                                   "display_name",
                                                   "display_name.fa",
                                                   "display_name.en",
                                                   "phone",
                                                   "email",
                                                   "contact_points",
                                                   "address",
                                                   "address.postcode",
                                                   "address.city",
                                                   "address.street",
                                                   "address.number",
                                                   "address.unit",
                                                   "birth_date",
                                                   "consents",
                                                   "preferred_channel",
                                                   "verified_schemes"};
  return kFields;
}

absl::StatusOr<v1::Party> CreateParty(storage::WriteTransaction& transaction,
                                      const Environment& environment, const access::Caller& caller,
                                      const v1::Party& wanted,
                                      const std::vector<v1::Alias>& aliases,
                                      std::string_view fresh_key) {
  auto owner = catalog::MemberMeant(transaction, caller, wanted.member(), "party.member");
  if (!owner.ok()) return owner.status();
  FaultList faults;
  v1::Party party = wanted;
  CheckParty(party, "party.", faults);
  if (!faults.empty()) return faults.status();
  auto code = catalog::IssueSerialCode(transaction, environment, coding::Kind::kParty, *owner);
  if (!code.ok()) return code.status();
  auto stored = StoreNewParty(transaction, environment, *code, *owner, std::move(party), fresh_key);
  if (!stored.ok()) return stored.status();
  auto added =
      catalog::AddFirstAliases(transaction, environment, {*code, *owner, stored->kind()}, aliases);
  if (!added.ok()) return added;
  return stored;
}

absl::StatusOr<v1::Party> GetParty(storage::ReadTransaction& transaction,
                                   const Environment& environment, const access::Caller& caller,
                                   std::string_view name) {
  auto code = ParsePartyName(name, "name");
  if (!code.ok()) return code.status();
  auto found = FindParty(transaction, *code);
  if (!found.ok()) return found.status();
  auto readable = MayRead(transaction, caller, found->owner, *code);
  if (!readable.ok()) return readable.status();
  if (!*readable) return NotFound(PartyName(*code));
  return OpenParty(transaction, environment, std::move(found->record));
}

absl::StatusOr<v1::Party> UpdateParty(storage::WriteTransaction& transaction,
                                      const Environment& environment, const access::Caller& caller,
                                      const v1::Party& wanted,
                                      const std::set<std::string>& fields) {
  if (auto status = CheckFields(fields); !status.ok()) return status;
  auto code = ParsePartyName(wanted.name(), "party.name");
  if (!code.ok()) return code.status();
  auto found = FindParty(transaction, *code);
  if (!found.ok()) return found.status();
  if (!caller.ReachesPrivate(found->owner)) return NotFound(PartyName(*code));
  auto changeable = CheckChangeable(transaction, wanted, *found, *code, fields);
  if (!changeable.ok()) return changeable;
  auto opened = OpenFound(transaction, environment, *std::move(found));
  if (!opened.ok()) return opened.status();
  v1::Party party = opened->party;
  CopyFields(wanted, fields, party);
  FaultList faults;
  CheckParty(party, "party.", faults);
  if (!faults.empty()) return faults.status();
  return StoreChanged(transaction, environment, *opened, std::move(party));
}

absl::StatusOr<coding::Code> CreateMemberParty(storage::WriteTransaction& transaction,
                                               const Environment& environment, MemberId owner,
                                               const v1::LocalizedText& display_name,
                                               std::string_view fresh_key) {
  auto code = catalog::IssueSerialCode(transaction, environment, coding::Kind::kParty, owner);
  if (!code.ok()) return code.status();
  v1::Party party;
  party.set_kind(v1::PARTY_KIND_ORGANISATION);
  party.add_roles(v1::PARTY_ROLE_CUSTOMER);
  party.add_roles(v1::PARTY_ROLE_SUPPLIER);
  *party.mutable_display_name() = display_name;
  auto stored = StoreNewParty(transaction, environment, *code, owner, std::move(party), fresh_key);
  if (!stored.ok()) return stored.status();
  return *code;
}

absl::Status RenameMemberParty(storage::WriteTransaction& transaction,
                               const Environment& environment, coding::Code party,
                               const v1::LocalizedText& display_name) {
  auto found = FindParty(transaction, party);
  if (!found.ok()) return found.status();
  auto opened = OpenFound(transaction, environment, *std::move(found));
  if (!opened.ok()) return opened.status();
  const v1::LocalizedText& before = opened->party.display_name();
  if (before.fa() == display_name.fa() && before.en() == display_name.en()) return absl::OkStatus();
  v1::Party renamed = opened->party;
  *renamed.mutable_display_name() = display_name;
  return StoreChanged(transaction, environment, *opened, std::move(renamed)).status();
}

absl::StatusOr<bool> MayReadParty(storage::ReadTransaction& transaction,
                                  const access::Caller& caller, coding::Code party) {
  auto found = FindParty(transaction, party);
  if (!found.ok()) return found.status();
  return MayRead(transaction, caller, found->owner, party);
}

absl::StatusOr<MemberId> OwnerOfParty(storage::ReadTransaction& transaction, coding::Code party) {
  auto found = FindParty(transaction, party);
  if (!found.ok()) return found.status();
  return found->owner;
}

}  // namespace radyab::parties
