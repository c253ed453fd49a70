#include "registry/access/open_registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <sstream>

#include "registry/access/durable_file.h"
#include "registry/access/key_registry.h"
#include "registry/catalog/member_registry.h"
#include "registry/reason.h"
#include "registry/storage/open_store.h"
#include "registry/storage/store_upkeep.h"
#include "tests/crash/file_calls.h"

namespace radyab::access {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string TextOf(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

int ModeOf(const fs::path& path) {
  struct stat facts = {};
  EXPECT_EQ(stat(path.c_str(), &facts), 0) << path;
  return static_cast<int>(facts.st_mode & 0777);
}

class OpenRegistry : public ::testing::Test {
 protected:
  OpenRegistry() {
    std::string pattern = (fs::temp_directory_path() / "radyab-open-XXXXXX").string();
    folder_ = fs::path(mkdtemp(pattern.data())) / "data";
  }
  ~OpenRegistry() override { fs::remove_all(folder_.parent_path()); }

  absl::StatusOr<OpenedRegistry> Open() { return access::OpenRegistry({folder_, ""}, {}); }
  std::string Secret() {
    std::string text = TextOf(folder_ / "admin.key");
    if (text.ends_with('\n')) text.pop_back();
    return text;
  }
  absl::StatusOr<Caller> Find(const OpenedRegistry& registry, const std::string& secret) {
    absl::StatusOr<Caller> caller = Caller();
    auto status = registry.store->Read([&](storage::ReadTransaction& transaction) {
      caller = CallerOf(transaction, *registry.environment, secret, 0);
      return caller.status();
    });
    if (!status.ok()) return status;
    return caller;
  }

  fs::path folder_;
};

TEST_F(OpenRegistry, MakesEverythingOnTheFirstStartForItsOwnerOnly) {
  const auto registry = Open();
  ASSERT_TRUE(registry.ok()) << registry.status();
  EXPECT_TRUE(registry->created);
  EXPECT_EQ(ModeOf(folder_), 0700);
  EXPECT_EQ(ModeOf(folder_ / "secrets"), 0700);
  EXPECT_EQ(ModeOf(folder_ / "secrets" / "hash.key"), 0600);
  EXPECT_EQ(ModeOf(folder_ / "secrets" / "seal.key"), 0600);
  EXPECT_EQ(ModeOf(folder_ / "admin.key"), 0600);
  const auto caller = Find(*registry, Secret());
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->role, v1::ROLE_ADMIN);
  EXPECT_TRUE(registry->store
                  ->Read([](storage::ReadTransaction& transaction) {
                    return catalog::GetMember(transaction, MemberId::kRegistry).status();
                  })
                  .ok());
}

TEST_F(OpenRegistry, FindsEverythingAgain) {
  ASSERT_TRUE(Open().ok());
  const std::string secret = Secret();
  const auto registry = Open();
  ASSERT_TRUE(registry.ok()) << registry.status();
  EXPECT_FALSE(registry->created);
  EXPECT_EQ(Secret(), secret);
  EXPECT_TRUE(Find(*registry, secret).ok());
}

TEST_F(OpenRegistry, ClosesInOrderAndHasEverythingFolded) {
  auto registry = Open();
  ASSERT_TRUE(registry.ok()) << registry.status();
  registry->StartSealing([](const absl::Status& fault) { ADD_FAILURE() << fault; });
  registry->StartIndexing([](const absl::Status& fault) { ADD_FAILURE() << fault; });
  EXPECT_TRUE(registry->Close().ok());
  EXPECT_EQ(registry->store, nullptr);
  EXPECT_TRUE(registry->Close().ok()) << "nothing is left to close";
  const auto again = Open();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(storage::UpkeepOf(*again->store)->Figures()->unfolded_row_count, 0u);
  EXPECT_TRUE(Find(*again, Secret()).ok());
}

TEST_F(OpenRegistry, TellsOfADiskThatFailsWhileItCloses) {
  std::string told;
  storage::StoreOptions options;
  options.on_fatal = [&](const absl::Status& status) { told = std::string(status.message()); };
  auto registry = access::OpenRegistry({folder_, ""}, options);
  ASSERT_TRUE(registry.ok()) << registry.status();
  {
    crash::FileJournal journal(folder_);
    journal.FailWrites("data.mdb", EIO);
    const auto closed = registry->Close();
    EXPECT_EQ(ReasonOf(closed)->reason, Reason::kStoreFailed);
    EXPECT_THAT(std::string(closed.message()), HasSubstr("Input/output error"));
    EXPECT_EQ(told, std::string(closed.message()));
  }
  auto again = Open();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(Find(*again, Secret()).ok()) << "what was acknowledged was in the log";
  EXPECT_TRUE(again->Close().ok());
}

TEST_F(OpenRegistry, LocksNobodyOutAfterACrashBeforeTheRows) {
  // What a crash after each step of a first start leaves: nothing, one secret, both, the admin key
  // too.
  ASSERT_TRUE(MakePrivateFolder(folder_).ok());
  ASSERT_TRUE(MakePrivateFolder(folder_ / "secrets").ok());
  ASSERT_TRUE(WriteDurably(folder_ / "secrets" / "hash.key", std::string(64, 'a') + "\n").ok());
  ASSERT_TRUE(WriteDurably(folder_ / "admin.key", "rk_of a start that did not end\n").ok());
  std::ofstream(folder_ / "secrets" / "seal.key.new") << "half";
  const auto registry = Open();
  ASSERT_TRUE(registry.ok()) << registry.status();
  EXPECT_TRUE(registry->created);
  EXPECT_TRUE(Find(*registry, Secret()).ok());
  EXPECT_EQ(TextOf(folder_ / "secrets" / "hash.key"), std::string(64, 'a') + "\n");
}

TEST_F(OpenRegistry, MakesNoRowsBeforeTheAdminKeyIsSafelyWritten) {
  fs::create_directories(folder_ / "admin.key" / "in the way");
  const auto refused = Open();
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("admin.key"));
  fs::remove_all(folder_ / "admin.key");
  const auto registry = Open();
  ASSERT_TRUE(registry.ok()) << registry.status();
  EXPECT_TRUE(registry->created);
  EXPECT_TRUE(Find(*registry, Secret()).ok());
}

