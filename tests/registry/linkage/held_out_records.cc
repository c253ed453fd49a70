#include "tests/registry/linkage/held_out_records.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <string>

#include "coding/utf8_reader.h"

namespace radyab::linkage {
namespace {

// Given names of women and men in turn, families of the west and south: none stands in
// persian_names.cc.
constexpr std::string_view kWomen[] = {"روژین", "دیلان", "آیلین", "سولماز", "تارا",   "گلناز",
                                       "شیلان", "هانا",  "پرستو", "آوین",   "سوگل",   "ترانه",
                                       "گلاره", "چیمن",  "ژینا",  "بهناز",  "دلارام", "مهرنوش"};
constexpr std::string_view kMen[] = {"سیروان", "هیمن",  "آراز",  "کاوه",  "شاهو",   "ژیار",
                                     "هژیر",   "یاشار", "سهند",  "کیوان", "فرامرز", "هوشنگ",
                                     "بختیار", "سالار", "رامین", "شهاب",  "تیمور",  "نادر"};
constexpr std::string_view kFamilies[] = {
    "بیات",     "افشار",   "قشقایی",   "بختیاری", "زنگنه",    "کلهر",
    "مکری",     "اردلان",  "بهبهانی",  "دشتی",    "تنگستانی", "سنجابی",
    "سگوند",    "پاپی",    "بیرانوند", "شیرزاد",  "آذرنگ",    "قره‌باغی",
    "ساعدپناه", "خوشناو",  "بابان",    "چگینی",   "لک",       "دلفان",
    "ممسنی",    "کشکولی",  "آقاجری",   "هفشجانی", "مافی",     "جاف",
    "شکاک",     "هورامی",  "پیروتی",   "منگوری",  "سقزی",     "بانه‌ای",
    "بوکانی",   "مهابادی", "نقدی",     "ارومی"};
constexpr std::string_view kStreets[] = {"آبیدر",  "پاسداران", "شریعتی",  "کشاورز", "بوعلی",
                                         "فلسطین", "معلم",     "دانشگاه", "ساحلی",  "جمهوری"};

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  std::size_t Below(std::size_t bound) { return engine_() % bound; }
  bool Of(int percent) { return Below(100) < static_cast<std::size_t>(percent); }
  // The first ones far more often than the last: names are so.
  template <class List>
  std::string_view Common(const List& list) {
    const std::size_t bound = 1 + Below(std::size(list));
    return list[Below(bound)];
  }
  std::string Digits(std::size_t count) {
    std::string digits;
    while (digits.size() < count) digits += static_cast<char>('0' + Below(10));
    return digits;
  }

 private:
  std::mt19937_64 engine_;
};

std::vector<std::string> LettersOf(std::string_view text) {
  std::vector<std::string> letters;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = coding::ReadUtf8(text, at).bytes;
    letters.emplace_back(text.substr(at, bytes));
    at += bytes;
  }
  return letters;
}

// The keys beside a key on the Persian keyboard.
constexpr std::string_view kKeyRows[] = {"ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو"};

std::string Mistyped(const std::string& text, Chance& chance) {
  std::vector<std::string> letters = LettersOf(text);
  if (letters.size() < 3) return text;
  const std::size_t at = chance.Below(letters.size());
  for (const std::string_view row : kKeyRows) {
    const std::vector<std::string> keys = LettersOf(row);
    const auto key = std::ranges::find(keys, letters[at]);
    if (key == keys.end()) continue;
    const auto place = static_cast<std::size_t>(key - keys.begin());
    letters[at] = keys[place + 1 < keys.size() ? place + 1 : place - 1];
    break;
  }
  std::string mistyped;
  for (const std::string& letter : letters) mistyped += letter;
  return mistyped;
}

