#include "registry/catalog/class_tree.h"

#include "registry/fault_list.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

v1::Class Wanted(const std::string& key_code) {
  v1::Class node;
  node.set_key_code(key_code);
  node.mutable_display_name()->set_fa("رده");
  return node;
}

v1::AttributeTemplate* AddAttribute(v1::Class& node, const std::string& key, v1::AttributeType type,
                                    bool required) {
  auto* attribute = node.add_attributes();
  attribute->set_key(key);
  attribute->mutable_display_name()->set_en(key);
  attribute->set_type(type);
  attribute->set_required(required);
  return attribute;
}

absl::StatusOr<v1::Class> Create(RegistryWorld& world, const v1::Class& wanted) {
  return world.Write(
      [&](storage::WriteTransaction& transaction) { return CreateClass(transaction, wanted); });
}

v1::Attribute Given(const std::string& key, const std::string& value,
                    const std::string& unit = "") {
  v1::Attribute attribute;
  attribute.set_key(key);
  attribute.set_value(value);
  attribute.set_unit(unit);
  return attribute;
}

// Classes 04 (brand, required text), 0412 (fat, required number in P1; size, optional choice).
void MakeDairy(RegistryWorld& world) {
  v1::Class top = Wanted("04");
  AddAttribute(top, "brand", v1::ATTRIBUTE_TYPE_TEXT, true);
  ASSERT_TRUE(Create(world, top).ok());
  v1::Class milk = Wanted("0412");
  AddAttribute(milk, "volume", v1::ATTRIBUTE_TYPE_NUMBER, true)->set_unit("LTR");
  auto* size = AddAttribute(milk, "size", v1::ATTRIBUTE_TYPE_CHOICE, false);
  size->add_allowed_values("small");
  size->add_allowed_values("large");
  const auto made = Create(world, milk);
  ASSERT_TRUE(made.ok()) << made.status();
}

absl::StatusOr<ClassFit> Check(RegistryWorld& world, const std::string& class_name,
                               const std::vector<v1::Attribute>& attributes) {
  return world.Read([&](storage::ReadTransaction& transaction) {
    return CheckAgainstClass(transaction, class_name, {attributes.begin(), attributes.end()});
  });
}

TEST(ClassTree, KeepsATreeOfSixLevels) {
  RegistryWorld world;
  for (const char* key_code : {"01", "0102", "010203", "01020304", "0102030405", "010203040506"}) {
    const auto made = Create(world, Wanted(key_code));
    ASSERT_TRUE(made.ok()) << made.status();
    EXPECT_EQ(made->name(), std::string("classes/") + key_code);
  }
  EXPECT_EQ(FieldIn(Create(world, Wanted("01020304050607")).status()), "class_node.key_code");
}

TEST(ClassTree, RefusesWrongKeyCodes) {
  RegistryWorld world;
  for (const char* key_code : {"", "1", "0a", "123", "1234567890123", "٠١"}) {
    const auto refused = Create(world, Wanted(key_code));
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument) << key_code;
    EXPECT_EQ(FieldIn(refused.status()), "class_node.key_code") << key_code;
  }
}

TEST(ClassTree, RefusesAClassWithoutParent) {
  RegistryWorld world;
  const auto refused = Create(world, Wanted("0412"));
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kUnknownClass);
  EXPECT_EQ(FieldIn(refused.status()), "class_node.key_code");
}

TEST(ClassTree, RefusesAClassTwice) {
  RegistryWorld world;
  ASSERT_TRUE(Create(world, Wanted("04")).ok());
  EXPECT_EQ(Create(world, Wanted("04")).status().code(), absl::StatusCode::kAlreadyExists);
}

TEST(ClassTree, RefusesWrongTemplatesWithEveryPlace) {
  RegistryWorld world;
  v1::Class node = Wanted("04");
  AddAttribute(node, "Bad Key", v1::ATTRIBUTE_TYPE_TEXT, false);
  AddAttribute(node, "choice", v1::ATTRIBUTE_TYPE_CHOICE, false);
  AddAttribute(node, "text", v1::ATTRIBUTE_TYPE_TEXT, false)->set_unit("KGM");
  AddAttribute(node, "text", v1::ATTRIBUTE_TYPE_UNSPECIFIED, false);
  const auto detail = ReasonOf(Create(world, node).status());
  ASSERT_TRUE(detail);
  std::vector<std::string> fields;
  for (const auto& fault : detail->fields) fields.push_back(fault.field);
  EXPECT_EQ(fields, (std::vector<std::string>{
                        "class_node.attributes[0].key", "class_node.attributes[1].allowed_values",
                        "class_node.attributes[2].unit", "class_node.attributes[3].type",
                        "class_node.attributes[3].key"}));
}

