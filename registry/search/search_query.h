// What a query asks: words, and how names answer to them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "radyab/v1/common.pb.h"
#include "radyab/v1/search.pb.h"

namespace radyab::search {

inline constexpr std::size_t kQueryCharactersMax = 300;  // announced in the proto
inline constexpr std::size_t kQueryWordsMax = 16;        // announced in the proto

// The words in their order. A word is answered when it stands in a name by itself or joined with
// one of its neighbours: «می شود» is answered by «میشود».
struct SearchQuery {
  std::vector<std::string> words;

  // The word with this index by itself, and joined with each neighbour.
  std::vector<std::string> FormsOf(std::size_t word) const;
  // Whether every word is answered by a word, a beginning of a word or a stem in the names.
  bool IsAnswered(v1::SearchMatch match, const v1::LocalizedText& names) const;
  // The best of WORDS, BEGINNINGS and STEMS by which it is answered; else UNSPECIFIED.
  v1::SearchMatch BestMatch(const v1::LocalizedText& names) const;
};

// INVALID_ARGUMENT naming `query`: no UTF-8, no letter or digit, too long, too many words.
absl::StatusOr<SearchQuery> ReadQuery(std::string_view text);

// The term under which the index has what answers one form of a word.
std::string TermOf(v1::SearchMatch match, std::string_view form);
// Whether that term also leads to names that do not answer the form: it holds a beginning only.
bool IsLoose(v1::SearchMatch match, std::string_view form);

}  // namespace radyab::search
