// Makes refusals: turns byte offsets into places that people count, and writes the message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "coding/refusal.h"

namespace radyab::coding {

// What was read: the word for it ("code", "gtin") and the whole text as given.
struct Reading {
  std::string_view what;
  std::string_view text;
};

// The bad bytes of a text, and in words what was found there and what was wanted instead
// ("letter", "a digit"). A part of zero bytes at the end of the text means that something is
// missing there.
struct Fault {
  RefusalReason reason = RefusalReason::kEmpty;
  std::size_t begin = 0;  // byte offset
  std::size_t bytes = 0;
  std::string found;
  std::string wanted;
};

// A refusal of one part of the text: `gtin "1234567*X*": letter at place 8, want a digit`.
Refusal RefusePart(const Reading& reading, const Fault& fault);

// A refusal of the whole text (empty, wrong length): at = 0, length = 0; begin and bytes are not
// looked at.
Refusal RefuseWhole(const Reading& reading, const Fault& fault);

// A part of a text that was decoded before it was read (percent-encoding), or is read by itself.
struct DecodedPart {
  std::string text;
  std::vector<std::size_t> offsets;  // of each byte in the whole text, and of the end
};

// A fault of the decoded part as a fault of the whole text.
Refusal RefuseDecoded(const Reading& reading, const DecodedPart& part, Fault fault);

// A refusal of a part that was read by itself, told again with the place in the whole text. One
// that meant the whole part (a wrong length) marks all of the part.
Refusal RefuseInner(const Reading& reading, const DecodedPart& part, const Refusal& inner);

// Names one bad character for a message: "letter", "GS", "character U+06AF", "byte 0xFF".
std::string DescribeCharacter(std::string_view text, std::size_t at);

}  // namespace radyab::coding