TEST(ClassTree, AnswersTheBirthClassOfAFilledTemplate) {
  RegistryWorld world;
  MakeDairy(world);
  const auto fit =
      Check(world, "classes/0412", {Given("brand", "میهن"), Given("volume", "1.5", "LTR")});
  ASSERT_TRUE(fit.ok()) << fit.status();
  EXPECT_EQ(fit->birth_class, 412u);
}

TEST(ClassTree, ChecksAgainstTheClassAsItIsNow) {
  RegistryWorld world;
  MakeDairy(world);
  const std::vector<v1::Attribute> given = {Given("brand", "میهن"), Given("volume", "1")};
  ASSERT_TRUE(Check(world, "classes/0412", given).ok());
  v1::Class changed = Wanted("04");
  changed.set_name("classes/04");
  AddAttribute(changed, "brand", v1::ATTRIBUTE_TYPE_TEXT, true);
  AddAttribute(changed, "origin", v1::ATTRIBUTE_TYPE_TEXT, true);
  const auto refused_after = world.Write([&](storage::WriteTransaction& transaction) {
    auto updated = UpdateClass(transaction, changed, {"attributes"});
    EXPECT_TRUE(updated.ok()) << updated.status();
    const auto checked =
        CheckAgainstClass(transaction, "classes/0412", {given.begin(), given.end()});
    EXPECT_EQ(ReasonIn(checked.status()), Reason::kMissingAttribute);
    return checked;  // refused, so the class stays as it was
  });
  EXPECT_FALSE(refused_after.ok());
  EXPECT_TRUE(Check(world, "classes/0412", given).ok());
  const auto updated = world.Write([&](storage::WriteTransaction& transaction) {
    return UpdateClass(transaction, changed, {"attributes"});
  });
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(ReasonIn(Check(world, "classes/0412", given).status()), Reason::kMissingAttribute);
}

TEST(ClassTree, NamesTheMissingRequiredAttribute) {
  RegistryWorld world;
  MakeDairy(world);
  const auto refused = Check(world, "classes/0412", {Given("volume", "1")});
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kMissingAttribute);
  EXPECT_NE(refused.status().message().find("brand"), std::string::npos);
}

struct WrongAttributeCase {
  v1::Attribute attribute;
  Reason reason;
  std::string field;
};

TEST(ClassTree, NamesEveryWrongAttribute) {
  RegistryWorld world;
  MakeDairy(world);
  const WrongAttributeCase cases[] = {
      {Given("color", "red"), Reason::kUnknownAttribute, "attributes[2].key"},
      {Given("size", "huge"), Reason::kWrongAttribute, "attributes[2].value"},
      {Given("brand", "again"), Reason::kWrongAttribute, "attributes[2].key"},
      {Given("size", ""), Reason::kMissingAttribute, "attributes[2].value"},
      {Given("size", "small", "KGM"), Reason::kWrongAttribute, "attributes[2].unit"},
  };
  for (const auto& one : cases) {
    const auto refused =
        Check(world, "classes/0412", {Given("brand", "b"), Given("volume", "1"), one.attribute});
    EXPECT_EQ(ReasonIn(refused.status()), one.reason) << refused.status();
    EXPECT_EQ(FieldIn(refused.status()), one.field);
  }
  const auto wrong_number =
      Check(world, "classes/0412", {Given("brand", "b"), Given("volume", "1,5")});
  EXPECT_EQ(FieldIn(wrong_number.status()), "attributes[1].value");
}

TEST(ClassTree, TellsTheFirstTwentyFaultsAndHowManyThereAre) {
  RegistryWorld world;
  MakeDairy(world);
  const auto refused =
      Check(world, "classes/0412",
            std::vector<v1::Attribute>(kAttributesGivenMax, Given("color", "red")));
  const auto detail = ReasonOf(refused.status());
  ASSERT_TRUE(detail);
  EXPECT_EQ(detail->fields.size(), kFaultsMax);
  EXPECT_EQ(detail->metadata.at("faults"), std::to_string(kAttributesGivenMax + 2))
      << "two that are required are missing besides";
}

