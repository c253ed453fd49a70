#include "registry/parties/email_address.h"

#include <algorithm>

namespace radyab::parties {
namespace {

constexpr std::string_view kAtomMarks = "!#$%&'*+-/=?^_`{|}~";  // RFC 5322, 3.2.3
constexpr std::string_view kWhite = " \t\r\n";

EmailReading Fault(std::string_view fault) { return {"", std::string(fault)}; }

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The parts between the dots; never empty.
template <class Good>
bool EveryPart(std::string_view text, Good good) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!good(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool IsAtom(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return IsLetterOrDigit(c) || kAtomMarks.find(c) != std::string_view::npos;
  });
}

bool IsLabel(std::string_view text) {
  return !text.empty() && text.size() <= kEmailLabelBytesMax && text.front() != '-' &&
         text.back() != '-' &&
         std::ranges::all_of(text, [](char c) { return IsLetterOrDigit(c) || c == '-'; });
}

}  // namespace

EmailReading ReadEmailAddress(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhite);
  if (first == std::string_view::npos) return Fault("empty");
  text = text.substr(first, text.find_last_not_of(kWhite) + 1 - first);
  if (text.size() > kEmailBytesMax)
    return Fault("longer than " + std::to_string(kEmailBytesMax) + " characters");
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return Fault("no @; want NAME@DOMAIN");
  const std::string_view local = text.substr(0, at);
  if (local.size() > kEmailLocalBytesMax)
    return Fault("more than " + std::to_string(kEmailLocalBytesMax) + " characters before the @");
  if (!EveryPart(local, IsAtom)) return Fault("a character or dot that may not stand before the @");
  std::string domain(text.substr(at + 1));
  if (domain.find('.') == std::string::npos || !EveryPart(domain, IsLabel))
    return Fault("no domain after the @; want labels of letters, digits and hyphens with dots");
  std::ranges::transform(domain, domain.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return {std::string(local) + "@" + domain, ""};
}

}  // namespace radyab::parties
