#include "registry/search/search_query.h"

#include <algorithm>

#include "coding/search_words.h"
#include "coding/utf8_reader.h"
#include "registry/reason.h"
#include "registry/search/search_terms.h"

namespace radyab::search {
namespace {

std::size_t Characters(std::string_view text) { return coding::CountCharacters(text, text.size()); }

// A single character begins too many words: it is answered by a word that is no longer.
bool IsWholeWordOnly(std::string_view form) {
  return Characters(form) < coding::kBeginningCharactersMin;
}

bool IsIn(const coding::NameWords& names, v1::SearchMatch match, const std::string& form) {
  switch (match) {
    case v1::SEARCH_MATCH_WORDS:
      return names.words.contains(coding::WithoutArticle(form));
    case v1::SEARCH_MATCH_BEGINNINGS: {
      if (IsWholeWordOnly(form)) return names.words.contains(form);
      const auto found = names.words.lower_bound(form);
      return found != names.words.end() && found->starts_with(form);
    }
    default:
      return names.stems.contains(coding::StemOf(form));
  }
}

bool Answers(const SearchQuery& query, v1::SearchMatch match, const coding::NameWords& names) {
  for (std::size_t word = 0; word < query.words.size(); ++word) {
    const auto forms = query.FormsOf(word);
    const bool found = std::ranges::any_of(
        forms, [&](const std::string& form) { return IsIn(names, match, form); });
    if (!found) return false;
  }
  return true;
}

coding::NameWords WordsOf(const v1::LocalizedText& names) {
  coding::NameWords words;
  words.Add(names.fa());
  words.Add(names.en());
  return words;
}

}  // namespace

std::vector<std::string> SearchQuery::FormsOf(std::size_t word) const {
  std::vector<std::string> forms{words[word]};
  if (word > 0) forms.push_back(words[word - 1] + words[word]);
  if (word + 1 < words.size()) forms.push_back(words[word] + words[word + 1]);
  return forms;
}

bool SearchQuery::IsAnswered(v1::SearchMatch match, const v1::LocalizedText& names) const {
  return Answers(*this, match, WordsOf(names));
}

v1::SearchMatch SearchQuery::BestMatch(const v1::LocalizedText& names) const {
  const coding::NameWords of_names = WordsOf(names);
  for (const auto match :
       {v1::SEARCH_MATCH_WORDS, v1::SEARCH_MATCH_BEGINNINGS, v1::SEARCH_MATCH_STEMS}) {
    if (Answers(*this, match, of_names)) return match;
  }
  return v1::SEARCH_MATCH_UNSPECIFIED;
}

absl::StatusOr<SearchQuery> ReadQuery(std::string_view text) {
  if (text.empty()) return RefuseField("query", "missing", Reason::kMissingField);
  if (!coding::IsValidUtf8(text)) return RefuseField("query", "not valid UTF-8");
  const std::size_t characters = Characters(text);
  if (characters > kQueryCharactersMax) {
    return RefuseField("query",
                       "has " + std::to_string(characters) + " characters, want at most " +
                           std::to_string(kQueryCharactersMax),
                       Reason::kLimitExceeded);
  }
  SearchQuery query{coding::QueryWords(text)};
  if (query.words.empty()) {
    return RefuseField("query", "\"" + std::string(text) + "\" has no letter or digit");
  }
  if (query.words.size() > kQueryWordsMax) {
    return RefuseField("query",
                       "has " + std::to_string(query.words.size()) + " words, want at most " +
                           std::to_string(kQueryWordsMax),
                       Reason::kLimitExceeded);
  }
  return query;
}

std::string TermOf(v1::SearchMatch match, std::string_view form) {
  switch (match) {
    case v1::SEARCH_MATCH_WORDS:
      return Term(TermUse::kWord, coding::WithoutArticle(form));
    case v1::SEARCH_MATCH_BEGINNINGS:
      return IsWholeWordOnly(form) ? Term(TermUse::kWord, form)
                                   : Term(TermUse::kBeginning, coding::BeginningOf(form));
    default:
      return Term(TermUse::kStem, coding::StemOf(form));
  }
}

bool IsLoose(v1::SearchMatch match, std::string_view form) {
  return match == v1::SEARCH_MATCH_BEGINNINGS && Characters(form) > coding::kBeginningCharactersMax;
}

}  // namespace radyab::search
