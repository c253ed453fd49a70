#include "tests/registry/linkage/customer_records.h"

#include <algorithm>

#include "coding/utf8_reader.h"

namespace radyab::linkage {
namespace {

constexpr double kWithoutContact = 0.30;  // of the true pairs

std::u32string Wide(std::string_view text) {
  std::u32string wide;
  for (std::size_t at = 0; at < text.size();) {
    const coding::Utf8Character character = coding::ReadUtf8(text, at);
    wide += character.value;
    at += character.bytes;
  }
  return wide;
}

std::string Narrow(std::u32string_view wide) {
  std::string text;
  for (const char32_t character : wide) coding::AppendUtf8(character, text);
  return text;
}

// One slip: a letter left out, doubled, changed for another of the word, or two changed over.
std::string WithSlip(const std::string& text, Dice& dice) {
  std::u32string wide = Wide(text);
  if (wide.size() < 3) return text;
  const std::size_t at = 1 + dice.Below(wide.size() - 1);
  switch (dice.Below(4)) {
    case 0:
      wide.erase(at, 1);
      break;
    case 1:
      wide.insert(at, 1, wide[at]);
      break;
    case 2:
      wide[at] = wide[dice.Below(wide.size())];
      break;
    default:
      std::swap(wide[at - 1], wide[at]);
      break;
  }
  return Narrow(wide);
}

void Replace(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// The ways one Persian name is typed: Arabic letters, marks, blanks and joiners in compounds.
std::string AsTyped(std::string text, Dice& dice) {
  if (dice.Chance(0.25)) Replace(text, "ی", "ي");
  if (dice.Chance(0.25)) Replace(text, "ک", "ك");
  if (dice.Chance(0.15)) Replace(text, "ایی", "ائی");
  if (dice.Chance(0.2)) Replace(text, "آ", "ا");
  if (dice.Chance(0.05)) Replace(text, "مح", "مـح");
  if (dice.Chance(0.05)) Replace(text, "محم", "مُحَم");
  if (dice.Chance(0.4)) Replace(text, " ", dice.Chance(0.5) ? "\u200c" : "");
  for (const std::string_view inner : {"رضا", "علی", "حسین"}) {
    const std::size_t at = text.find(inner);
    if (at != std::string::npos && at > 0 && text[at - 1] != ' ' && dice.Chance(0.35))
      text.insert(at, dice.Chance(0.5) ? "\u200c" : " ");
  }
  return text;
}

// A spelling: mostly the commonest, which is the one of his passport.
template <class Spellings>
std::string SpellingOf(const Spellings& spellings, Dice& dice) {
  return std::string(dice.Chance(0.6) ? spellings[0] : dice.Of(spellings));
}

std::string PersianNameOf(const Customer& customer, Dice& dice) {
  std::string given = AsTyped(std::string(customer.given.persian), dice);
  std::string family = AsTyped(customer.family_persian, dice);
  if (dice.Chance(0.05)) given = WithSlip(given, dice);
  if (dice.Chance(0.06)) family = WithSlip(family, dice);
  if (dice.Chance(0.02)) return family + " " + given;
  static const std::vector<std::string> titles = {"آقای ", "خانم ", "دکتر ", "مهندس ", "سید "};
  return (dice.Chance(0.08) ? dice.Of(titles) : "") + given + " " + family;
}

std::string LatinNameOf(const Customer& customer, Dice& dice) {
  std::string given = SpellingOf(customer.given.latin, dice);
  if (!customer.given.short_forms.empty() && dice.Chance(0.12))
    given = std::string(dice.Of(customer.given.short_forms));
  std::string family = SpellingOf(customer.family_latin, dice);
  if (dice.Chance(0.05)) given = WithSlip(given, dice);
  if (dice.Chance(0.06)) family = WithSlip(family, dice);
  if (dice.Chance(0.02)) given = given.substr(0, 1) + ".";
  const std::string mark =
      customer.generation.empty() || dice.Chance(0.4) ? "" : " " + customer.generation;
  if (dice.Chance(0.04)) return family + ", " + given;
  if (dice.Chance(0.015)) return family + " " + given;
  return (dice.Chance(0.05) ? "Mr. " : "") + given + " " + family + mark;
}

void WriteNames(const Customer& customer, LinkageRecord& record, Dice& dice) {
  const std::uint64_t scripts = dice.Below(10);  // 7 Persian, 1 both, 2 Latin
  const bool latin = customer.english || scripts >= 7;
  const bool persian = !customer.english && scripts < 8;
  if (customer.organisation) {
    static const std::vector<std::string> forms = {"شرکت ", "", "شرکت تعاونی ", "گروه "};
    static const std::vector<std::string> latin_forms = {" Co.", "", " Ltd", " Company"};
    std::string name = AsTyped(customer.family_persian, dice);
    if (dice.Chance(0.08)) name = WithSlip(name, dice);
    if (persian) record.name_fa = dice.Of(forms) + name;
    if (latin) record.name_en = customer.family_latin[0] + dice.Of(latin_forms);
    return;
  }
  if (persian) record.name_fa = PersianNameOf(customer, dice);
  if (latin) record.name_en = LatinNameOf(customer, dice);
}

BirthDate BirthAsTold(const BirthDate& birth, Dice& dice) {
  const std::uint64_t kind = dice.Below(100);
  if (kind < 7) return {};
  if (kind < 18) return {birth.year, 0, 0};
  if (kind < 21) return {birth.year - 1, 0, 0};  // a Jalali year begins in March
  BirthDate told = birth;
  if (kind < 24) told.day = 1 + (told.day + 9) % 28;  // a wrong digit
  if (kind == 24 && told.day <= 12) std::swap(told.day, told.month);
  if (kind == 25) told.year += 10;
  return told;
}

// Telephones, e-mails and identifiers: what he gives this clerk on this day.
void WriteContacts(const Customer& customer, bool all_new, LinkageRecord& record, Dice& dice) {
  if (all_new) {
    if (dice.Chance(0.9)) record.phones.push_back(FreshPhone(dice));
    if (dice.Chance(0.3)) record.emails.push_back(FreshEmail(customer, dice));
    return;
  }
  for (std::size_t i = 0; i < customer.phones.size(); ++i) {
    if (!dice.Chance(i == 0 ? 0.92 : 0.4)) continue;
    std::string phone = customer.phones[i];
    if (dice.Chance(0.02)) phone[5 + dice.Below(7)] = dice.Digits(1)[0];
    record.phones.push_back(phone);
  }
  if (!customer.emails.empty() && dice.Chance(0.6)) record.emails.push_back(customer.emails[0]);
  if (!dice.Chance(0.4)) return;
  StrongId id{customer.organisation ? "legal_id" : "national_id", customer.national_id,
              dice.Chance(0.5)};
  if (!id.verified && dice.Chance(0.02)) id.value[dice.Below(id.value.size())] = dice.Digits(1)[0];
  record.ids.push_back(id);
}

void WriteAddress(const Customer& customer, LinkageRecord& record, Dice& dice) {
  if (dice.Chance(0.07)) return;
  record.address = customer.addresses[dice.Chance(0.86) ? 0 : 1];
  record.address.street = AsTyped(record.address.street, dice);
  if (dice.Chance(0.1)) Replace(record.address.street, "خیابان ", "خ ");
  if (dice.Chance(0.25)) record.address.postcode.clear();
  if (dice.Chance(0.2)) record.address.unit.clear();
}

LinkageRecord RecordOf(const Customer& customer, bool all_new, Dice& dice) {
  LinkageRecord record;
  record.organisation = customer.organisation;
  WriteNames(customer, record, dice);
  if (!customer.organisation) record.birth = BirthAsTold(customer.birth, dice);
  WriteContacts(customer, all_new, record, dice);
  WriteAddress(customer, record, dice);
  return record;
}

// A son is registered with his father's papers: the identifier is verified, and not his.
void LendPapers(const std::vector<Customer>& town, LabelledRecords& made, Dice& dice) {
  for (std::size_t i = 1; i < made.records.size(); ++i) {
    const std::size_t other = i - 1;
    const bool relatives =
        made.household[i] == made.household[other] && made.customer[i] != made.customer[other];
    if (!relatives || !dice.Chance(0.03)) continue;
    made.records[i].ids = {
        {"national_id", town[made.customer[other]].national_id, dice.Chance(0.5)}};
  }
}

void FindTruePairs(LabelledRecords& made) {
  for (std::uint32_t i = 0; i < made.records.size(); ++i) {
    // The records of one customer stand in a row.
    for (std::uint32_t j = i + 1; j < made.records.size() && made.customer[j] == made.customer[i];
         ++j) {
      made.true_pairs.insert({i, j});
    }
  }
}

// Gives records new contacts until the wanted share of the true pairs has none in common.
void PartContacts(const std::vector<Customer>& town, LabelledRecords& made, Dice& dice) {
  std::vector<RecordPair> sharing;
  for (const RecordPair& pair : made.true_pairs) {
    if (ShareContact(made.records[pair.first], made.records[pair.second])) sharing.push_back(pair);
  }
  auto parted = made.true_pairs.size() - sharing.size();
  while (static_cast<double>(parted) <
         kWithoutContact * static_cast<double>(made.true_pairs.size())) {
    const std::size_t at = dice.Below(sharing.size());
    const RecordPair pair = sharing[at];
    LinkageRecord& record = made.records[pair.second];
    record.phones.clear();
    record.emails.clear();
    record.ids.clear();
    WriteContacts(town[made.customer[pair.second]], true, record, dice);
    parted += std::erase_if(sharing, [&](const RecordPair& other) {
      return !ShareContact(made.records[other.first], made.records[other.second]);
    });
  }
}

template <class Value>
bool Meet(const std::vector<Value>& left, const std::vector<Value>& right) {
  return std::ranges::any_of(
      left, [&](const Value& value) { return std::ranges::find(right, value) != right.end(); });
}

}  // namespace

bool ShareContact(const LinkageRecord& left, const LinkageRecord& right) {
  const bool ids = std::ranges::any_of(left.ids, [&](const StrongId& one) {
    return std::ranges::any_of(right.ids, [&](const StrongId& other) {
      return one.scheme == other.scheme && one.value == other.value;
    });
  });
  return ids || Meet(left.phones, right.phones) || Meet(left.emails, right.emails);
}

LabelledRecords MakeRecords(std::size_t count, std::uint64_t seed) {
  Dice dice(seed);
  const std::vector<Customer> town = MakeTown(count * 3 / 4 + 10, dice);
  LabelledRecords made;
  for (std::uint32_t i = 0; i < town.size() && made.records.size() < count; ++i) {
    // Seven of ten are registered once, the others up to five times.
    std::size_t times = 1;
    while (times < 5 && dice.Chance(times == 1 ? 0.3 : 0.25)) ++times;
    for (; times > 0 && made.records.size() < count; --times) {
      made.records.push_back(RecordOf(town[i], dice.Chance(0.12), dice));
      made.records.back().id = made.records.size();
      made.customer.push_back(i);
      made.household.push_back(town[i].household);
    }
  }
  FindTruePairs(made);
  PartContacts(town, made, dice);
  LendPapers(town, made, dice);
  return made;
}

}  // namespace radyab::linkage
