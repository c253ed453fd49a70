// By what a thing is found: the terms of its names, telephones and e-mail addresses.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "coding/search_words.h"
#include "coding/text_fold.h"
#include "radyab/v1/common.pb.h"
#include "registry/environment.h"
#include "registry/records/records.pb.h"
#include "registry/search/thing.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::search {

// Of the rules by which terms are made; an index made by others is made anew.
inline constexpr int kTermRulesVersion = 1;  // 1: every contact point, not only the main ones
inline constexpr std::uint16_t kIndexVersion =
    (coding::kFoldVersion << 8) | (kTermRulesVersion << 4) | coding::kWordRulesVersion;
static_assert(coding::kWordRulesVersion < 16 && kTermRulesVersion < 16);

// What a term is found by; the letter it begins with, never changed.
enum class TermUse : char { kWord = 'w', kBeginning = 'b', kStem = 's', kContact = 'c' };

std::string Term(TermUse use, std::string_view text);
inline bool IsWord(std::string_view term) {
  return term.starts_with(static_cast<char>(TermUse::kWord));
}
// The keyed hash under which the index has a term: without the key beside the store nobody can try
// names on it. Terms of two members never share a hash.
keyspace::SearchTerm HashOf(const Environment& environment, MemberId scope, std::string_view term);

// What is known of a thing by name.
struct ThingNames {
  MemberId scope = MemberId::kRegistry;  // items, services and classes; parties: their member
  v1::LocalizedText display_name;
  // Parties only: telephones as E.164 and e-mail addresses as EmailTermText gives them, the main
  // ones and those of all contact points.
  std::set<std::string> contacts = {};
};

// As the thing's row stands; nothing when there is no row, or none that is found by name (a generic
// item has the names of the items that are linked to it).
absl::StatusOr<std::optional<ThingNames>> NamesOf(storage::ReadTransaction& transaction,
                                                  const Environment& environment, Thing thing);
// As they were before the change that wrote the note.
absl::StatusOr<std::optional<ThingNames>> OldNamesOf(storage::ReadTransaction& transaction,
                                                     const Environment& environment, Thing thing,
                                                     const ThingNames& now,
                                                     const records::SearchNoteRecord& note);

// An e-mail address as it is compared: its letters small.
std::string EmailTermText(std::string_view address);

std::set<std::string> TermsOf(const ThingNames& names);

}  // namespace radyab::search
