#include "registry/catalog/generic_item.h"

#include <gmock/gmock.h>

#include "registry/catalog/alias_registry.h"
#include "registry/catalog/alias_row.h"
#include "registry/catalog/item_registry.h"
#include "registry/storage/rows.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using testing::HasSubstr;
using tests::Admin;
using tests::AliasOf;
using tests::CallerFor;
using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

constexpr char kGtin[] = "9521234567899";
constexpr char kCaseGtin[] = "19521234567896";
constexpr char kWeighedGtin[] = "2001234567893";  // of restricted circulation

class GenericItem : public testing::Test {
 protected:
  absl::StatusOr<v1::Alias> Add(coding::Code code, const v1::Alias& alias) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return AddAlias(transaction, world_.environment(), Admin(), code.Digits(), alias);
    });
  }
  absl::StatusOr<v1::Alias> End(coding::Code code, const v1::Alias& alias) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return EndAlias(transaction, world_.environment(), Admin(), code.Digits(), alias);
    });
  }
  coding::Code GenericOf(coding::Code code) {
    const auto item = world_.Read(
        [&](storage::ReadTransaction& transaction) { return GetItem(transaction, code.Digits()); });
    return coding::ParseCode(item->generic_item().substr(6)).value();
  }
  bool IsLive(const AliasKey& key) {
    return world_
        .Read([&](storage::ReadTransaction& transaction) { return LiveAlias(transaction, key); })
        ->has_value();
  }

  RegistryWorld world_;
  MemberId first_ = world_.MakeMember("A");
  MemberId second_ = world_.MakeMember("B");
  v1::Alias gtin_ = AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin);
};

TEST_F(GenericItem, KeepsAGtinThatASuppliersItemBears) {
  const coding::Code one = world_.MakeItem(first_, "Milk", {gtin_});
  const coding::Code two = world_.MakeItem(second_, "Milk", {gtin_});
  const coding::Code generic = GenericOf(one);
  const auto before = world_.Dump();
  const auto refused = End(generic, gtin_);
  EXPECT_EQ(FieldIn(refused.status()), "alias.value") << refused.status();
  EXPECT_THAT(refused.status().message(), HasSubstr(one.Digits()));
  EXPECT_EQ(world_.Dump(), before);
  ASSERT_TRUE(End(one, gtin_).ok());
  EXPECT_FALSE(End(generic, gtin_).ok()) << "the other still bears it";
  EXPECT_TRUE(End(two, gtin_).ok()) << "the last one takes it along";
  EXPECT_FALSE(IsLive({v1::ALIAS_SCHEME_GTIN, MemberId::kRegistry, "0" + std::string(kGtin)}));
}

TEST_F(GenericItem, GivesUpAGtinThatTheRegistrarGaveIt) {
  const coding::Code generic = GenericOf(world_.MakeItem(first_, "Milk", {gtin_}));
  const v1::Alias of_case = AliasOf(v1::ALIAS_SCHEME_GTIN, kCaseGtin, 12);
  ASSERT_TRUE(Add(generic, of_case).ok());
  EXPECT_TRUE(End(generic, of_case).ok());
  EXPECT_FALSE(IsLive({v1::ALIAS_SCHEME_GTIN, MemberId::kRegistry, kCaseGtin}));
}

TEST_F(GenericItem, EndsANumberOfRestrictedCirculationInItsMembersScope) {
  const v1::Alias weighed = AliasOf(v1::ALIAS_SCHEME_GTIN, kWeighedGtin);
  const coding::Code item = world_.MakeItem(first_, "Cheese by weight", {weighed});
  const coding::Code generic = GenericOf(item);
  const std::string value = "0" + std::string(kWeighedGtin);
  EXPECT_FALSE(End(generic, weighed).ok()) << "the supplier's item bears it";
  // A line of the generic item that no item bears any more, ended by somebody whose own scope is
  // everybody's.
  const auto status = world_.Write([&](storage::WriteTransaction& transaction) -> absl::Status {
    auto ended = EndHistory(transaction, {v1::ALIAS_SCHEME_GTIN, first_, value}, item);
    if (!ended.ok()) return ended.status();
    return UnlinkGtin(transaction, generic, {v1::ALIAS_SCHEME_GTIN, MemberId::kRegistry, value});
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_FALSE(IsLive({v1::ALIAS_SCHEME_GTIN, first_, value}));
  EXPECT_FALSE(world_.Dump().contains(keyspace::EndedGtin(value))) << "nobody else learns of it";
}

TEST_F(GenericItem, HasTenThousandSuppliersItemsAndNotOneMore) {
  const coding::Code one = world_.MakeItem(first_, "Milk", {gtin_});
  const coding::Code generic = GenericOf(one);
  const coding::Code last = world_.MakeItem(second_, "Milk");
  const coding::Code too_many = world_.MakeItem(world_.MakeMember("C"), "Milk");
  const auto status = world_.store().Write([&](storage::WriteTransaction& transaction) {
    for (std::uint32_t number = 2; number < kSupplierItemsOfGenericMax; ++number) {
      const auto code = coding::Code::ForCatalog(coding::Kind::kItem, 412, 90'000 + number / 1'000,
                                                 1 + number % 1'000);
      v1::Item row;
      row.set_code(code->Digits());
      row.set_member("members/90000");
      auto put = storage::PutRow(transaction, keyspace::Item(*code), row);
      if (put.ok()) put = storage::PutMark(transaction, keyspace::SupplierItem(generic, *code));
      if (!put.ok()) return put;
    }
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok()) << status;
  const auto added = Add(last, gtin_);
  EXPECT_TRUE(added.ok()) << added.status();
  const auto refused = Add(too_many, gtin_);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kLimitExceeded) << refused.status();
  EXPECT_TRUE(Add(one, AliasOf(v1::ALIAS_SCHEME_GTIN, kCaseGtin, 12)).ok()) << "it is one of them";
}

}  // namespace
}  // namespace radyab::catalog
