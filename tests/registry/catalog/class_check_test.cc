#include "registry/catalog/class_check.h"

#include <gmock/gmock.h>

#include "registry/catalog/name_pattern.h"
#include "registry/fault_list.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

v1::Class Tea() {
  v1::Class node;
  node.mutable_display_name()->set_en("Tea");
  return node;
}

v1::AttributeTemplate& Add(v1::Class& node, const std::string& key, v1::AttributeType type) {
  v1::AttributeTemplate& attribute = *node.add_attributes();
  attribute.set_key(key);
  attribute.mutable_display_name()->set_en(key);
  attribute.set_type(type);
  return attribute;
}

std::vector<std::string> Faults(const v1::Class& node, const Lineage& above = {}) {
  const absl::Status status = CheckClass(node, above, "class_node");
  std::vector<std::string> told;
  if (status.ok()) return told;
  const auto detail = ReasonOf(status);
  for (const auto& fault : detail->fields) told.push_back(fault.field + ": " + fault.description);
  return told;
}

TEST(ClassCheck, KnowsTheAttributesAboveInAPattern) {
  v1::Class dairy = Tea();
  Add(dairy, "brand", v1::ATTRIBUTE_TYPE_TEXT).set_required(true);
  Lineage above;
  above.templates["brand"] = &dairy.attributes(0);
  v1::Class node = Tea();
  node.mutable_name_pattern()->set_en("{base} {brand}");
  EXPECT_THAT(Faults(node, above), ElementsAre());
  EXPECT_THAT(Faults(node), ElementsAre("class_node.name_pattern.en: {brand} is no attribute of "
                                        "the class or of those above it"));
}

TEST(ClassCheck, WantsAnAttributeThatMayBeLeftOutInABracket) {
  v1::Class node = Tea();
  Add(node, "grade", v1::ATTRIBUTE_TYPE_TEXT);
  node.mutable_name_pattern()->set_fa("{base} {grade}");
  EXPECT_THAT(Faults(node), ElementsAre(HasSubstr("name_pattern.fa: {grade} may be left out")));
  node.mutable_name_pattern()->set_fa("{base}[ {grade}]");
  EXPECT_THAT(Faults(node), ElementsAre());
}

TEST(ClassCheck, TellsWhereAPatternIsBroken) {
  v1::Class node = Tea();
  node.mutable_name_pattern()->set_en("Tea }");
  EXPECT_THAT(Faults(node), ElementsAre("class_node.name_pattern.en: \"Tea }\": character 5: a } "
                                        "without its {"));
  node.mutable_name_pattern()->set_en(std::string(kPatternCharactersMax + 1, 'x'));
  EXPECT_THAT(Faults(node), ElementsAre(HasSubstr("longer than 300 characters")));
  node.mutable_name_pattern()->set_en(std::string(kPatternCharactersMax, 'x'));
  EXPECT_THAT(Faults(node), ElementsAre());
}

TEST(ClassCheck, WantsANameForEachValueOrNone) {
  v1::Class node = Tea();
  v1::AttributeTemplate& size = Add(node, "size", v1::ATTRIBUTE_TYPE_CHOICE);
  size.add_allowed_values("s");
  size.add_allowed_values("l");
  size.add_allowed_value_names()->set_en("small");
  EXPECT_THAT(Faults(node), ElementsAre(HasSubstr("1 names for 2 values")));
  size.add_allowed_value_names()->set_fa("بزرگ");
  EXPECT_THAT(Faults(node), ElementsAre());
  size.mutable_allowed_value_names(1)->clear_fa();
  EXPECT_THAT(Faults(node), ElementsAre(HasSubstr("attributes[0].allowed_value_names[1]")));
}

TEST(ClassCheck, KeepsTheKeyBaseForTheNameOfTheClass) {
  v1::Class node = Tea();
  Add(node, "base", v1::ATTRIBUTE_TYPE_TEXT);
  EXPECT_THAT(Faults(node), ElementsAre(HasSubstr("attributes[0].key: \"base\"")));
}

TEST(ClassCheck, ChecksThePlacesInOtherClassifications) {
  const std::vector<std::pair<v1::ClassificationScheme, std::string>> right = {
      {v1::CLASSIFICATION_SCHEME_UNSPSC, "50131701"},
      {v1::CLASSIFICATION_SCHEME_GPC, "10000026"},
      {v1::CLASSIFICATION_SCHEME_HS, "0401"},
      {v1::CLASSIFICATION_SCHEME_HS, "0401200000"},
      {v1::CLASSIFICATION_SCHEME_ISIC, "1050"},
      {v1::CLASSIFICATION_SCHEME_ECLASS, "16040101"}};
  v1::Class node = Tea();
  for (const auto& [scheme, code] : right) {
    v1::CrossReference& reference = *node.add_cross_references();
    reference.set_scheme(scheme);
    reference.set_code(code);
  }
  EXPECT_THAT(Faults(node), ElementsAre());
  node.mutable_cross_references(0)->set_code("5013170");
  node.mutable_cross_references(1)->set_code("20000026");
  node.mutable_cross_references(2)->set_code("04011");
  node.mutable_cross_references(4)->set_code("C1050");
  node.mutable_cross_references(5)->clear_scheme();
  EXPECT_THAT(Faults(node),
              ElementsAre(HasSubstr("cross_references[0].code: \"5013170\": want 8 digits"),
                          HasSubstr("cross_references[1].code: \"20000026\": want a brick"),
                          HasSubstr("cross_references[2].code: \"04011\": want 4, 6, 8 or 10"),
                          HasSubstr("cross_references[4].code: \"C1050\": want 2 to 4 digits"),
                          HasSubstr("cross_references[5].scheme: missing")));
}

TEST(ClassCheck, RefusesAPlaceThatStandsTwice) {
  v1::Class node = Tea();
  for (int i = 0; i < 2; ++i) {
    node.add_cross_references()->set_scheme(v1::CLASSIFICATION_SCHEME_HS);
    node.mutable_cross_references(i)->set_code("0902");
  }
  EXPECT_THAT(Faults(node), ElementsAre("class_node.cross_references[1]: \"0902\" stands twice"));
}

TEST(ClassCheck, HasABoundOnPlaces) {
  v1::Class node = Tea();
  for (std::size_t i = 0; i <= kCrossReferencesMax; ++i) {
    node.add_cross_references()->set_scheme(v1::CLASSIFICATION_SCHEME_HS);
    node.mutable_cross_references(static_cast<int>(i))->set_code(std::to_string(1000 + i));
  }
  EXPECT_THAT(Faults(node), ElementsAre("class_node.cross_references: more than 20"));
  node.mutable_cross_references()->RemoveLast();
  EXPECT_THAT(Faults(node), ElementsAre());
}

}  // namespace
}  // namespace radyab::catalog
