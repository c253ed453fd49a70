// What a restore refuses and what it leaves behind, one guard a test.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <functional>
#include <thread>
#include <vector>

#include "registry/generation.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/record.h"
#include "registry/upkeep/backup_rows.h"
#include "tests/crash/file_calls.h"
#include "tests/registry/upkeep/restore_fixture.h"
#include "tests/registry/upkeep/upkeep_world.h"

namespace radyab::upkeep {
namespace {

using testing::HasSubstr;

// Small: the rows themselves do not matter here.
Rows SomeRows() {
  Rows rows;
  for (const char* name : {"one", "two", "three"}) {
    const std::string key = keyspace::Meta(name);
    rows[key] = storage::EncodeRecord(key, "");
  }
  return rows;
}

class RestoreRefusals : public Restore {
 protected:
  RestoreRefusals() { TakeBackup(*StoreOf(SomeRows())); }
  std::string WordsOf(const absl::StatusOr<Restored>& restored) {
    EXPECT_FALSE(fs::exists(data().string() + ".restoring"));
    return std::string(restored.status().message());
  }
  absl::StatusOr<Restored> RunAs(std::uint32_t generation) {
    return RestoreBackup({backup(), data(), generation, false});
  }
};

TEST_F(RestoreRefusals, AManifestThatCannotBeRead) {
  WriteWholeFile(backup() / kManifestFile, "{\"format\": 1,");
  EXPECT_THAT(WordsOf(Run()), HasSubstr("its MANIFEST cannot be read"));
}

TEST_F(RestoreRefusals, AnotherFormat) {
  v1::BackupManifest manifest = Manifest();
  manifest.set_format(kBackupFormat + 1);
  WriteManifest(manifest);
  EXPECT_EQ(Run().status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(WordsOf(Run()), HasSubstr("is of format 2, this program knows 1"));
}

TEST_F(RestoreRefusals, AManifestThatSaysAnythingElseThanTheRows) {
  const v1::BackupManifest sound = Manifest();
  const std::vector<std::function<void(v1::BackupManifest&)>> changes = {
      [](auto& manifest) { manifest.set_byte_count(manifest.byte_count() + 1); },
      [](auto& manifest) { manifest.mutable_sha256()->back() ^= 1; },
      [](auto& manifest) { manifest.set_row_count(manifest.row_count() + 1); },
      [](auto& manifest) { manifest.set_commit_sequence(manifest.commit_sequence() + 1); },
      [](auto& manifest) { manifest.set_generation(manifest.generation() + 1); },
      [](auto& manifest) { manifest.mutable_snapshot_time()->set_nanos(1'000); },
      [](auto& manifest) { manifest.mutable_families(0)->set_row_count(77); },
      [](auto& manifest) { manifest.clear_families(); }};
  for (const auto& change : changes) {
    v1::BackupManifest manifest = sound;
    change(manifest);
    WriteManifest(manifest);
    EXPECT_EQ(Run().status().code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(WordsOf(Run()), HasSubstr("its rows are not those of its MANIFEST"));
    EXPECT_TRUE(LeavesNothing());
  }
  WriteManifest(sound);
  EXPECT_TRUE(Run().ok());
}

TEST_F(RestoreRefusals, RowsOfTheStoreItselfThatSayNothing) {
  Rows rows = SomeRows();
  const std::string key = keyspace::Meta("generation");
  rows[key] = storage::EncodeRecord(key, "\xFF\xFF");  // with a checksum that agrees
  std::string bytes{kRowsHeader};
  for (const auto& [name, value] : rows) AppendBackupRow(bytes, name, value);
  WriteWholeFile(backup() / kRowsFile, bytes);
  const auto refused = Run();
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(WordsOf(refused), testing::Not(HasSubstr("MANIFEST")));
}

TEST_F(RestoreRefusals, AFolderThatIsAnythingElseThanOne) {
  WriteWholeFile(data(), "a file");
  EXPECT_THAT(WordsOf(Run()), HasSubstr("is there and not empty"));
  EXPECT_EQ(ReadWholeFile(data()), "a file");
  fs::remove(data());
  fs::create_directories(folder_.path() / "elsewhere");
  fs::create_directory_symlink(folder_.path() / "elsewhere", data());
  EXPECT_THAT(WordsOf(Run()), HasSubstr("is there and not empty"));
  EXPECT_TRUE(fs::is_symlink(data()));
}

TEST_F(RestoreRefusals, AGenerationThatIsTakenOrThatThereIsNot) {
  ASSERT_TRUE(RunAs(7).ok());
  fs::remove_all(data());
  for (const std::uint32_t taken : {0u, 1u, 7u}) {
    EXPECT_EQ(RunAs(taken).status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(WordsOf(RunAs(taken)), HasSubstr("want 8 to 60"));
    EXPECT_TRUE(LeavesNothing());
  }
  EXPECT_THAT(WordsOf(RunAs(kGenerationMax + 1)), HasSubstr("generation 61, want 8 to 60"));
  EXPECT_TRUE(LeavesNothing());
  ASSERT_TRUE(RunAs(kGenerationMax).ok());
  fs::remove_all(data());
  // None is left, and none was named.
  EXPECT_EQ(Run().status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(LeavesNothing());
}

TEST_F(RestoreRefusals, ToBeginAGenerationThatCannotBeNoted) {
  fs::create_directory(backup() / kRestoredFile);
  const auto unnoted = Run();
  ASSERT_EQ(unnoted.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(WordsOf(unnoted), HasSubstr("the restore cannot be noted"));
  EXPECT_TRUE(LeavesNothing());
  fs::remove(backup() / kRestoredFile);
  fs::create_symlink("/dev/full", backup() / kRestoredFile);
  const auto full = Run();
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(ReasonOf(full.status())->reason, Reason::kStoreFailed);
  EXPECT_TRUE(LeavesNothing());
  fs::remove(backup() / kRestoredFile);
  const auto noted = Run();
  ASSERT_TRUE(noted.ok()) << noted.status();
  EXPECT_EQ(noted->generation, 1u);
}

TEST_F(RestoreRefusals, NothingOfARestoreThatWasCutShort) {
  fs::create_directory(data().string() + ".restoring");
  WriteWholeFile(data().string() + ".restoring/half", "half");
  ASSERT_TRUE(Run().ok());
  EXPECT_FALSE(fs::exists(data() / "half"));
}

// Whatever the power takes: no generation begins twice, and a registry that was told of is there.
TEST_F(RestoreRefusals, ToBeThereBeforeItsGenerationIsDurablyNoted) {
  crash::FileJournal journal(folder_.path());
  ASSERT_TRUE(Run().ok());
  const auto events = journal.events();
  const auto after = [&](std::size_t from, crash::FileEvent::Kind kind, const std::string& path) {
    for (std::size_t at = from; at < events.size(); ++at) {
      if (events[at].kind == kind && events[at].path == path) return at;
    }
    ADD_FAILURE() << path << " is not touched so";
    return events.size();
  };
  using enum crash::FileEvent::Kind;
  const auto noted = after(0, kWrite, "backup/RESTORED");
  const auto synced = after(noted, kSync, "backup/RESTORED");
  const auto listed = after(synced, kSync, "backup");
  const auto named = after(0, kRename, "data.restoring");
  EXPECT_LT(listed, named);
  EXPECT_EQ(events[named].other, "data");
  const auto last_data = [&] {
    std::size_t last = 0;
    for (std::size_t at = 0; at < events.size(); ++at) {
      if (events[at].kind == kWrite && events[at].path.starts_with("data")) last = at;
    }
    return last;
  }();
  EXPECT_LT(last_data, named);
  EXPECT_LT(after(named, kSync, ""), events.size());
}

// The rows are read three times: to prove the backup, to fill the store, and to hold the store
// against them. Through a pipe each reading can be given rows of its own.
class RowsThatChange : public RestoreRefusals {
 protected:
  static std::string BytesOf(const Rows& rows) {
    std::string bytes{kRowsHeader};
    for (const auto& [key, value] : rows) AppendBackupRow(bytes, key, value);
    return bytes;
  }
  absl::StatusOr<Restored> RunWith(const std::vector<std::string>& readings) {
    const std::string pipe = backup() / kRowsFile;
    std::atomic<bool> ended = false;
    fs::remove(pipe);
    EXPECT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    std::thread feed([&] {
      for (const std::string& bytes : readings) {
        int file = -1;
        while (file < 0 && !ended) {  // until somebody reads
          file = open(pipe.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
          if (file < 0) std::this_thread::yield();
        }
        if (file < 0) return;
        EXPECT_EQ(write(file, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
        // The next reader finds the next pipe, whenever this one meets the end.
        EXPECT_EQ(mkfifo((pipe + ".next").c_str(), 0600), 0);
        fs::rename(pipe + ".next", pipe);
        close(file);
      }
    });
    auto restored = Run();
    ended = true;
    feed.join();
    return restored;
  }
  static constexpr char kOtherwise[] = "the new store reads back otherwise";
};

TEST_F(RowsThatChange, AStoreThatReadsBackOtherwiseIsNone) {
  const auto store = StoreOf(SomeRows());
  TakeBackup(*store);
  const Rows sound = RowsOf(*store);
  Rows fewer = sound, more = sound, other = sound;
  const std::string last = std::prev(sound.end())->first, behind = last + "x";
  fewer.erase(last);
  more[behind] = storage::EncodeRecord(behind, "");
  other[last] = storage::EncodeRecord(last, "another");
  const std::string truth = BytesOf(sound);
  for (const Rows* filled : {&fewer, &more, &other}) {
    const auto refused = RunWith({truth, BytesOf(*filled), truth});
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(WordsOf(refused), HasSubstr(kOtherwise));
    EXPECT_TRUE(LeavesNothing());
    EXPECT_FALSE(fs::exists(backup() / kRestoredFile));
  }
  EXPECT_TRUE(RunWith({truth, truth, truth}).ok());
}

class RestoredStore : public Restore {};

TEST_F(RestoredStore, GoesOnBehindNumbersAndTimesThatWereFarAhead) {
  storage::StoreOptions ahead;
  ahead.first_commit_sequence = 9 * kNumbersOfGeneration;
  ahead.first_record_time_us = 4'000'000'000'000'000;  // the year 2096
  const auto old = storage::OpenStore("memory:", ahead).value();
  ASSERT_TRUE(old->Write([](storage::WriteTransaction& transaction) {
                   return PutGeneration(transaction, 0);
                 })
                  .ok());
  TakeBackup(*old);
  ASSERT_TRUE(Run().ok());
  const auto store = Open();
  const auto status = store->Read([&](storage::ReadTransaction& snapshot) {
    const auto stamp = storage::ReadCommitStamp(snapshot);
    EXPECT_GT(stamp->sequence, ahead.first_commit_sequence + 1);
    EXPECT_GT(stamp->record_time_us, ahead.first_record_time_us + 1);
    return stamp.status();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(RestoredStore, KeepsTheOwnRowsOfTheNewStore) {
  const auto place = "lmdb:" + (folder_.path() / "old").string();
  const auto log_of = [](storage::Store& store) {
    std::uint64_t log = 0;
    EXPECT_TRUE(store
                    .Read([&](storage::ReadTransaction& snapshot) {
                      log = storage::ReadLogId(snapshot)->value();
                      return absl::OkStatus();
                    })
                    .ok());
    return log;
  };
  const auto old = storage::OpenStore(place).value();
  TakeBackup(*old);
  ASSERT_TRUE(Run().ok());
  EXPECT_NE(log_of(*Open()), log_of(*old));
}

TEST_F(RestoredStore, BringsBackMoreRowsThanOneChangeTakes) {
  Rows rows;
  for (int number = 0; number < 40'001; ++number) {
    const std::string key = keyspace::Meta("row " + std::to_string(number));
    rows[key] = storage::EncodeRecord(key, "");
  }
  TakeBackup(*StoreOf(rows));
  ASSERT_TRUE(Run().ok());
  const Rows restored = RowsOf(*Open());
  for (const auto& row : rows) {
    ASSERT_TRUE(restored.contains(row.first));
    ASSERT_EQ(restored.at(row.first), row.second);
  }
  EXPECT_TRUE(restored.contains(keyspace::Meta("generation")));
}

}  // namespace
}  // namespace radyab::upkeep