// A name in Latin letters as somebody hears it, letter by letter; short vowels by guess.
std::string Heard(std::string_view persian, Chance& chance) {
  static const std::map<std::string, std::vector<std::string>> kSounds = {{"ا", {"a"}},
                                                                          {"آ", {"a", "aa"}},
                                                                          {"ب", {"b"}},
                                                                          {"پ", {"p"}},
                                                                          {"ت", {"t"}},
                                                                          {"ج", {"j"}},
                                                                          {"چ", {"ch"}},
                                                                          {"خ", {"kh", "x"}},
                                                                          {"د", {"d"}},
                                                                          {"ذ", {"z"}},
                                                                          {"ر", {"r"}},
                                                                          {"ز", {"z"}},
                                                                          {"ژ", {"zh", "j"}},
                                                                          {"س", {"s"}},
                                                                          {"ش", {"sh"}},
                                                                          {"ع", {"", "a"}},
                                                                          {"غ", {"gh", "q"}},
                                                                          {"ف", {"f"}},
                                                                          {"ق", {"gh", "q"}},
                                                                          {"ک", {"k"}},
                                                                          {"گ", {"g"}},
                                                                          {"ل", {"l"}},
                                                                          {"م", {"m"}},
                                                                          {"ن", {"n"}},
                                                                          {"و", {"u", "oo", "o"}},
                                                                          {"ه", {"h", ""}},
                                                                          {"ی", {"i", "y"}},
                                                                          {"ح", {"h"}}};
  std::string latin;
  bool consonant = false;
  for (const std::string& letter : LettersOf(persian)) {
    const auto sound = kSounds.find(letter);
    if (sound == kSounds.end()) continue;
    const std::string& heard = sound->second[chance.Below(sound->second.size())];
    const bool vowel = letter == "ا" || letter == "آ" || letter == "و" || letter == "ی";
    if (consonant && !vowel && chance.Of(60)) latin += chance.Of(70) ? "a" : "e";
    latin += heard;
    consonant = !vowel;
  }
  if (!latin.empty() && latin[0] >= 'a' && latin[0] <= 'z') latin[0] -= 'a' - 'A';
  return latin;
}

struct Person {
  std::string_view given;
  std::string_view family;
  std::string given_latin;  // as in his passport
  std::string family_latin;
  BirthDate birth;
  std::string mobile;
  std::string landline;  // of the house; empty: none
  std::string email;
  std::string national_id;
  PostalAddress address;
};

std::string Mobile(Chance& chance) { return "+989" + std::string("1") + chance.Digits(8); }

// The people of one house: parents and children, or lodgers of other families.
void AddHouse(std::vector<Person>& people, Chance& chance) {
  const std::string_view family = chance.Common(kFamilies);
  const PostalAddress door = {chance.Digits(10), std::string(chance.Common(kStreets)),
                              std::to_string(1 + chance.Below(200)),
                              std::to_string(1 + chance.Below(12))};
  const std::string landline = chance.Of(45) ? "+9887" + chance.Digits(8) : "";
  const std::size_t size = 1 + chance.Below(5);
  for (std::size_t i = 0; i < size; ++i) {
    Person person;
    person.given = chance.Of(50) ? chance.Common(kWomen) : chance.Common(kMen);
    person.family = chance.Of(80) ? family : chance.Common(kFamilies);
    person.given_latin = Heard(person.given, chance);
    person.family_latin = Heard(person.family, chance);
    person.birth = {1940 + static_cast<int>(chance.Below(65)),
                    1 + static_cast<int>(chance.Below(12)), 1 + static_cast<int>(chance.Below(28))};
    person.mobile = chance.Of(88) ? Mobile(chance) : "";
    person.landline = landline;
    person.email = chance.Of(30) ? person.given_latin + chance.Digits(4) + "@example.org" : "";
    person.national_id = chance.Digits(10);
    person.address = door;
    people.push_back(std::move(person));
  }
}

