#include "registry/cases/tracking_token.h"

#include <cstdint>

#include "coding/text_fold.h"

namespace radyab::cases {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kBitsOfLetter = 5;
constexpr std::size_t kTypedBytesMax = 200;

// The letter a typed one stands for; 0 for one that is in no token.
char LetterOf(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return kAlphabet.find(c) == std::string_view::npos ? '\0' : c;
}

}  // namespace

std::string WriteToken(std::string_view token_bytes) {
  std::string token;
  std::uint32_t pending = 0;
  int bits = 0;
  for (const char byte : token_bytes) {
    pending = (pending << 8 | static_cast<unsigned char>(byte)) & 0xFFFF;
    for (bits += 8; bits >= kBitsOfLetter; bits -= kBitsOfLetter)
      token.push_back(kAlphabet[pending >> (bits - kBitsOfLetter) & 31]);
  }
  return token;
}

std::string FoldToken(std::string_view typed) {
  if (typed.size() > kTypedBytesMax) return "";
  std::string token;
  // The fold of names drops marks and punctuation and makes digits ASCII.
  for (const char c : coding::FoldText(typed)) {
    if (c == ' ') continue;
    const char letter = LetterOf(c);
    if (letter == '\0' || token.size() == kTokenLetters) return "";
    token.push_back(letter);
  }
  return token.size() == kTokenLetters ? token : "";
}

std::string HashToken(const access::KeyedHash& keyed_hash, coding::Code code,
                      std::string_view token) {
  return keyed_hash.Of(access::HashPurpose::kTrackingToken, code.Digits() + std::string(token));
}

}  // namespace radyab::cases
