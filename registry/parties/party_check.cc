#include "registry/parties/party_check.h"

#include <set>
#include <string>

#include "registry/catalog/name_index.h"
#include "registry/parties/contact_check.h"
#include "registry/parties/email_address.h"
#include "registry/parties/phone_number.h"

namespace radyab::parties {
namespace {

void CheckKind(const v1::Party& party, const std::string& field, FaultList& faults) {
  if (party.kind() == v1::PARTY_KIND_UNSPECIFIED) {
    faults.Add(field, "missing; want PERSON or ORGANISATION", Reason::kMissingField);
  } else if (!v1::PartyKind_IsValid(party.kind())) {
    faults.Add(field, std::to_string(party.kind()) + " is no kind; want PERSON or ORGANISATION");
  }
}

void CheckRoles(const v1::Party& party, const std::string& field, FaultList& faults) {
  if (party.roles().empty()) {
    faults.Add(field, "missing; want CUSTOMER, SUPPLIER or both", Reason::kMissingField);
  }
  std::set<int> seen;
  for (int i = 0; i < party.roles_size(); ++i) {
    const int role = party.roles(i);
    const std::string place = field + "[" + std::to_string(i) + "]";
    if (role == v1::PARTY_ROLE_UNSPECIFIED || !v1::PartyRole_IsValid(role)) {
      faults.Add(place, std::to_string(role) + " is no role; want CUSTOMER or SUPPLIER");
    } else if (!seen.insert(role).second) {
      faults.Add(place, "the same role twice");
    }
    if (i > v1::PartyRole_ARRAYSIZE) return;  // one of those before was a repeat or no role
  }
}

}  // namespace

void CheckParty(v1::Party& party, std::string_view prefix, FaultList& faults) {
  const std::string base(prefix);
  party.DiscardUnknownFields();  // what nobody checked must not be kept
  CheckKind(party, base + "kind", faults);
  CheckRoles(party, base + "roles", faults);
  faults.AddAll(catalog::CheckName(party.display_name(), base + "display_name"));
  if (!party.phone().empty()) {
    PhoneReading phone = ReadPhoneNumber(party.phone());
    if (!phone.fault.empty()) faults.Add(base + "phone", phone.fault);
    party.set_phone(std::move(phone.e164));
  }
  if (!party.email().empty()) {
    EmailReading email = ReadEmailAddress(party.email());
    if (!email.fault.empty()) faults.Add(base + "email", email.fault);
    party.set_email(std::move(email.address));
  }
  CheckContacts(party, prefix, faults);
}

}  // namespace radyab::parties
