#include "registry/catalog/alias_registry.h"

#include "registry/catalog/generic_item.h"
#include "registry/catalog/item_registry.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::AliasOf;
using tests::CallerFor;
using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

constexpr char kGtin[] = "9521234567899";
constexpr char kCaseGtin[] = "19521234567896";
constexpr char kOtherGtin[] = "9521234567882";
constexpr char kNationalId[] = "0084575948";

absl::StatusOr<v1::Alias> Add(RegistryWorld& world, const access::Caller& caller, coding::Code code,
                              const v1::Alias& alias) {
  return world.Write([&](storage::WriteTransaction& transaction) {
    return AddAlias(transaction, world.environment(), caller, code.Digits(), alias);
  });
}

absl::StatusOr<v1::Alias> End(RegistryWorld& world, const access::Caller& caller, coding::Code code,
                              const v1::Alias& alias) {
  return world.Write([&](storage::WriteTransaction& transaction) {
    return EndAlias(transaction, world.environment(), caller, code.Digits(), alias);
  });
}

std::vector<v1::Alias> List(RegistryWorld& world, const access::Caller& caller, coding::Code code) {
  const auto page = world.Read([&](storage::ReadTransaction& transaction) {
    return ListAliases(transaction, caller, code.Digits(), {});
  });
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? page->rows : std::vector<v1::Alias>();
}

v1::Item ItemOf(RegistryWorld& world, coding::Code code) {
  return *world.Read(
      [&](storage::ReadTransaction& transaction) { return GetItem(transaction, code.Digits()); });
}

std::string GenericOf(RegistryWorld& world, coding::Code code) {
  return ItemOf(world, code).generic_item();
}

TEST(AliasRegistry, AGtinMakesAGenericItemAndASecondSupplierJoinsIt) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  const MemberId second = world.MakeMember("B");
  const v1::Alias gtin = AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin);
  const coding::Code one = world.MakeItem(first, "Milk", {gtin});
  const coding::Code two = world.MakeItem(second, "Milk of B", {gtin});
  const std::string generic = GenericOf(world, one);
  EXPECT_FALSE(generic.empty());
  EXPECT_EQ(GenericOf(world, two), generic);
  const auto code = coding::ParseCode(generic.substr(6));
  ASSERT_TRUE(code.ok());
  EXPECT_TRUE(ItemOf(world, *code).generic());
  EXPECT_EQ(ItemOf(world, *code).member(), "members/00000");
  const auto linked = world.Read([&](storage::ReadTransaction& transaction) {
    return SupplierItemsOf(transaction, *code, 10);
  });
  EXPECT_EQ(*linked, (std::vector<coding::Code>{one, two}));
}

TEST(AliasRegistry, OneMemberRegistersAGtinOnce) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const v1::Alias gtin = AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin);
  const coding::Code one = world.MakeItem(member, "Milk", {gtin});
  v1::Item wanted;
  wanted.set_class_name("classes/0412");
  wanted.mutable_display_name()->set_en("Milk again");
  const auto before = world.Dump();
  const auto refused = world.Write([&](storage::WriteTransaction& transaction) {
    return CreateItem(transaction, world.environment(), CallerFor(member), wanted, {gtin});
  });
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(refused.status())->metadata.at("code"), one.Digits());
  EXPECT_EQ(world.Dump(), before);
}

TEST(AliasRegistry, ACaseGtinGoesToTheSameGenericItemWithItsContent) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const coding::Code item = world.MakeItem(member, "Milk", {AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin)});
  const std::string generic = GenericOf(world, item);
  ASSERT_TRUE(
      Add(world, CallerFor(member), item, AliasOf(v1::ALIAS_SCHEME_GTIN, kCaseGtin, 12)).ok());
  EXPECT_EQ(GenericOf(world, item), generic);
  const auto found = world.Read([&](storage::ReadTransaction& transaction) {
    return FindAlias(transaction, v1::ALIAS_SCHEME_GTIN, MemberId::kRegistry, kCaseGtin);
  });
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->alias().contained_quantity(), 12);
  EXPECT_EQ("items/" + (*found)->alias().code(), generic);
}

