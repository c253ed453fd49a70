#include "clients/cli/backup_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace radyab::cli {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

// The first test value of FIPS 180-2, and the length of its text.
constexpr char kAbc[] = "abc";
constexpr char kSha256OfAbc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

class BackupFolderTest : public testing::Test {
 protected:
  BackupFolderTest() {
    std::string form = testing::TempDir() + "backup_folder_XXXXXX";
    root_ = mkdtemp(form.data());
    path_ = root_ / "backup";
  }
  ~BackupFolderTest() override { fs::remove_all(root_); }

  std::vector<std::string> Names(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
      names.push_back(entry.path().filename());
    std::ranges::sort(names);
    return names;
  }
  std::string Text(const std::string& name) {
    std::ifstream file(path_ / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::unique_ptr<BackupFolder> Make() { return BackupFolder::Make(path_, fault_); }

  fs::path root_, path_;
  std::string fault_;
};

TEST_F(BackupFolderTest, KeepsWhatArrivedWhole) {
  auto folder = Make();
  ASSERT_NE(folder, nullptr) << fault_;
  EXPECT_TRUE(folder->Append("a"));
  EXPECT_TRUE(folder->Append("bc"));
  EXPECT_THAT(Names(path_), ElementsAre("rows")) << "no MANIFEST before the end";
  EXPECT_TRUE(folder->Finish(3, kSha256OfAbc, "{}")) << folder->fault();
  folder.reset();
  EXPECT_THAT(Names(path_), ElementsAre("MANIFEST", "rows"));
  EXPECT_EQ(Text("rows"), kAbc);
  EXPECT_EQ(Text("MANIFEST"), "{}");
}

TEST_F(BackupFolderTest, IsOfItsOwnerAlone) {
  auto folder = Make();
  ASSERT_NE(folder, nullptr) << fault_;
  EXPECT_TRUE(folder->Append(kAbc));
  ASSERT_TRUE(folder->Finish(3, kSha256OfAbc, "{}"));
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_all);
  for (const char* name : {"rows", "MANIFEST"}) {
    EXPECT_EQ(fs::status(path_ / name).permissions(),
              fs::perms::owner_read | fs::perms::owner_write)
        << name;
  }
}

TEST_F(BackupFolderTest, LeavesNothingWhenItIsNotFinished) {
  auto folder = Make();
  ASSERT_NE(folder, nullptr) << fault_;
  EXPECT_TRUE(folder->Append(kAbc));
  folder.reset();
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(BackupFolderTest, LeavesAFolderThatWasThereBefore) {
  fs::create_directory(path_);
  auto folder = Make();
  ASSERT_NE(folder, nullptr) << fault_;
  EXPECT_TRUE(folder->Append(kAbc));
  folder.reset();
  EXPECT_TRUE(fs::is_directory(path_));
  EXPECT_TRUE(fs::is_empty(path_));
}

TEST_F(BackupFolderTest, RefusesWhatIsShorterOrOtherThanWasSent) {
  for (const auto& [bytes, digest] : std::vector<std::pair<std::int64_t, std::string>>{
           {4, kSha256OfAbc}, {2, kSha256OfAbc}, {3, std::string(64, '0')}, {3, ""}}) {
    auto folder = Make();
    ASSERT_NE(folder, nullptr) << fault_;
    EXPECT_TRUE(folder->Append(kAbc));
    EXPECT_FALSE(folder->Finish(bytes, digest, "{}"));
    EXPECT_THAT(folder->fault(), HasSubstr("is not what the server sent"));
    folder.reset();
    EXPECT_FALSE(fs::exists(path_)) << "of a bad backup nothing stays";
  }
}

TEST_F(BackupFolderTest, RefusesAPlaceThatIsTaken) {
  fs::create_directory(path_);
  std::ofstream(path_ / "mine") << "kept";
  EXPECT_EQ(Make(), nullptr);
  EXPECT_THAT(fault_, HasSubstr("is not empty"));
  EXPECT_EQ(Text("mine"), "kept");

  path_ = path_ / "mine";
  EXPECT_EQ(Make(), nullptr);
  EXPECT_THAT(fault_, HasSubstr("cannot be made"));

  path_ = root_ / "no" / "such";
  EXPECT_EQ(Make(), nullptr);
  EXPECT_THAT(fault_, HasSubstr("No such file or directory"));
}

TEST_F(BackupFolderTest, TellsOfADiskThatTakesNoMore) {
  auto folder = Make();
  ASSERT_NE(folder, nullptr) << fault_;
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit small{.rlim_cur = 4096, .rlim_max = limit.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const bool appended = folder->Append(std::string(4097, 'x'));
  setrlimit(RLIMIT_FSIZE, &limit);
  std::signal(SIGXFSZ, before);
  EXPECT_FALSE(appended);
  EXPECT_THAT(folder->fault(), HasSubstr("write: File too large"));
}

}  // namespace
}  // namespace radyab::cli
