#include "registry/search/rare_words.h"

#include <string>
#include <utility>

#include "registry/search/search_terms.h"

namespace radyab::search {

absl::StatusOr<std::optional<std::vector<Thing>>> RareThings(storage::ReadTransaction& transaction,
                                                             const PostingList& list) {
  auto block = BlockAt(transaction, list, 0);
  if (!block.ok()) return block.status();
  if (!block->has_value()) return std::optional(std::vector<Thing>());
  const bool rare = (*block)->last == kNoThing && (*block)->things.size() <= kRareThingsMax;
  return rare ? std::optional(std::move((*block)->things)) : std::nullopt;
}

absl::StatusOr<std::set<Thing>> SharersOfRareWords(storage::ReadTransaction& transaction,
                                                   const Environment& environment, Thing thing,
                                                   const v1::LocalizedText& name) {
  std::set<Thing> sharers;
  for (const std::string& term : TermsOf({MemberId::kRegistry, name})) {
    if (!IsWord(term)) continue;
    auto rare = RareThings(transaction,
                           {MemberId::kRegistry, HashOf(environment, MemberId::kRegistry, term)});
    if (!rare.ok()) return rare.status();
    if (rare->has_value()) sharers.insert((*rare)->begin(), (*rare)->end());
  }
  sharers.erase(thing);
  return sharers;
}

}  // namespace radyab::search
