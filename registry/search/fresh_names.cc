#include "registry/search/fresh_names.h"

#include <utility>

#include "registry/storage/keyspace.h"
#include "registry/storage/ordered_key.h"

namespace radyab::search {
namespace {

constexpr std::size_t kRowsOfNoteMax = 3;  // the note, the thing, the key of its sealed part

}  // namespace

absl::StatusOr<FreshNames> FreshNames::Read(storage::ReadTransaction& transaction,
                                            const Environment& environment,
                                            std::size_t row_count_max, RowBudget& budget) {
  FreshNames fresh;
  const std::size_t note_count_max = row_count_max / kRowsOfNoteMax;
  const std::string prefix = keyspace::SearchNotePrefix();
  std::vector<Thing> noted;
  auto status = transaction.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
                                 note_count_max + 1, [&](std::string_view key, std::string_view) {
                                   budget.Spend(1);
                                   storage::OrderedKeyReader parts(key.substr(prefix.size()));
                                   parts.U64();
                                   noted.push_back(parts.U64());
                                   return true;
                                 });
  if (!status.ok()) return status;
  fresh.whole_ = noted.size() <= note_count_max;
  if (!fresh.whole_) noted.pop_back();
  for (const Thing thing : noted) {
    if (fresh.Contains(thing)) continue;
    budget.Spend(kRowsOfNoteMax - 1);
    auto names = NamesOf(transaction, environment, thing);
    if (absl::IsDataLoss(names.status())) continue;  // told by a scrub
    if (!names.ok()) return names.status();
    Found& found = fresh.things_[thing];
    if (names->has_value()) found = {(*names)->scope, TermsOf(**names)};
  }
  return fresh;
}

std::vector<Thing> FreshNames::With(MemberId scope, const std::string& term) const {
  std::vector<Thing> things;
  for (const auto& [thing, found] : things_) {
    if (found.scope == scope && found.terms.contains(term)) things.push_back(thing);
  }
  return things;
}

}  // namespace radyab::search
