// Identifiers of other published schemes: stock numbers, legal entities, telephones, vehicles.
#pragma once

#include <string>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::coding {

// NATO stock number: 13 digits (4 of the class, 2 of the country, 7 of the item). No check digit.
// Spaces, hyphens and Persian digits are folded.
Parsed<std::string> ParseNsn(std::string_view text);

// Legal entity identifier (ISO 17442): 18 digits and capital letters and two check digits, MOD
// 97-10 over all with letters as 10 to 35. Small letters are refused.
Parsed<std::string> ParseLei(std::string_view text);

// International mobile equipment identity (3GPP TS 23.003): 15 digits, the last by Luhn. Folded as
// NSN.
Parsed<std::string> ParseImei(std::string_view text);

// Vehicle identification number (ISO 3779): 17 digits and capital letters without I, O and Q. The
// check digit in place 9 is a North American rule and not enforced.
Parsed<std::string> ParseVin(std::string_view text);

// Health label number of Iran (UID): 20 digits, of which the 6th is the packaging level. Folded as
// NSN. No check digit is known.
Parsed<std::string> ParseUid20(std::string_view text);

}  // namespace radyab::coding
