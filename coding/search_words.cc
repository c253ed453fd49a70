#include "coding/search_words.h"

#include <algorithm>
#include <array>

#include "coding/text_fold.h"
#include "coding/utf8_reader.h"

namespace radyab::coding {
namespace {

constexpr std::size_t kStemCharactersMin = 3;
constexpr std::string_view kArticle = "ال";

// Endings, longest first, so that a word loses «هایشان» and not only «شان».
constexpr std::array<std::string_view, 33> kEndings = {
    "هایشان", "هایمان", "هایتان", "هایی", "هایم", "هایت", "هایش", "ترین", "شان", "مان", "تان",
    "های",    "ها",     "تر",     "یان",  "گان",  "ان",   "ات",   "ین",   "ون",  "یی",  "ای",
    "ام",     "اش",     "ی",      "م",    "ش",    "ه",    "ing",  "ies",  "es",  "s",   "y"};

// What stands between the parts of a compound, beside the zero-width non-joiner.
bool PartsCompound(char32_t value) {
  if (value < 0x80) {
    return (value > ' ' && value < '0') || (value > '9' && value < 'A') ||
           (value > 'Z' && value < 'a') || (value > 'z' && value < 0x7F);
  }
  switch (value) {
    case 0x200C:
    case U'،':
    case U'؛':
    case U'؟':
    case U'٫':
    case U'٬':
    case U'۔':
    case U'«':
    case U'»':
    case U'·':
    case U'×':
      return true;
    default:
      return value >= 0x2010 && value <= 0x2027;  // hyphens, dashes, quotation marks, dots
  }
}

bool IsSpace(char32_t value) {
  return value == ' ' || (value >= 0x09 && value <= 0x0D) || value == 0x85 || value == 0xA0 ||
         (value >= 0x2000 && value <= 0x200A) || value == 0x2028 || value == 0x2029 ||
         value == 0x202F || value == 0x3000;
}

// The folded words in `raw`: a few characters fold to several words.
void AddFolded(std::string_view raw, std::vector<std::string>& words) {
  const std::string folded = FoldText(raw);
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
}

// One compound: its parts, never none.
using Compound = std::vector<std::string>;

std::string Joined(const Compound& compound) {
  std::string word;
  for (const std::string& part : compound) word += part;
  return word;
}

// The text cut at spaces, and each piece at what parts compounds.
std::vector<Compound> CompoundsOf(std::string_view text) {
  std::vector<Compound> compounds;
  Compound compound;
  std::size_t begin = 0;
  const auto end_part = [&](std::size_t end) {
    if (end > begin) AddFolded(text.substr(begin, end - begin), compound);
  };
  const auto end_compound = [&] {
    if (!compound.empty()) compounds.push_back(std::move(compound));
    compound.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = ReadUtf8(text, at);
    const bool space = character.valid && IsSpace(character.value);
    if (space || (character.valid && PartsCompound(character.value))) {
      end_part(at);
      begin = at + character.bytes;
      if (space) end_compound();
    }
    at += character.bytes;
  }
  end_part(text.size());
  end_compound();
  return compounds;
}

std::size_t Characters(std::string_view word) { return CountCharacters(word, word.size()); }

}  // namespace

std::vector<std::string> QueryWords(std::string_view text) {
  std::vector<std::string> words;
  for (const Compound& compound : CompoundsOf(text)) words.push_back(Joined(compound));
  return words;
}

void NameWords::Add(std::string_view text) {
  const auto add = [this](const std::string& word) {
    words.insert(word);
    words.insert(WithoutArticle(word));
    stems.insert(StemOf(word));
  };
  std::string before;
  for (const Compound& compound : CompoundsOf(text)) {
    const std::string word = Joined(compound);
    add(word);
    for (std::size_t part = 0; part < compound.size(); ++part) {
      add(compound[part]);
      if (part > 0) add(compound[part - 1] + compound[part]);
    }
    if (!before.empty()) add(before + word);
    before = word;
  }
}

std::string WithoutArticle(std::string_view word) {
  std::string rest(word);
  if (rest.starts_with(kArticle)) rest.erase(0, kArticle.size());
  return Characters(rest) >= kStemCharactersMin ? rest : std::string(word);
}

std::string StemOf(std::string_view word) {
  std::string stem = WithoutArticle(word);
  for (bool shorter = true; shorter;) {
    shorter = false;
    for (const std::string_view ending : kEndings) {
      if (!stem.ends_with(ending)) continue;
      const std::string rest = stem.substr(0, stem.size() - ending.size());
      if (Characters(rest) < kStemCharactersMin) continue;
      stem = rest;
      shorter = true;
      break;
    }
  }
  return stem;
}

std::string BeginningOf(std::string_view word) {
  return std::string(word.substr(0, ByteOffsetOf(word, kBeginningCharactersMax)));
}

std::vector<std::string> BeginningsOf(std::string_view word) {
  std::vector<std::string> beginnings;
  const std::size_t longest = std::min(Characters(word), kBeginningCharactersMax);
  for (std::size_t length = kBeginningCharactersMin; length <= longest; ++length) {
    beginnings.emplace_back(word.substr(0, ByteOffsetOf(word, length)));
  }
  return beginnings;
}

}  // namespace radyab::coding
