#include "coding/code_repairs.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "coding/digit_folding.h"

namespace radyab::coding {
namespace {

constexpr std::size_t kCodeDigits = 16;
constexpr int kModulus = 97;

// What the last digit, the one before it and so on are worth, and their rests by 97.
struct Places {
  std::array<std::uint64_t, kCodeDigits> worth;
  std::array<int, kCodeDigits> rest;
};

constexpr Places MakePlaces() {
  Places places = {};
  std::uint64_t worth = 1;
  for (std::size_t at = kCodeDigits; at-- > 0; worth *= 10) {
    places.worth[at] = worth;
    places.rest[at] = static_cast<int>(worth % kModulus);
  }
  return places;
}
constexpr Places kPlaces = MakePlaces();

class Repairing {
 public:
  explicit Repairing(std::string_view digits) {
    for (std::size_t at = 0; at < kCodeDigits; ++at) {
      digits_[at] = digits[at] - '0';
      number_ += static_cast<std::uint64_t>(digits_[at]) * kPlaces.worth[at];
    }
    // A code leaves 1: the step that is missing must leave so much.
    missing_ = static_cast<int>((1 + kModulus - number_ % kModulus) % kModulus);
  }

  std::vector<Code> Codes() {
    for (std::size_t at = 0; at < kCodeDigits; ++at) {
      for (int digit = 0; digit <= 9; ++digit) {
        if (digit != digits_[at]) TryStep(digit - digits_[at], at, 0, at);
      }
    }
    for (std::size_t at = 0; at + 1 < kCodeDigits; ++at) {
      const int step = digits_[at + 1] - digits_[at];
      if (step != 0) TryStep(step, at, -step, at + 1);
    }
    std::ranges::sort(codes_);
    codes_.erase(std::unique(codes_.begin(), codes_.end()), codes_.end());
    return std::move(codes_);
  }

 private:
  // Adds `step` to the digit at `place` and `other_step` to that at `other`.
  void TryStep(int step, std::size_t place, int other_step, std::size_t other) {
    const int rest = step * kPlaces.rest[place] + other_step * kPlaces.rest[other];
    if ((rest % kModulus + kModulus) % kModulus != missing_) return;
    const auto change = static_cast<std::int64_t>(kPlaces.worth[place]) * step +
                        static_cast<std::int64_t>(kPlaces.worth[other]) * other_step;
    const auto code = Code::FromNumber(number_ + static_cast<std::uint64_t>(change));
    if (code.ok()) codes_.push_back(*code);
  }

  std::array<int, kCodeDigits> digits_ = {};
  std::uint64_t number_ = 0;
  int missing_ = 0;
  std::vector<Code> codes_;
};

}  // namespace

std::vector<Code> CodeRepairs(std::string_view text) {
  const auto folded = FoldDigits({"code", text});
  if (!folded || folded->digits.size() != kCodeDigits) return {};
  if (ParseCode(folded->digits).ok()) return {};
  return Repairing(folded->digits).Codes();
}

}  // namespace radyab::coding
