// Reads the text form of the table (the other half of coding/ai_table.h).
#include <algorithm>
#include <set>
#include <utility>

#include "coding/ai_table.h"
#include "coding/check_digits.h"

namespace radyab::coding {
namespace {

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

std::optional<AiPart::Characters> ReadCharacters(char letter) {
  switch (letter) {
    case 'N':
      return AiPart::Characters::kDigits;
    case 'X':
      return AiPart::Characters::kSet82;
    case 'Y':
      return AiPart::Characters::kSet39;
    case 'Z':
      return AiPart::Characters::kBase64;
    default:
      return std::nullopt;
  }
}

// "N14 csum", "X..20", "[N2 mi]".
std::optional<AiPart> ReadPart(std::string_view text) {
  AiPart part;
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    part.optional = true;
    text = text.substr(1, text.size() - 2);
  }
  const auto words = Split(text, ' ', false);
  if (words.empty() || words[0].size() < 2) return std::nullopt;
  const auto characters = ReadCharacters(words[0][0]);
  const bool variable = words[0].substr(1, 2) == "..";
  const auto length = ReadLength(words[0].substr(variable ? 3 : 1));
  if (!characters || !length) return std::nullopt;
  part.characters = *characters;
  part.length_max = *length;
  part.length_min = variable ? 1 : *length;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const Linter* linter = FindLinter(words[i]);
    if (linter == nullptr) return std::nullopt;
    part.checks.push_back(linter);
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

// "01", "310n".
std::optional<AiPattern> ReadPattern(std::string_view text) {
  std::string first(text);
  std::string last(text);
  for (std::size_t at = text.size(); at > 0 && text[at - 1] == 'n'; --at) {
    first[at - 1] = '0';
    last[at - 1] = '9';
  }
  if (!IsAi(first) || first.substr(0, 1) != text.substr(0, 1)) return std::nullopt;
  return AiPattern{std::string(text), NumberOfAi(first), NumberOfAi(last)};
}

bool ReadFormat(std::string_view column, AiEntry& entry) {
  for (const std::string_view text : Split(column, '+', false)) {
    auto part = ReadPart(text);
    if (!part) return false;
    entry.length_min += part->optional ? 0 : part->length_min;
    entry.length_max += part->length_max;
    entry.parts.push_back(std::move(*part));
  }
  return !entry.parts.empty();
}

// The orders of qualifiers behind the word "key": "22 10 21 / 235".
bool ReadQualifiers(std::string_view orders, AiEntry& entry) {
  for (const std::string_view order : Split(orders, '/', false)) {
    const auto ais = Split(order, ' ', false);
    if (!std::all_of(ais.begin(), ais.end(), IsAi)) return false;
    entry.qualifiers.emplace_back(ais.begin(), ais.end());
  }
  return true;
}

bool ReadRole(std::string_view column, AiEntry& entry) {
  for (const std::string_view role : Split(column, ',', false)) {
    const std::string_view word = role.substr(0, role.find(' '));
    entry.key = entry.key || word == "key";
    entry.qualifier = entry.qualifier || role == "qualifier";
    entry.attribute = entry.attribute || role == "attribute";
    if (word == "key") {
      if (!ReadQualifiers(role.substr(word.size()), entry)) return false;
    } else if (role != "qualifier" && role != "attribute") {
      return false;
    }
  }
  return true;
}

bool ReadPartners(std::string_view needs, std::string_view never, AiEntry& entry) {
  for (const std::string_view alternative : Split(needs, ' ', false)) {
    auto& together = entry.needs.emplace_back();
    for (const std::string_view text : Split(alternative, '+', false)) {
      auto pattern = ReadPattern(text);
      if (!pattern) return false;
      together.push_back(std::move(*pattern));
    }
  }
  for (const std::string_view text : Split(never, ' ', false)) {
    auto pattern = ReadPattern(text);
    if (!pattern) return false;
    entry.never.push_back(std::move(*pattern));
  }
  return true;
}

std::optional<AiEntry> ReadEntry(std::string_view line) {
  const auto columns = Split(line, '|', true);
  if (columns.size() != kColumns) return std::nullopt;
  AiEntry entry;
  if (columns[2] != "gs" && columns[2] != "none") return std::nullopt;
  entry.separator = columns[2] == "gs";
  entry.title = columns[3];
  const bool read = ReadRange(columns[0], entry.first, entry.last) &&
                    ReadFormat(columns[1], entry) && ReadRole(columns[4], entry) &&
                    ReadPartners(columns[5], columns[6], entry);
  if (!read || entry.title.empty()) return std::nullopt;
  // Without a separator the end of a value is known by its length alone.
  if (!entry.separator && entry.length_min != entry.length_max) return std::nullopt;
  return entry;
}

// MatchAi finds the end of an AI by its first two digits alone, so all that share them must be
// equally long.
bool EndsAreKnown(const std::vector<AiEntry>& entries) {
  std::set<std::pair<std::string, std::size_t>> lengths;
  for (const AiEntry& entry : entries) {
    for (AiNumber head = NumberOfAi(entry.first.substr(0, 2));
         head <= NumberOfAi(entry.last.substr(0, 2)); ++head) {
      lengths.emplace(std::to_string(head), entry.first.size());
    }
  }
  const auto same_head = [](const auto& one, const auto& next) { return one.first == next.first; };
  return std::adjacent_find(lengths.begin(), lengths.end(), same_head) == lengths.end();
}

}  // namespace

std::optional<std::vector<AiEntry>> ReadAiTable(std::string_view text) {
  std::vector<AiEntry> entries;
  for (const std::string_view line : Split(text, '\n', false)) {
    if (line.front() == '#') continue;
    auto entry = ReadEntry(line);
    if (!entry) return std::nullopt;
    entries.push_back(std::move(*entry));
  }
  if (!EndsAreKnown(entries)) return std::nullopt;
  return entries;
}

}  // namespace radyab::coding
