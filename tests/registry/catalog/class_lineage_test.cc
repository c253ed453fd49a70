#include "registry/catalog/class_lineage.h"

#include <gtest/gtest.h>

#include "registry/catalog/class_tree.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

void AddClass(RegistryWorld& world, const std::string& key_code,
              const std::vector<std::pair<std::string, bool>>& attributes) {
  v1::Class node;
  node.set_key_code(key_code);
  node.mutable_display_name()->set_en("class " + key_code);
  for (const auto& [key, required] : attributes) {
    v1::AttributeTemplate& attribute = *node.add_attributes();
    attribute.set_key(key);
    attribute.mutable_display_name()->set_en(key);
    attribute.set_type(v1::ATTRIBUTE_TYPE_TEXT);
    attribute.set_required(required);
  }
  const auto made = world.Write(
      [&](storage::WriteTransaction& transaction) { return CreateClass(transaction, node); });
  ASSERT_TRUE(made.ok()) << made.status();
}

absl::StatusOr<Lineage> Of(RegistryWorld& world, const std::string& key_code) {
  return world.Read([&](storage::ReadTransaction& transaction) {
    return LineageOf(transaction, key_code, "class_name");
  });
}

TEST(ClassLineage, GoesFromTheFirstLevelDown) {
  RegistryWorld world;
  for (const char* key_code : {"04", "0412", "041233"}) AddClass(world, key_code, {});
  const auto lineage = Of(world, "041233");
  ASSERT_TRUE(lineage.ok()) << lineage.status();
  std::vector<std::string> codes;
  for (const auto& node : lineage->classes) codes.push_back(node->key_code());
  EXPECT_EQ(codes, (std::vector<std::string>{"04", "0412", "041233"}));
  EXPECT_EQ(Of(world, "04")->classes.size(), 1u);
}

TEST(ClassLineage, TakesOverAttributesAndTheDeeperLineStands) {
  RegistryWorld world;
  AddClass(world, "04", {{"brand", false}, {"weight", false}});
  AddClass(world, "0412", {{"brand", true}, {"fat", false}});
  const auto lineage = Of(world, "0412");
  ASSERT_TRUE(lineage.ok()) << lineage.status();
  ASSERT_EQ(lineage->templates.size(), 3u);
  EXPECT_TRUE(lineage->templates.at("brand")->required());
  EXPECT_FALSE(lineage->templates.at("weight")->required());
  EXPECT_FALSE(Of(world, "04")->templates.at("brand")->required()) << "above it is as it was";
}

TEST(ClassLineage, OfNobodyIsEmpty) {
  RegistryWorld world;
  const auto lineage = Of(world, "");
  ASSERT_TRUE(lineage.ok()) << lineage.status();
  EXPECT_TRUE(lineage->classes.empty());
}

TEST(ClassLineage, NamesTheFieldAndTheWholeClassWhenOneIsMissing) {
  RegistryWorld world;
  AddClass(world, "04", {});
  for (const char* key_code : {"05", "0499", "049933"}) {
    const auto refused = Of(world, key_code);
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kUnknownClass);
    EXPECT_EQ(FieldIn(refused.status()), "class_name");
    EXPECT_NE(refused.status().ToString().find(key_code), std::string::npos);
  }
}

}  // namespace
}  // namespace radyab::catalog
