// Texts sent in the ECI protocol: the scanner names the character set of what follows by a
// backslash and six digits, and doubles every other backslash (AIM ITS/04-001, ISO/IEC 15424).
#pragma once

#include <string>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::coding {

// Whether scanners send what symbols with this AIM identifier hold in the protocol: "]Q2", "]d5",
// "]z4" …
bool SpeaksEci(std::string_view symbology);

// Whether the text has backslashes, each of which is doubled or begins six digits. Many scanners
// say that they speak the protocol and send the text as it is.
bool IsEciText(std::string_view text);

// The text in UTF-8, without names of character sets and with single backslashes; `text` must be
// IsEciText. Read are UTF-8 (26), UTF-16 (25), ISO 8859-1 (1, 3) and 8859-6 (8), Windows-1256 (22),
// ASCII (27, 170) and bytes of no character set (899: as they are); of others ASCII alone, which is
// the same in all of them. UNKNOWN_VALUE for further characters of those, INVALID_CHARACTER for
// bytes that the character set does not have.
Parsed<std::string> ReadEciText(std::string_view text);

}  // namespace radyab::coding