TEST(AliasRegistry, ACaseGtinHoldsTheSameForEverySupplier) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  const MemberId second = world.MakeMember("B");
  const coding::Code one = world.MakeItem(first, "Milk", {AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin)});
  const coding::Code two = world.MakeItem(second, "Milk", {AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin)});
  ASSERT_TRUE(
      Add(world, CallerFor(first), one, AliasOf(v1::ALIAS_SCHEME_GTIN, kCaseGtin, 12)).ok());
  const auto refused =
      Add(world, CallerFor(second), two, AliasOf(v1::ALIAS_SCHEME_GTIN, kCaseGtin, 24));
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kAlreadyExists);
  EXPECT_TRUE(
      Add(world, CallerFor(second), two, AliasOf(v1::ALIAS_SCHEME_GTIN, kCaseGtin, 12)).ok());
}

TEST(AliasRegistry, AnItemNeverBelongsToTwoGenericItems) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  const MemberId second = world.MakeMember("B");
  const coding::Code one = world.MakeItem(first, "Milk", {AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin)});
  world.MakeItem(second, "Cheese", {AliasOf(v1::ALIAS_SCHEME_GTIN, kOtherGtin)});
  const auto refused =
      Add(world, CallerFor(first), one, AliasOf(v1::ALIAS_SCHEME_GTIN, kOtherGtin));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAlreadyExists);
}

TEST(AliasRegistry, AnEndedGtinStaysWithItsGenericItem) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  const MemberId second = world.MakeMember("B");
  const v1::Alias gtin = AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin);
  const coding::Code one = world.MakeItem(first, "Milk", {gtin});
  const std::string generic = GenericOf(world, one);
  ASSERT_TRUE(End(world, CallerFor(first), one, gtin).ok());
  EXPECT_EQ(GenericOf(world, one), "");
  const auto live = world.Read([&](storage::ReadTransaction& transaction) {
    return FindAlias(transaction, v1::ALIAS_SCHEME_GTIN, MemberId::kRegistry,
                     "0" + std::string(kGtin));
  });
  EXPECT_FALSE(live->has_value());
  const coding::Code cheese =
      world.MakeItem(second, "Cheese", {AliasOf(v1::ALIAS_SCHEME_GTIN, kOtherGtin)});
  EXPECT_EQ(Add(world, CallerFor(second), cheese, gtin).status().code(),
            absl::StatusCode::kAlreadyExists);
  const coding::Code again = world.MakeItem(second, "Milk of B", {gtin});
  EXPECT_EQ(GenericOf(world, again), generic);
}

TEST(AliasRegistry, OneSupplierEndingAGtinLeavesTheOthers) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  const MemberId second = world.MakeMember("B");
  const v1::Alias gtin = AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin);
  const coding::Code one = world.MakeItem(first, "Milk", {gtin});
  const coding::Code two = world.MakeItem(second, "Milk", {gtin});
  ASSERT_TRUE(End(world, CallerFor(first), one, gtin).ok());
  EXPECT_EQ(GenericOf(world, one), "");
  EXPECT_NE(GenericOf(world, two), "");
  const auto live = world.Read([&](storage::ReadTransaction& transaction) {
    return FindAlias(transaction, v1::ALIAS_SCHEME_GTIN, MemberId::kRegistry,
                     "0" + std::string(kGtin));
  });
  EXPECT_TRUE(live->has_value());
}

TEST(AliasRegistry, RestrictedCirculationNumbersAreEachMembersOwn) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  const MemberId second = world.MakeMember("B");
  const v1::Alias weighed = AliasOf(v1::ALIAS_SCHEME_GTIN, "2001234567893");
  const coding::Code one = world.MakeItem(first, "Cheese by weight", {weighed});
  const coding::Code two = world.MakeItem(second, "Something else", {weighed});
  EXPECT_NE(GenericOf(world, one), GenericOf(world, two));
}

