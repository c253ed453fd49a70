#include "registry/catalog/item_registry.h"

#include <gmock/gmock.h>

#include "registry/catalog/class_tree.h"
#include "registry/catalog/member_registry.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::Admin;
using tests::CallerFor;
using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

absl::StatusOr<v1::Item> Create(RegistryWorld& world, const access::Caller& caller,
                                const v1::Item& wanted,
                                const std::vector<v1::Alias>& aliases = {}) {
  return world.Write([&](storage::WriteTransaction& transaction) {
    return CreateItem(transaction, world.environment(), caller, wanted, aliases);
  });
}

v1::Item Get(RegistryWorld& world, const std::string& name) {
  return *world.Read(
      [&](storage::ReadTransaction& transaction) { return GetItem(transaction, name); });
}

std::vector<std::string> Names(RegistryWorld& world, const CatalogFilter& filter,
                               std::size_t page_rows) {
  std::vector<std::string> names;
  PageRequest page{page_rows, ""};
  do {
    const auto part = world.Read([&](storage::ReadTransaction& transaction) {
      return ListItems(transaction, filter, page);
    });
    EXPECT_TRUE(part.ok()) << part.status();
    if (!part.ok()) return names;
    EXPECT_LE(part->rows.size(), page_rows);
    for (const auto& item : part->rows) names.push_back(item.display_name().en());
    page.after = part->next;
  } while (!page.after.empty());
  return names;
}

v1::Item Wanted(const std::string& en) {
  v1::Item item;
  item.set_class_name("classes/0412");
  item.mutable_display_name()->set_en(en);
  return item;
}

TEST(ItemRegistry, IssuesACodeBornInTheClass) {
  RegistryWorld world;
  world.MakeClass("041205");
  const MemberId member = world.MakeMember("A");
  v1::Item wanted = Wanted("Milk");
  wanted.set_class_name("classes/041205");
  const auto item = Create(world, CallerFor(member), wanted);
  ASSERT_TRUE(item.ok()) << item.status();
  const auto code = coding::ParseCode(item->code());
  ASSERT_TRUE(code.ok());
  EXPECT_EQ(code->birth_class(), 412u);
  EXPECT_EQ(item->name(), "items/" + item->code());
  EXPECT_EQ(item->member(), "members/00001");
  EXPECT_EQ(item->unit(), "C62");
  EXPECT_EQ(item->life().state(), v1::LIFE_STATE_ACTIVE);
  EXPECT_EQ(Get(world, item->name()).SerializeAsString(), item->SerializeAsString());
}

TEST(ItemRegistry, TakesNothingThatOnlyTheRegistrySets) {
  RegistryWorld world;
  world.MakeClass("0412");
  const MemberId member = world.MakeMember("A");
  v1::Item wanted = Wanted("Milk");
  wanted.set_code("9999999999999999");
  wanted.set_name("items/1");
  wanted.set_generic(true);
  wanted.set_generic_item("items/2");
  wanted.mutable_life()->set_state(v1::LIFE_STATE_ANNULLED);
  const auto item = Create(world, CallerFor(member), wanted);
  ASSERT_TRUE(item.ok());
  EXPECT_FALSE(item->generic());
  EXPECT_EQ(item->generic_item(), "");
  EXPECT_EQ(item->life().state(), v1::LIFE_STATE_ACTIVE);
  EXPECT_NE(item->code(), wanted.code());
}

TEST(ItemRegistry, SaysEveryFaultAtOnceAndChangesNothing) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  v1::Item wanted;
  wanted.set_class_name("classes/0412");
  wanted.set_unit("??");
  const auto before = world.Dump();
  const auto refused = Create(world, CallerFor(member), wanted);
  const auto detail = ReasonOf(refused.status());
  ASSERT_TRUE(detail);
  std::vector<std::string> fields;
  for (const auto& fault : detail->fields) fields.push_back(fault.field);
  EXPECT_EQ(fields,
            (std::vector<std::string>{"item.unit", "item.display_name", "item.class_name"}));
  EXPECT_EQ(world.Dump(), before);
}

TEST(ItemRegistry, BuildsTheApprovedNameAnewWithEveryChange) {
  RegistryWorld world;
  world.MakeClass("0412");
  v1::Class pattern;
  pattern.set_name("classes/04");
  pattern.mutable_name_pattern()->set_en("{base} by us");
  ASSERT_TRUE(world
                  .Write([&](storage::WriteTransaction& transaction) {
                    return UpdateClass(transaction, pattern, {"name_pattern"});
                  })
                  .ok());
  const MemberId member = world.MakeMember("A");
  v1::Item wanted = Wanted("Milk");
  wanted.mutable_approved_name()->set_en("Gold");
  const auto item = Create(world, CallerFor(member), wanted);
  ASSERT_TRUE(item.ok()) << item.status();
  EXPECT_NE(item->approved_name().en(), "Gold") << "only the registry sets it";
  EXPECT_THAT(item->approved_name().en(), testing::HasSubstr(" by us"));

  pattern.mutable_name_pattern()->clear_en();
  ASSERT_TRUE(world
                  .Write([&](storage::WriteTransaction& transaction) {
                    return UpdateClass(transaction, pattern, {"name_pattern"});
                  })
                  .ok());
  EXPECT_TRUE(Get(world, item->name()).has_approved_name()) << "until the item changes";
  v1::Item changed = *item;
  changed.mutable_display_name()->set_en("Fresh milk");
  const auto updated = world.Write([&](storage::WriteTransaction& transaction) {
    return UpdateItem(transaction, Admin(), changed, {"display_name"});
  });
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_FALSE(updated->has_approved_name());
}

