#include "registry/catalog/approved_name.h"

#include "registry/catalog/class_tree.h"
#include "registry/catalog/item_registry.h"
#include "registry/fault_list.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::ReasonIn;

v1::Class Node(const std::string& fa, const std::string& en) {
  v1::Class node;
  node.mutable_display_name()->set_fa(fa);
  node.mutable_display_name()->set_en(en);
  return node;
}

v1::AttributeTemplate& Add(v1::Class& node, const std::string& key, v1::AttributeType type) {
  v1::AttributeTemplate& attribute = *node.add_attributes();
  attribute.set_key(key);
  attribute.set_type(type);
  return attribute;
}

// Lineage of plain classes, as class_lineage reads it from a store.
Lineage Line(const std::vector<v1::Class>& classes) {
  Lineage lineage;
  for (const v1::Class& node : classes) {
    lineage.classes.push_back(std::make_shared<const v1::Class>(node));
    for (const auto& attribute : lineage.classes.back()->attributes()) {
      lineage.templates[attribute.key()] = &attribute;
    }
  }
  return lineage;
}

Attributes Given(const std::vector<std::pair<std::string, std::string>>& values) {
  Attributes attributes;
  for (const auto& [key, value] : values) {
    v1::Attribute& attribute = *attributes.Add();
    attribute.set_key(key);
    attribute.set_value(value);
  }
  return attributes;
}

v1::Class Dairy() {
  v1::Class dairy = Node("لبنیات", "Dairy");
  Add(dairy, "brand", v1::ATTRIBUTE_TYPE_TEXT);
  Add(dairy, "fat", v1::ATTRIBUTE_TYPE_NUMBER);
  v1::AttributeTemplate& size = Add(dairy, "size", v1::ATTRIBUTE_TYPE_CHOICE);
  size.add_allowed_values("s");
  size.add_allowed_values("l");
  size.add_allowed_value_names()->set_fa("کوچک");
  size.mutable_allowed_value_names(0)->set_en("small");
  size.add_allowed_value_names()->set_en("large");
  dairy.mutable_name_pattern()->set_fa("{base} {brand}[ {fat} درصد][ {size}]");
  dairy.mutable_name_pattern()->set_en("{base} {brand}[, {fat} % fat][, {size}]");
  return dairy;
}

TEST(ApprovedName, IsBuiltInBothLanguages) {
  const auto name = ApprovedName(Line({Dairy(), Node("ماست", "Yoghurt")}),
                                 Given({{"brand", "Pak"}, {"fat", "1.5"}, {"size", "s"}}));
  ASSERT_TRUE(name.ok()) << name.status();
  EXPECT_EQ(name->fa(), "ماست Pak ۱٫۵ درصد کوچک");
  EXPECT_EQ(name->en(), "Yoghurt Pak, 1.5 % fat, small");
}

TEST(ApprovedName, TakesTheOtherLanguageWhereOneHasNoName) {
  const auto name =
      ApprovedName(Line({Dairy(), Node("ماست", "")}), Given({{"brand", "Pak"}, {"size", "l"}}));
  ASSERT_TRUE(name.ok()) << name.status();
  EXPECT_EQ(name->fa(), "ماست Pak large");
  EXPECT_EQ(name->en(), "ماست Pak, large");
}

TEST(ApprovedName, TakesTheNearestPattern) {
  v1::Class yoghurt = Node("ماست", "Yoghurt");
  yoghurt.mutable_name_pattern()->set_en("{brand} {base}");
  const auto name = ApprovedName(Line({Dairy(), yoghurt}), Given({{"brand", "Pak"}}));
  ASSERT_TRUE(name.ok()) << name.status();
  EXPECT_EQ(name->en(), "Pak Yoghurt");
  EXPECT_EQ(name->fa(), "") << "a pattern stands for both languages";
}

TEST(ApprovedName, IsEmptyWithoutAPattern) {
  const auto name = ApprovedName(Line({Node("ماست", "Yoghurt")}), Given({}));
  ASSERT_TRUE(name.ok()) << name.status();
  EXPECT_TRUE(name->fa().empty() && name->en().empty());
}

TEST(ApprovedName, HasABound) {
  v1::Class node = Node("", "Tea");
  std::vector<std::pair<std::string, std::string>> values;
  std::string pattern = "{base}";
  for (const char* key : {"a", "b", "c"}) {
    Add(node, key, v1::ATTRIBUTE_TYPE_TEXT);
    values.emplace_back(key, std::string(133, 'x'));
    pattern += std::string("{") + key + "}";
  }
  node.mutable_name_pattern()->set_en(pattern);
  const auto longer = ApprovedName(Line({node}), Given(values));
  EXPECT_EQ(ReasonIn(longer.status()), Reason::kInvalidField);
  EXPECT_NE(longer.status().message().find("402"), std::string::npos) << longer.status();
  values[0].second.resize(131);
  EXPECT_TRUE(ApprovedName(Line({node}), Given(values)).ok()) << "400 characters are let in";
}

}  // namespace
}  // namespace radyab::catalog
