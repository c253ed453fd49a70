// A name as it is compared: given names and family name told apart, each in every form needed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace radyab::linkage {

// A text ready for Jaro-Winkler: its characters, and a bit for each of them (their number modulo
// 64), by which most pairs are seen not to be alike without looking further.
struct ComparedText {
  std::u32string text;
  std::uint64_t letters = 0;
};

// One part of a name. All empty when the name has no such part.
struct NamePart {
  std::string folded;  // its words joined: "محمدرضا", "حسینینژاد", "o brien" as "obrien"
  ComparedText characters;
  std::string sound;  // SoundKey of `folded`
  ComparedText sound_characters;
  std::string full_form;  // "william" of "bill"; else `folded`
  std::vector<std::string> words;
  std::vector<std::string> word_sounds;  // of each
};

// One spelling of a name, in one script.
struct ReadName {
  NamePart given;            // empty for organisations and for names of one word
  NamePart family;           // of an organisation: the whole name without its legal form
  std::string generation;    // "jr", "ii" …; empty: none
  bool latin = false;        // its first letter is Latin
  bool alternative = false;  // the border between the two may also lie elsewhere: a second reading

  bool empty() const { return family.folded.empty(); }
};

// Reads a display name as people write it: titles and legal forms dropped, the family name last
// unless a comma says otherwise ("Rezaei, Ali"), endings written apart joined to it ("حسینی نژاد").
// Nothing tells "محمد رضا کریمی" (two given names) from "لیلا علی تهرانی" (a family name of two
// words): a name of three words and more has a second reading, with two words of family name. Empty
// for a text without a letter. Thread safe.
std::vector<ReadName> ReadPersonName(std::string_view display_name);
ReadName ReadOrganisationName(std::string_view display_name);

}  // namespace radyab::linkage
