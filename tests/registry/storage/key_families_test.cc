// Every sample of tests/golden/keyspace.txt has the parts of its family, and nothing else has.
#include "registry/storage/key_families.h"

#include <fstream>
#include <set>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace radyab::keyspace {
namespace {

// Whole keys; what is named …Prefix is the beginning of one.
std::vector<std::string> WholeKeys() {
  std::ifstream file(RADYAB_SOURCE_DIR "/tests/golden/keyspace.txt");
  std::vector<std::string> keys;
  for (std::string line; std::getline(file, line);) {
    const std::string name = line.substr(0, line.find('('));
    if (name.ends_with("Prefix") && name != "Gs1Prefix") continue;
    keys.push_back(absl::HexStringToBytes(line.substr(line.rfind(' ') + 1)));
  }
  return keys;
}

TEST(KeyFamilies, KnowEveryKeyOfTheKeyspace) {
  std::set<std::uint8_t> seen;
  for (const std::string& key : WholeKeys()) {
    const KeyFamily* family = FamilyOf(key);
    ASSERT_NE(family, nullptr) << absl::BytesToHexString(key);
    EXPECT_TRUE(FitsFamily(key, *family)) << family->name << " " << absl::BytesToHexString(key);
    seen.insert(family->number);
  }
  EXPECT_EQ(seen.size(), KeyFamilies().size());
}

TEST(KeyFamilies, AKeyThatIsCutOrTooLongDoesNotFit) {
  for (const std::string& key : WholeKeys()) {
    const KeyFamily& family = *FamilyOf(key);
    const bool open_end = family.parts.ends_with('*');
    EXPECT_FALSE(FitsFamily(key.substr(0, 1), family)) << family.name;
    if (open_end) continue;
    EXPECT_FALSE(FitsFamily(key.substr(0, key.size() - 1), family)) << family.name;
    EXPECT_FALSE(FitsFamily(key + "x", family)) << family.name;
  }
  EXPECT_EQ(FamilyOf(""), nullptr);
  EXPECT_EQ(FamilyOf("\x7f"), nullptr);
}

}  // namespace
}  // namespace radyab::keyspace
