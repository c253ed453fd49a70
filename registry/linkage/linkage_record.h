// What is compared of one customer: plain values, prepared once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/linkage/person_name.h"

namespace radyab::linkage {

// An identifier that belongs to one person or organisation only. `value` may be a keyed hash.
struct StrongId {
  std::string scheme;  // "national_id", "legal_id" …
  std::string value;
  bool verified = false;  // checked against its issuer's register
};

// A birth date as far as it is known, Gregorian.
struct BirthDate {
  int year = 0;   // 0: unknown
  int month = 0;  // 0: the year alone is known
  int day = 0;

  friend bool operator==(const BirthDate&, const BirthDate&) = default;
};

// Texts as people write them; empty: unknown.
struct PostalAddress {
  std::string postcode;
  std::string street;
  std::string number;
  std::string unit;
};

// One customer as registered.
struct LinkageRecord {
  std::uint64_t id = 0;  // of the caller's choice, unique among the records compared
  bool organisation = false;
  std::string name_fa;
  std::string name_en;
  std::vector<std::string> phones;  // E.164
  std::vector<std::string> emails;  // the domain in lower case
  std::vector<StrongId> ids;
  BirthDate birth;
  PostalAddress address;
};

// A record with all its folded forms.
struct PreparedRecord {
  std::uint64_t id = 0;
  bool organisation = false;
  std::vector<ReadName> names;  // every reading in every script; none without a name
  std::vector<std::string> phones;
  std::vector<std::string> emails;
  std::vector<StrongId> ids;
  BirthDate birth;
  PostalAddress address;  // each part folded, blanks taken out
};

// Thread safe.
PreparedRecord Prepare(const LinkageRecord& record);

// How often each name occurs: two customers with a rare name are more likely one than two with a
// common one. Filled by one thread; read by any.
class NameFrequency {
 public:
  void Add(const PreparedRecord& record);

  // The share of records with this given or family name, or with this sound of it; at least
  // 1 / (records + 1).
  double OfGiven(const NamePart& part) const { return Share(given_, part.folded); }
  double OfFamily(const NamePart& part) const { return Share(family_, part.folded); }
  double OfGivenSound(const NamePart& part) const { return Share(given_sound_, part.sound); }
  double OfFamilySound(const NamePart& part) const { return Share(family_sound_, part.sound); }
  std::uint64_t records() const { return records_; }

 private:
  using Counts = std::unordered_map<std::string, std::uint64_t>;
  double Share(const Counts& counts, const std::string& text) const;

  Counts given_, family_, given_sound_, family_sound_;
  std::uint64_t records_ = 0;
};

}  // namespace radyab::linkage
