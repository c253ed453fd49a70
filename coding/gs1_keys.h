// GS1 identification keys: GTIN, GLN, SSCC and the company prefix (GS1 General Specifications,
// section 3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::coding {

inline constexpr std::size_t kGs1CompanyPrefixDigitsMin = 4;
inline constexpr std::size_t kGs1CompanyPrefixDigitsMax = 12;

// The Parse functions fold Persian and Arabic digits, spaces, hyphens and invisible marks first
// (coding/digit_folding.h), verify the GS1 mod 10 digit and answer ASCII digits.

// GTIN of 8, 12, 13 or 14 digits, answered as 14 (zeros on the left).
Parsed<std::string> ParseGtin(std::string_view text);

// GLN: 13 digits.
Parsed<std::string> ParseGln(std::string_view text);

// SSCC: 18 digits.
Parsed<std::string> ParseSscc(std::string_view text);

// Every GS1 key by its name. gsrn and gsin have 18 and 17 digits; grai has 14 digits (the first is
// 0) and up to 16 characters of set 82; gdti and gcn have 13 digits and up to 17 characters or 12
// digits; gmn is up to 25 characters that end with their check pair; giai and ginc have up to 30
// characters, cpid up to 30 of set 39, all three beginning with a company prefix.
enum class Gs1Key {
  kGtin,
  kGln,
  kSscc,
  kGsrn,
  kGrai,
  kGdti,
  kGsin,
  kGcn,
  kGmn,
  kGiai,
  kCpid,
  kGinc
};

// "gtin", "gln" …: the names of alias schemes.
std::string_view Gs1KeyName(Gs1Key key);

// Reads the value of a key, checks and all. Keys of digits are folded as above (gtin, gln, sscc,
// gsrn, gsin), those with letters stand as they are.
Parsed<std::string> ParseGs1Key(Gs1Key key, std::string_view text);

// A GS1 company prefix: 4 to 12 digits, no check digit.
Parsed<std::string> ParseGs1CompanyPrefix(std::string_view text);

// How many SSCCs one extension digit of the prefix has: 10^(16 - digits of the prefix). 0 when the
// prefix has a length that no company prefix has.
std::uint64_t SsccSerialCount(std::string_view gs1_company_prefix);

// The SSCC = extension digit ('0'..'9') + prefix + serial padded to 16 digits together with the
// prefix + check digit. Refuses a bad extension digit or prefix, and as kOutOfRange a serial that
// does not fit.
Parsed<std::string> MakeSscc(char extension_digit, std::string_view gs1_company_prefix,
                             std::uint64_t serial);

// True for numbers whose meaning is only known inside one company or region: the GTIN-13 begins
// with 02, 04 or 20-29, or a GTIN-8 begins with 0 or 2 (GS1 General Specifications, section 1.4,
// GS1 prefix tables). `gtin14` is an answer of ParseGtin.
bool IsRestrictedCirculation(std::string_view gtin14);

}  // namespace radyab::coding
