// Repairs against the plain way: every text one digit or one swap away, asked of ParseCode.
#include "coding/code_repairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

constexpr std::size_t kDigits = 16;

std::string RandomDigits(SeededRandom& random) {
  std::string digits;
  for (std::size_t at = 0; at < kDigits; ++at) {
    digits += static_cast<char>('0' + random.Below(10));
  }
  return digits;
}

Code RandomCode(SeededRandom& random) {
  const Kind kind = random.Below(2) == 0 ? Kind::kItem : Kind::kService;
  return *Code::ForCatalog(kind, static_cast<std::uint32_t>(random.Below(10'000)),
                           static_cast<std::uint32_t>(random.Below(kBlockMax + 1)),
                           static_cast<std::uint32_t>(1 + random.Below(kCounterMax)));
}

// Every text that one changed digit or one swap of neighbours makes of `digits`.
std::set<std::string> Neighbours(const std::string& digits) {
  std::set<std::string> texts;
  for (std::size_t at = 0; at < kDigits; ++at) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string text = digits;
      text[at] = digit;
      texts.insert(text);
    }
    if (at + 1 == kDigits) continue;
    std::string text = digits;
    std::swap(text[at], text[at + 1]);
    texts.insert(text);
  }
  texts.erase(digits);
  return texts;
}

std::vector<Code> RepairsByTrying(const std::string& digits) {
  std::set<Code> codes;
  if (ParseCode(digits).ok()) return {};
  for (const std::string& text : Neighbours(digits)) {
    if (const auto code = ParseCode(text); code.ok()) codes.insert(*code);
  }
  return {codes.begin(), codes.end()};
}

TEST(CodeRepairs, AreThoseThatTryingEveryNeighbourFinds) {
  SeededRandom random;
  std::size_t most = 0, found = 0;
  for (int i = 0; i < Rounds(20'000); ++i) {
    // Plain noise, and texts close to a code, where there is most to find.
    std::string text = RandomDigits(random);
    if (i % 2 == 0) {
      text = RandomCode(random).Digits();
      text[random.Below(kDigits)] = static_cast<char>('0' + random.Below(10));
    }
    const auto repairs = CodeRepairs(text);
    ASSERT_EQ(repairs, RepairsByTrying(text)) << text;
    most = std::max(most, repairs.size());
    found += repairs.size();
  }
  EXPECT_GT(found, static_cast<std::size_t>(Rounds(10'000)));
  // A refusal carries them in 200 bytes: eleven codes with commas between.
  EXPECT_LE(most, 11u);
  std::printf("%zu repairs, at most %zu of one text\n", found, most);
}

TEST(CodeRepairs, HoldTheCodeThatOneWrongDigitOrOneSwapWasMadeIn) {
  SeededRandom random;
  for (int i = 0; i < 500; ++i) {
    const Code right = RandomCode(random);
    for (const std::string& wrong : Neighbours(right.Digits())) {
      const auto repairs = CodeRepairs(wrong);
      ASSERT_TRUE(std::ranges::count(repairs, right) == 1) << right.Digits() << " -> " << wrong;
    }
  }
}

TEST(CodeRepairs, ReadDigitsAsPeopleWriteThem) {
  const auto plain = CodeRepairs("1042000017000114");
  ASSERT_FALSE(plain.empty());
  EXPECT_EQ(CodeRepairs("1042 0000-1700 0114"), plain);
  EXPECT_EQ(CodeRepairs("۱۰۴۲۰۰۰۰۱۷۰۰۰۱۱۴"), plain);
}

TEST(CodeRepairs, ThereAreNoneOfACodeNorOfWhatIsNotSixteenDigits) {
  for (const char* text : {"1042000017000113", "", "104200001700011", "10420000170001133",
                           "104200001700011X", "milk", "\xFF"}) {
    EXPECT_TRUE(CodeRepairs(text).empty()) << text;
  }
}

}  // namespace
}  // namespace radyab::coding
