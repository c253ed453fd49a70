// A party as facts that can be compared, merged and taken back one by one.
//
// A fact is a name and bytes: "phone", "display_name.fa", "role/1", "contact/1/+989121234567",
// "consent/marketing/2", "verified/5". What a party does not say is no fact.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "radyab/v1/party.pb.h"

namespace radyab::parties {

using Facts = std::map<std::string, std::string, std::less<>>;

Facts FactsOf(const v1::Party& party);
// Makes the party say these facts and no others of them. Elements of its lists that stay keep their
// order; new ones come behind them.
void PutFacts(const Facts& facts, v1::Party& party);

// How two parties are made one.
struct MergeRule {
  std::set<std::string> take_from_absorbed;  // of MergeFieldNames()
  std::set<int> conflicting_schemes;         // of which nobody can tell any more who verified what
};

// The fields that may be taken from the absorbed party: "display_name", "phone" …
const std::set<std::string>& MergeFieldNames();

// What the survivor says after the merge: its own facts before those of the absorbed party, unless
// the rule takes a field; lists of both; of two consents the stricter. A telephone number or
// e-mail address that gives way becomes a contact point.
Facts MergedFacts(const Facts& survivor, const Facts& absorbed, const MergeRule& rule);

// The stricter of two consents to one thing: withdrawn before given; of two that were withdrawn the
// later, of two that stand the older.
const v1::Consent& Stricter(const v1::Consent& left, const v1::Consent& right);

bool IsConsent(std::string_view fact);
v1::Consent ConsentIn(std::string_view value);

// For people: the field of a fact ("contact_points[phone +98…]", "consents[marketing sms]") and
// what it says.
std::string FactField(std::string_view fact);
std::string FactText(std::string_view fact, std::string_view value);

}  // namespace radyab::parties
