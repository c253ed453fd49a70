#include "coding/gs1_characters.h"

#include "coding/refuse.h"
#include "coding/utf8_reader.h"

namespace radyab::coding {
namespace {

Parsed<std::string> ParseShortText(const Reading& reading) {
  const std::string_view text = reading.text;
  if (text.empty()) {
    return RefuseWhole(reading, {RefusalReason::kEmpty, 0, 0, "empty text", "1 to 20 characters"});
  }
  for (std::size_t i = 0; i < text.size() && i <= kLotCharactersMax; ++i) {
    if (IsCharacter82(text[i])) continue;
    const Utf8Character character = ReadUtf8(text, i);
    const auto reason =
        character.valid ? RefusalReason::kInvalidCharacter : RefusalReason::kInvalidUtf8;
    return RefusePart(reading, {reason, i, character.bytes, DescribeCharacter(text, i),
                                "a character of GS1 set 82"});
  }
  if (text.size() > kLotCharactersMax) {
    return RefuseWhole(reading, {RefusalReason::kTooLong, 0, 0,
                                 std::to_string(text.size()) + " bytes", "1 to 20 characters"});
  }
  return std::string(text);
}

}  // namespace

Parsed<std::string> ParseLot(std::string_view text) { return ParseShortText({"lot", text}); }
Parsed<std::string> ParseSerial(std::string_view text) { return ParseShortText({"serial", text}); }

}  // namespace radyab::coding
