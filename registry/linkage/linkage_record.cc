#include "registry/linkage/linkage_record.h"

#include <algorithm>
#include <set>

#include "coding/text_fold.h"
#include "registry/linkage/name_words.h"

namespace radyab::linkage {
namespace {

std::string FoldedWithoutBlanks(std::string_view text) {
  std::string folded = coding::FoldText(text);
  std::erase(folded, ' ');
  return folded;
}

// A street by its own name: "خیابان ولیعصر", "خ ولیعصر" and "خیابانولیعصر" are one.
std::string StreetKey(std::string_view text) {
  const std::string folded = coding::FoldText(text);
  std::string key;
  for (std::size_t begin = 0; begin < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    const std::string_view word = std::string_view(folded).substr(begin, end - begin);
    if (!IsStreetWord(word)) key += word;
    begin = end + 1;
  }
  const std::string_view joined = key;
  const std::size_t head = LeadingStreetWord(joined);
  return head < joined.size() ? key.substr(head) : key;
}

// The part before the @ may in theory tell large letters from small ones; no provider does.
std::string LowerCase(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return text;
}

}  // namespace

PreparedRecord Prepare(const LinkageRecord& record) {
  PreparedRecord prepared;
  prepared.id = record.id;
  prepared.organisation = record.organisation;
  for (const std::string* text : {&record.name_fa, &record.name_en}) {
    if (record.organisation) {
      ReadName name = ReadOrganisationName(*text);
      if (!name.empty()) prepared.names.push_back(std::move(name));
      continue;
    }
    for (ReadName& name : ReadPersonName(*text)) prepared.names.push_back(std::move(name));
  }
  prepared.phones = record.phones;
  for (const std::string& email : record.emails) prepared.emails.push_back(LowerCase(email));
  prepared.ids = record.ids;
  prepared.birth = record.birth;
  prepared.address = {FoldedWithoutBlanks(record.address.postcode),
                      StreetKey(record.address.street), FoldedWithoutBlanks(record.address.number),
                      FoldedWithoutBlanks(record.address.unit)};
  return prepared;
}

void NameFrequency::Add(const PreparedRecord& record) {
  ++records_;
  // A sound that both spellings have occurs once.
  std::set<std::string_view> given_sounds, family_sounds;
  for (const ReadName& name : record.names) {
    if (name.alternative) continue;
    ++given_[name.given.folded];
    ++family_[name.family.folded];
    given_sounds.insert(name.given.sound);
    family_sounds.insert(name.family.sound);
  }
  for (const std::string_view sound : given_sounds) ++given_sound_[std::string(sound)];
  for (const std::string_view sound : family_sounds) ++family_sound_[std::string(sound)];
}

double NameFrequency::Share(const Counts& counts, const std::string& text) const {
  const auto found = counts.find(text);
  const std::uint64_t count = found == counts.end() ? 0 : found->second;
  return static_cast<double>(std::max<std::uint64_t>(count, 1)) / static_cast<double>(records_ + 1);
}

}  // namespace radyab::linkage