TEST(ItemRegistry, TellsTheVersionsOfTheClassesItWasCheckedAgainst) {
  RegistryWorld world;
  world.MakeClass("0412");
  const auto rename = [&](const std::string& class_name, const std::string& en) {
    v1::Class wanted;
    wanted.set_name(class_name);
    wanted.mutable_display_name()->set_en(en);
    const auto renamed = world.Write([&](storage::WriteTransaction& transaction) {
      return UpdateClass(transaction, wanted, {"display_name.en"});
    });
    ASSERT_TRUE(renamed.ok()) << renamed.status();
  };
  rename("classes/04", "Food");
  rename("classes/04", "Food and drink");
  const MemberId member = world.MakeMember("A");
  v1::Item wanted = Wanted("Milk");
  wanted.add_class_versions(77);
  const auto item = Create(world, CallerFor(member), wanted);
  ASSERT_TRUE(item.ok()) << item.status();
  EXPECT_THAT(item->class_versions(), testing::ElementsAre(3, 1));
  rename("classes/0412", "Dairy");
  EXPECT_THAT(Get(world, item->name()).class_versions(), testing::ElementsAre(3, 1));
  v1::Item changed = *item;
  changed.mutable_display_name()->set_en("Fresh milk");
  const auto updated = world.Write([&](storage::WriteTransaction& transaction) {
    return UpdateItem(transaction, Admin(), changed, {"display_name"});
  });
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_THAT(updated->class_versions(), testing::ElementsAre(3, 2));
}

TEST(ItemRegistry, AForeignMemberIsRefusedAsIfMissing) {
  RegistryWorld world;
  world.MakeClass("0412");
  const MemberId member = world.MakeMember("A");
  world.MakeMember("B");
  v1::Item wanted = Wanted("Milk");
  wanted.set_member("members/00002");
  EXPECT_TRUE(absl::IsNotFound(Create(world, CallerFor(member), wanted).status()));
  EXPECT_TRUE(Create(world, Admin(), wanted).ok());
}

TEST(ItemRegistry, ARefusedAliasIssuesNoCode) {
  RegistryWorld world;
  world.MakeClass("0412");
  const MemberId member = world.MakeMember("A");
  const auto before = world.Dump();
  const auto refused = Create(world, CallerFor(member), Wanted("Milk"),
                              {tests::AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P-1"),
                               tests::AliasOf(v1::ALIAS_SCHEME_GTIN, "9521234567891")});
  EXPECT_EQ(FieldIn(refused.status()), "aliases[1].value");
  EXPECT_EQ(ReasonOf(refused.status())->metadata.at("refusal"), "WRONG_CHECK_DIGIT");
  EXPECT_EQ(world.Dump(), before);
}

TEST(ItemRegistry, UpdatesSelectedFieldsAndKeepsTheCode) {
  RegistryWorld world;
  world.MakeClass("0412");
  world.MakeClass("0501");
  const MemberId member = world.MakeMember("A");
  v1::Item item = *Create(world, CallerFor(member), Wanted("Milk"));
  const std::string code = item.code();
  item.mutable_display_name()->set_fa("شیر");
  item.set_class_name("classes/0501");
  const auto updated = world.Write([&](storage::WriteTransaction& transaction) {
    return UpdateItem(transaction, CallerFor(member), item, {"display_name.fa", "class_name"});
  });
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->code(), code);  // a re-classification never changes a code
  EXPECT_EQ(updated->class_name(), "classes/0501");
  EXPECT_EQ(updated->display_name().fa(), "شیر");
  EXPECT_NE(updated->etag(), item.etag());
}

TEST(ItemRegistry, AnUpdateMovesTheNameIndex) {
  RegistryWorld world;
  world.MakeClass("0412");
  const MemberId member = world.MakeMember("A");
  v1::Item item = *Create(world, CallerFor(member), Wanted("Milk"));
  item.mutable_display_name()->set_en("Yoghurt");
  ASSERT_TRUE(world
                  .Write([&](storage::WriteTransaction& transaction) {
                    return UpdateItem(transaction, CallerFor(member), item, {"display_name"});
                  })
                  .ok());
  EXPECT_TRUE(Names(world, {"", "milk"}, 10).empty());
  EXPECT_EQ(Names(world, {"", "yog"}, 10), std::vector<std::string>{"Yoghurt"});
}

