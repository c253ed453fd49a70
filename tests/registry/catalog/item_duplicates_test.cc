#include "registry/catalog/item_duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "registry/catalog/item_likeness.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/search/index_upkeep.h"
#include "registry/search/rare_words.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/rows.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::Admin;
using tests::CallerFor;
using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

class ItemDuplicates : public testing::Test {
 protected:
  ItemDuplicates() : maker_(world_.MakeMember("Maker")), other_(world_.MakeMember("Other")) {
    Index();
  }

  // What the indexer does beside the calls.
  void Index() {
    for (bool more = true; more;) {
      const auto step = search::IndexSome(world_.store(), world_.environment());
      ASSERT_TRUE(step.ok()) << step.status();
      more = step->more;
    }
  }
  std::vector<v1::ItemDuplicate> Pairs(const ItemPairFilter& filter = {},
                                       std::size_t row_count_max = 50) {
    std::vector<v1::ItemDuplicate> pairs;
    PageRequest page{row_count_max, ""};
    do {
      const auto found = world_.Read([&](storage::ReadTransaction& transaction) {
        return ListItemDuplicates(transaction, Maker(), filter, page);
      });
      EXPECT_TRUE(found.ok()) << found.status();
      if (!found.ok()) break;
      pairs.insert(pairs.end(), found->rows.begin(), found->rows.end());
      page.after = found->next;
    } while (!page.after.empty());
    return pairs;
  }
  absl::StatusOr<v1::ItemDuplicate> Judge(
      coding::Code first, coding::Code second,
      v1::DuplicateVerdict verdict = v1::DUPLICATE_VERDICT_NOT_THE_SAME,
      const std::string& reason = "two kinds") {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return JudgeItemDuplicate(
          transaction, Maker(),
          {"items/" + first.Digits(), "items/" + second.Digits(), verdict, reason});
    });
  }
  ItemDuplicateCounts Find() {
    const auto counts = FindItemDuplicates(world_.store(), world_.environment(), Maker(), "",
                                           coding::Kind::kItem, [] { return absl::OkStatus(); });
    EXPECT_TRUE(counts.ok()) << counts.status();
    return counts.value_or(ItemDuplicateCounts());
  }
  void SetState(coding::Code code, v1::LifeState state, const std::string& successor) {
    const auto changed = world_.Write([&](storage::WriteTransaction& transaction) {
      return ChangeLifeState(transaction, Maker(),
                             {code.Digits(), state, "typed twice", successor, ""})
          .status();
    });
    ASSERT_TRUE(changed.ok()) << changed;
  }
  void Rename(coding::Code code, const std::string& name) {
    v1::Item wanted;
    wanted.set_name("items/" + code.Digits());
    wanted.mutable_display_name()->set_en(name);
    const auto changed = world_.Write([&](storage::WriteTransaction& transaction) {
      return UpdateItem(transaction, Maker(), wanted, {"display_name"}).status();
    });
    ASSERT_TRUE(changed.ok()) << changed;
  }
  std::vector<ItemPair> Alike(coding::Code code) {
    const auto pairs = world_.Read(
        [&](storage::ReadTransaction& transaction) { return AlikeItemsOf(transaction, code, {}); });
    EXPECT_TRUE(pairs.ok()) << pairs.status();
    return pairs.value_or(std::vector<ItemPair>());
  }
  absl::StatusOr<v1::Item> Register(const std::string& name, bool strict) {
    v1::Item wanted;
    wanted.set_member(MemberName(maker_));
    wanted.set_class_name("classes/0412");
    wanted.mutable_display_name()->set_en(name);
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return CreateItem(transaction, world_.environment(), Maker(), wanted, {}, "", strict);
    });
  }
  access::Caller Maker() const { return CallerFor(maker_); }
  static std::string First(const v1::ItemDuplicate& pair) { return pair.first().substr(6); }
  static std::string Second(const v1::ItemDuplicate& pair) { return pair.second().substr(6); }

  RegistryWorld world_;
  MemberId maker_;
  MemberId other_;
};

