#include "registry/search/fresh_names.h"

#include <gmock/gmock.h>

#include "registry/storage/rows.h"
#include "tests/registry/search/search_world.h"

namespace radyab::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FreshNamesTest : public SearchWorld {
 protected:
  FreshNames Read(std::size_t row_count_max = 300) {
    budget_ = RowBudget(row_count_max);
    auto fresh = world_.Read([&](storage::ReadTransaction& transaction) {
      return FreshNames::Read(transaction, world_.environment(), row_count_max, budget_);
    });
    EXPECT_TRUE(fresh.ok()) << fresh.status();
    return *std::move(fresh);
  }
  static std::string Word(const std::string& text) { return Term(TermUse::kWord, text); }
  void Rename(coding::Code code, const std::string& name_fa) {
    auto renamed = world_.Write([&](storage::WriteTransaction& transaction) {
      v1::Item item;
      item.set_name("items/" + code.Digits());
      item.mutable_display_name()->set_fa(name_fa);
      return catalog::UpdateItem(transaction, tests::Admin(), item, {"display_name"});
    });
    ASSERT_TRUE(renamed.ok()) << renamed.status();
  }

  RowBudget budget_{0};
};

TEST_F(FreshNamesTest, AreThoseThatTheIndexDoesNotHaveYet) {
  const auto indexed = ThingOf(MakeItem("نان"));
  Index();
  EXPECT_TRUE(Read().whole());
  EXPECT_FALSE(Read().Contains(indexed));
  const auto fresh = ThingOf(MakeItem("نان تازه"));
  const FreshNames names = Read();
  EXPECT_TRUE(names.whole());
  EXPECT_TRUE(names.Contains(fresh));
  EXPECT_FALSE(names.Contains(indexed));
  EXPECT_THAT(names.With(MemberId::kRegistry, Word("نان")), ElementsAre(fresh));
  EXPECT_THAT(names.With(MemberId::kRegistry, Word("قند")), IsEmpty());
}

TEST_F(FreshNamesTest, AreReadAsTheyStandHoweverOftenTheyChanged) {
  const auto code = MakeItem("نان");
  Index();
  Rename(code, "قند");
  Rename(code, "شکر");
  const FreshNames names = Read();
  EXPECT_TRUE(names.Contains(ThingOf(code)));
  EXPECT_THAT(names.With(MemberId::kRegistry, Word("شکر")), ElementsAre(ThingOf(code)));
  for (const char* old : {"نان", "قند"}) {
    EXPECT_THAT(names.With(MemberId::kRegistry, Word(old)), IsEmpty()) << old;
  }
}

TEST_F(FreshNamesTest, OfAMembersPartiesAreInItsScopeAlone) {
  Index();
  const auto party = ThingOf(MakeParty(maker_, "زهرا", "0912 123 4567"));
  const FreshNames names = Read();
  const std::string phone = Term(TermUse::kContact, "+989121234567");
  for (const std::string& term : {Word("زهرا"), phone}) {
    EXPECT_THAT(names.With(maker_, term), ElementsAre(party));
    EXPECT_THAT(names.With(shop_, term), IsEmpty());
    EXPECT_THAT(names.With(MemberId::kRegistry, term), IsEmpty());
  }
}

TEST_F(FreshNamesTest, ComeInOrderOfTheirThings) {
  Index();
  std::vector<Thing> things;
  for (int number = 0; number < 5; ++number) things.push_back(ThingOf(MakeItem("نان")));
  Rename(*coding::Code::FromNumber(things[0]), "نان خوب");  // its note is the last
  EXPECT_EQ(Read().With(MemberId::kRegistry, Word("نان")), things);
}

TEST_F(FreshNamesTest, SayWhenThereAreMoreThanMayBeRead) {
  Index();
  std::vector<Thing> things;
  MakeItem("قند");
  Index();
  for (int number = 0; number < 4; ++number) things.push_back(ThingOf(MakeItem("نان")));
  EXPECT_TRUE(Read(12).whole());
  EXPECT_EQ(Read(12).With(MemberId::kRegistry, Word("نان")), things);
  const FreshNames part = Read(11);
  EXPECT_FALSE(part.whole());
  things.pop_back();
  EXPECT_EQ(part.With(MemberId::kRegistry, Word("نان")), things) << "the oldest first";
  EXPECT_FALSE(Read(0).whole());
}

TEST_F(FreshNamesTest, ReadNoMoreRowsThanTheyMay) {
  Index();
  for (int number = 0; number < 30; ++number) MakeParty(maker_, "زهرا");
  for (const std::size_t row_count_max : {0u, 3u, 10u, 60u, 300u}) {
    tests::CountingStore counting(world_.store());
    RowBudget budget(row_count_max + 1);  // the note that tells that there are more
    const auto status = counting.Read([&](storage::ReadTransaction& transaction) {
      return FreshNames::Read(transaction, world_.environment(), row_count_max, budget).status();
    });
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_LE(counting.count().rows(), row_count_max + 1);
    EXPECT_LE(counting.count().rows(), row_count_max + 1 - budget.left()) << "all was counted";
  }
}

TEST_F(FreshNamesTest, OfABrokenRowAreLeftOutAndTheOthersFound) {
  Index();
  const auto broken = MakeItem("نان");
  const auto right = MakeItem("نان");
  auto status = world_.Write([&](storage::WriteTransaction& transaction) {
    return transaction.Put(keyspace::Item(broken), "no record");
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_THAT(Read().With(MemberId::kRegistry, Word("نان")), ElementsAre(ThingOf(right)));
}

}  // namespace
}  // namespace radyab::search
