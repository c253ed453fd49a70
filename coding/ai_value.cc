// The checks of an AI's value (the other half of coding/ai_table.h).
#include <algorithm>

#include "coding/ai_table.h"
#include "coding/gs1_characters.h"
#include "coding/linters/rules.h"

namespace radyab::coding {
namespace {

std::string LengthWords(const AiEntry& entry) {
  const std::string end = std::to_string(entry.length_max) + " characters";
  return entry.length_min == entry.length_max ? end
                                              : std::to_string(entry.length_min) + " to " + end;
}

LintRule CharacterRule(AiPart::Characters characters) {
  switch (characters) {
    case AiPart::Characters::kDigits:
      return rules::CsetNumeric;
    case AiPart::Characters::kSet82:
      return rules::Cset82;
    case AiPart::Characters::kSet39:
      return rules::Cset39;
    case AiPart::Characters::kBase64:
      break;
  }
  return rules::Cset64;
}

bool Fits(std::string_view content, AiPart::Characters characters) {
  switch (characters) {
    case AiPart::Characters::kDigits:
      return std::ranges::all_of(content, IsDigit);
    case AiPart::Characters::kSet82:
      return std::ranges::all_of(content, IsCharacter82);
    default:
      return false;  // rare ones are left to their rule
  }
}

// The rule's fault, its offsets moved to where the content begins in the value.
std::optional<Fault> Apply(LintRule rule, std::string_view value, std::size_t begin,
                           std::size_t length, const LintContext& context) {
  auto fault = rule(value.substr(begin, length), context);
  if (fault) fault->begin += begin;
  return fault;
}

}  // namespace

std::optional<Fault> CheckAiValue(const AiEntry& entry, std::string_view value, int current_year) {
  if (value.empty()) {
    return Fault{RefusalReason::kMissingValue, 0, 0, "no value", LengthWords(entry)};
  }
  const LintContext context{current_year};
  std::size_t begin = 0;
  for (const AiPart& part : entry.parts) {
    if (part.optional && begin == value.size()) break;
    const std::size_t length = std::min(part.length_max, value.size() - begin);
    if (!Fits(value.substr(begin, length), part.characters)) {
      auto fault = Apply(CharacterRule(part.characters), value, begin, length, context);
      if (fault) return fault;
    }
    if (length < part.length_min) {
      return Fault{RefusalReason::kWrongLength, 0, value.size(),
                   std::to_string(value.size()) + " characters", LengthWords(entry)};
    }
    for (const Linter* check : part.checks) {
      if (auto fault = Apply(check->rule, value, begin, length, context)) return fault;
    }
    begin += length;
  }
  if (begin == value.size()) return std::nullopt;
  return Fault{RefusalReason::kTooLong, begin, value.size() - begin, "value too long",
               LengthWords(entry)};
}

}  // namespace radyab::coding
