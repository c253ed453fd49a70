#include "registry/parties/party_facts.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <utility>

#include "registry/stamp.h"

namespace radyab::parties {
namespace {

constexpr std::string_view kRole = "role/";
constexpr std::string_view kContact = "contact/";
constexpr std::string_view kConsent = "consent/";
constexpr std::string_view kVerified = "verified/";
constexpr std::string_view kYes = "1";
constexpr std::string_view kNo = "0";

std::string RoleFact(int role) { return std::string(kRole) + std::to_string(role); }
std::string ContactFact(int kind, std::string_view value) {
  return std::string(kContact) + std::to_string(kind) + "/" + std::string(value);
}
std::string ConsentFact(const v1::Consent& consent) {
  return std::string(kConsent) + consent.purpose() + "/" + std::to_string(consent.channel());
}
std::string VerifiedFact(int scheme) { return std::string(kVerified) + std::to_string(scheme); }

// The number at the end of a fact's name: "role/2", "consent/marketing/2".
int NumberAtEnd(std::string_view fact) {
  return std::stoi(std::string(fact.substr(fact.rfind('/') + 1)));
}

struct ContactName {
  v1::ContactKind kind;
  std::string value;
};
ContactName ContactIn(std::string_view fact) {
  fact.remove_prefix(kContact.size());
  const std::size_t slash = fact.find('/');
  return {static_cast<v1::ContactKind>(std::stoi(std::string(fact.substr(0, slash)))),
          std::string(fact.substr(slash + 1))};
}

void Say(Facts& facts, std::string_view fact, std::string value) {
  if (!value.empty()) facts.emplace(fact, std::move(value));
}

// The facts of one list, those that the list has in its order and then the others: `name_of` tells
// the fact of an element, `make` an element of a fact.
template <class List, class NameOf, class Make>
void PutList(const Facts& facts, std::string_view prefix, List& list, NameOf name_of, Make make) {
  List kept;
  std::set<std::string> seen;
  for (const auto& element : std::as_const(list)) {
    const auto fact = facts.find(name_of(element));
    if (fact != facts.end() && seen.insert(fact->first).second) {
      kept.Add(make(fact->first, fact->second));
    }
  }
  for (auto fact = facts.lower_bound(prefix);
       fact != facts.end() && fact->first.starts_with(prefix); ++fact) {
    if (!seen.contains(fact->first)) kept.Add(make(fact->first, fact->second));
  }
  list.Swap(&kept);
}

std::string TextOr(const Facts& facts, std::string_view fact) {
  const auto found = facts.find(fact);
  return found == facts.end() ? std::string() : found->second;
}

std::string EnumWord(std::string name, std::string_view prefix) {
  if (name.starts_with(prefix)) name.erase(0, prefix.size());
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return name;
}

std::string ChannelWord(int channel) {
  return EnumWord(v1::ContactChannel_Name(channel), "CONTACT_CHANNEL_");
}

bool IsTaken(std::string_view fact, const std::set<std::string>& fields) {
  return fields.contains(std::string(fact.substr(0, fact.find('.'))));
}

// The main number or address that gives way to another is kept as a contact point.
void KeepAsContact(const Facts& survivor, const Facts& absorbed, std::string_view field,
                   v1::ContactKind kind, Facts& merged) {
  const std::string present = TextOr(merged, field);
  for (const Facts* facts : {&survivor, &absorbed}) {
    const std::string one = TextOr(*facts, field);
    if (!one.empty() && one != present) {
      merged.try_emplace(ContactFact(kind, one), kNo);
    }
  }
}

std::string MergedValue(const Facts::value_type& own, std::string_view other) {
  if (IsConsent(own.first)) {
    return Stricter(ConsentIn(own.second), ConsentIn(other)).SerializeAsString();
  }
  if (own.first.starts_with(kContact)) return std::max(own.second, std::string(other));
  return own.second;
}

}  // namespace

Facts FactsOf(const v1::Party& party) {
  Facts facts;
  Say(facts, "display_name.fa", party.display_name().fa());
  Say(facts, "display_name.en", party.display_name().en());
  Say(facts, "phone", party.phone());
  Say(facts, "email", party.email());
  Say(facts, "address", party.address().SerializeAsString());
  Say(facts, "birth_date", party.birth_date());
  if (party.preferred_channel() != v1::CONTACT_CHANNEL_UNSPECIFIED) {
    Say(facts, "preferred_channel", std::to_string(party.preferred_channel()));
  }
  for (const int role : party.roles()) Say(facts, RoleFact(role), std::string(kYes));
  for (const v1::ContactPoint& point : party.contact_points()) {
    Say(facts, ContactFact(point.kind(), point.value()),
        std::string(point.verified() ? kYes : kNo));
  }
  for (const v1::Consent& consent : party.consents()) {
    Say(facts, ConsentFact(consent), consent.SerializeAsString());
  }
  for (const int scheme : party.verified_schemes()) {
    Say(facts, VerifiedFact(scheme), std::string(kYes));
  }
  return facts;
}

void PutFacts(const Facts& facts, v1::Party& party) {
  party.mutable_display_name()->set_fa(TextOr(facts, "display_name.fa"));
  party.mutable_display_name()->set_en(TextOr(facts, "display_name.en"));
  party.set_phone(TextOr(facts, "phone"));
  party.set_email(TextOr(facts, "email"));
  party.clear_address();
  if (const std::string address = TextOr(facts, "address"); !address.empty()) {
    party.mutable_address()->ParseFromString(address);
  }
  party.set_birth_date(TextOr(facts, "birth_date"));
  const std::string channel = TextOr(facts, "preferred_channel");
  party.set_preferred_channel(
      static_cast<v1::ContactChannel>(channel.empty() ? 0 : std::stoi(channel)));
  PutList(facts, kRole, *party.mutable_roles(), &RoleFact,
          [](const std::string& fact, const std::string&) { return NumberAtEnd(fact); });
  PutList(facts, kVerified, *party.mutable_verified_schemes(), &VerifiedFact,
          [](const std::string& fact, const std::string&) { return NumberAtEnd(fact); });

  google::protobuf::RepeatedPtrField<v1::ContactPoint> points;
  points.Swap(party.mutable_contact_points());
  std::set<std::string> seen;
  const auto add_point = [&](const std::string& name) {
    const auto fact = facts.find(name);
    if (fact == facts.end() || !seen.insert(name).second) return;
    v1::ContactPoint& point = *party.add_contact_points();
    ContactName contact = ContactIn(name);
    point.set_kind(contact.kind);
    point.set_value(std::move(contact.value));
    point.set_verified(fact->second == kYes);
  };
  google::protobuf::RepeatedPtrField<v1::Consent> consents;
  consents.Swap(party.mutable_consents());
  const auto add_consent = [&](const std::string& name) {
    const auto fact = facts.find(name);
    if (fact == facts.end() || !seen.insert(name).second) return;
    *party.add_consents() = ConsentIn(fact->second);
  };
  for (const v1::ContactPoint& point : points) add_point(ContactFact(point.kind(), point.value()));
  for (const v1::Consent& consent : consents) add_consent(ConsentFact(consent));
  for (const auto& [name, value] : facts) {
    if (name.starts_with(kContact)) add_point(name);
    if (name.starts_with(kConsent)) add_consent(name);
  }
}

const std::set<std::string>& MergeFieldNames() {
  static const std::set<std::string> kNames = {"display_name", "phone",      "email",
                                               "address",      "birth_date", "preferred_channel"};
  return kNames;
}

Facts MergedFacts(const Facts& survivor, const Facts& absorbed, const MergeRule& rule) {
  Facts merged;
  for (const auto& own : survivor) {
    const auto other = absorbed.find(own.first);
    if (other == absorbed.end()) {
      merged.insert(own);
    } else if (IsTaken(own.first, rule.take_from_absorbed)) {
      merged.insert(*other);
    } else {
      merged.emplace(own.first, MergedValue(own, other->second));
    }
  }
  merged.insert(absorbed.begin(), absorbed.end());
  KeepAsContact(survivor, absorbed, "phone", v1::CONTACT_KIND_PHONE, merged);
  KeepAsContact(survivor, absorbed, "email", v1::CONTACT_KIND_EMAIL, merged);
  for (const int scheme : rule.conflicting_schemes) merged.erase(VerifiedFact(scheme));
  return merged;
}

const v1::Consent& Stricter(const v1::Consent& left, const v1::Consent& right) {
  if (left.has_withdrawn_time() != right.has_withdrawn_time()) {
    return left.has_withdrawn_time() ? left : right;
  }
  if (left.has_withdrawn_time()) {
    return MicrosOf(left.withdrawn_time()) >= MicrosOf(right.withdrawn_time()) ? left : right;
  }
  return MicrosOf(left.given_time()) <= MicrosOf(right.given_time()) ? left : right;
}

bool IsConsent(std::string_view fact) { return fact.starts_with(kConsent); }

v1::Consent ConsentIn(std::string_view value) {
  v1::Consent consent;
  consent.ParseFromArray(value.data(), static_cast<int>(value.size()));
  return consent;
}

std::string FactField(std::string_view fact) {
  if (fact.starts_with(kRole)) {
    return "roles[" + EnumWord(v1::PartyRole_Name(NumberAtEnd(fact)), "PARTY_ROLE_") + "]";
  }
  if (fact.starts_with(kVerified)) {
    return "verified_schemes[" +
           EnumWord(v1::AliasScheme_Name(NumberAtEnd(fact)), "ALIAS_SCHEME_") + "]";
  }
  if (fact.starts_with(kContact)) {
    const ContactName contact = ContactIn(fact);
    return "contact_points[" + EnumWord(v1::ContactKind_Name(contact.kind), "CONTACT_KIND_") + " " +
           contact.value + "]";
  }
  if (IsConsent(fact)) {
    const std::string_view purpose = fact.substr(kConsent.size());
    return "consents[" + std::string(purpose.substr(0, purpose.rfind('/'))) + " " +
           ChannelWord(NumberAtEnd(fact)) + "]";
  }
  return std::string(fact);
}

std::string FactText(std::string_view fact, std::string_view value) {
  using google::protobuf::util::TimeUtil;
  if (value.empty()) return "";
  if (fact.starts_with(kRole) || fact.starts_with(kVerified)) return "yes";
  if (fact.starts_with(kContact)) return value == kYes ? "verified" : "not verified";
  if (fact == "preferred_channel") return ChannelWord(std::stoi(std::string(value)));
  if (fact == "address") {
    v1::PostalAddress address;
    address.ParseFromArray(value.data(), static_cast<int>(value.size()));
    std::string text;
    for (const std::string* part : {&address.street(), &address.number(), &address.unit(),
                                    &address.postcode(), &address.city()}) {
      if (!part->empty()) text += (text.empty() ? "" : ", ") + *part;
    }
    return text;
  }
  if (!IsConsent(fact)) return std::string(value);
  const v1::Consent consent = ConsentIn(value);
  std::string text;
  if (consent.has_given_time()) text = "given " + TimeUtil::ToString(consent.given_time());
  if (consent.has_withdrawn_time()) {
    text += (text.empty() ? "" : ", ") + std::string("withdrawn ") +
            TimeUtil::ToString(consent.withdrawn_time());
  }
  return text;
}

}  // namespace radyab::parties