TEST(ClassTree, LooksAtNoMoreAttributesThanAnItemMayHave) {
  RegistryWorld world;
  MakeDairy(world);
  const auto refused =
      Check(world, "classes/0412", std::vector<v1::Attribute>(kAttributesGivenMax + 1));
  EXPECT_EQ(FieldIn(refused.status()), "attributes");
  EXPECT_EQ(ReasonOf(refused.status())->fields.size(), 1u);
}

TEST(ClassTree, RefusesUnknownAndShallowClasses) {
  RegistryWorld world;
  MakeDairy(world);
  EXPECT_EQ(ReasonIn(Check(world, "classes/0499", {}).status()), Reason::kUnknownClass);
  EXPECT_EQ(FieldIn(Check(world, "classes/04", {}).status()), "class_name");
  EXPECT_EQ(ReasonIn(Check(world, "", {}).status()), Reason::kMissingField);
}

TEST(ClassTree, ListsASubtreeInOrder) {
  RegistryWorld world;
  for (const char* key_code : {"05", "04", "0402", "0401", "040201"}) {
    ASSERT_TRUE(Create(world, Wanted(key_code)).ok() || std::string(key_code) == "040201");
  }
  const auto page = world.Read([&](storage::ReadTransaction& transaction) {
    return ListClasses(transaction, "classes/04", {2, ""});
  });
  ASSERT_EQ(page->rows.size(), 2u);
  EXPECT_EQ(page->rows[0].key_code(), "04");
  EXPECT_EQ(page->rows[1].key_code(), "0401");
  EXPECT_FALSE(page->next.empty());
}

TEST(ClassTree, AChangedTemplateIsCheckedAndStamped) {
  RegistryWorld world;
  MakeDairy(world);
  v1::Class wanted = *world.Read(
      [&](storage::ReadTransaction& transaction) { return GetClass(transaction, "classes/0412"); });
  const std::string etag = wanted.etag();
  wanted.mutable_attributes(0)->set_unit("no unit");
  const auto update = [&] {
    return world.Write([&](storage::WriteTransaction& transaction) {
      return UpdateClass(transaction, wanted, {"attributes"});
    });
  };
  EXPECT_EQ(FieldIn(update().status()), "class_node.attributes[0].unit");
  wanted.mutable_attributes(0)->set_unit("MLT");
  const auto updated = update();
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_NE(updated->etag(), etag);
  EXPECT_EQ(wanted.version(), 1);
  EXPECT_EQ(updated->version(), 2);
  EXPECT_EQ(ReasonIn(update().status()), Reason::kStaleEtag);
}

TEST(ClassTree, AClassCanBeReadAsItStoodAtEachOfItsVersions) {
  RegistryWorld world;
  MakeDairy(world);
  const auto get = [&](std::int64_t version) {
    return world.Read([&](storage::ReadTransaction& transaction) {
      return GetClass(transaction, "classes/0412", version);
    });
  };
  std::vector<std::string> stood = {get(0)->SerializeAsString()};
  for (const char* name : {"Dairy", "Dairy goods", "Milk and more"}) {
    v1::Class wanted;
    wanted.set_name("classes/0412");
    wanted.mutable_display_name()->set_en(name);
    const auto updated = world.Write([&](storage::WriteTransaction& transaction) {
      return UpdateClass(transaction, wanted, {"display_name.en"});
    });
    ASSERT_TRUE(updated.ok()) << updated.status();
    stood.push_back(updated->SerializeAsString());
  }
  for (std::size_t version = 1; version <= stood.size(); ++version) {
    const auto found = get(static_cast<std::int64_t>(version));
    ASSERT_TRUE(found.ok()) << version << ": " << found.status();
    EXPECT_EQ(found->SerializeAsString(), stood[version - 1]) << version;
  }
  EXPECT_EQ(get(0)->SerializeAsString(), stood.back());
  EXPECT_TRUE(absl::IsNotFound(get(5).status())) << "it is not there yet";
  EXPECT_EQ(FieldIn(get(-1).status()), "version");
}

TEST(ClassTree, ARefusedChangeLeavesNoVersion) {
  RegistryWorld world;
  MakeDairy(world);
  v1::Class wanted;
  wanted.set_name("classes/0412");
  wanted.add_attributes()->set_key("no key, with blanks");
  const auto before = world.Dump();
  const auto refused = world.Write([&](storage::WriteTransaction& transaction) {
    return UpdateClass(transaction, wanted, {"attributes"});
  });
  EXPECT_FALSE(refused.ok());
  EXPECT_EQ(world.Dump(), before);
}

}  // namespace
}  // namespace radyab::catalog
