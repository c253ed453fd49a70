// E-mail addresses: their form, and the one spelling we keep.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace radyab::parties {

inline constexpr std::size_t kEmailBytesMax = 254;      // RFC 5321, 4.5.3.1.3, without the brackets
inline constexpr std::size_t kEmailLocalBytesMax = 64;  // RFC 5321, 4.5.3.1.1
inline constexpr std::size_t kEmailLabelBytesMax = 63;  // RFC 1035, 2.3.4

// An address read, or why it was refused: exactly one of the two is not empty. The fault never
// repeats the address (it is personal).
struct EmailReading {
  std::string address;  // as given, the domain in lower case
  std::string fault;    // "no @"
};

// The form LOCAL@DOMAIN of RFC 5322, 3.4.1 without quoted names, comments and address literals:
// LOCAL a dot-atom, DOMAIN at least two labels of letters, digits and inner hyphens (an
// international domain in its xn-- form). White space around it is dropped. Thread safe.
EmailReading ReadEmailAddress(std::string_view text);

}  // namespace radyab::parties
