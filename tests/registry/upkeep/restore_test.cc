#include "registry/upkeep/restore.h"

#include <gmock/gmock.h>

#include <array>
#include <random>
#include <set>

#include "registry/catalog/code_issuer.h"
#include "registry/generation.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/open_store.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/record.h"
#include "registry/upkeep/backup_rows.h"
#include "registry/upkeep/last_backup.h"
#include "tests/registry/upkeep/restore_fixture.h"
#include "tests/registry/upkeep/upkeep_world.h"

namespace radyab::upkeep {
namespace {

using testing::HasSubstr;

// Rows that the new store writes for itself do not count.
Rows WithoutNew(Rows rows) {
  for (const char* name : {"commit", "log", "schema", "generation", "backup"}) {
    rows.erase(keyspace::Meta(name));
  }
  return rows;
}

std::optional<LastBackup> LastBackupIn(storage::Store& store) {
  std::optional<LastBackup> last;
  const auto status = store.Read([&](storage::ReadTransaction& snapshot) {
    auto read = LastBackupOf(snapshot);
    if (read.ok()) last = *read;
    return read.status();
  });
  EXPECT_TRUE(status.ok()) << status;
  return last;
}

TEST_F(Restore, BringsEveryRowBackIntoAnotherEngine) {
  TakeBackup(*StoreOf(RichRows()));
  const auto restored = Run();
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(restored->generation, 1u);
  const auto store = Open();
  EXPECT_EQ(WithoutNew(RowsOf(*store)), WithoutNew(RichRows()));
  EXPECT_THAT(FindingsIn(*store), testing::IsEmpty());
  EXPECT_FALSE(fs::exists(data().string() + ".restoring"));
}

TEST_F(Restore, ClaimsNoBackupThatTheOldOneTook) {
  const auto old = StoreOf(RichRows());
  const auto noted = old->Write([](storage::WriteTransaction& transaction) {
    return NoteBackup(transaction, {77, 1'700'000'000'000'000});
  });
  ASSERT_TRUE(noted.ok()) << noted;
  EXPECT_EQ(LastBackupIn(*old)->commit_sequence, 77u);
  EXPECT_EQ(LastBackupIn(*old)->snapshot_time_us, 1'700'000'000'000'000);
  TakeBackup(*old);
  ASSERT_TRUE(Run().ok());
  const auto restored = Open();
  EXPECT_FALSE(LastBackupIn(*restored).has_value());
  EXPECT_EQ(WithoutNew(RowsOf(*restored)), WithoutNew(RichRows()));
}

TEST_F(Restore, GoesOnBeyondEveryNumberOfTheOldOne) {
  const auto old = StoreOf(RichRows());
  TakeBackup(*old);
  ASSERT_TRUE(Run().ok());
  const auto restored = Open();
  const Environment environment = WorldEnvironment();
  std::set<std::string> issued;
  std::uint64_t old_commit = 0, first_commit = 0;
  for (storage::Store* store : {old.get(), restored.get()}) {
    for (int number = 0; number < 1'000; ++number) {
      std::string code;
      const auto status = store->Write([&](storage::WriteTransaction& transaction) {
        constexpr std::array kKinds = {coding::Kind::kItem, coding::Kind::kService,
                                       coding::Kind::kParty, coding::Kind::kCase};
        const auto kind = kKinds[static_cast<std::size_t>(number) % 4];
        const bool counted = kind == coding::Kind::kItem || kind == coding::Kind::kService;
        const auto member = static_cast<MemberId>(1 + number % 3);
        auto made = counted ? catalog::IssueCatalogCode(transaction, kind, member, 1)
                            : catalog::IssueSerialCode(transaction, environment, kind, member);
        if (!made.ok()) return made.status();
        code = made->Digits();
        if (store == old.get()) {
          old_commit = transaction.commit_sequence();
        } else if (first_commit == 0) {
          first_commit = transaction.commit_sequence();
        }
        return absl::OkStatus();
      });
      ASSERT_TRUE(status.ok()) << status;
      EXPECT_TRUE(issued.insert(code).second) << code << " came twice";
    }
  }
  EXPECT_EQ(issued.size(), 2'000u);
  EXPECT_GT(first_commit, old_commit);
  EXPECT_GT(first_commit, kNumbersOfGeneration);
}

TEST_F(Restore, EachOneFromTheSameBackupBeginsAnotherGeneration) {
  TakeBackup(*StoreOf(RichRows()));
  EXPECT_EQ(Run()->generation, 1u);
  fs::remove_all(data());
  EXPECT_EQ(Run()->generation, 2u);
  fs::remove_all(data());
  const auto drill = RestoreBackup({backup(), data(), std::nullopt, true});
  EXPECT_EQ(drill->generation, 3u);
  fs::remove_all(data());
  EXPECT_EQ(Run()->generation, 3u);  // the drill was not noted
  fs::remove_all(data());
  EXPECT_EQ(RestoreBackup({backup(), data(), 7, false})->generation, 7u);
  // A backup of the restored registry knows its generation.
  TakeBackup(*Open());
  fs::remove(backup() / kRestoredFile);
  fs::remove_all(data());
  EXPECT_EQ(Run()->generation, 8u);
  fs::remove_all(data());
  const auto below = RestoreBackup({backup(), data(), 7, false});
  EXPECT_EQ(below.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(LeavesNothing());
}

TEST_F(Restore, RefusesAFolderThatIsNotEmpty) {
  TakeBackup(*StoreOf(RichRows()));
  fs::create_directories(data());
  WriteWholeFile(data() / "precious", "keep me");
  const auto refused = Run();
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("not empty"));
  EXPECT_EQ(ReadWholeFile(data() / "precious"), "keep me");
  fs::remove(data() / "precious");
  EXPECT_TRUE(Run().ok());  // an empty one is taken
}

TEST_F(Restore, RefusesABackupThatWasCutShort) {
  TakeBackup(*StoreOf(RichRows()));
  const std::string manifest = ReadWholeFile(backup() / kManifestFile);
  fs::remove(backup() / kManifestFile);
  EXPECT_THAT(std::string(Run().status().message()), HasSubstr("has no MANIFEST"));
  WriteWholeFile(backup() / kManifestFile, manifest.substr(0, manifest.size() / 2));
  EXPECT_FALSE(Run().ok());
  WriteWholeFile(backup() / kManifestFile, manifest);
  const std::string rows = ReadWholeFile(backup() / kRowsFile);
  for (const std::size_t kept :
       {std::size_t{0}, std::size_t{5}, rows.size() / 2, rows.size() - 1}) {
    WriteWholeFile(backup() / kRowsFile, rows.substr(0, kept));
    EXPECT_EQ(Run().status().code(), absl::StatusCode::kDataLoss) << kept;
    EXPECT_TRUE(LeavesNothing());
  }
  fs::remove(backup() / kRowsFile);
  EXPECT_FALSE(Run().ok());
}

// A whole row fewer is a sound file of rows: the manifest tells.
TEST_F(Restore, RefusesRowsThatAreNotThoseOfTheManifest) {
  TakeBackup(*StoreOf(RichRows()));
  const std::string manifest = ReadWholeFile(backup() / kManifestFile);
  Rows fewer = RichRows();
  fewer.erase(std::prev(fewer.end()));
  TakeBackup(*StoreOf(fewer));
  WriteWholeFile(backup() / kManifestFile, manifest);
  EXPECT_THAT(std::string(Run().status().message()), HasSubstr("not those of its MANIFEST"));
}

TEST_F(Restore, RefusesEverySingleBitThatChangedInTheRows) {
  TakeBackup(*StoreOf(RichRows()));
  const std::string rows = ReadWholeFile(backup() / kRowsFile);
  std::mt19937_64 random(storage::TestSeed());
  for (int flip = 0; flip < 300; ++flip) {
    std::string damaged = rows;
    const std::size_t at = random() % rows.size();
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
    WriteWholeFile(backup() / kRowsFile, damaged);
    const auto refused = Run();
    ASSERT_EQ(refused.status().code(), absl::StatusCode::kDataLoss) << "byte " << at;
    EXPECT_EQ(ReasonOf(refused.status())->reason, Reason::kCorruptRecord);
    EXPECT_TRUE(LeavesNothing());
  }
}

TEST_F(Restore, RefusesAnotherSchema) {
  auto lmdb = storage::OpenStore("lmdb:" + (folder_.path() / "one").string());
  ASSERT_TRUE(lmdb.ok());
  const std::string key = keyspace::Meta("schema");
  ASSERT_TRUE((*lmdb)
                  ->Write([&](storage::WriteTransaction& transaction) {
                    return transaction.Put(key,
                                           storage::EncodeRecord(key, std::string("\x08\x63")));
                  })
                  .ok());
  TakeBackup(**lmdb);
  EXPECT_THAT(std::string(Run().status().message()), HasSubstr("schema version 99"));
}

}  // namespace
}  // namespace radyab::upkeep
