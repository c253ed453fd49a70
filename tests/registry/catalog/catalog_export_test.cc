#include "registry/catalog_export.h"

#include <gtest/gtest.h>

#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "tests/support/registry_world.h"

namespace radyab {
namespace {

using tests::Admin;
using tests::AliasOf;
using tests::CallerFor;
using tests::ReasonIn;
using tests::RegistryWorld;

constexpr char kGtin[] = "9521234567899";
constexpr char kCaseGtin[] = "19521234567896";

struct Exported {
  std::vector<std::string> codes;
  std::vector<std::vector<v1::Alias>> aliases;
};

absl::StatusOr<Exported> Items(RegistryWorld& world, const access::Caller& caller,
                               const std::string& member = "", bool all_states = false) {
  return world.Read([&](storage::ReadTransaction& transaction) -> absl::StatusOr<Exported> {
    Exported exported;
    auto status = ExportItems(transaction, {world.environment(), caller, member, all_states},
                              [&](const v1::Item& item, const std::vector<v1::Alias>& aliases) {
                                exported.codes.push_back(item.code());
                                exported.aliases.push_back(aliases);
                                return absl::OkStatus();
                              });
    if (!status.ok()) return status;
    return exported;
  });
}

TEST(CatalogExport, GivesItemsWithTheAliasesThatRegisteredThem) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("Maker");
  const auto part = AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P1");
  const coding::Code milk = world.MakeItem(
      member, "Milk",
      {part, AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin), AliasOf(v1::ALIAS_SCHEME_GTIN, kCaseGtin, 12)});
  const coding::Code tea = world.MakeItem(member, "Tea");
  const auto exported = Items(world, Admin());
  ASSERT_TRUE(exported.ok()) << exported.status();
  EXPECT_EQ(exported->codes, (std::vector<std::string>{milk.Digits(), tea.Digits()}))
      << "the generic item is in the GTINs";
  ASSERT_EQ(exported->aliases[0].size(), 3u);
  int packages = 0;
  for (const v1::Alias& alias : exported->aliases[0]) {
    packages += alias.contained_quantity() == 12 ? 1 : 0;
    EXPECT_TRUE(alias.code().empty() && !alias.has_create_time()) << "as a registration has it";
  }
  EXPECT_EQ(packages, 1);
  EXPECT_TRUE(exported->aliases[1].empty());
}

TEST(CatalogExport, IsOfOneMomentWhateverChangesMeanwhile) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("Maker");
  for (int i = 0; i < 3; ++i) world.MakeItem(member, "Milk");
  std::size_t visited = 0;
  const auto status = world.Read([&](storage::ReadTransaction& transaction) {
    return ExportItems(transaction, {world.environment(), Admin(), "", false},
                       [&](const v1::Item&, const std::vector<v1::Alias>&) {
                         if (++visited == 1) world.MakeItem(member, "Late");
                         return absl::OkStatus();
                       });
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(visited, 3u);
  EXPECT_EQ(Items(world, Admin())->codes.size(), 4u);
}

TEST(CatalogExport, GivesAMemberWhatIsHisAndNobodyElses) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("Maker"), other = world.MakeMember("Other");
  const coding::Code milk = world.MakeItem(member, "Milk");
  world.MakeItem(other, "Tea");
  EXPECT_EQ(Items(world, CallerFor(member))->codes, std::vector<std::string>{milk.Digits()});
  EXPECT_EQ(ReasonIn(Items(world, CallerFor(member), catalog::MemberName(other)).status()),
            Reason::kNotFound);
  EXPECT_EQ(Items(world, Admin())->codes.size(), 2u);
}

TEST(CatalogExport, LeavesOutWhatIsNotInUseUnlessAsked) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("Maker");
  const coding::Code milk = world.MakeItem(member, "Milk");
  ASSERT_TRUE(world
                  .Write([&](storage::WriteTransaction& transaction) {
                    return catalog::ChangeLifeState(
                        transaction, Admin(),
                        {milk.Digits(), v1::LIFE_STATE_RETIRED, "not made", "", ""});
                  })
                  .ok());
  EXPECT_TRUE(Items(world, Admin())->codes.empty());
  EXPECT_EQ(Items(world, Admin(), "", true)->codes.size(), 1u);
}

TEST(CatalogExport, PartiesGoToTheirMemberAndWithoutPersonalAliases) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("Shop"), other = world.MakeMember("Other");
  const coding::Code ann = world.MakeParty(member, "Ann");
  const auto codes_for = [&](const access::Caller& caller, const std::string& name) {
    std::vector<std::string> codes;
    const auto status = world.Read([&](storage::ReadTransaction& transaction) {
      return ExportParties(transaction, {world.environment(), caller, name, false},
                           [&](const v1::Party& party, const std::vector<v1::Alias>& aliases) {
                             EXPECT_EQ(party.display_name().en(), "Ann");
                             EXPECT_TRUE(aliases.empty());
                             codes.push_back(party.code());
                             return absl::OkStatus();
                           });
    });
    return status.ok() ? codes
                       : std::vector<std::string>{std::string(ReasonName(ReasonIn(status)))};
  };
  const std::vector<std::string> hers = {ann.Digits()};
  EXPECT_EQ(codes_for(CallerFor(member), ""), hers) << "not the party that is the member itself";
  EXPECT_EQ(codes_for(Admin(), ""), hers);
  EXPECT_TRUE(codes_for(CallerFor(other), "").empty());
  EXPECT_EQ(codes_for(CallerFor(other), catalog::MemberName(member)),
            std::vector<std::string>{"NOT_FOUND"});
  const access::Caller registrar{5, v1::ROLE_REGISTRAR, std::nullopt};
  for (const MemberId owner : {member, other}) {  // also of one who has none
    EXPECT_EQ(codes_for(registrar, catalog::MemberName(owner)),
              std::vector<std::string>{"NOT_FOUND"});
  }
  EXPECT_EQ(codes_for(registrar, ""), std::vector<std::string>{"MISSING_FIELD"});
}

}  // namespace
}  // namespace radyab