TEST_F(ItemDuplicates, AreQueuedAMomentAfterTheRegistration) {
  const coding::Code sugar = world_.MakeItem(maker_, "White sugar 5 kg");
  world_.MakeItem(maker_, "White sugar 10 kg");
  world_.MakeItem(other_, "White sugar 5 kg");
  const coding::Code again = world_.MakeItem(maker_, "White suger 5kg");
  EXPECT_THAT(Pairs(), IsEmpty());
  Index();
  const auto pairs = Pairs();
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(First(pairs[0]), sugar.Digits());
  EXPECT_EQ(Second(pairs[0]), again.Digits());
  EXPECT_EQ(pairs[0].first_name().en(), "White sugar 5 kg");
  EXPECT_EQ(pairs[0].second_name().en(), "White suger 5kg");
  EXPECT_EQ(pairs[0].zone(), v1::DUPLICATE_ZONE_REVIEW);
  EXPECT_EQ(pairs[0].verdict(), v1::DUPLICATE_VERDICT_OPEN);
  EXPECT_TRUE(pairs[0].has_found_time());
  EXPECT_GE(pairs[0].likeness(), kReviewLikeness);
}

// The first words differ and very many names stand between the two; they have a number in common
// that few others bear. They are indexed in one step, or one after the other.
TEST_F(ItemDuplicates, AreFoundByAWordThatFewNamesHave) {
  for (const bool together : {true, false}) {
    const std::string number = together ? "4711" : "4712";
    const coding::Code one = world_.MakeItem(maker_, "Stainless elbow connector " + number);
    if (!together) Index();
    for (int between = 0; between < 100; ++between) {
      world_.MakeItem(maker_, "Stainless fitting " + std::to_string(between));
    }
    const std::string misspelt = "Stainlesst elbow conector " + number;
    Index();
    EXPECT_EQ(ReasonIn(Register(misspelt, true).status()), Reason::kSimilarExists);
    const coding::Code other = world_.MakeItem(maker_, misspelt);
    if (together) Rename(one, "Stainless elbow connector 0" + number);
    Index();
    const CodePair codes = PairOf(one, other);
    EXPECT_TRUE(std::ranges::any_of(Pairs(), [&](const v1::ItemDuplicate& pair) {
      return First(pair) == codes.first.Digits() && Second(pair) == codes.second.Digits();
    })) << number;
  }
}

TEST_F(ItemDuplicates, AreNotSoughtUnderAWordThatManyNamesHave) {
  world_.MakeItem(maker_, "Connector 4711");
  for (std::size_t sharer = 0; sharer < search::kRareThingsMax; ++sharer) {
    for (int between = 0; between < 10; ++between) world_.MakeItem(other_, "Connect 4711");
  }
  Index();
  EXPECT_TRUE(Register("Conector 4711", true).ok());
}

TEST_F(ItemDuplicates, AreQueuedWhenAnItemIsRenamed) {
  world_.MakeItem(maker_, "Green tea");
  const coding::Code coffee = world_.MakeItem(maker_, "Coffee");
  Index();
  EXPECT_THAT(Pairs(), IsEmpty());
  Rename(coffee, "Tea, green");
  Index();
  ASSERT_EQ(Pairs().size(), 1u);
  EXPECT_EQ(Pairs()[0].zone(), v1::DUPLICATE_ZONE_SUGGESTED);
}

TEST_F(ItemDuplicates, ThatWereJudgedStayJudged) {
  const coding::Code one = world_.MakeItem(maker_, "Green tea");
  const coding::Code other = world_.MakeItem(maker_, "Green tea");
  Index();
  const auto judged = Judge(other, one);
  ASSERT_TRUE(judged.ok()) << judged.status();
  EXPECT_EQ(First(*judged), one.Digits());
  EXPECT_EQ(judged->reason(), "two kinds");
  EXPECT_EQ(judged->first_name().en(), "Green tea");
  EXPECT_THAT(Pairs(), IsEmpty());
  Rename(one, "Tea green");
  Index();
  EXPECT_EQ(Find().judged, 1);
  EXPECT_THAT(Pairs(), IsEmpty());
  EXPECT_EQ(Pairs({"", {}, v1::DUPLICATE_VERDICT_NOT_THE_SAME}).size(), 1u);
  ASSERT_TRUE(Judge(one, other, v1::DUPLICATE_VERDICT_OPEN).ok());
  EXPECT_EQ(Pairs().size(), 1u);
}

