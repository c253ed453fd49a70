// A made-up town of customers: households, relatives, namesakes and firms, each a person of its
// own.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "registry/linkage/linkage_record.h"
#include "tests/registry/linkage/customer_names.h"

namespace radyab::linkage {

// Choices by a seed; the same on every machine (no library distribution is used).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t Below(std::uint64_t bound) { return engine_() % bound; }
  bool Chance(double probability) {
    return static_cast<double>(engine_() >> 11U) * 0x1.0p-53 < probability;
  }
  std::string Digits(std::size_t count);
  template <class Values>
  const auto& Of(const Values& values) {
    return values[Below(values.size())];
  }
  const KnownName& NameOf(std::span<const KnownName> names);  // by their shares

 private:
  std::mt19937_64 engine_;
};

// One customer as he is, whatever clerks make of him.
struct Customer {
  std::uint32_t household = 0;
  bool organisation = false;
  bool english = false;  // without Persian names
  KnownName given;
  std::string family_persian;
  std::vector<std::string> family_latin;
  std::string generation;  // "Jr", "Sr"; empty: none
  BirthDate birth;
  std::string national_id;          // or legal id
  std::vector<std::string> phones;  // the first is the one he gives most
  std::vector<std::string> emails;
  std::vector<PostalAddress> addresses;  // the present one first
};

// About `count` customers, by households and firms, namesakes among them.
std::vector<Customer> MakeTown(std::size_t count, Dice& dice);

std::string FreshPhone(Dice& dice);
std::string FreshEmail(const Customer& customer, Dice& dice);
PostalAddress FreshAddress(Dice& dice);

}  // namespace radyab::linkage
