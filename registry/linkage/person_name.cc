#include "registry/linkage/person_name.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "coding/text_fold.h"
#include "coding/utf8_reader.h"
#include "registry/linkage/name_words.h"
#include "registry/linkage/sound_key.h"

namespace radyab::linkage {
namespace {

using Words = std::vector<std::string>;

Words WordsOf(std::string_view text) {
  const std::string folded = coding::FoldText(text);
  Words words;
  for (std::size_t begin = 0; begin < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    if (end > begin) words.push_back(folded.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

ComparedText Compared(std::string_view text) {
  ComparedText compared;
  for (std::size_t at = 0; at < text.size();) {
    const coding::Utf8Character character = coding::ReadUtf8(text, at);
    compared.text += character.value;
    compared.letters |= std::uint64_t{1} << (character.value % 64);
    at += character.bytes;
  }
  return compared;
}

NamePart PartOf(Words words) {
  NamePart part;
  for (const std::string& word : words) part.folded += word;
  part.characters = Compared(part.folded);
  part.sound = SoundKey(part.folded);
  part.sound_characters = Compared(part.sound);
  part.full_form = std::string(FullForm(part.folded));
  for (const std::string& word : words) part.word_sounds.push_back(SoundKey(word));
  part.words = std::move(words);
  return part;
}

bool IsLatin(std::string_view folded) {
  return !folded.empty() && folded.front() >= 'a' && folded.front() <= 'z';
}

// The words before and behind the first comma, Latin or Persian; all in `first` when there is none.
struct Halves {
  std::string_view first;
  std::string_view second;
};
Halves SplitAtComma(std::string_view text) {
  constexpr std::string_view kPersianComma = "،";
  const std::size_t latin = text.find(',');
  const std::size_t persian = text.find(kPersianComma);
  const std::size_t at = std::min(latin, persian);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + (at == latin ? 1 : kPersianComma.size()))};
}

// Takes titles and the mark of a generation out of `words`. A name of titles alone is kept whole.
std::string DropTitles(Words& words) {
  std::string generation;
  Words kept;
  for (const std::string& word : words) {
    if (IsGeneration(word) && !kept.empty())
      generation = word;
    else if (!IsTitle(word))
      kept.push_back(word);
  }
  if (!kept.empty()) words = std::move(kept);
  return generation;
}

// How many of the last words make the family name.
std::size_t FamilyWords(const Words& words) {
  return words.size() > 2 && IsFamilyEnding(words.back()) ? 2 : 1;
}

ReadName NameOf(Words given, Words family, const std::string& generation) {
  ReadName name;
  name.given = PartOf(std::move(given));
  name.family = PartOf(std::move(family));
  name.generation = generation;
  name.latin = IsLatin(name.family.folded);
  return name;
}

// The last `count` words of `words` are the family name.
ReadName SplitBefore(const Words& words, std::size_t count, const std::string& generation) {
  const auto border = words.end() - static_cast<std::ptrdiff_t>(count);
  return NameOf(Words(words.begin(), border), Words(border, words.end()), generation);
}

}  // namespace

std::vector<ReadName> ReadPersonName(std::string_view display_name) {
  const Halves halves = SplitAtComma(display_name);
  Words given = WordsOf(halves.second);
  Words family = WordsOf(halves.first);
  std::string generation = DropTitles(family);
  if (const std::string other = DropTitles(given); !other.empty()) generation = other;
  if (given.size() == 1 && IsGeneration(given[0])) {  // "John Smith, Jr."
    generation = given[0];
    given.clear();
  }
  if (family.empty()) return {};
  if (!given.empty()) return {NameOf(std::move(given), std::move(family), generation)};
  const std::size_t count = FamilyWords(family);
  std::vector<ReadName> readings = {SplitBefore(family, count, generation)};
  if (family.size() > count + 1) {
    readings.push_back(SplitBefore(family, count + 1, generation));
    readings.back().alternative = true;
  }
  return readings;
}

ReadName ReadOrganisationName(std::string_view display_name) {
  const Words words = WordsOf(display_name);
  Words kept;
  std::ranges::copy_if(words, std::back_inserter(kept),
                       [](const std::string& word) { return !IsLegalForm(word); });
  ReadName name;
  name.family = PartOf(kept.empty() ? words : std::move(kept));
  name.latin = IsLatin(name.family.folded);
  return name;
}

}  // namespace radyab::linkage
