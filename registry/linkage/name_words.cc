#include "registry/linkage/name_words.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace radyab::linkage {
namespace {

constexpr std::string_view kTitles[] = {
    "اقا",   "اقای",  "خانم", "دکتر",  "مهندس",  "سید",    "سیده",  "حاج",  "حاجی",
    "حاجیه", "استاد", "جناب", "سرکار", "mr",     "mrs",    "ms",    "miss", "dr",
    "prof",  "eng",   "sir",  "seyed", "seyyed", "sayyed", "sayed", "syed", "haj"};

constexpr std::string_view kFamilyEndings[] = {
    "نژاد",   "پور",  "زاده", "فر",  "نیا",   "تبار", "منش", "وند", "خواه",  "دوست",  "nejad",
    "nezhad", "pour", "poor", "pur", "zadeh", "zade", "far", "nia", "tabar", "manesh"};

constexpr std::string_view kGenerations[] = {"jr", "junior", "sr", "senior", "ii", "iii", "iv"};

constexpr std::string_view kLegalForms[] = {
    "شرکت", "سهامی",       "خاص", "عام",     "مسیولیت", "محدود", "تعاونی", "موسسه",
    "گروه", "بازرگانی",    "ltd", "limited", "llc",     "inc",   "co",     "company",
    "corp", "corporation", "plc", "gmbh",    "group",   "pjsc",  "the"};

constexpr std::string_view kStreetWords[] = {
    "خیابان", "خ",   "کوچه",      "ک",    "بلوار", "بل", "میدان", "بزرگراه", "street", "st",
    "avenue", "ave", "boulevard", "blvd", "road",  "rd", "lane",  "alley",   "square"};
constexpr std::string_view kJoinedStreetWords[] = {"خیابان", "بلوار", "کوچه", "بزرگراه"};

constexpr std::pair<std::string_view, std::string_view> kShortForms[] = {
    {"abby", "abigail"},    {"alex", "alexander"},    {"andy", "andrew"},
    {"ben", "benjamin"},    {"becky", "rebecca"},     {"beth", "elizabeth"},
    {"betty", "elizabeth"}, {"bill", "william"},      {"billy", "william"},
    {"bob", "robert"},      {"bobby", "robert"},      {"cathy", "catherine"},
    {"charlie", "charles"}, {"chris", "christopher"}, {"chuck", "charles"},
    {"dan", "daniel"},      {"danny", "daniel"},      {"dave", "david"},
    {"debbie", "deborah"},  {"dick", "richard"},      {"drew", "andrew"},
    {"ed", "edward"},       {"eddie", "edward"},      {"fred", "frederick"},
    {"greg", "gregory"},    {"jen", "jennifer"},      {"jenny", "jennifer"},
    {"jack", "john"},       {"jeff", "jeffrey"},      {"jim", "james"},
    {"jimmy", "james"},     {"joe", "joseph"},        {"kate", "katherine"},
    {"kathy", "katherine"}, {"ken", "kenneth"},       {"larry", "lawrence"},
    {"liz", "elizabeth"},   {"maggie", "margaret"},   {"matt", "matthew"},
    {"meg", "margaret"},    {"mike", "michael"},      {"molly", "mary"},
    {"nick", "nicholas"},   {"pat", "patricia"},      {"peggy", "margaret"},
    {"pete", "peter"},      {"ray", "raymond"},       {"rick", "richard"},
    {"rob", "robert"},      {"ron", "ronald"},        {"sam", "samuel"},
    {"steve", "steven"},    {"sue", "susan"},         {"ted", "edward"},
    {"tim", "timothy"},     {"tom", "thomas"},        {"tommy", "thomas"},
    {"tony", "anthony"},    {"will", "william"}};

template <class Words>
bool Holds(const Words& words, std::string_view word) {
  return std::ranges::find(words, word) != std::end(words);
}

}  // namespace

bool IsTitle(std::string_view word) { return Holds(kTitles, word); }
bool IsFamilyEnding(std::string_view word) { return Holds(kFamilyEndings, word); }
bool IsGeneration(std::string_view word) { return Holds(kGenerations, word); }
bool IsLegalForm(std::string_view word) { return Holds(kLegalForms, word); }

bool IsStreetWord(std::string_view word) { return Holds(kStreetWords, word); }

std::size_t LeadingStreetWord(std::string_view text) {
  const auto found = std::ranges::find_if(
      kJoinedStreetWords, [&](std::string_view word) { return text.starts_with(word); });
  return found == std::end(kJoinedStreetWords) ? 0 : found->size();
}

std::string_view FullForm(std::string_view word) {
  const auto found =
      std::ranges::find_if(kShortForms, [&](const auto& form) { return form.first == word; });
  return found == std::end(kShortForms) ? word : found->second;
}

}  // namespace radyab::linkage
