#include "registry/search/direct_hits.h"

#include <gmock/gmock.h>

#include "registry/catalog/alias_registry.h"
#include "registry/catalog/generic_item.h"
#include "tests/registry/search/search_world.h"

namespace radyab::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using tests::AliasOf;

constexpr char kGtin[] = "4006381333931";
constexpr char kNationalId[] = "0084575948";

class DirectHitsTest : public SearchWorld {
 protected:
  struct Asker {
    access::Caller caller;
    bool parties_readable = true;
    std::optional<MemberId> member = std::nullopt;
  };
  Asker Maker(bool parties_readable = true) { return {maker_key_, parties_readable, maker_}; }
  Asker Shop() { return {shop_key_, true, shop_}; }

  std::map<Thing, std::optional<v1::Alias>> Ask(const Asker& asker, const std::string& query,
                                                std::size_t count_max = 50) {
    RowBudget budget(1'000);
    tests::CountingStore counting(world_.store());
    std::map<Thing, std::optional<v1::Alias>> found;
    const auto status = counting.Read([&](storage::ReadTransaction& transaction) {
      auto hits = DirectHits(transaction, world_.environment(), asker.caller,
                             asker.parties_readable, asker.member, query, count_max, budget);
      if (hits.ok()) found = *std::move(hits);
      return hits.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_LE(counting.count().rows(), 1'000 - budget.left()) << query << ": all was counted";
    return found;
  }
  std::vector<Thing> Things(const Asker& asker, const std::string& query,
                            std::size_t count_max = 50) {
    std::vector<Thing> things;
    for (const auto& [thing, alias] : Ask(asker, query, count_max)) things.push_back(thing);
    return things;
  }
};

TEST_F(DirectHitsTest, ACodeLeadsToItsThingWithoutAnAlias) {
  const auto item = MakeItem("نان");
  const auto hits = Ask(Shop(), item.Grouped());
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits.begin()->first, ThingOf(item));
  EXPECT_FALSE(hits.begin()->second.has_value());
  const auto gone = *coding::Code::ForCatalog(coding::Kind::kItem, 412, item.block(), 9'998);
  EXPECT_THAT(Things(Shop(), gone.Digits()), IsEmpty()) << "a code that names nothing";
}

TEST_F(DirectHitsTest, AServiceIsFoundByItsCodeToo) {
  const auto service = world_.MakeService(maker_, "Repair");
  EXPECT_THAT(Things(Shop(), service.Digits()), ElementsAre(ThingOf(service)));
}

TEST_F(DirectHitsTest, AGtinLeadsToTheGenericItemAndItsSuppliers) {
  const auto one = world_.MakeItem(maker_, "Tea", {AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin)});
  const auto two = world_.MakeItem(shop_, "Tea", {AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin)});
  const auto hits = Ask(Shop(), kGtin);
  ASSERT_EQ(hits.size(), 3u);
  EXPECT_TRUE(hits.contains(ThingOf(one)));
  EXPECT_TRUE(hits.contains(ThingOf(two)));
  for (const auto& [thing, alias] : hits) {
    ASSERT_TRUE(alias.has_value()) << thing;
    EXPECT_EQ(alias->scheme(), v1::ALIAS_SCHEME_GTIN);
    EXPECT_EQ(alias->value(), "0" + std::string(kGtin));
  }
  EXPECT_EQ(Things(Shop(), kGtin, 2).size(), 2u) << "no more than were asked for";
  EXPECT_EQ(Things(Shop(), kGtin, 1).size(), 1u);
}

TEST_F(DirectHitsTest, APartNumberIsFoundInItsMembersScopeAlone) {
  const v1::Alias part = AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "T-17");
  const auto made = world_.MakeItem(maker_, "Tea", {part});
  const auto sold = world_.MakeItem(shop_, "Coffee", {part});
  EXPECT_THAT(Things(Maker(), "T-17"), ElementsAre(ThingOf(made)));
  EXPECT_THAT(Things(Shop(), "T-17"), ElementsAre(ThingOf(sold)));
  EXPECT_THAT(Things({tests::Admin(), true, std::nullopt}, "T-17"), IsEmpty())
      << "nobody's, without a member";
}

TEST_F(DirectHitsTest, AnAliasOfEverybodysScopeIsFoundByAll) {
  const auto item =
      world_.MakeItem(maker_, "Telephone", {AliasOf(v1::ALIAS_SCHEME_IMEI, "490154203237518")});
  EXPECT_THAT(Things(Shop(), "490154203237518"), ElementsAre(ThingOf(item)));
  EXPECT_THAT(Things({tests::Admin(), true, std::nullopt}, "490154203237518"),
              ElementsAre(ThingOf(item)));
}

TEST_F(DirectHitsTest, NumbersOfTwoSchemesAreBothFoundAndNoMoreThanWereAskedFor) {
  constexpr char kNumber[] = "2720000114542";
  const auto taxed = world_.MakeItem(maker_, "Tea", {AliasOf(v1::ALIAS_SCHEME_STUFFID, kNumber)});
  const auto stocked = world_.MakeItem(maker_, "Bolt", {AliasOf(v1::ALIAS_SCHEME_NSN, kNumber)});
  EXPECT_THAT(Things(Shop(), kNumber), UnorderedElementsAre(ThingOf(taxed), ThingOf(stocked)));
  EXPECT_EQ(Things(Shop(), kNumber, 1).size(), 1u);
}

TEST_F(DirectHitsTest, AnAliasThatEndedLeadsNowhere) {
  const v1::Alias part = AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "T-17");
  const auto item = world_.MakeItem(maker_, "Tea", {part});
  const auto ended = world_.Write([&](storage::WriteTransaction& transaction) {
    return catalog::EndAlias(transaction, world_.environment(), maker_key_, item.Digits(), part);
  });
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_THAT(Things(Maker(), "T-17"), IsEmpty());
}

TEST_F(DirectHitsTest, APartyIsShownToItsMemberAndToRolesThatReadParties) {
  const auto party =
      MakeParty(maker_, "زهرا", "", "", {AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, kNationalId)});
  for (const std::string& query : {party.Digits(), std::string(kNationalId)}) {
    EXPECT_THAT(Things(Maker(), query), ElementsAre(ThingOf(party))) << query;
    EXPECT_THAT(Things(Shop(), query), IsEmpty()) << query;
    EXPECT_THAT(Things(Maker(false), query), IsEmpty()) << query;
  }
  const auto hits = Ask(Maker(), kNationalId);
  ASSERT_TRUE(hits.at(ThingOf(party)).has_value());
  EXPECT_EQ(hits.at(ThingOf(party))->value(), "") << "kept as a hash, shown to nobody";
}

// Whose scope is searched does not widen what the caller may see.
TEST_F(DirectHitsTest, AnotherMembersScopeShowsNoPartyOfIt) {
  MakeParty(maker_, "زهرا", "", "", {AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, kNationalId)});
  EXPECT_THAT(Things({shop_key_, true, maker_}, kNationalId), IsEmpty());
}

TEST_F(DirectHitsTest, ATextThatIsNoIdentifierLeadsNowhere) {
  MakeItem("نان");
  for (const char* query : {"نان", "", "12", "(01)04006381333931", "4006381333932"}) {
    EXPECT_THAT(Things(Maker(), query), IsEmpty()) << query;
  }
}

}  // namespace
}  // namespace radyab::search
