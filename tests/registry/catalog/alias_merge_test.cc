#include "registry/catalog/alias_merge.h"

#include <gmock/gmock.h>

#include "registry/catalog/alias_registry.h"
#include "registry/catalog/alias_row.h"
#include "registry/catalog/generic_item.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/life.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using tests::Admin;
using tests::AliasOf;
using tests::ReasonIn;
using tests::RegistryWorld;

constexpr char kGtin[] = "9521234567899";
constexpr char kCaseGtin[] = "19521234567896";
constexpr char kOtherGtin[] = "9521234567882";
constexpr char kWeighedGtin[] = "2001234567893";
constexpr char kNationalId[] = "0084575948";

class AliasMerge : public testing::Test {
 protected:
  absl::StatusOr<LifeOutcome> Merge(coding::Code from, coding::Code to) {
    const LifeChange change{from.Digits(), v1::LIFE_STATE_MERGED, "the same", to.Digits(), ""};
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return ChangeLifeState(transaction, Admin(), change);
    });
  }
  void Add(coding::Code code, const v1::Alias& alias) {
    const auto added = world_.Write([&](storage::WriteTransaction& transaction) {
      return AddAlias(transaction, world_.environment(), Admin(), code.Digits(), alias);
    });
    ASSERT_TRUE(added.ok()) << added.status();
  }
  // "scheme value", the live ones, or those that ended.
  std::vector<std::string> Aliases(coding::Code code, bool live) {
    std::vector<std::string> texts;
    const auto page = world_.Read([&](storage::ReadTransaction& transaction) {
      return ListAliases(transaction, Admin(), code.Digits(), {1000, ""});
    });
    for (const v1::Alias& alias : page->rows) {
      if (alias.has_end_time() == live) continue;
      texts.push_back(AliasSchemeName(alias.scheme()) + " " + alias.value());
    }
    return texts;
  }
  // The code that the alias leads to; "" when there is none.
  std::string LeadsTo(v1::AliasScheme scheme, MemberId scope, const std::string& value) {
    const auto found = world_.Read([&](storage::ReadTransaction& transaction) {
      return FindAlias(transaction, scheme, scope, value);
    });
    return found->has_value() ? (*found)->alias().code() : "";
  }
  v1::Item ItemOf(coding::Code code) {
    return *world_.Read(
        [&](storage::ReadTransaction& transaction) { return GetItem(transaction, code.Digits()); });
  }
  std::vector<coding::Code> SuppliersOf(const std::string& generic) {
    return *world_.Read([&](storage::ReadTransaction& transaction) {
      return SupplierItemsOf(transaction, coding::ParseCode(generic.substr(6)).value(), 10);
    });
  }

  RegistryWorld world_;
  MemberId first_ = world_.MakeMember("A");
  MemberId second_ = world_.MakeMember("B");
  v1::Alias gtin_ = AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin);
  v1::Alias part_ = AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P-1");
  v1::Alias iran_code_ = AliasOf(v1::ALIAS_SCHEME_IRANCODE, "1234567890123456");
};

TEST_F(AliasMerge, ThePiecesOfTheOldCodeStayWithIt) {
  const v1::Alias imei = AliasOf(v1::ALIAS_SCHEME_IMEI, "490154203237518");
  const coding::Code from = world_.MakeItem(first_, "Telephone", {imei, part_});
  const coding::Code to = world_.MakeItem(first_, "Telephone again");
  ASSERT_TRUE(Merge(from, to).ok());
  EXPECT_EQ(LeadsTo(imei.scheme(), MemberId::kRegistry, imei.value()), from.Digits());
  EXPECT_THAT(Aliases(from, true), ElementsAre("imei 490154203237518"));
  EXPECT_THAT(Aliases(to, true), ElementsAre("supplier_part P-1"));
}

TEST_F(AliasMerge, AnLeiStaysWithTheFirmThatIsMergedIntoAPerson) {
  const coding::Code firm =
      world_.MakeParty(first_, "Firm", v1::PARTY_ROLE_CUSTOMER, v1::PARTY_KIND_ORGANISATION);
  Add(firm, AliasOf(v1::ALIAS_SCHEME_LEI, "HWUPKR0MPOU8FGXBT394"));
  const coding::Code person = world_.MakeParty(first_, "Its owner");
  ASSERT_TRUE(Merge(firm, person).ok());
  EXPECT_THAT(Aliases(firm, true), ElementsAre("lei HWUPKR0MPOU8FGXBT394"));
  EXPECT_THAT(Aliases(person, true), IsEmpty());
}

