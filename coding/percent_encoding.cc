#include "coding/percent_encoding.h"

namespace radyab::coding {
namespace {

int HexValue(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return -1;
}

bool IsUnreserved(char character) {
  constexpr std::string_view kMarks = "-._~";
  return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
         (character >= 'a' && character <= 'z') || kMarks.find(character) != kMarks.npos;
}

}  // namespace

PercentDecoded PercentDecode(std::string_view encoded) {
  PercentDecoded decoded;
  std::size_t at = 0;
  while (at < encoded.size()) {
    decoded.offsets.push_back(at);
    if (encoded[at] != '%') {
      decoded.text.push_back(encoded[at++]);
      continue;
    }
    const int high = at + 2 < encoded.size() ? HexValue(encoded[at + 1]) : -1;
    const int low = at + 2 < encoded.size() ? HexValue(encoded[at + 2]) : -1;
    if (high < 0 || low < 0) {
      decoded.bad_escape = at;
      return decoded;
    }
    decoded.text.push_back(static_cast<char>(high * 16 + low));
    at += 3;
  }
  decoded.offsets.push_back(at);
  return decoded;
}

std::string PercentEncode(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char character : text) {
    if (IsUnreserved(character)) {
      encoded.push_back(character);
      continue;
    }
    const auto byte = static_cast<unsigned char>(character);
    encoded += '%';
    encoded += kHex[byte >> 4];
    encoded += kHex[byte & 15];
  }
  return encoded;
}

}  // namespace radyab::coding
