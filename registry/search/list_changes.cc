#include "registry/search/list_changes.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "registry/search/rare_words.h"
#include "registry/search/search_terms.h"

namespace radyab::search {

absl::Status ListChanges::Take(Thing thing, const records::SearchNoteRecord* note) {
  auto now = NamesOf(transaction_, environment_, thing);
  // A row that is broken must not keep the others from the index; a scrub tells of it.
  if (absl::IsDataLoss(now.status())) return absl::OkStatus();
  if (!now.ok()) return now.status();
  if (!now->has_value()) return absl::OkStatus();
  const std::set<std::string> terms = TermsOf(**now);
  Add((*now)->scope, terms, thing, false);
  if (note == nullptr) return absl::OkStatus();
  auto old = OldNamesOf(transaction_, environment_, thing, **now, *note);
  if (absl::IsDataLoss(old.status())) return absl::OkStatus();
  if (!old.ok()) return old.status();
  if (!old->has_value()) return absl::OkStatus();
  std::set<std::string> gone;
  std::ranges::set_difference(TermsOf(**old), terms, std::inserter(gone, gone.end()));
  Add((*old)->scope, gone, thing, true);
  return absl::OkStatus();
}

void ListChanges::Add(MemberId scope, const std::set<std::string>& terms, Thing thing,
                      bool removed) {
  for (const std::string& term : terms) {
    const bool word = scope == MemberId::kRegistry && IsWord(term);
    changes_.push_back({{scope, HashedOnce(scope, term)}, thing, removed, word});
  }
}

keyspace::SearchTerm ListChanges::HashedOnce(MemberId scope, std::string_view term) {
  std::string name = std::to_string(static_cast<std::uint32_t>(scope)) + '/';
  name += term;
  const auto [hash, is_new] = hashes_.try_emplace(std::move(name));
  if (is_new) hash->second = HashOf(environment_, scope, term);
  return hash->second;
}

absl::Status ListChanges::PlanList(const PostingList& list, const PostingChange& change, bool word,
                                   RowChanges& rows) {
  if (!word) return PlanPostings(transaction_, list, change, rows);
  auto rare = RareThings(transaction_, list);
  if (!rare.ok()) return rare.status();
  const bool stays_rare =
      rare->has_value() && (*rare)->size() + change.added.size() <= kRareThingsMax;
  if (stays_rare) {
    std::set<Thing> sharers((*rare)->begin(), (*rare)->end());
    sharers.insert(change.added.begin(), change.added.end());
    for (const Thing thing : change.added) sharers_[thing].insert(sharers.begin(), sharers.end());
  }
  const bool is_new = rare->has_value() && (*rare)->empty() && change.removed.empty();
  if (!is_new) return PlanPostings(transaction_, list, change, rows);
  PlanNewList(list, change.added, rows);
  return absl::OkStatus();
}

const std::set<Thing>& ListChanges::SharersOf(Thing thing) const {
  static const std::set<Thing> kNone;
  const auto found = sharers_.find(thing);
  return found == sharers_.end() ? kNone : found->second;
}

absl::StatusOr<std::vector<RowChanges>> ListChanges::Plan() {
  std::ranges::sort(changes_);
  changes_.erase(std::unique(changes_.begin(), changes_.end()), changes_.end());
  std::vector<RowChanges> parts;
  for (auto change = changes_.begin(); change != changes_.end();) {
    const PostingList list = change->list;
    const bool word = change->word;
    PostingChange postings;
    for (; change != changes_.end() && change->list == list; ++change) {
      (change->removed ? postings.removed : postings.added).push_back(change->thing);
    }
    if (parts.empty() || parts.back().row_count() >= kRowsOfPartMax) parts.emplace_back();
    auto status = PlanList(list, postings, word, parts.back());
    if (!status.ok()) return status;
  }
  changes_.clear();
  return parts;
}

}  // namespace radyab::search