TEST(AliasRegistry, AnAliasOfOtherSchemesLeadsToOneCode) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  const MemberId second = world.MakeMember("B");
  const v1::Alias iran_code = AliasOf(v1::ALIAS_SCHEME_IRANCODE, "1234567890123456");
  const coding::Code one = world.MakeItem(first, "Milk", {iran_code});
  const coding::Code two = world.MakeItem(second, "Milk");
  const auto before = world.Dump();
  const auto refused = Add(world, CallerFor(second), two, iran_code);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kAlreadyExists);
  EXPECT_EQ(ReasonOf(refused.status())->metadata.at("code"), one.Digits());
  EXPECT_EQ(world.Dump(), before);
  ASSERT_TRUE(End(world, CallerFor(first), one, iran_code).ok());
  EXPECT_TRUE(Add(world, CallerFor(second), two, iran_code).ok());
}

TEST(AliasRegistry, SupplierPartsAreEachMembersOwnAndHiddenFromOthers) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  const MemberId second = world.MakeMember("B");
  const v1::Alias part = AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, " P-100 ");
  const coding::Code one = world.MakeItem(first, "Milk", {part});
  world.MakeItem(second, "Milk", {part});
  ASSERT_EQ(List(world, CallerFor(first), one).size(), 1u);
  EXPECT_EQ(List(world, CallerFor(first), one)[0].value(), "P-100");
  EXPECT_TRUE(List(world, CallerFor(second), one).empty());
}

TEST(AliasRegistry, KeepsHistory) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const v1::Alias part = AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P-100");
  const coding::Code code = world.MakeItem(member, "Milk", {part});
  ASSERT_TRUE(End(world, CallerFor(member), code, part).ok());
  ASSERT_TRUE(Add(world, CallerFor(member), code, part).ok());
  const auto aliases = List(world, CallerFor(member), code);
  ASSERT_EQ(aliases.size(), 2u);
  EXPECT_TRUE(aliases[0].has_end_time());
  EXPECT_FALSE(aliases[1].has_end_time());
  EXPECT_TRUE(absl::IsNotFound(
      End(world, CallerFor(member), code, AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "x")).status()));
}

TEST(AliasRegistry, ANationalIdIsNeverStoredNorShownInTheClear) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const coding::Code person = world.MakeParty(member, "Someone");
  const auto added =
      Add(world, CallerFor(member), person, AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, kNationalId));
  ASSERT_TRUE(added.ok()) << added.status();
  EXPECT_EQ(added->value(), "");
  ASSERT_EQ(List(world, CallerFor(member), person).size(), 1u);
  EXPECT_EQ(List(world, CallerFor(member), person)[0].value(), "");
  for (const auto& [key, value] : world.Dump()) {
    EXPECT_EQ(key.find(kNationalId), std::string::npos);
    EXPECT_EQ(value.find(kNationalId), std::string::npos);
  }
}

TEST(AliasRegistry, ARefusedNationalIdIsNotRepeatedInTheRefusal) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const coding::Code person = world.MakeParty(member, "Someone");
  const auto refused =
      Add(world, CallerFor(member), person, AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, "0084575949"));
  EXPECT_EQ(ReasonOf(refused.status())->metadata.at("refusal"), "WRONG_CHECK_DIGIT");
  EXPECT_EQ(refused.status().ToString().find("0084575949"), std::string::npos);
}

TEST(AliasRegistry, OnePersonAtTwoMembersHasTwoCodes) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  const MemberId second = world.MakeMember("B");
  const v1::Alias id = AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, kNationalId);
  EXPECT_TRUE(Add(world, CallerFor(first), world.MakeParty(first, "x"), id).ok());
  EXPECT_TRUE(Add(world, CallerFor(second), world.MakeParty(second, "x"), id).ok());
  EXPECT_EQ(ReasonIn(Add(world, CallerFor(second), world.MakeParty(second, "y"), id).status()),
            Reason::kAlreadyExists);
}