TEST_F(OpenRegistry, RefusesAStoreWithoutItsSecrets) {
  ASSERT_TRUE(Open().ok());
  fs::rename(folder_ / "secrets", folder_ / "elsewhere");
  const auto refused = Open();
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("put back"));
  EXPECT_FALSE(fs::exists(folder_ / "secrets")) << "none are made for a store that has its own";
  fs::rename(folder_ / "elsewhere", folder_ / "secrets");
  EXPECT_TRUE(Open().ok());
}

TEST_F(OpenRegistry, RefusesASecretThatIsMissingBrokenReadableOrOfAnotherStore) {
  ASSERT_TRUE(Open().ok());
  const fs::path file = folder_ / "secrets" / "seal.key";
  const std::string right = TextOf(file);
  fs::remove(file);
  EXPECT_THAT(std::string(Open().status().message()), HasSubstr("seal.key is missing"));
  ASSERT_TRUE(WriteDurably(file, "no key").ok());
  EXPECT_THAT(std::string(Open().status().message()), HasSubstr("64 hex digits"));
  ASSERT_TRUE(WriteDurably(file, std::string(64, '0')).ok());
  EXPECT_THAT(std::string(Open().status().message()), HasSubstr("another store"));
  ASSERT_TRUE(WriteDurably(file, right).ok());
  fs::permissions(file, fs::perms::others_read, fs::perm_options::add);
  EXPECT_THAT(std::string(Open().status().message()), HasSubstr("chmod 600"));
  fs::permissions(file, fs::perms::owner_read);
  EXPECT_TRUE(Open().ok());
}

TEST_F(OpenRegistry, RefusesASecondOpenerOfTheFolder) {
  const auto first = Open();
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string secret = Secret();
  const auto second = Open();
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(folder_.string()));
  EXPECT_EQ(Secret(), secret);
  EXPECT_TRUE(Find(*first, secret).ok());
}

TEST_F(OpenRegistry, SaysWhyAFolderCannotBeMade) {
  const auto refused = access::OpenRegistry({"/proc/nowhere/data", ""}, storage::StoreOptions());
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("/proc/nowhere/data"));
}

TEST(DurableFile, LeavesNoHalfWrittenFileBehind) {
  std::string pattern = (fs::temp_directory_path() / "radyab-file-XXXXXX").string();
  const fs::path folder = mkdtemp(pattern.data());
  const fs::path file = folder / "note";
  ASSERT_TRUE(WriteDurably(file, "one").ok());
  ASSERT_TRUE(WriteDurably(file, "two").ok());
  EXPECT_EQ(TextOf(file), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
  const auto nothing = ReadPrivateFile(folder / "other");
  ASSERT_TRUE(nothing.ok());
  EXPECT_FALSE(nothing->has_value());
  fs::remove_all(folder);
}

TEST_F(OpenRegistry, MakesTheRowsOfARegistryOnce) {
  auto store = storage::OpenStore("memory:", {});
  ASSERT_TRUE(store.ok());
  const Environment environment{coding::SerialPermutation(SecretKey{}), KeyedHash(SecretKey{}),
                                Sealer(SecretKey{})};
  const auto make = [&](char letter) {
    return MakeRegistryRows(**store, environment, SecretKey{}, std::string(kSecretBytes, letter));
  };
  const auto first = make('a');
  ASSERT_TRUE(first.ok() && first->has_value()) << first.status();
  EXPECT_TRUE((*first)->starts_with("rk_"));
  const auto second = make('b');
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_FALSE(second->has_value()) << "a secret that opens nothing";
}

}  // namespace
}  // namespace radyab::access