TEST_F(ItemDuplicates, LeaveTheListWhenOneOfThemIsMerged) {
  const coding::Code one = world_.MakeItem(maker_, "Green tea");
  const coding::Code other = world_.MakeItem(maker_, "Green tea");
  Index();
  ASSERT_EQ(Pairs().size(), 1u);
  SetState(other, v1::LIFE_STATE_DUPLICATE, one.Digits());
  EXPECT_THAT(Pairs(), IsEmpty());
  const ItemDuplicateCounts counts = Find();
  EXPECT_EQ(counts.items, 1);
  EXPECT_EQ(counts.suggested + counts.review + counts.fresh, 0);
  const auto row = world_.Read([&](storage::ReadTransaction& transaction) {
    return storage::GetRow<v1::ItemDuplicate>(transaction, keyspace::ItemPair(maker_, one, other));
  });
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_FALSE(row->has_value());
}

TEST_F(ItemDuplicates, ASearchFindsWhatStoodBefore) {
  const coding::Code one = world_.MakeItem(maker_, "Green tea");
  const coding::Code other = world_.MakeItem(maker_, "Green tea");
  world_.MakeItem(maker_, "Black tea");
  Index();
  const auto forgotten = world_.Write([&](storage::WriteTransaction& transaction) {
    return transaction.Delete(keyspace::ItemPair(maker_, one, other));
  });
  ASSERT_TRUE(forgotten.ok());
  ItemDuplicateCounts counts = Find();
  EXPECT_EQ(counts.items, 3);
  EXPECT_EQ(counts.fresh, 1);
  EXPECT_EQ(counts.suggested, 1);
  EXPECT_EQ(counts.review, 0);
  EXPECT_EQ(Pairs().size(), 1u);
  counts = Find();
  EXPECT_EQ(counts.fresh, 0);
  EXPECT_EQ(counts.suggested, 1);
}

TEST_F(ItemDuplicates, AStrictRegistrationIsRefused) {
  const coding::Code tea = world_.MakeItem(maker_, "Green tea");
  const auto before = world_.Dump();
  const auto refused = Register("Tea green", true);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kSimilarExists);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr(tea.Digits()));
  EXPECT_EQ(world_.Dump(), before);
  EXPECT_TRUE(Register("Black tea", true).ok());
  EXPECT_TRUE(Register("Tea green", false).ok());
}

TEST_F(ItemDuplicates, AStrictRegistrationDoesNotMindAnotherMembersItem) {
  world_.MakeItem(other_, "Green tea");
  EXPECT_TRUE(Register("Green tea", true).ok());
}

TEST_F(ItemDuplicates, OfAnItemAreTheLikeliestFive) {
  std::vector<coding::Code> codes;
  for (int i = 0; i < 9; ++i) codes.push_back(world_.MakeItem(maker_, "Green tea leaves"));
  codes.push_back(world_.MakeItem(maker_, "Green tea leafes"));
  EXPECT_EQ(Alike(codes[0]).size(), kAlikePairsMax);
  for (const ItemPair& pair : Alike(codes[0])) EXPECT_DOUBLE_EQ(pair.likeness, 1);
  Index();
  EXPECT_LE(Pairs().size(), kAlikePairsMax * codes.size());
}

TEST_F(ItemDuplicates, AListIsPagedAndNarrowed) {
  for (int i = 0; i < 3; ++i) world_.MakeItem(maker_, "Green tea");
  world_.MakeItem(maker_, "Biscuits");
  world_.MakeItem(maker_, "Biskvits");
  Index();
  EXPECT_EQ(Pairs().size(), 4u);
  EXPECT_EQ(Pairs({}, 1).size(), 4u);
  EXPECT_EQ(Pairs({"", v1::DUPLICATE_ZONE_SUGGESTED}).size(), 3u);
  EXPECT_EQ(Pairs({"", v1::DUPLICATE_ZONE_REVIEW}, 1).size(), 1u);
}

