// The words of a text that a search goes by, and those it is found by.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace radyab::coding {

// To be raised whenever the functions below give any text other words.
inline constexpr int kWordRulesVersion = 1;

// A word is found by its first 2, 3, … 8 characters.
inline constexpr std::size_t kBeginningCharactersMin = 2;
inline constexpr std::size_t kBeginningCharactersMax = 8;

// The words of a query in their order, folded (FoldText). A compound, whose parts a zero-width
// non-joiner or punctuation parts, is one word. Empty when there is no letter or digit. Thread
// safe.
std::vector<std::string> QueryWords(std::string_view text);

// By what a name is found. All folded; sets, since a word that comes twice is found once.
struct NameWords {
  // Words, compounds joined and in parts, neighbours joined («می شود», «می‌شود» and
  // «میشود» have «میشود» in common), each also without the Arabic article.
  std::set<std::string> words;
  std::set<std::string> stems;  // of the words
  // Adds the words of a text.
  void Add(std::string_view text);
};

// The word without the Arabic article ال, when at least three characters are left; else the word.
std::string WithoutArticle(std::string_view word);

// What is left of a folded word without article and without the endings of plural, comparison and
// possession in Persian, Arabic and English: at least three characters. Crude on purpose: words
// with one stem are only likely to be forms of one word.
std::string StemOf(std::string_view word);

// Its first kBeginningCharactersMax characters.
std::string BeginningOf(std::string_view word);

// All beginnings by which the word is found; none for a single character.
std::vector<std::string> BeginningsOf(std::string_view word);

}  // namespace radyab::coding