void WriteName(const Person& person, LinkageRecord& record, Chance& chance) {
  std::string given(person.given), family(person.family);
  if (chance.Of(6)) given = Mistyped(given, chance);
  if (chance.Of(7)) family = Mistyped(family, chance);
  const bool latin = chance.Of(18);
  if (!latin || chance.Of(20)) {
    record.name_fa = chance.Of(4) ? family + " " + given : given + " " + family;
  }
  if (!latin) return;
  const bool passport = chance.Of(65);
  record.name_en = (passport ? person.given_latin : Heard(person.given, chance)) + " " +
                   (passport ? person.family_latin : Heard(person.family, chance));
}

BirthDate ToldBirth(const BirthDate& birth, Chance& chance) {
  if (chance.Of(28)) return {};
  if (chance.Of(10)) return {birth.year, 0, 0};
  BirthDate told = birth;
  if (chance.Of(3)) told.day = 1 + static_cast<int>(chance.Below(28));
  if (chance.Of(2)) told.month = 1 + static_cast<int>(chance.Below(12));
  if (chance.Of(2)) told.year += chance.Of(50) ? 1 : -1;
  return told;
}

LinkageRecord RecordOf(const Person& person, Chance& chance) {
  LinkageRecord record;
  WriteName(person, record, chance);
  record.birth = ToldBirth(person.birth, chance);
  const bool moved = chance.Of(18);  // another number, another door
  if (!person.mobile.empty() && chance.Of(80)) {
    record.phones.push_back(moved ? Mobile(chance) : person.mobile);
  }
  if (!person.landline.empty() && !moved && chance.Of(35)) record.phones.push_back(person.landline);
  if (!person.email.empty() && chance.Of(50)) record.emails.push_back(person.email);
  if (chance.Of(25)) {
    StrongId id{"national_id", person.national_id, chance.Of(40)};
    if (!id.verified && chance.Of(4)) std::swap(id.value[4], id.value[5]);
    record.ids.push_back(std::move(id));
  }
  if (chance.Of(30)) return record;
  record.address = person.address;
  if (moved) {
    record.address = {chance.Digits(10), std::string(chance.Common(kStreets)),
                      std::to_string(1 + chance.Below(200)), ""};
  }
  if (chance.Of(40)) record.address.postcode.clear();
  if (chance.Of(35)) record.address.unit.clear();
  if (chance.Of(50)) record.address.street = "خیابان " + record.address.street;
  return record;
}

}  // namespace

HeldOutRecords MakeHeldOutRecords(std::size_t count, std::uint64_t seed) {
  Chance chance(seed);
  std::vector<Person> people;
  while (people.size() < count * 7 / 10) AddHouse(people, chance);
  std::vector<std::uint32_t> owners;
  for (std::uint32_t i = 0; i < people.size(); ++i) owners.push_back(i);
  while (owners.size() < count) {
    owners.push_back(static_cast<std::uint32_t>(chance.Below(people.size())));
  }
  owners.resize(count);
  for (std::size_t i = count - 1; i > 0; --i) std::swap(owners[i], owners[chance.Below(i + 1)]);
  HeldOutRecords made;
  std::map<std::uint32_t, std::vector<std::uint32_t>> places;
  for (std::uint32_t place = 0; place < owners.size(); ++place) {
    made.records.push_back(RecordOf(people[owners[place]], chance));
    made.records.back().id = place + 1;
    for (const std::uint32_t other : places[owners[place]]) made.true_pairs.insert({other, place});
    places[owners[place]].push_back(place);
  }
  return made;
}

std::vector<std::string_view> HeldOutGivenNames() {
  std::vector<std::string_view> names(std::begin(kWomen), std::end(kWomen));
  names.insert(names.end(), std::begin(kMen), std::end(kMen));
  return names;
}

std::vector<std::string_view> HeldOutFamilyNames() {
  return {std::begin(kFamilies), std::end(kFamilies)};
}

}  // namespace radyab::linkage
