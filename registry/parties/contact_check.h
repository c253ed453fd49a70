// What the further facts of a party must be: where it is reached, where it lives, when it was born,
// what it allowed.
#pragma once

#include <string>
#include <string_view>

#include "radyab/v1/party.pb.h"
#include "registry/fault_list.h"

namespace radyab::parties {

inline constexpr int kContactPointsMax = 20;
inline constexpr int kConsentsMax = 50;  // so many purposes and channels
inline constexpr std::size_t kPurposeBytesMax = 40;
inline constexpr std::size_t kAddressCharactersMax = 200;  // of each of its texts
inline constexpr std::size_t kPostcodeCharactersMax = 12;

// A birth date read, or why it was refused: exactly one of the two is not empty. The fault never
// repeats the date (it is personal).
struct BirthDateReading {
  std::string date;  // "1983-07-06", "1983-07", "1983": Gregorian
  std::string fault;
};

// Reads a day, month or year as YYYY-MM-DD, YYYY-MM, YYYY, with '-' or '/', digits of any script. A
// year from 1300 to 1500 is one of the Iranian calendar, of which the whole day is wanted.
// Gregorian years go from 1800 on. Thread safe.
BirthDateReading ReadBirthDate(std::string_view text);

// A postcode without blanks and hyphens, its digits in ASCII, its letters large; empty when it is
// none (4 to 12 letters and digits).
std::string PostcodeOf(std::string_view text);

// Checks contact_points, address, birth_date, consents, preferred_channel and verified_schemes of
// `party`, whose kind was checked, and brings numbers, addresses, the postcode and the date into
// the spelling we keep. Every fault goes into `faults`, its path beginning with `prefix`.
void CheckContacts(v1::Party& party, std::string_view prefix, FaultList& faults);

}  // namespace radyab::parties
