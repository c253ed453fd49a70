#include "registry/access/pack_signer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace radyab::access {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

SecretKey KeyOf(const std::string& hex) { return ReadKeyText(hex).value(); }

std::string HexOf(const std::string& bytes) {
  SecretKey key{};
  std::copy_n(bytes.begin(), key.size(), key.begin());
  return WriteKeyText(key);
}

// RFC 8032, section 7.1, test 1.
TEST(PackSigner, HasThePublicKeyOfItsSeed) {
  const PackSigner signer(
      KeyOf("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  EXPECT_EQ(HexOf(signer.public_key()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\n");
}

TEST(PackSigner, SignsEachPackInItsOwnWay) {
  const PackSigner signer(KeyOf(std::string(64, '1'))), other(KeyOf(std::string(64, '2')));
  EXPECT_EQ(signer.Sign("a").size(), 64u);
  EXPECT_EQ(signer.Sign("a"), signer.Sign("a"));
  EXPECT_NE(signer.Sign("a"), signer.Sign("b"));
  EXPECT_NE(signer.Sign("a"), other.Sign("a"));
}

class PackKeyFile : public ::testing::Test {
 protected:
  PackKeyFile() {
    std::string pattern = (fs::temp_directory_path() / "radyab-pack-XXXXXX").string();
    folder_ = fs::path(mkdtemp(pattern.data()));
    fs::create_directory(folder_ / "secrets");
  }
  ~PackKeyFile() override { fs::remove_all(folder_); }

  std::string TextOf(const std::string& name) const {
    std::ifstream file(folder_ / name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }

  fs::path folder_;
};

TEST_F(PackKeyFile, IsDrawnOnceAndKept) {
  const auto first = OpenPackSigner(folder_);
  ASSERT_TRUE(first.ok()) << first.status();
  struct stat facts = {};
  ASSERT_EQ(stat((folder_ / "secrets" / "pack.key").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777u, 0600u);
  EXPECT_EQ(TextOf("pack.pub"), HexOf(first->public_key()));
  const auto again = OpenPackSigner(folder_);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->public_key(), first->public_key());
}

TEST_F(PackKeyFile, AnotherKeyIsShownAnew) {
  ASSERT_TRUE(OpenPackSigner(folder_).ok());
  const std::string before = TextOf("pack.pub");
  fs::remove(folder_ / "secrets" / "pack.key");
  ASSERT_TRUE(OpenPackSigner(folder_).ok());
  EXPECT_NE(TextOf("pack.pub"), before);
}

TEST_F(PackKeyFile, RefusesAKeyThatIsNoneOrThatOthersMayRead) {
  const fs::path file = folder_ / "secrets" / "pack.key";
  std::ofstream(file) << "no key\n";
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_THAT(std::string(OpenPackSigner(folder_).status().message()),
              HasSubstr("pack.key is no key"));
  std::ofstream(file) << std::string(64, 'a') << "\n";
  fs::permissions(file, fs::perms::owner_all | fs::perms::others_read);
  EXPECT_FALSE(OpenPackSigner(folder_).ok());
}

}  // namespace
}  // namespace radyab::access
