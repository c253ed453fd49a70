// Words in names and addresses that name nobody and no street, endings that belong to the word
// before, and short forms.
#pragma once

#include <cstddef>
#include <string_view>

namespace radyab::linkage {

// All words are folded (coding::FoldText). Thread safe.

// Titles and forms of address: "آقای", "دکتر", "سید", "mr", "dr" …
bool IsTitle(std::string_view word);
// The second half of a family name written apart: "نژاد", "پور", "زاده", "nejad", "pour" …
bool IsFamilyEnding(std::string_view word);
// What tells two namesakes of one family apart: "jr", "sr", "ii", "iii" …
bool IsGeneration(std::string_view word);
// Words of a legal form or a trade: "شرکت", "سهامی", "ltd", "company" …
bool IsLegalForm(std::string_view word);
// "خیابان", "خ", "کوچه", "street", "st" …
bool IsStreetWord(std::string_view word);
// How many bytes of `text` are such a word written together with what follows; 0: none.
std::size_t LeadingStreetWord(std::string_view text);
// The full form of an English short form ("bill": "william"); the word itself when it is none.
std::string_view FullForm(std::string_view word);

}  // namespace radyab::linkage
