// Percent-encoding of URI parts (RFC 3986, section 2).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace radyab::coding {

// A decoded text and where each of its bytes stood in the encoded one.
struct PercentDecoded {
  std::string text;
  std::vector<std::size_t> offsets;  // one per byte of `text`, and one more: the end
  // Byte offset of a '%' without two hexadecimal digits after it; such a text is not decoded
  // further.
  std::optional<std::size_t> bad_escape;
};

PercentDecoded PercentDecode(std::string_view encoded);

// Writes every byte but the unreserved ones (letters, digits, - . _ ~) as %XX, with upper-case
// digits.
std::string PercentEncode(std::string_view text);

}  // namespace radyab::coding
