// Which schemes could claim a row of digits that came without any hint.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coding/scan_payload.h"

namespace radyab::coding {

// The digits of a text that holds nothing else but digits and what people put between them; empty
// when it holds more.
std::optional<std::string> ReadBareDigits(std::string_view text);

// True when the text begins with an AI and the digits of a number with a check digit (GTIN, SSCC,
// GLN …), whether or not the check agrees, or a number with letters whose check pair does: what
// sets elements apart from other text.
bool BeginsWithKey(std::string_view text);

// Every way to read 1 or more ASCII digits, the likeliest first: schemes whose check digit agrees
// before schemes that have none; a scheme whose check fails is left out. By form alone: rows of the
// registry outrank all of these.
std::vector<Candidate> RankDigitCandidates(std::string_view digits, int current_year);

}  // namespace radyab::coding
