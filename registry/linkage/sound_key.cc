#include "registry/linkage/sound_key.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "coding/utf8_reader.h"

namespace radyab::linkage {
namespace {

// The letters of Persian after folding. A vowel sign of its own is i, u or a.
constexpr std::pair<char32_t, char> kPersian[] = {
    {U'ا', 'a'}, {U'ب', 'b'}, {U'پ', 'p'}, {U'ت', 't'}, {U'ث', 's'}, {U'ج', 'j'}, {U'چ', 'C'},
    {U'ح', 'h'}, {U'خ', 'x'}, {U'د', 'd'}, {U'ذ', 'z'}, {U'ر', 'r'}, {U'ز', 'z'}, {U'ژ', 'Z'},
    {U'س', 's'}, {U'ش', 'S'}, {U'ص', 's'}, {U'ض', 'z'}, {U'ط', 't'}, {U'ظ', 'z'}, {U'ع', 'a'},
    {U'غ', 'q'}, {U'ف', 'f'}, {U'ق', 'q'}, {U'ک', 'k'}, {U'گ', 'g'}, {U'ل', 'l'}, {U'م', 'm'},
    {U'ن', 'n'}, {U'و', 'u'}, {U'ه', 'h'}, {U'ی', 'i'}};

// Groups of Latin letters with one sound, the longer before the shorter.
constexpr std::pair<std::string_view, char> kLatin[] = {
    {"tch", 'C'}, {"sch", 'S'}, {"kh", 'x'}, {"gh", 'q'}, {"sh", 'S'}, {"ch", 'C'}, {"zh", 'Z'},
    {"ph", 'f'},  {"th", 't'},  {"ck", 'k'}, {"ou", 'u'}, {"oo", 'u'}, {"ow", 'u'}, {"ei", 'i'},
    {"ee", 'i'},  {"ey", 'i'},  {"ie", 'i'}, {"ea", 'i'}, {"ay", 'i'}, {"ai", 'i'}, {"ce", 's'},
    {"ci", 's'},  {"cy", 's'},  {"b", 'b'},  {"c", 'k'},  {"d", 'd'},  {"f", 'f'},  {"g", 'g'},
    {"h", 'h'},   {"i", 'i'},   {"j", 'j'},  {"k", 'k'},  {"l", 'l'},  {"m", 'm'},  {"n", 'n'},
    {"p", 'p'},   {"q", 'q'},   {"r", 'r'},  {"s", 's'},  {"t", 't'},  {"u", 'u'},  {"v", 'u'},
    {"w", 'u'},   {"x", 'K'},   {"y", 'i'},  {"z", 'z'},  {"a", 'a'},  {"e", 'e'},  {"o", 'e'}};

bool IsVowel(char sound) { return sound == 'a' || sound == 'e' || sound == 'i' || sound == 'u'; }

// The sounds in order, short vowels still in.
std::string Sounds(std::string_view word) {
  std::string sounds;
  for (std::size_t at = 0; at < word.size();) {
    const auto latin = std::ranges::find_if(
        kLatin, [&](const auto& group) { return word.substr(at).starts_with(group.first); });
    if (latin != std::end(kLatin)) {
      sounds += latin->second;
      at += latin->first.size();
      continue;
    }
    const coding::Utf8Character character = coding::ReadUtf8(word, at);
    at += character.bytes;
    if (character.value >= U'0' && character.value <= U'9') {
      sounds += static_cast<char>(character.value);
      continue;
    }
    const auto persian = std::ranges::find_if(
        kPersian, [&](const auto& letter) { return letter.first == character.value; });
    if (persian != std::end(kPersian)) sounds += persian->second;
  }
  return sounds;
}

}  // namespace

std::string SoundKey(std::string_view folded_word) {
  std::string sounds = Sounds(folded_word);
  // Persian writes alef or ain before whatever vowel a word begins with; و and ی at the beginning
  // are consonants, as v, w and y are.
  constexpr std::string_view kLeadingVowels = "iu";
  if (!sounds.empty() && !folded_word.empty()) {
    if (sounds[0] == 'e') sounds[0] = 'a';
    if (kLeadingVowels.find(folded_word[0]) != std::string_view::npos ||
        folded_word.starts_with("o") || folded_word.starts_with("e")) {
      if (sounds[0] != 'a') sounds.insert(0, 1, 'a');
    }
  }
  std::string key;
  for (const char sound : sounds) {
    if (!key.empty() && (sound == 'a' || sound == 'e')) continue;
    if (key.empty() || key.back() != sound) key += sound;
  }
  if (key.size() > 1 && key.back() == 'h') key.pop_back();
  return key;
}

std::string Consonants(std::string_view sound_key) {
  std::string key;
  for (std::size_t at = 0; at < sound_key.size(); ++at) {
    const char sound = sound_key[at];
    if (at > 0 && IsVowel(sound)) continue;
    if (key.empty() || key.back() != sound) key += sound;
  }
  return key;
}

}  // namespace radyab::linkage
