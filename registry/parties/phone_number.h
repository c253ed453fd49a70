// Telephone numbers, by libphonenumber's table of the world's numbering plans.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace radyab::parties {

inline constexpr std::size_t kPhoneBytesMax = 100;

// A number read, or why it was refused: exactly one of the two is not empty. The fault never
// repeats the number (it is personal).
struct PhoneReading {
  std::string e164;   // "+989121234567"
  std::string fault;  // "too short for a number of its country"
};

// Reads "+44 20 7946 0018", "0044…" as dialled from Iran, "0912 123 4567", "۰۹۱۲-۱۲۳۴۵۶۷": a number
// without + is Iranian. Extensions, letters and numbers outside their country's plan are refused.
// Source: ITU-T E.164 and the metadata of the installed libphonenumber. Thread safe.
PhoneReading ReadPhoneNumber(std::string_view text);

}  // namespace radyab::parties
