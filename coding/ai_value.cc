// The checks of an AI's value (the other half of coding/ai_table.h).
#include <algorithm>

#include "coding/ai_table.h"
#include "coding/check_digits.h"
#include "coding/civil_date.h"
#include "coding/gs1_characters.h"
#include "coding/utf8_reader.h"

namespace radyab::coding {
namespace {

std::string LengthWords(std::size_t least, std::size_t most) {
  const std::string end = std::to_string(most) + " characters";
  return least == most ? end : std::to_string(least) + " to " + end;
}

std::optional<Fault> CheckCharacters(const AiPart& part, std::string_view value, std::size_t begin,
                                     std::size_t length) {
  for (std::size_t at = begin; at < begin + length; ++at) {
    const bool digits = part.characters == AiPart::Characters::kDigits;
    const bool right = digits ? value[at] >= '0' && value[at] <= '9' : IsCharacter82(value[at]);
    if (right) continue;
    const Utf8Character character = ReadUtf8(value, at);
    return Fault{character.valid ? RefusalReason::kInvalidCharacter : RefusalReason::kInvalidUtf8,
                 at, character.bytes, DescribeCharacter(value, at),
                 digits ? "a digit" : "a character of GS1 set 82"};
  }
  return std::nullopt;
}

std::optional<Fault> CheckContent(AiPart::Check check, std::string_view content, int current_year) {
  if (check == AiPart::Check::kMod10) {
    if (HasGs1CheckDigit(content)) return std::nullopt;
    const char right = Gs1CheckDigit(content.substr(0, content.size() - 1));
    return Fault{RefusalReason::kWrongCheckDigit, content.size() - 1, 1, "wrong check digit",
                 std::string(1, right)};
  }
  const auto date = ParseYymmdd(content, current_year);
  if (date) return std::nullopt;
  const Refusal& refusal = date.refusal();  // digits only here, so places are bytes
  const bool month = refusal.at == 3;
  return Fault{refusal.reason, refusal.at - 1, refusal.length,
               month ? "no such month" : "no such day",
               month ? "01 to 12" : "a day of the month, or 00"};
}

}  // namespace

std::optional<Fault> CheckAiValue(const AiEntry& entry, std::string_view value, int current_year) {
  if (value.empty()) {
    return Fault{RefusalReason::kMissingValue, 0, 0, "no value",
                 LengthWords(entry.length_min(), entry.length_max())};
  }
  std::size_t begin = 0;
  for (const AiPart& part : entry.parts) {
    if (part.optional && begin == value.size()) break;
    const std::size_t length = std::min(part.length_max, value.size() - begin);
    if (auto fault = CheckCharacters(part, value, begin, length)) return fault;
    if (length < part.length_min) {
      return Fault{RefusalReason::kWrongLength, 0, value.size(),
                   std::to_string(value.size()) + " characters",
                   LengthWords(entry.length_min(), entry.length_max())};
    }
    for (const AiPart::Check check : part.checks) {
      if (auto fault = CheckContent(check, value.substr(begin, length), current_year)) {
        fault->begin += begin;
        return fault;
      }
    }
    begin += length;
  }
  if (begin == value.size()) return std::nullopt;
  return Fault{RefusalReason::kTooLong, begin, value.size() - begin, "value too long",
               LengthWords(entry.length_min(), entry.length_max())};
}

}  // namespace radyab::coding
