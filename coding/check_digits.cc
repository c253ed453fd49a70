#include "coding/check_digits.h"

#include <algorithm>

namespace radyab::coding {

bool IsAllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char digit) { return digit >= '0' && digit <= '9'; });
}

std::string Mod97CheckPair(std::string_view digits) {
  unsigned remainder = 0;
  for (const char digit : digits) remainder = (remainder * 10 + unsigned(digit - '0')) % 97;
  const unsigned pair = 98 - remainder * 100 % 97;
  return {static_cast<char>('0' + pair / 10), static_cast<char>('0' + pair % 10)};
}

bool HasMod97CheckPair(std::string_view digits) {
  if (digits.size() < 3) return false;
  const std::size_t body = digits.size() - 2;
  return digits.substr(body) == Mod97CheckPair(digits.substr(0, body));
}

char Gs1CheckDigit(std::string_view digits) {
  unsigned sum = 0;
  unsigned weight = 3;
  for (std::size_t i = digits.size(); i-- > 0; weight = 4 - weight) {
    sum = (sum + unsigned(digits[i] - '0') * weight) % 10;
  }
  return static_cast<char>('0' + (10 - sum) % 10);
}

bool HasGs1CheckDigit(std::string_view digits) {
  if (digits.size() < 2) return false;
  return digits.back() == Gs1CheckDigit(digits.substr(0, digits.size() - 1));
}

}  // namespace radyab::coding
