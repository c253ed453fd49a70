// Check digits, check pairs and company prefixes.
#include <algorithm>
#include <array>

#include "coding/check_digits.h"
#include "coding/gs1_characters.h"
#include "coding/linters/rules.h"

namespace radyab::coding::rules {
namespace {

constexpr std::size_t kCompanyPrefixDigitsMin = 4;
constexpr std::size_t kIbanCharactersMin = 5;
constexpr std::size_t kIbanCharactersMax = 34;

std::optional<Fault> CheckPrefix(std::string_view content, std::size_t at,
                                 const LintContext& context) {
  const std::string_view digits = content.substr(std::min(at, content.size()));
  if (digits.size() < kCompanyPrefixDigitsMin) {
    // Marked is what should have been the prefix, or all when it has not begun.
    const std::size_t begin = digits.empty() ? 0 : at;
    return Fault{RefusalReason::kWrongLength, begin, content.size() - begin, "too short",
                 "a company prefix of at least 4 digits"};
  }
  const auto wrong =
      std::ranges::find_if_not(digits.begin(), digits.begin() + kCompanyPrefixDigitsMin, IsDigit);
  if (wrong != digits.begin() + kCompanyPrefixDigitsMin) {
    const auto place = static_cast<std::size_t>(wrong - content.begin());
    return Fault{RefusalReason::kInvalidCharacter, place, 1, DescribeCharacter(content, place),
                 "a digit of a company prefix"};
  }
  if (context.company_prefixes == nullptr) return std::nullopt;
  const PrefixAnswer answer = context.company_prefixes(digits);
  if (answer == PrefixAnswer::kKnown) return std::nullopt;
  return Fault{RefusalReason::kUnknownValue, at, digits.size(),
               answer == PrefixAnswer::kUnknown ? "no known company prefix"
                                                : "company prefixes cannot be looked up now",
               "a company prefix"};
}

std::optional<Fault> IbanFault(std::size_t at, std::size_t bytes, RefusalReason reason,
                               const char* found, const char* wanted) {
  return Fault{reason, at, bytes, found, wanted};
}

}  // namespace

std::optional<Fault> Csum(std::string_view content, const LintContext& context) {
  if (content.empty()) {
    return Fault{RefusalReason::kWrongLength, 0, 0, "nothing", "digits and a check digit"};
  }
  if (auto fault = CsetNumeric(content, context)) return fault;
  const char right = Gs1CheckDigit(content.substr(0, content.size() - 1));
  if (content.back() == right) return std::nullopt;
  return Fault{RefusalReason::kWrongCheckDigit, content.size() - 1, 1, "wrong check digit",
               std::string(1, right)};
}

std::optional<Fault> CsumAlpha(std::string_view content, const LintContext& context) {
  if (content.size() < 2 || content.size() - 2 > kCheckPairBodyMax) {
    return Fault{
        RefusalReason::kWrongLength, 0, content.size(),
        std::to_string(content.size()) + " characters",
        "characters and a check pair, " + std::to_string(kCheckPairBodyMax + 2) + " at most"};
  }
  const std::string_view body = content.substr(0, content.size() - 2);
  if (auto fault = Cset82(body, context)) return fault;
  const auto pair = Gs1CheckPair(body);
  if (content.substr(body.size()) == std::string_view(pair.data(), 2)) return std::nullopt;
  return Fault{RefusalReason::kWrongCheckDigit, body.size(), 2, "wrong check pair",
               std::string(pair.data(), 2)};
}

std::optional<Fault> Iban(std::string_view content, const LintContext& context) {
  if (content.size() < kIbanCharactersMin || content.size() > kIbanCharactersMax) {
    return IbanFault(0, content.size(), RefusalReason::kWrongLength, "no length of an IBAN",
                     "5 to 34 characters");
  }
  const auto belongs = [](char c) { return IsDigit(c) || (c >= 'A' && c <= 'Z'); };
  const auto stranger = std::ranges::find_if_not(content, belongs);
  if (stranger != content.end()) {
    const auto at = static_cast<std::size_t>(stranger - content.begin());
    return Fault{RefusalReason::kInvalidCharacter, at, 1, DescribeCharacter(content, at),
                 "a digit or a capital letter"};
  }
  if (Iso3166Alpha2(content.substr(0, 2), context)) {
    return IbanFault(0, 2, RefusalReason::kUnknownValue, "no country", "ISO 3166 letters");
  }
  // ISO 7064 MOD 97-10 over the account, the country and the check digits, letters as 10 to 35.
  unsigned remainder = 0;
  const auto add = [&remainder](char c) {
    const bool digit = IsDigit(c);
    const auto value = static_cast<unsigned>(digit ? c - '0' : c - 'A' + 10);
    remainder = (remainder * (digit ? 10 : 100) + value) % 97;
  };
  std::ranges::for_each(content.substr(4), add);
  std::ranges::for_each(content.substr(0, 4), add);
  if (remainder == 1) return std::nullopt;
  return IbanFault(2, 2, RefusalReason::kWrongCheckDigit, "wrong check digits", "others");
}

std::optional<Fault> GcpPos1(std::string_view content, const LintContext& context) {
  return CheckPrefix(content, 0, context);
}

std::optional<Fault> GcpPos2(std::string_view content, const LintContext& context) {
  return CheckPrefix(content, 1, context);
}

}  // namespace radyab::coding::rules