TEST(ItemRegistry, UpdatesOfForeignItemsAnswerAsIfMissing) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const MemberId foreign = world.MakeMember("B");
  const coding::Code code = world.MakeItem(member, "Milk");
  v1::Item wanted;
  wanted.set_name(code.Digits());
  wanted.mutable_display_name()->set_en("Mine");
  const auto refused = world.Write([&](storage::WriteTransaction& transaction) {
    return UpdateItem(transaction, CallerFor(foreign), wanted, {"display_name"});
  });
  EXPECT_TRUE(absl::IsNotFound(refused.status()));
}

TEST(ItemRegistry, ListsAMembersItemsOverAllItsBlocksInEveryPageSize) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  const MemberId second = world.MakeMember("B");
  std::vector<std::string> expected;
  for (int i = 0; i < 5; ++i) {
    expected.push_back("a" + std::to_string(i));
    world.MakeItem(first, expected.back());
    world.MakeItem(second, "b" + std::to_string(i));
  }
  for (std::size_t rows : {1u, 2u, 3u, 5u, 100u}) {
    EXPECT_EQ(Names(world, {"members/00001", ""}, rows), expected) << rows;
    EXPECT_EQ(Names(world, {"", ""}, rows).size(), 10u) << rows;
  }
  EXPECT_TRUE(absl::IsNotFound(world
                                   .Read([&](storage::ReadTransaction& transaction) {
                                     return ListItems(transaction, {"members/00077", ""}, {});
                                   })
                                   .status()));
}

TEST(ItemRegistry, FindsNamesHoweverTheyAreTyped) {
  RegistryWorld world;
  world.MakeClass("0412");
  const MemberId member = world.MakeMember("A");
  v1::Item wanted = Wanted("Kashk");
  wanted.mutable_display_name()->set_fa("كشك‌ پاستوريزه ۲۵۰ گرمی");
  ASSERT_TRUE(Create(world, CallerFor(member), wanted).ok());
  for (const char* typed : {"کشک", "كشك", "کشک پاستوریزه", "کشک پاستوریزه 250", "KASH", "kashk"}) {
    EXPECT_EQ(Names(world, {"", typed}, 10).size(), 1u) << typed;
  }
  EXPECT_TRUE(Names(world, {"", "پنیر"}, 10).empty());
}

TEST(ItemRegistry, ShowsAnItemOncePerPageThoughBothItsNamesBeginSo) {
  RegistryWorld world;
  world.MakeClass("0412");
  v1::Item wanted = Wanted("Kashk");
  wanted.mutable_display_name()->set_fa("Kashk 250");
  ASSERT_TRUE(Create(world, CallerFor(world.MakeMember("A")), wanted).ok());
  EXPECT_EQ(Names(world, {"", "kashk"}, 10), std::vector<std::string>{"Kashk"});
}

TEST(ItemRegistry, AnswersOnlyNamesThatBeginSoHoweverLongThePrefix) {
  RegistryWorld world;
  world.MakeClass("0412");
  const MemberId member = world.MakeMember("A");
  const std::string common(keyspace::kNameBytesMax, 'k');  // all that the index keeps
  for (const char* end : {"", "a", "ab"}) {
    ASSERT_TRUE(Create(world, CallerFor(member), Wanted(common + end)).ok());
  }
  EXPECT_EQ(Names(world, {"", common}, 10).size(), 3U);
  EXPECT_EQ(Names(world, {"", common + "a"}, 1).size(), 2U);
  EXPECT_EQ(Names(world, {"", common + "ab"}, 10), std::vector<std::string>{common + "ab"});
  EXPECT_TRUE(Names(world, {"", common + "b"}, 10).empty());
}

TEST(ItemRegistry, RefusesNamesThatAreNoItems) {
  RegistryWorld world;
  const coding::Code party = world.PartyOf(world.MakeMember("A"));
  const auto get = [&](const std::string& name) {
    return world.Read(
        [&](storage::ReadTransaction& transaction) { return GetItem(transaction, name); });
  };
  EXPECT_EQ(ReasonIn(get("items/1042000017000114").status()), Reason::kInvalidCode);
  EXPECT_EQ(FieldIn(get("items/" + party.Digits()).status()), "name");
  EXPECT_TRUE(absl::IsNotFound(get("items/1042000017000113").status()));
}

TEST(ItemRegistry, ACodeWithAnotherBirthClassIsNotTheSame) {
  RegistryWorld world;
  const coding::Code code = world.MakeItem(world.MakeMember("A"), "Milk");
  const auto other = coding::Code::ForCatalog(coding::Kind::kItem, code.birth_class() + 1,
                                              code.block(), code.counter());
  const auto found = world.Read(
      [&](storage::ReadTransaction& transaction) { return GetItem(transaction, other->Digits()); });
  EXPECT_TRUE(absl::IsNotFound(found.status()));
}

TEST(ItemRegistry, ServicesLiveByTheSameRules) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const coding::Code code = world.MakeService(member, "Home delivery");
  EXPECT_EQ(code.kind(), coding::Kind::kService);
  const auto page = world.Read([&](storage::ReadTransaction& transaction) {
    return ListServices(transaction, {"", "home"}, {});
  });
  ASSERT_EQ(page->rows.size(), 1u);
  EXPECT_EQ(page->rows[0].code(), code.Digits());
}

}  // namespace
}  // namespace radyab::catalog
