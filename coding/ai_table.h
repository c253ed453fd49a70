// What we know of each GS1 application identifier (AI); the facts stand in coding/ai_table.txt.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coding/linters/linter.h"
#include "coding/refuse.h"

namespace radyab::coding {

// An AI as one number: its digits and how many they are. Equal numbers, equal AIs.
using AiNumber = int;
// `ai` has two to four ASCII digits.
AiNumber NumberOfAi(std::string_view ai);

// One AI or several like ones: "01"; "310n", where n is any digit.
struct AiPattern {
  std::string text;
  AiNumber first = 0;
  AiNumber last = 0;

  bool Matches(AiNumber ai) const { return ai >= first && ai <= last; }
};

// One part of a value: its characters, its length and the rules of its content.
struct AiPart {
  enum class Characters { kDigits, kSet82, kSet39, kBase64 };
  Characters characters = Characters::kDigits;
  std::size_t length_min = 0;
  std::size_t length_max = 0;
  bool optional = false;
  std::vector<const Linter*> checks;
};

// One row of the table.
struct AiEntry {
  std::string first;  // "3100"; a single AI has first == last
  std::string last;   // "3105"
  std::string title;  // as printed beside a bar code: "NET WEIGHT (kg)"
  std::vector<AiPart> parts;
  bool separator = false;  // a GS must stand between this value and the next element
  bool key = false;        // may be the key of a Digital Link
  bool qualifier = false;  // may qualify a key in the path of a Digital Link
  bool attribute = false;  // may stand in the query of a Digital Link
  // Of a key: the AIs that may follow it in a path, in order; one of these rows, never two mixed.
  std::vector<std::vector<std::string>> qualifiers;
  // Alternatives; in one alternative all must be there.
  std::vector<std::vector<AiPattern>> needs;
  std::vector<AiPattern> never;  // must not stand beside it; itself does not count
  std::size_t length_min = 0;    // of a whole value
  std::size_t length_max = 0;
};

// All rows in the order of the file. Built once at the first call; thread safe.
std::span<const AiEntry> AiTable();

// The row of an AI ("01", "3103"); null when it is not in the table. Lives for ever.
const AiEntry* FindAi(std::string_view ai);

// The AI with which `text` begins: its first two digits tell how long it is.
struct AiMatch {
  const AiEntry* entry = nullptr;  // null: no AI of the table begins the text
  std::string_view ai;
  AiNumber number = 0;
};
AiMatch MatchAi(std::string_view text);

// What is wrong with a value of this AI, with offsets into the value; empty when it is right. Looks
// at length, characters and content. `current_year` places two-digit years.
std::optional<Fault> CheckAiValue(const AiEntry& entry, std::string_view value, int current_year);

// Reads the text form of the table. Empty when it is not well formed; tests hand it broken tables.
std::optional<std::vector<AiEntry>> ReadAiTable(std::string_view text);

}  // namespace radyab::coding
