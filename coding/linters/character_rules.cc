// Which characters may stand in a value.
#include <algorithm>

#include "coding/gs1_characters.h"
#include "coding/linters/rules.h"
#include "coding/utf8_reader.h"

namespace radyab::coding::rules {
namespace {

// The first character that does not belong, told as far as the content shows it.
template <class Belongs>
std::optional<Fault> FindStranger(std::string_view content, Belongs belongs, const char* wanted) {
  const auto stranger = std::ranges::find_if_not(content, belongs);
  if (stranger == content.end()) return std::nullopt;
  const auto at = static_cast<std::size_t>(stranger - content.begin());
  const Utf8Character character = ReadUtf8(content, at);
  return Fault{character.valid ? RefusalReason::kInvalidCharacter : RefusalReason::kInvalidUtf8, at,
               character.bytes, DescribeCharacter(content, at), wanted};
}

bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

}  // namespace

std::optional<Fault> CsetNumeric(std::string_view content, const LintContext&) {
  return FindStranger(content, IsDigit, "a digit");
}

std::optional<Fault> Cset82(std::string_view content, const LintContext&) {
  return FindStranger(content, IsCharacter82, "a character of GS1 set 82");
}

std::optional<Fault> Cset39(std::string_view content, const LintContext&) {
  return FindStranger(content, IsCharacter39, "a digit, a capital letter, '#', '-' or '/'");
}

std::optional<Fault> Cset64(std::string_view content, const LintContext&) {
  const std::size_t padding_at = std::min(content.find_last_not_of('=') + 1, content.size());
  auto fault =
      FindStranger(content.substr(0, padding_at), IsCharacter64, "a letter, a digit, '-' or '_'");
  if (fault) return fault;
  const std::size_t padding = content.size() - padding_at;
  // Three characters hold two bytes, two hold one; padding fills them up to four.
  if (padding == 0 || (padding <= 2 && content.size() % 3 == 0)) return std::nullopt;
  return Fault{RefusalReason::kInvalidCharacter, padding_at, padding, "wrong padding",
               "'=' up to a multiple of three characters, two at most"};
}

std::optional<Fault> HasNonDigit(std::string_view content, const LintContext&) {
  if (!std::ranges::all_of(content, IsDigit)) return std::nullopt;
  return Fault{RefusalReason::kInvalidCharacter, 0, content.size(), "digits alone",
               "at least one character that is no digit"};
}

std::optional<Fault> Hyphen(std::string_view content, const LintContext&) {
  if (!content.empty() && content.find_first_not_of('-') == content.npos) return std::nullopt;
  return Fault{RefusalReason::kInvalidCharacter, 0, content.size(), "no hyphen", "'-'"};
}

std::optional<Fault> Pcenc(std::string_view content, const LintContext&) {
  for (std::size_t at = content.find('%'); at != content.npos; at = content.find('%', at + 3)) {
    const std::string_view escape = content.substr(at, 3);
    if (escape.size() == 3 && IsHexDigit(escape[1]) && IsHexDigit(escape[2])) continue;
    return Fault{RefusalReason::kInvalidCharacter, at, escape.size(), "broken escape",
                 "'%' and two hexadecimal digits"};
  }
  return std::nullopt;
}

}  // namespace radyab::coding::rules
