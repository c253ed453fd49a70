#include "coding/ai_table.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "coding/check_digits.h"

namespace radyab::coding {
namespace {

constexpr std::string_view kTableText =
#include "coding/ai_table.inc"
    ;

constexpr std::size_t kColumns = 7;
constexpr std::size_t kAiDigitsMin = 2;
constexpr std::size_t kAiDigitsMax = 4;

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// The parts of `text` between `separator`s, trimmed; empty ones only when `keep_empty`.
std::vector<std::string_view> Split(std::string_view text, char separator, bool keep_empty) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    const std::string_view part = Trim(text.substr(begin, end - begin));
    if (keep_empty || !part.empty()) parts.push_back(part);
    begin = end + 1;
  }
  return parts;
}

bool IsAi(std::string_view text) {
  return IsAllDigits(text) && text.size() >= kAiDigitsMin && text.size() <= kAiDigitsMax;
}

std::optional<std::size_t> ReadLength(std::string_view text) {
  if (!IsAllDigits(text) || text.size() > 2) return std::nullopt;
  std::size_t length = 0;
  for (const char digit : text) length = length * 10 + static_cast<std::size_t>(digit - '0');
  return length > 0 ? std::optional(length) : std::nullopt;
}

// "N14 mod10", "X..20", "[N2]".
std::optional<AiPart> ReadPart(std::string_view text) {
  AiPart part;
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    part.optional = true;
    text = text.substr(1, text.size() - 2);
  }
  const auto words = Split(text, ' ', false);
  if (words.empty() || words[0].size() < 2) return std::nullopt;
  if (words[0][0] != 'N' && words[0][0] != 'X') return std::nullopt;
  part.characters = words[0][0] == 'N' ? AiPart::Characters::kDigits : AiPart::Characters::kSet82;
  const bool variable = words[0].substr(1, 2) == "..";
  const auto length = ReadLength(words[0].substr(variable ? 3 : 1));
  if (!length) return std::nullopt;
  part.length_max = *length;
  part.length_min = variable ? 1 : *length;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "mod10") {
      part.checks.push_back(AiPart::Check::kMod10);
    } else if (words[i] == "date") {
      part.checks.push_back(AiPart::Check::kDate);
    } else {
      return std::nullopt;
    }
  }
  return part;
}

// "01", "3100-3105".
bool ReadRange(std::string_view column, std::string& first, std::string& last) {
  const auto ends = Split(column, '-', false);
  if (ends.empty() || ends.size() > 2) return false;
  first = ends.front();
  last = ends.back();
  return IsAi(first) && IsAi(last) && first.size() == last.size() && first <= last;
}

// The AI that follows in numbers; not of the last of its length.
std::string NextAi(std::string ai) {
  std::size_t at = ai.size() - 1;
  for (; ai[at] == '9'; --at) ai[at] = '0';
  ++ai[at];
  return ai;
}

bool ReadFormat(std::string_view column, AiEntry& entry) {
  for (const std::string_view text : Split(column, '+', false)) {
    auto part = ReadPart(text);
    if (!part) return false;
    entry.parts.push_back(std::move(*part));
  }
  return !entry.parts.empty();
}

bool ReadRole(std::string_view column, AiEntry& entry) {
  for (const std::string_view role : Split(column, ',', false)) {
    const auto words = Split(role, ' ', false);
    entry.key = entry.key || words[0] == "key";
    entry.qualifier = entry.qualifier || words[0] == "qualifier";
    entry.attribute = entry.attribute || words[0] == "attribute";
    if (words[0] != "key" &&
        (words.size() > 1 || (words[0] != "qualifier" && words[0] != "attribute"))) {
      return false;
    }
    entry.qualifiers.insert(entry.qualifiers.end(), words.begin() + 1, words.end());
  }
  return std::all_of(entry.qualifiers.begin(), entry.qualifiers.end(), IsAi);
}

bool ReadPartners(std::string_view needs, std::string_view never, AiEntry& entry) {
  for (const std::string_view alternative : Split(needs, ' ', false)) {
    const auto ais = Split(alternative, '+', false);
    if (!std::all_of(ais.begin(), ais.end(), IsAi)) return false;
    entry.needs.emplace_back(ais.begin(), ais.end());
  }
  for (const std::string_view range : Split(never, ' ', false)) {
    std::string first;
    std::string last;
    if (!ReadRange(range, first, last)) return false;
    for (std::string ai = first;; ai = NextAi(std::move(ai))) {
      entry.never.push_back(ai);
      if (ai == last) break;
    }
  }
  return true;
}

std::optional<AiEntry> ReadEntry(std::string_view line) {
  const auto columns = Split(line, '|', true);
  if (columns.size() != kColumns) return std::nullopt;
  AiEntry entry;
  if (columns[2] != "gs" && columns[2] != "none") return std::nullopt;
  entry.separator = columns[2] == "gs";
  const bool read = ReadRange(columns[0], entry.first, entry.last) &&
                    ReadFormat(columns[1], entry) && ReadRole(columns[4], entry) &&
                    ReadPartners(columns[5], columns[6], entry);
  const bool titled = !columns[3].empty();  // for people who read the table
  if (!read || !titled) return std::nullopt;
  // Without a separator the end of a value is known by its length alone.
  if (!entry.separator && entry.length_min() != entry.length_max()) return std::nullopt;
  return entry;
}

}  // namespace

std::size_t AiEntry::length_max() const {
  std::size_t length = 0;
  for (const AiPart& part : parts) length += part.length_max;
  return length;
}

std::size_t AiEntry::length_min() const {
  std::size_t length = 0;
  for (const AiPart& part : parts) length += part.optional ? 0 : part.length_min;
  return length;
}

std::optional<std::vector<AiEntry>> ReadAiTable(std::string_view text) {
  std::vector<AiEntry> entries;
  for (const std::string_view line : Split(text, '\n', false)) {
    if (line.front() == '#') continue;
    auto entry = ReadEntry(line);
    if (!entry) return std::nullopt;
    entries.push_back(std::move(*entry));
  }
  return entries;
}

std::span<const AiEntry> AiTable() {
  static const std::vector<AiEntry>& entries = *[] {
    auto read = ReadAiTable(kTableText);
    if (!read) std::abort();  // our own file, compiled in: a build with a broken one must not run
    return new std::vector<AiEntry>(std::move(*read));
  }();
  return entries;
}

const AiEntry* FindAi(std::string_view ai) {
  for (const AiEntry& entry : AiTable()) {
    if (ai.size() == entry.first.size() && ai >= entry.first && ai <= entry.last) return &entry;
  }
  return nullptr;
}

AiMatch MatchAi(std::string_view text) {
  for (std::size_t digits = kAiDigitsMin; digits <= kAiDigitsMax && digits <= text.size();
       ++digits) {
    const std::string_view ai = text.substr(0, digits);
    if (const AiEntry* entry = FindAi(ai)) return {entry, ai};
  }
  return {};
}

}  // namespace radyab::coding
