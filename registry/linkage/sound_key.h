// What a name sounds like, so that a Persian name and its Latin spellings meet.
#pragma once

#include <string>
#include <string_view>

namespace radyab::linkage {

// The sound of one folded word (coding::FoldText) in ASCII: a letter for each consonant, letters of
// one sound made one (س ص ث s; ذ ز ض ظ z; kh and خ x; sh and ش S …), a leading vowel as "a", inside
// the word only the vowels that Persian writes (ی, ee, ei, i as "i"; و, ou, oo, v as "u"), repeats
// once, a last silent h dropped: محمود, Mahmoud and Mahmood are all "mhmud". Characters of other
// scripts are left out; digits stay. May be empty. Thread safe.
std::string SoundKey(std::string_view folded_word);

// The consonants of a sound key alone: a coarser key for finding candidates.
std::string Consonants(std::string_view sound_key);

}  // namespace radyab::linkage
