#include "coding/linters/linter.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/coding/linters/rule_expectations.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

TEST(Linters, AreSortedAndFoundByTheirNames) {
  EXPECT_TRUE(std::ranges::is_sorted(Linters(), {}, &Linter::name));
  EXPECT_EQ(Linters().size(), 39u);
  for (const Linter& linter : Linters()) EXPECT_EQ(FindLinter(linter.name), &linter);
  EXPECT_EQ(FindLinter("luhn"), nullptr);
  EXPECT_EQ(FindLinter(""), nullptr);
}

TEST(Linters, MarkAPartOfAnyContent) {
  SeededRandom random;
  constexpr std::string_view kBytes = "0123456789AZaz-/%=\x1D\xD9\xFF ";
  for (int round = 0; round < 2000; ++round) {
    std::string content;
    for (std::uint64_t left = random.Below(30); left > 0; --left) {
      content += kBytes[random.Below(kBytes.size())];
    }
    for (const Linter& linter : Linters()) {
      const auto fault = linter.rule(content, {});
      if (!fault) continue;
      EXPECT_LE(fault->begin + fault->bytes, content.size()) << linter.name << " " << content;
      EXPECT_FALSE(fault->found.empty()) << linter.name;
      EXPECT_FALSE(fault->wanted.empty()) << linter.name;
    }
  }
}

}  // namespace
}  // namespace radyab::coding
