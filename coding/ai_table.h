// What we know of each GS1 application identifier (AI); the facts stand in coding/ai_table.txt.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coding/refuse.h"

namespace radyab::coding {

// One part of a value: its characters, its length and the checks of its content.
struct AiPart {
  enum class Characters { kDigits, kSet82 };
  enum class Check { kMod10, kDate };
  Characters characters = Characters::kDigits;
  std::size_t length_min = 0;
  std::size_t length_max = 0;
  bool optional = false;
  std::vector<Check> checks;
};

// One row of the table.
struct AiEntry {
  std::string first;  // "3100"; a single AI has first == last
  std::string last;   // "3105"
  std::vector<AiPart> parts;
  bool separator = false;               // a GS must stand between this value and the next element
  bool key = false;                     // may be the key of a Digital Link
  bool qualifier = false;               // may qualify a key in the path of a Digital Link
  bool attribute = false;               // may stand in the query of a Digital Link
  std::vector<std::string> qualifiers;  // of a key: AIs that may follow it, in order
  std::vector<std::vector<std::string>>
      needs;                       // alternatives; in one alternative all must be there
  std::vector<std::string> never;  // must not stand beside it; itself does not count

  std::size_t length_max() const;
  std::size_t length_min() const;
};

// All rows in the order of the file. Built once at the first call; thread safe.
std::span<const AiEntry> AiTable();

// The row of an AI ("01", "3103"); null when it is not in the table. Lives for ever.
const AiEntry* FindAi(std::string_view ai);

// The AI with which `text` begins: no AI begins with another whole AI.
struct AiMatch {
  const AiEntry* entry = nullptr;  // null: no AI of the table begins the text
  std::string_view ai;
};
AiMatch MatchAi(std::string_view text);

// What is wrong with a value of this AI, with offsets into the value; empty when it is right. Looks
// at length, characters, check digit and date. `current_year` places two-digit years.
std::optional<Fault> CheckAiValue(const AiEntry& entry, std::string_view value, int current_year);

// Reads the text form of the table. Empty when it is not well formed; tests hand it broken tables.
std::optional<std::vector<AiEntry>> ReadAiTable(std::string_view text);

}  // namespace radyab::coding
