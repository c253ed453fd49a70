#include "coding/check_digits.h"

#include <algorithm>

namespace radyab::coding {
namespace {

constexpr unsigned kCheckPairModulus = 1021;

constexpr std::array<unsigned, kCheckPairBodyMax> kPrimes = [] {
  std::array<unsigned, kCheckPairBodyMax> primes{};
  std::size_t count = 0;
  for (unsigned number = 2; count < primes.size(); ++number) {
    bool prime = true;
    for (std::size_t i = 0; i < count && prime; ++i) prime = number % primes[i] != 0;
    if (prime) primes[count++] = number;
  }
  return primes;
}();

// The value of a character of set 82: its place in the set, in the order of ASCII.
unsigned CheckPairValue(char character) {
  constexpr std::string_view kSet =
      "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  return static_cast<unsigned>(kSet.find(character));
}

}  // namespace

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
  std::size_t thrice = 0;
  std::size_t once = 0;
  std::size_t i = digits.size();
  for (; i >= 2; i -= 2) {
    thrice += static_cast<std::size_t>(digits[i - 1] - '0');
    once += static_cast<std::size_t>(digits[i - 2] - '0');
  }
  if (i == 1) thrice += static_cast<std::size_t>(digits[0] - '0');
  return static_cast<char>('0' + (10 - (thrice * 3 + once) % 10) % 10);
}

bool HasGs1CheckDigit(std::string_view digits) {
  if (digits.size() < 2) return false;
  return digits.back() == Gs1CheckDigit(digits.substr(0, digits.size() - 1));
}

std::array<char, 2> Gs1CheckPair(std::string_view body) {
  constexpr std::string_view kAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  unsigned sum = 0;
  std::size_t weight = 0;
  for (auto character = body.rbegin(); character != body.rend(); ++character) {
    sum += CheckPairValue(*character) * kPrimes[weight++];
  }
  sum %= kCheckPairModulus;
  return {kAlphabet[sum / 32], kAlphabet[sum % 32]};
}

}  // namespace radyab::coding