TEST_F(AliasMerge, MovesLiveAliasesToTheSurvivorAndKeepsHistory) {
  const coding::Code old = world_.MakeItem(first_, "Milk", {part_, iran_code_});
  const coding::Code survivor =
      world_.MakeItem(first_, "Milk too", {AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P-2")});
  ASSERT_TRUE(Merge(old, survivor).ok());
  EXPECT_THAT(
      Aliases(survivor, true),
      UnorderedElementsAre("irancode 1234567890123456", "supplier_part P-1", "supplier_part P-2"));
  EXPECT_THAT(Aliases(old, true), IsEmpty());
  EXPECT_THAT(Aliases(old, false),
              UnorderedElementsAre("irancode 1234567890123456", "supplier_part P-1"));
  EXPECT_EQ(LeadsTo(v1::ALIAS_SCHEME_SUPPLIER_PART, first_, "P-1"), survivor.Digits());
  EXPECT_EQ(LeadsTo(v1::ALIAS_SCHEME_IRANCODE, MemberId::kRegistry, "1234567890123456"),
            survivor.Digits());
}

TEST_F(AliasMerge, MovesAGtinWithinItsGenericItem) {
  const coding::Code old = world_.MakeItem(first_, "Milk", {gtin_});
  Add(old, AliasOf(v1::ALIAS_SCHEME_GTIN, kCaseGtin, 12));
  const coding::Code survivor = world_.MakeItem(first_, "Milk too");
  const std::string generic = ItemOf(old).generic_item();
  const auto merged = Merge(old, survivor);
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(ItemOf(old).generic_item(), "");
  EXPECT_EQ(ItemOf(old).life().state(), v1::LIFE_STATE_MERGED);
  EXPECT_EQ(ItemOf(old).etag(), merged->etag);
  EXPECT_EQ(ItemOf(survivor).generic_item(), generic);
  EXPECT_EQ(ItemOf(survivor).life().predecessor_steps(), 1);
  EXPECT_THAT(SuppliersOf(generic), ElementsAre(survivor));
  EXPECT_THAT(Aliases(survivor, true), UnorderedElementsAre("gtin 0" + std::string(kGtin),
                                                            "gtin " + std::string(kCaseGtin)));
  EXPECT_EQ("items/" + LeadsTo(v1::ALIAS_SCHEME_GTIN, MemberId::kRegistry, kCaseGtin), generic);
  const auto generic_code = coding::ParseCode(generic.substr(6)).value();
  EXPECT_THAT(Aliases(generic_code, false), IsEmpty()) << "the GTIN never ended";
}

TEST_F(AliasMerge, LeavesOneBearerWhereBothBoreTheGtin) {
  const coding::Code old = world_.MakeItem(first_, "Milk", {gtin_});
  const coding::Code survivor = world_.MakeItem(second_, "Milk of B", {gtin_});
  const std::string generic = ItemOf(old).generic_item();
  ASSERT_TRUE(Merge(old, survivor).ok());
  EXPECT_THAT(SuppliersOf(generic), ElementsAre(survivor));
  EXPECT_THAT(Aliases(survivor, true), ElementsAre("gtin 0" + std::string(kGtin)));
  EXPECT_THAT(Aliases(old, true), IsEmpty());
}

TEST_F(AliasMerge, LeavesAGtinOfAnotherGenericItemWithTheOldCode) {
  const coding::Code old = world_.MakeItem(first_, "Milk", {gtin_, part_});
  const coding::Code survivor =
      world_.MakeItem(first_, "Milk too", {AliasOf(v1::ALIAS_SCHEME_GTIN, kOtherGtin)});
  const std::string generic = ItemOf(old).generic_item();
  ASSERT_TRUE(Merge(old, survivor).ok());
  EXPECT_THAT(Aliases(old, true), ElementsAre("gtin 0" + std::string(kGtin)));
  EXPECT_EQ(ItemOf(old).generic_item(), generic);
  EXPECT_THAT(Aliases(survivor, true),
              UnorderedElementsAre("gtin 0" + std::string(kOtherGtin), "supplier_part P-1"));
}

TEST_F(AliasMerge, KeepsNumbersOfAMemberWithThatMember) {
  const v1::Alias weighed = AliasOf(v1::ALIAS_SCHEME_GTIN, kWeighedGtin);
  const coding::Code old = world_.MakeItem(first_, "Cheese", {part_, weighed, iran_code_});
  const coding::Code survivor = world_.MakeItem(second_, "Cheese of B");
  ASSERT_TRUE(Merge(old, survivor).ok());
  EXPECT_THAT(Aliases(survivor, true), ElementsAre("irancode 1234567890123456"));
  EXPECT_EQ(LeadsTo(v1::ALIAS_SCHEME_SUPPLIER_PART, first_, "P-1"), old.Digits());
  EXPECT_EQ(LeadsTo(v1::ALIAS_SCHEME_SUPPLIER_PART, second_, "P-1"), "");
  // Between two items of the member they move.
  const coding::Code next = world_.MakeItem(first_, "Tvorog", {});
  const coding::Code before =
      world_.MakeItem(first_, "Quark", {AliasOf(v1::ALIAS_SCHEME_GTIN, "2001234567886")});
  ASSERT_TRUE(Merge(before, next).ok());
  EXPECT_THAT(Aliases(next, true), ElementsAre("gtin 02001234567886"));
}

TEST_F(AliasMerge, MovesTheIdsOfAPersonToAPersonOnly) {
  const v1::Alias id = AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, kNationalId);
  const coding::Code twice = world_.MakeParty(first_, "Zahra");
  const coding::Code zahra = world_.MakeParty(first_, "Zahra Amiri");
  Add(twice, id);
  ASSERT_TRUE(Merge(twice, zahra).ok());
  EXPECT_THAT(Aliases(zahra, true), ElementsAre("national_id "));
  const coding::Code company =
      world_.MakeParty(first_, "Amiri Ltd", v1::PARTY_ROLE_CUSTOMER, v1::PARTY_KIND_ORGANISATION);
  ASSERT_TRUE(Merge(zahra, company).ok());
  EXPECT_THAT(Aliases(company, true), IsEmpty());
  EXPECT_THAT(Aliases(zahra, true), ElementsAre("national_id "));
}

TEST_F(AliasMerge, RefusesASurvivorWithoutRoomAndChangesNothing) {
  const coding::Code old = world_.MakeItem(first_, "Milk", {part_});
  const coding::Code survivor = world_.MakeItem(first_, "Milk too");
  for (std::size_t i = 0; i < kLiveAliasesMax; ++i) {
    Add(survivor, AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "S" + std::to_string(i)));
  }
  const auto before = world_.Dump();
  const auto refused = Merge(old, survivor);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kLimitExceeded) << refused.status();
  EXPECT_EQ(world_.Dump(), before);
}

}  // namespace
}  // namespace radyab::catalog
