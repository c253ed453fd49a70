#include "registry/catalog/identity.h"

#include <gmock/gmock.h>

#include "registry/catalog/class_tree.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/life.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using testing::HasSubstr;
using tests::Admin;
using tests::CallerFor;
using tests::ReasonIn;
using tests::RegistryWorld;

// Class 0412 with brand (text) and volume (number) identifying, and a note that is not.
class IdentityTest : public testing::Test {
 protected:
  IdentityTest() {
    world_.MakeClass("04");
    MakeClass("0412", {"brand", "volume"});
    MakeClass("0413", {"brand", "volume"});
    member_ = world_.MakeMember("A");
    other_ = world_.MakeMember("B");
  }

  static v1::Class Wanted(const std::string& key_code, const std::set<std::string>& identifying) {
    v1::Class node;
    node.set_key_code(key_code);
    node.set_name("classes/" + key_code);
    node.mutable_display_name()->set_en("Milk");
    for (const char* key : {"brand", "note", "volume"}) {
      v1::AttributeTemplate& attribute = *node.add_attributes();
      attribute.set_key(key);
      attribute.mutable_display_name()->set_en(key);
      attribute.set_type(std::string(key) == "volume" ? v1::ATTRIBUTE_TYPE_NUMBER
                                                      : v1::ATTRIBUTE_TYPE_TEXT);
      attribute.set_identifying(identifying.contains(key));
    }
    return node;
  }
  void MakeClass(const std::string& key_code, const std::set<std::string>& identifying) {
    const auto made = world_.Write([&](storage::WriteTransaction& transaction) {
      return CreateClass(transaction, Wanted(key_code, identifying));
    });
    ASSERT_TRUE(made.ok()) << made.status();
  }

  static v1::Item Milk(const std::vector<std::pair<std::string, std::string>>& values,
                       const std::string& key_code = "0412") {
    v1::Item item;
    item.set_class_name("classes/" + key_code);
    item.mutable_display_name()->set_en("Milk");
    for (const auto& [key, value] : values) {
      v1::Attribute& attribute = *item.add_attributes();
      attribute.set_key(key);
      attribute.set_value(value);
    }
    return item;
  }
  absl::StatusOr<v1::Item> Create(MemberId member, const v1::Item& item) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return CreateItem(transaction, world_.environment(), CallerFor(member), item, {});
    });
  }
  absl::StatusOr<v1::Item> Update(const v1::Item& item, const std::set<std::string>& fields) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return UpdateItem(transaction, Admin(), item, fields);
    });
  }
  void End(const v1::Item& item, v1::LifeState state) {
    const LifeChange change{item.code(), state, "a reason", "", ""};
    const auto ended = world_.Write([&](storage::WriteTransaction& transaction) {
      return ChangeLifeState(transaction, Admin(), change);
    });
    ASSERT_TRUE(ended.ok()) << ended.status();
  }

  RegistryWorld world_;
  MemberId member_{}, other_{};
};

TEST_F(IdentityTest, RefusesTheSameGoodsAndNamesThem) {
  const auto first = Create(member_, Milk({{"brand", "پاک"}, {"volume", "1"}}));
  ASSERT_TRUE(first.ok()) << first.status();
  const auto before = world_.Dump();
  const auto second = Create(member_, Milk({{"volume", "1"}, {"brand", "پاک"}}));
  EXPECT_EQ(ReasonIn(second.status()), Reason::kAlreadyExists);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(first->code()));
  EXPECT_EQ(ReasonOf(second.status())->metadata.at("resource"), first->name());
  EXPECT_EQ(world_.Dump(), before) << "a refusal issues no code";
}

TEST_F(IdentityTest, SeesThroughSpellings) {
  ASSERT_TRUE(Create(member_, Milk({{"brand", "كاله"}, {"volume", "1.50"}})).ok());
  const auto second = Create(member_, Milk({{"brand", "کاله"}, {"volume", "۱٫۵"}}));
  EXPECT_EQ(ReasonIn(second.status()), Reason::kAlreadyExists) << second.status();
}

