// Identifiers of Iranian schemes: national id, legal id, Iran Code, goods id, economic code, IRC.
#pragma once

#include <string>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::coding {

// All of these fold Persian and Arabic digits, spaces, hyphens and invisible marks first
// (coding/digit_folding.h) and answer plain ASCII digits.

// National id of a person (کد ملی): 10 digits; 8 or 9 are padded with zeros on the left. With s the
// sum of d[i] * (10 - i) over i = 0..8 and r = s mod 11, the last digit is r when r < 2, else 11 -
// r. Ten equal digits are refused although some pass the sum. Personal: never store or log the
// answer, nor the message of a refusal, which quotes the text.
Parsed<std::string> ParseNationalId(std::string_view text);

// Legal id of an organisation (شناسه ملی): exactly 11 digits; with t = d[9] + 2 and weights 29, 27,
// 23, 19, 17 (twice), s = sum (d[i] + t) * w[i mod 5] over i = 0..9, the last digit is s mod 11, 10
// counting as 0.
Parsed<std::string> ParseLegalId(std::string_view text);

// Iran Code of an item: 16 digits = class 7, member 5, counter 4. No check digit is known: any 16
// digits pass.
Parsed<std::string> ParseIranCode(std::string_view text);

// Iran Code of a service: 17 digits. No check digit is known.
Parsed<std::string> ParseIranCodeOfService(std::string_view text);

// Economic code of a taxpayer (کد اقتصادی): 12 digits, or 14 since 1401. No check digit is public.
// That of a person begins with his national id: personal as that is.
Parsed<std::string> ParseEconomicCode(std::string_view text);

// Number under the scratch layer of an Iranian health label (شناسه اصالت), asked for once: 16
// digits. No check digit is known. A secret until it is asked for: never store or log the answer,
// nor the message of a refusal, which quotes the text.
Parsed<std::string> ParseAuthenticity16(std::string_view text);

// Registration number of a product at the Iranian Food and Drug Administration (IRC): 16 digits. No
// check digit is known.
Parsed<std::string> ParseIrc(std::string_view text);

// Goods or service id of the tax system (شناسه کالا): 13 digits. No check digit is enforced.
Parsed<std::string> ParseStuffId(std::string_view text);

}  // namespace radyab::coding