TEST_F(ItemDuplicates, RefusalsNameTheFieldAndChangeNothing) {
  const coding::Code one = world_.MakeItem(maker_, "Green tea");
  const coding::Code other = world_.MakeItem(maker_, "Black tea");
  const coding::Code foreign = world_.MakeItem(other_, "Green tea");
  const auto before = world_.Dump();
  EXPECT_EQ(FieldIn(Judge(one, one).status()), "second");
  EXPECT_EQ(ReasonIn(Judge(one, foreign).status()), Reason::kNotFound);
  EXPECT_EQ(FieldIn(Judge(one, other, v1::DUPLICATE_VERDICT_UNSPECIFIED).status()), "verdict");
  EXPECT_EQ(FieldIn(Judge(one, other, v1::DUPLICATE_VERDICT_OPEN, "").status()), "reason");
  const auto by_admin = world_.Write([&](storage::WriteTransaction& transaction) {
    return JudgeItemDuplicate(transaction, Admin(),
                              {one.Digits(), foreign.Digits(), v1::DUPLICATE_VERDICT_OPEN, "?"});
  });
  EXPECT_EQ(FieldIn(by_admin.status()), "second");
  const auto list = [&](const ItemPairFilter& filter) {
    return world_
        .Read([&](storage::ReadTransaction& transaction) {
          return ListItemDuplicates(transaction, Maker(), filter, {10, ""});
        })
        .status();
  };
  EXPECT_EQ(FieldIn(list({"", static_cast<v1::DuplicateZone>(9)})), "zone");
  EXPECT_EQ(FieldIn(list({"", {}, static_cast<v1::DuplicateVerdict>(9)})), "verdict");
  EXPECT_EQ(ReasonIn(list({MemberName(other_)})), Reason::kNotFound);
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(ItemDuplicates, ASearchStopsWhenItIsTold) {
  world_.MakeItem(maker_, "Green tea");
  const auto stopped =
      FindItemDuplicates(world_.store(), world_.environment(), Maker(), "", coding::Kind::kItem,
                         [] { return absl::CancelledError("no more"); });
  EXPECT_TRUE(absl::IsCancelled(stopped.status())) << stopped.status();
}

// While all names of a kind lie within the window, looking at the neighbours is looking at all.
TEST_F(ItemDuplicates, OfAFewItemsAreThoseThatComparingAllFinds) {
  const unsigned seed = std::random_device{}();
  std::printf("seed %u\n", seed);
  std::mt19937 random(seed);
  const std::vector<std::string> words = {"green",   "tea",  "leaves", "leafs",    "black",
                                          "Lahijan", "fine", "coarse", "packaged", "packged"};
  for (int round = 0; round < 6; ++round) {
    RegistryWorld world;
    const MemberId maker = world.MakeMember("Maker");
    std::vector<coding::Code> codes;
    for (std::size_t i = 0; i < kNameNeighbours; ++i) {
      std::string name;
      for (std::size_t count = 2 + random() % 3; count > 0; --count) {
        name += words[random() % words.size()] + " ";
      }
      codes.push_back(world.MakeItem(maker, name));
    }
    const auto fault = world.Read([&](storage::ReadTransaction& transaction) {
      for (const coding::Code code : codes) {
        std::vector<double> all;
        auto item = GetItem(transaction, "items/" + code.Digits());
        if (!item.ok()) return item.status();
        for (const coding::Code other : codes) {
          if (other == code) continue;
          auto against = GetItem(transaction, "items/" + other.Digits());
          if (!against.ok()) return against.status();
          auto likeness = ItemLikeness(transaction, *item, *against);
          if (!likeness.ok()) return likeness.status();
          if (*likeness >= kReviewLikeness) all.push_back(*likeness);
        }
        std::ranges::sort(all, std::ranges::greater{});
        if (all.size() > kAlikePairsMax) all.resize(kAlikePairsMax);
        auto pairs = AlikeItemsOf(transaction, code, {});
        if (!pairs.ok()) return pairs.status();
        std::vector<double> found;
        for (const ItemPair& pair : *pairs) found.push_back(pair.likeness);
        EXPECT_EQ(found, all) << item->display_name().en();
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(fault.ok()) << fault;
  }
}

}  // namespace
}  // namespace radyab::catalog
