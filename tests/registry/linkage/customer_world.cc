#include "tests/registry/linkage/customer_world.h"

#include <algorithm>
#include <cctype>

namespace radyab::linkage {
namespace {

struct Family {
  bool english = false;
  std::string persian;
  std::vector<std::string> latin;
};

std::vector<std::string> Strings(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

// The long tail of family names, made of a given name or stem and an ending.
Family RareFamily(bool english, Dice& dice) {
  if (english) {
    static const std::vector<std::string> stems = {"Ash",  "Brad", "Car", "Dal",   "East", "Fair",
                                                   "Gran", "Hay",  "Kes", "Lang",  "Mor",  "Nor",
                                                   "Pem",  "Rush", "Sel", "Thorn", "Wal",  "Whit"};
    static const std::vector<std::string> ends = {"ton",  "ford", "ley",   "wood", "worth",
                                                  "well", "by",   "field", "man",  "comb"};
    return {true, "", {dice.Of(stems) + dice.Of(ends)}};
  }
  struct Ending {
    std::string persian;
    std::string latin;
  };
  static const std::vector<Ending> ends = {{"ی", "i"},
                                           {"زاده", "zadeh"},
                                           {"پور", "pour"},
                                           {" نژاد", "nejad"},
                                           {"یان", "ian"},
                                           {"نیا", "nia"},
                                           {" تهرانی", " Tehrani"},
                                           {" اصفهانی", " Esfahani"},
                                           {" تبریزی", " Tabrizi"},
                                           {"ی فرد", "ifard"}};
  const KnownName& name = PersianMen()[dice.Below(PersianMen().size())];
  const Ending& end = dice.Of(ends);
  Family family{false, std::string(name.persian) + end.persian, {}};
  for (const std::string_view spelling : name.latin) {
    if (spelling.find(' ') == std::string_view::npos)
      family.latin.push_back(std::string(spelling) + end.latin);
  }
  return family;
}

Family AnyFamily(bool english, Dice& dice) {
  if (dice.Chance(0.45)) return RareFamily(english, dice);
  const KnownName& name = dice.NameOf(english ? EnglishFamilies() : PersianFamilies());
  return {english, std::string(name.persian), Strings(name.latin)};
}

BirthDate BornIn(int first_year, int years, Dice& dice) {
  return {first_year + static_cast<int>(dice.Below(static_cast<std::uint64_t>(years))),
          1 + static_cast<int>(dice.Below(12)), 1 + static_cast<int>(dice.Below(28))};
}

Customer Person(const Family& family, bool woman, const BirthDate& birth, Dice& dice) {
  Customer person;
  person.english = family.english;
  if (family.english)
    person.given = dice.NameOf(woman ? EnglishWomen() : EnglishMen());
  else
    person.given = dice.NameOf(woman ? PersianWomen() : PersianMen());
  person.family_persian = family.persian;
  person.family_latin = family.latin;
  person.birth = birth;
  person.national_id = dice.Digits(10);
  return person;
}

void GiveContacts(Customer& person, Dice& dice) {
  if (dice.Chance(0.85)) person.phones.push_back(FreshPhone(dice));
  if (dice.Chance(0.25)) person.phones.push_back(FreshPhone(dice));
  if (dice.Chance(0.55)) person.emails.push_back(FreshEmail(person, dice));
}

// Father, mother and children at one door with one telephone; a grandfather or a namesake son now
// and then; twins.
void AddHousehold(std::uint32_t household, std::vector<Customer>& town, Dice& dice) {
  const bool english = dice.Chance(0.22);
  const Family family = AnyFamily(english, dice);
  const std::size_t begin = town.size();
  const BirthDate born = BornIn(1945, 45, dice);
  const bool woman = dice.Chance(0.35);
  town.push_back(Person(family, woman, born, dice));
  if (dice.Chance(0.5)) {
    // Iranian wives keep their family name.
    const Family own = english || dice.Chance(0.1) ? family : AnyFamily(english, dice);
    town.push_back(Person(own, !woman, BornIn(born.year, 8, dice), dice));
  }
  const std::size_t children = dice.Chance(0.45) ? 1 + dice.Below(3) : 0;
  const std::size_t first_child = town.size();
  for (std::size_t i = 0; i < children; ++i) {
    BirthDate birth = BornIn(born.year + 22, 14, dice);
    const bool twin = i > 0 && dice.Chance(0.04);
    if (twin) birth = town.back().birth;
    const bool daughter = dice.Chance(0.4);
    Customer child = Person(family, daughter, birth, dice);
    // No parents give one name to two living children.
    while (std::any_of(
        town.begin() + static_cast<std::ptrdiff_t>(first_child), town.end(),
        [&](const Customer& other) { return other.given.latin[0] == child.given.latin[0]; })) {
      child = Person(family, daughter, birth, dice);
    }
    town.push_back(child);
    // A son who bears his father's name.
    if (i == 0 && dice.Chance(english ? 0.08 : 0.02)) {
      town.back().given = town[begin].given;
      if (english && dice.Chance(0.5)) {
        town.back().generation = "Jr";
        town[begin].generation = "Sr";
      }
    }
  }
  const std::string shared_phone = FreshPhone(dice);
  PostalAddress door = FreshAddress(dice);
  const PostalAddress before = FreshAddress(dice);
  for (std::size_t i = begin; i < town.size(); ++i) {
    Customer& person = town[i];
    person.household = household;
    GiveContacts(person, dice);
    const bool lives_here = i == begin || dice.Chance(0.85);
    person.addresses = {lives_here ? door : FreshAddress(dice), before};
    const bool shares = person.phones.empty() || (lives_here && dice.Chance(0.4));
    if (shares) {
      const bool first = dice.Chance(0.5);
      person.phones.insert(first ? person.phones.begin() : person.phones.end(), shared_phone);
    }
  }
}

void AddFirm(std::uint32_t household, std::vector<Customer>& town, Dice& dice) {
  Customer firm;
  firm.household = household;
  firm.organisation = true;
  const KnownName& name = dice.NameOf(FirmNames());
  const KnownName& trade = dice.NameOf(FirmTrades());
  firm.family_persian = std::string(trade.persian) + " " + std::string(name.persian);
  firm.family_latin = {std::string(name.latin[0]) + " " + std::string(trade.latin[0])};
  if (dice.Chance(0.6)) {
    const KnownName& town_name = dice.NameOf(PersianFamilies());
    firm.family_persian += " " + std::string(town_name.persian);
    firm.family_latin[0] += " " + std::string(town_name.latin[0]);
  }
  firm.national_id = dice.Digits(11);
  firm.phones = {FreshPhone(dice), FreshPhone(dice)};
  firm.emails = {FreshEmail(firm, dice)};
  firm.addresses = {FreshAddress(dice), FreshAddress(dice)};
  town.push_back(firm);
}

// Another person with the very name of one of the town, of another year and another place.
void AddNamesake(std::uint32_t household, std::vector<Customer>& town, Dice& dice) {
  Customer other = town[dice.Below(town.size())];
  if (other.organisation) return;
  other.household = household;
  other.generation.clear();
  other.birth = BornIn(1945, 60, dice);
  other.national_id = dice.Digits(10);
  other.phones.clear();
  other.emails.clear();
  GiveContacts(other, dice);
  if (other.phones.empty()) other.phones.push_back(FreshPhone(dice));
  other.addresses = {FreshAddress(dice), FreshAddress(dice)};
  town.push_back(other);
}

}  // namespace

std::string Dice::Digits(std::size_t count) {
  std::string digits;
  while (digits.size() < count) digits += static_cast<char>('0' + Below(10));
  return digits;
}

const KnownName& Dice::NameOf(std::span<const KnownName> names) {
  double sum = 0;
  for (const KnownName& name : names) sum += name.share;
  double at = sum * static_cast<double>(engine_() >> 11U) * 0x1.0p-53;
  for (const KnownName& name : names) {
    at -= name.share;
    if (at < 0) return name;
  }
  return names.back();
}

std::string FreshPhone(Dice& dice) { return "+989" + dice.Digits(9); }

std::string FreshEmail(const Customer& customer, Dice& dice) {
  static const std::vector<std::string> hosts = {"gmail.com", "yahoo.com", "outlook.com",
                                                 "chmail.ir", "example.org"};
  std::string local(customer.given.latin.empty() ? "" : customer.given.latin[0]);
  local += dice.Chance(0.5) ? "." : "";
  local += customer.family_latin[0];
  std::erase_if(local, [](char c) { return c == ' ' || c == '\''; });
  std::ranges::transform(local, local.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  // An address is given out once; those of namesakes differ in a number, often by one digit.
  local += dice.Digits(2 + dice.Below(4));
  return local + "@" + dice.Of(hosts);
}

PostalAddress FreshAddress(Dice& dice) {
  // Thirty quarters of four hundred postcodes.
  const std::string quarter = std::to_string(11300 + dice.Below(30));
  const std::string street(dice.NameOf(Streets()).persian);
  return {quarter + std::to_string(10000 + dice.Below(400)), street,
          std::to_string(1 + dice.Below(200)),
          dice.Chance(0.6) ? std::to_string(1 + dice.Below(12)) : ""};
}

std::vector<Customer> MakeTown(std::size_t count, Dice& dice) {
  std::vector<Customer> town;
  std::uint32_t household = 0;
  while (town.size() < count) {
    ++household;
    if (!town.empty() && dice.Chance(0.10))
      AddNamesake(household, town, dice);
    else if (dice.Chance(0.12))
      AddFirm(household, town, dice);
    else
      AddHousehold(household, town, dice);
  }
  return town;
}

}  // namespace radyab::linkage
