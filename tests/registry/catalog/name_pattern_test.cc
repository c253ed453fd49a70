#include "registry/catalog/name_pattern.h"

#include <gtest/gtest.h>

#include <map>

namespace radyab::catalog {
namespace {

std::string Built(const std::string& pattern, const std::map<std::string, std::string>& values) {
  std::string fault;
  const auto pieces = ReadNamePattern(pattern, fault);
  if (!pieces) return "refused: " + fault;
  return BuildName(*pieces, [&](std::string_view key) -> std::optional<std::string> {
    const auto found = values.find(std::string(key));
    if (found == values.end()) return std::nullopt;
    return found->second;
  });
}

TEST(NamePattern, PutsValuesInTheirPlaces) {
  EXPECT_EQ(Built("{base} {brand}, {fat} % fat",
                  {{"base", "Yoghurt"}, {"brand", "Damdaran"}, {"fat", "1.5"}}),
            "Yoghurt Damdaran, 1.5 % fat");
  EXPECT_EQ(Built("{base}ِ {brand}", {{"base", "ماست"}, {"brand", "کاله"}}), "ماستِ کاله");
  EXPECT_EQ(Built("plain", {}), "plain");
  EXPECT_EQ(Built("", {}), "");
}

TEST(NamePattern, LetsAGroupFallAwayWithItsValue) {
  const std::string pattern = "{base}[ {brand}][, {fat} % of {what}]";
  EXPECT_EQ(Built(pattern, {{"base", "Milk"}}), "Milk");
  EXPECT_EQ(Built(pattern, {{"base", "Milk"}, {"brand", "Pak"}}), "Milk Pak");
  EXPECT_EQ(Built(pattern, {{"base", "Milk"}, {"fat", "3"}}), "Milk") << "one of two is missing";
  EXPECT_EQ(Built(pattern, {{"base", "Milk"}, {"fat", "3"}, {"what", "fat"}}), "Milk, 3 % of fat");
}

TEST(NamePattern, LeavesNoSpareSpaces) {
  EXPECT_EQ(Built(" {base}  {brand} ", {{"base", "Tea"}}), "Tea");
  EXPECT_EQ(Built("{base} [{brand}] {size}", {{"base", "Tea"}, {"size", "1 kg"}}), "Tea 1 kg");
}

TEST(NamePattern, NeverReadsAValueAsAPattern) {
  EXPECT_EQ(Built("{base}", {{"base", "a{brand}[b]"}, {"brand", "X"}}), "a{brand}[b]");
}

TEST(NamePattern, SaysWhatIsWrongAndWhere) {
  for (const auto& [pattern, fault] :
       std::map<std::string, std::string>{{"ماست {", "a { is never closed"},
                                          {"ماست [{base}", "a [ is never closed"},
                                          {"ماست }", "character 6: a } without its {"},
                                          {"a]", "character 2: a ] without its ["},
                                          {"a{}", "character 3: an empty key"},
                                          {"{a{b}}", "character 3: a { in a key"},
                                          {"[a[b]]", "character 3: a [ in another one"},
                                          {"{a[b}", "character 3: a [ in a key"},
                                          {"[{a]}", "character 4: a ] in a key"}}) {
    EXPECT_EQ(Built(pattern, {}), "refused: " + fault) << pattern;
  }
}

}  // namespace
}  // namespace radyab::catalog
