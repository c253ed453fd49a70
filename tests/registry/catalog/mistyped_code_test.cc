// Did you mean: a code with one wrong digit or two swapped neighbours names the right one, and
// nothing that the caller may not see.
#include "registry/mistyped_code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <set>
#include <sstream>

#include "coding/code_repairs.h"
#include "registry/catalog/code_reservations.h"
#include "registry/resolver.h"
#include "tests/support/registry_world.h"

namespace radyab {
namespace {

using tests::CallerFor;
using tests::ReasonIn;
using tests::RegistryWorld;

constexpr ReadableKinds kAllKinds{true, true, true};
constexpr ResolveMoment kMoment{{2026, 11, 26}, 1};

// The codes that a refusal lists.
std::vector<std::string> Meant(const absl::Status& status) {
  const auto detail = ReasonOf(status);
  std::vector<std::string> codes;
  if (!detail || !detail->metadata.contains(kDidYouMeanName)) return codes;
  std::istringstream text(detail->metadata.at(kDidYouMeanName));
  for (std::string code; std::getline(text, code, ',');) codes.push_back(code);
  return codes;
}

absl::Status Ask(RegistryWorld& world, const access::Caller& caller, const std::string& text,
                 const ReadableKinds& readable = kAllKinds) {
  return world.Read([&](storage::ReadTransaction& transaction) {
    return ResolveToBytes(transaction, world.environment(), caller, readable, text, kMoment)
        .status();
  });
}

bool Lists(const absl::Status& status, coding::Code code) {
  return std::ranges::count(Meant(status), code.Digits()) == 1;
}

std::string WithWrongDigit(const std::string& digits, std::size_t at, int step) {
  std::string wrong = digits;
  wrong[at] = static_cast<char>('0' + (wrong[at] - '0' + step) % 10);
  return wrong;
}

TEST(MistypedCode, TheTrueCodeIsAlwaysListedAndOnlyWhatIsThere) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("Maker");
  std::vector<coding::Code> codes;
  std::set<std::string> issued = {world.PartyOf(member).Digits()};
  for (int i = 0; i < 200; ++i) codes.push_back(world.MakeItem(member, "Milk"));
  for (int i = 0; i < 20; ++i) codes.push_back(world.MakeParty(member, "Ann"));
  for (const coding::Code code : codes) issued.insert(code.Digits());
  const std::uint64_t seed = std::random_device{}();
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  std::mt19937_64 random(seed);
  int swaps = 0;
  for (int i = 0; i < 4'000; ++i) {
    const coding::Code right = codes[random() % codes.size()];
    std::string wrong = right.Digits();
    if (i % 2 == 0) {
      wrong = WithWrongDigit(wrong, random() % 16, static_cast<int>(1 + random() % 9));
    } else {
      const std::size_t at = random() % 15;
      std::swap(wrong[at], wrong[at + 1]);
      if (wrong == right.Digits()) continue;
      ++swaps;
    }
    const auto status = Ask(world, CallerFor(member), wrong);
    ASSERT_TRUE(absl::IsInvalidArgument(status) || absl::IsNotFound(status)) << wrong << status;
    EXPECT_TRUE(Lists(status, right)) << right.Digits() << " typed as " << wrong;
    for (const std::string& code : Meant(status)) EXPECT_TRUE(issued.contains(code)) << code;
  }
  EXPECT_GT(swaps, 500);
}

TEST(MistypedCode, IsReadAsPeopleTypeIt) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("Maker");
  const coding::Code item = world.MakeItem(member, "Milk");
  const std::string wrong = WithWrongDigit(item.Digits(), 9, 1);
  const std::string grouped = wrong.substr(0, 4) + " " + wrong.substr(4, 4) + "-" +
                              wrong.substr(8, 4) + " " + wrong.substr(12);
  const auto status = Ask(world, CallerFor(member), grouped);
  EXPECT_EQ(ReasonIn(status), Reason::kInvalidCode);
  EXPECT_TRUE(Lists(status, item)) << status;
}

TEST(MistypedCode, NeverNamesWhatTheCallerMayNotSee) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("Shop");
  const MemberId other = world.MakeMember("Other");
  const coding::Code party = world.MakeParty(member, "Ann");
  const std::string wrong = WithWrongDigit(party.Digits(), 12, 3);
  EXPECT_TRUE(Lists(Ask(world, CallerFor(member), wrong), party));
  // Another member's key, a key that may not read parties, no key: each as if nothing were there.
  for (const absl::Status& status :
       {Ask(world, CallerFor(other), wrong), Ask(world, CallerFor(member), wrong, {}),
        Ask(world, tests::Public(), wrong, {})}) {
    EXPECT_EQ(ReasonIn(status), Reason::kInvalidCode) << status;
    EXPECT_TRUE(Meant(status).empty()) << Meant(status).front();
  }
}

TEST(MistypedCode, AReservedCodeIsMeantUntilItsTimeIsPast) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("Maker");
  const auto reserved = world.Write([&](storage::WriteTransaction& transaction) {
    return catalog::ReserveCodes(transaction, CallerFor(member), {.count = 1});
  });
  ASSERT_TRUE(reserved.ok()) << reserved.status();
  const coding::Code code = reserved->codes.front();
  const std::string wrong = WithWrongDigit(code.Digits(), 13, 5);
  EXPECT_TRUE(Lists(Ask(world, CallerFor(member), wrong), code));
  const ResolveMoment later{{2030, 1, 1}, reserved->expire_us};
  const auto status = world.Read([&](storage::ReadTransaction& transaction) {
    return ResolveToBytes(transaction, world.environment(), CallerFor(member), kAllKinds, wrong,
                          later)
        .status();
  });
  EXPECT_TRUE(Meant(status).empty());
}

TEST(MistypedCode, ACodeThatPassesItsCheckHasNoneAndNeitherHasOtherText) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("Maker");
  const coding::Code item = world.MakeItem(member, "Milk");
  // The next number's code: right, and not there.
  const auto next =
      coding::Code::ForCatalog(item.kind(), item.birth_class(), item.block(), item.counter() + 1);
  for (const std::string& text : {next->Digits(), std::string("milk"), item.Digits() + "1"}) {
    EXPECT_TRUE(Meant(Ask(world, CallerFor(member), text)).empty()) << text;
  }
}

}  // namespace
}  // namespace radyab