TEST_F(IdentityTest, LetsInWhatDiffersInOneOfThem) {
  ASSERT_TRUE(Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}})).ok());
  EXPECT_TRUE(Create(member_, Milk({{"brand", "Pak"}, {"volume", "2"}})).ok());
  EXPECT_TRUE(Create(member_, Milk({{"brand", "Kalleh"}, {"volume", "1"}})).ok());
  EXPECT_TRUE(Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}}, "0413")).ok())
      << "another class";
  EXPECT_TRUE(Create(other_, Milk({{"brand", "Pak"}, {"volume", "1"}})).ok())
      << "goods of another supplier have codes of their own";
}

TEST_F(IdentityTest, KnowsNothingOfWhatIsNotGivenWhole) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(Create(member_, Milk({{"brand", "Pak"}, {"note", "same"}})).ok());
  }
}

TEST_F(IdentityTest, LooksAtIdentifyingAttributesAlone) {
  ASSERT_TRUE(Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}, {"note", "a"}})).ok());
  EXPECT_EQ(
      ReasonIn(Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}, {"note", "b"}})).status()),
      Reason::kAlreadyExists);
}

TEST_F(IdentityTest, TheEndOfOneMakesRoomForAnother) {
  for (const v1::LifeState state : {v1::LIFE_STATE_RETIRED, v1::LIFE_STATE_ANNULLED}) {
    const auto first = Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}}));
    ASSERT_TRUE(first.ok()) << first.status();
    End(*first, state);
  }
  const auto third = Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}}));
  ASSERT_TRUE(third.ok()) << third.status();
  End(*third, v1::LIFE_STATE_SUSPENDED);
  EXPECT_EQ(ReasonIn(Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}})).status()),
            Reason::kAlreadyExists)
      << "what is suspended may come back";
}

TEST_F(IdentityTest, AChangeTakesItsPlaceAlong) {
  auto first = Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}}));
  const auto second = Create(member_, Milk({{"brand", "Pak"}, {"volume", "2"}}));
  ASSERT_TRUE(first.ok() && second.ok());
  v1::Item wanted = Milk({{"brand", "Pak"}, {"volume", "2"}});
  wanted.set_name(first->name());
  EXPECT_EQ(ReasonIn(Update(wanted, {"attributes"}).status()), Reason::kAlreadyExists);

  wanted = Milk({{"brand", "Pak"}, {"volume", "3"}});
  wanted.set_name(first->name());
  const auto updated = Update(wanted, {"attributes"});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_TRUE(Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}})).ok())
      << "nobody is the 1 l any more";
  EXPECT_EQ(ReasonIn(Create(member_, Milk({{"brand", "Pak"}, {"volume", "3"}})).status()),
            Reason::kAlreadyExists);

  wanted.mutable_display_name()->set_en("Fresh milk");
  EXPECT_TRUE(Update(wanted, {"display_name"}).ok()) << "it is not a duplicate of itself";
}

TEST_F(IdentityTest, ReclassifyingTakesItsPlaceAlongAndKeepsTheCode) {
  auto item = Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}}));
  ASSERT_TRUE(item.ok()) << item.status();
  v1::Item wanted = *item;
  wanted.set_class_name("classes/0413");
  const auto moved = Update(wanted, {"class_name"});
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->code(), item->code());
  EXPECT_TRUE(Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}})).ok());
  EXPECT_EQ(ReasonIn(Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}}, "0413")).status()),
            Reason::kAlreadyExists);
}

TEST_F(IdentityTest, IsJudgedByTheClassAsItIsNow) {
  ASSERT_TRUE(Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}})).ok());
  const auto updated = world_.Write([&](storage::WriteTransaction& transaction) {
    return UpdateClass(transaction, Wanted("0412", {}), {"attributes"});
  });
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->version(), 2);
  EXPECT_TRUE(Create(member_, Milk({{"brand", "Pak"}, {"volume", "1"}})).ok())
      << "nothing is identifying any more";
}

}  // namespace
}  // namespace radyab::catalog
