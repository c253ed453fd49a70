// Random inputs that can be had again: the seed is printed, and RADYAB_TEST_SEED replays it.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

namespace radyab::coding {

// How many of `whole` rounds are run: all of them in a plain build. A sanitizer looks for other
// faults, which the first thousands show, and makes each round ten times as long: it sees a sixth.
constexpr int Rounds(int whole) {
#ifdef __SANITIZE_ADDRESS__
  return whole / 6;
#else
  return whole;
#endif
}

class SeededRandom {
 public:
  SeededRandom() {
    const char* given = std::getenv("RADYAB_TEST_SEED");
    seed_ = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    std::printf("seed %llu (RADYAB_TEST_SEED replays it)\n",
                static_cast<unsigned long long>(seed_));
    engine_.seed(seed_);
  }

  std::uint64_t Below(std::uint64_t bound) { return engine_() % bound; }
  bool Chance(std::uint64_t one_in) { return Below(one_in) == 0; }
  char Digit() { return static_cast<char>('0' + Below(10)); }

  std::string Digits(std::size_t count) {
    std::string digits;
    while (digits.size() < count) digits += Digit();
    return digits;
  }

  std::string Of(std::string_view alphabet, std::size_t least, std::size_t most) {
    std::string text(least + Below(most - least + 1), ' ');
    for (char& character : text) character = alphabet[Below(alphabet.size())];
    return text;
  }

  std::string Bytes(std::size_t most) {
    std::string text(Below(most + 1), ' ');
    for (char& byte : text) byte = static_cast<char>(Below(256));
    return text;
  }

  // One to three random changes: a byte changed, taken out, put in, or a piece said twice.
  std::string Mutated(std::string text) {
    for (std::uint64_t changes = 1 + Below(3); changes > 0; --changes) {
      const std::size_t at = Below(text.size() + 1);
      switch (Below(4)) {
        case 0:
          if (at < text.size()) text[at] = static_cast<char>(Below(256));
          break;
        case 1:
          text.erase(at, 1 + Below(3));
          break;
        case 2:
          text.insert(at, 1, static_cast<char>(Below(256)));
          break;
        default:
          text.insert(at, text.substr(at, 1 + Below(12)));
          break;
      }
    }
    return text;
  }

 private:
  std::uint64_t seed_ = 0;
  std::mt19937_64 engine_;
};

inline constexpr std::string_view kCharacters82 =
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

}  // namespace radyab::coding