TEST(AliasRegistry, RefusesSchemesThatDoNotFitTheKind) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const coding::Code item = world.MakeItem(member, "Milk");
  const coding::Code person = world.MakeParty(member, "Someone");
  const auto scheme_fault = [&](coding::Code code, v1::AliasScheme scheme,
                                const std::string& value) {
    return FieldIn(Add(world, CallerFor(member), code, AliasOf(scheme, value)).status());
  };
  EXPECT_EQ(scheme_fault(item, v1::ALIAS_SCHEME_NATIONAL_ID, kNationalId), "alias.scheme");
  EXPECT_EQ(scheme_fault(person, v1::ALIAS_SCHEME_GTIN, kGtin), "alias.scheme");
  EXPECT_EQ(scheme_fault(person, v1::ALIAS_SCHEME_LEGAL_ID, "10100000000"), "alias.value");
  EXPECT_EQ(scheme_fault(item, v1::ALIAS_SCHEME_UNSPECIFIED, "1"), "alias.scheme");
}

TEST(AliasRegistry, ASerialAndAQuantityStandBesideTheNumbersThatHaveThem) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const coding::Code item = world.MakeItem(member, "Telephone");
  const auto fault = [&](v1::Alias alias, const std::string& serial) {
    alias.set_serial(serial);
    return FieldIn(Add(world, CallerFor(member), item, alias).status());
  };
  const v1::Alias imei = AliasOf(v1::ALIAS_SCHEME_IMEI, "490154203237518");
  EXPECT_EQ(fault(imei, "a serial with blanks"), "alias.serial");
  EXPECT_EQ(fault(imei, std::string(21, '1')), "alias.serial");
  EXPECT_EQ(fault(AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin), "42"), "alias.serial");
  EXPECT_EQ(fault(AliasOf(v1::ALIAS_SCHEME_SSCC, "376104250021234569"), "42"), "alias.serial");
  EXPECT_EQ(fault(AliasOf(v1::ALIAS_SCHEME_IMEI, imei.value(), 2), ""), "alias.contained_quantity");
  EXPECT_EQ(fault(imei, "42"), "");
  EXPECT_EQ(List(world, CallerFor(member), item).at(0).serial(), "42");
}

TEST(AliasRegistry, ForeignCodesAnswerAsIfMissing) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  const MemberId second = world.MakeMember("B");
  const coding::Code item = world.MakeItem(first, "Milk");
  const coding::Code person = world.MakeParty(first, "Someone");
  const v1::Alias part = AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P");
  EXPECT_TRUE(absl::IsNotFound(Add(world, CallerFor(second), item, part).status()));
  EXPECT_TRUE(absl::IsNotFound(End(world, CallerFor(second), item, part).status()));
  const auto listed = world.Read([&](storage::ReadTransaction& transaction) {
    return ListAliases(transaction, CallerFor(second), person.Digits(), {});
  });
  EXPECT_TRUE(absl::IsNotFound(listed.status()));
}

// A registrar keeps items and services of every member and reaches no party.
TEST(AliasRegistry, PartiesAnswerTheRegistrarAsIfMissing) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const access::Caller registrar{7, v1::ROLE_REGISTRAR, std::nullopt};
  const coding::Code person = world.MakeParty(member, "Someone");
  const v1::Alias national = AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, kNationalId);
  ASSERT_TRUE(Add(world, CallerFor(member), person, national).ok());
  const auto before = world.Dump();
  const auto listed = world.Read([&](storage::ReadTransaction& transaction) {
    return ListAliases(transaction, registrar, person.Digits(), {});
  });
  for (const absl::Status& refused :
       {Add(world, registrar, person, national).status(),
        End(world, registrar, person, national).status(), listed.status()}) {
    EXPECT_TRUE(absl::IsNotFound(refused)) << refused;
    EXPECT_EQ(refused.message(), NotFound(person.Digits()).message());
  }
  EXPECT_EQ(world.Dump(), before);
  EXPECT_EQ(List(world, CallerFor(member), person).size(), 1u);
  const v1::Alias part = AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P");
  EXPECT_TRUE(Add(world, registrar, world.MakeItem(member, "Milk"), part).ok());
}

}  // namespace
}  // namespace radyab::catalog
