// What many things change in the lists of the index, gathered and then put together list by list.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "registry/environment.h"
#include "registry/records/records.pb.h"
#include "registry/search/posting_blocks.h"
#include "registry/search/row_changes.h"
#include "registry/search/thing.h"
#include "registry/storage/store.h"

namespace radyab::search {

// Long names have very many terms, and what is gathered lies in memory: the last thing may pass it
// by its own.
inline constexpr std::size_t kTermsOfStepMax = 20'000;
// Rows that one change writes; the rows of one list may pass it.
inline constexpr std::size_t kRowsOfPartMax = 1'000;

// Of one snapshot. One thread at a time.
class ListChanges {
 public:
  ListChanges(storage::ReadTransaction& transaction, const Environment& environment)
      : transaction_(transaction), environment_(environment) {}

  // The thing as it stands, less the terms it had by its note, if there is one.
  absl::Status Take(Thing thing, const records::SearchNoteRecord* note);
  // Whether so many terms have come that no further thing is to be taken.
  bool IsFull() const { return hashes_.size() >= kTermsOfStepMax; }
  // What makes the changes, in parts to be written one after the other. The rows of one list are in
  // one part: a list that is half written would have things in two blocks. Once only.
  absl::StatusOr<std::vector<RowChanges>> Plan();
  // Once it is planned: the things that share a rare word (rare_words.h) with an item or a
  // service that was taken, itself among them.
  const std::set<Thing>& SharersOf(Thing thing) const;

 private:
  // In the order of the rows of the lists.
  struct Change {
    PostingList list;
    Thing thing = kNoThing;
    bool removed = false;
    bool word = false;  // whether its list is of a word of items: parties are compared otherwise
    friend auto operator<=>(const Change&, const Change&) = default;
  };

  void Add(MemberId scope, const std::set<std::string>& terms, Thing thing, bool removed);
  absl::Status PlanList(const PostingList& list, const PostingChange& change, bool word,
                        RowChanges& rows);
  keyspace::SearchTerm HashedOnce(MemberId scope, std::string_view term);

  storage::ReadTransaction& transaction_;
  const Environment& environment_;
  std::unordered_map<std::string, keyspace::SearchTerm> hashes_;  // by scope and term
  std::vector<Change> changes_;
  std::map<Thing, std::set<Thing>> sharers_;
};

}  // namespace radyab::search
