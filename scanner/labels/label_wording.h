// The facts of a label in the words of its language.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/label_content.h"

namespace radyab::scanner {

enum class LabelLanguage : std::uint8_t { kFa, kAr, kEn };

// "fa", "ar", "en", and back.
std::string_view LanguageWord(LabelLanguage language);
std::optional<LabelLanguage> LanguageOfWord(std::string_view word);

// Persian and Arabic labels run from right to left.
inline bool RunsRightToLeft(LabelLanguage language) { return language != LabelLanguage::kEn; }

// A name, and which way it runs.
struct LabelName {
  std::string text;
  bool right_to_left = false;
};

// The names of settled content: that of the language first, the others behind it; those that are
// not there are left out.
std::vector<LabelName> NamesOf(const LabelContent& content, LabelLanguage language);

// One line a fact, title and value: "Lot: L-2026/07". In Persian and Arabic lines the value stands
// between FSI and PDI (U+2068, U+2069), so that it reads from left to right; a Persian line gives a
// day by the Iranian calendar too, when it lies in the years that coding/jalali_date.h knows.
std::vector<std::string> FactRows(const LabelContent& content, LabelLanguage language);

}  // namespace radyab::scanner
