#include "registry/storage/lmdb_store.h"

#include <unistd.h>
#include <cstdio>

#include <chrono>
#include <filesystem>
#include <thread>

#include "gmock/gmock.h"
#include "registry/storage/data_folder.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/open_store.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/record.h"
#include "registry/storage/store_upkeep.h"
#include "tests/registry/storage/store_conformance.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

using testing::HasSubstr;

class LmdbStore : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Store>> Open() { return OpenLmdbStore(folder(), options_); }
  std::string folder() const { return folder_.path() / "data"; }
  std::filesystem::path file(const char* name) const { return folder_.path() / "data" / name; }

  // What another process says that does `verb`.
  static std::string Elsewhere(const std::string& verb, const std::string& path) {
    const std::string command =
        "exec " + std::string(RADYAB_STORE_OPENER) + " " + verb + " '" + path + "'";
    FILE* output = popen(command.c_str(), "r");
    std::string said;
    for (int c = fgetc(output); c != EOF; c = fgetc(output)) said += static_cast<char>(c);
    pclose(output);
    return said;
  }

  StoreOptions options_;
  TemporaryFolder folder_;
};

absl::Status PutOne(Store& store, std::string_view key, std::string_view value) {
  return store.Write([&](WriteTransaction& change) { return change.Put(key, value); });
}
std::optional<std::string> GetOne(Store& store, std::string_view key) {
  std::optional<std::string> value;
  EXPECT_TRUE(store
                  .Read([&](ReadTransaction& snapshot) {
                    value = GetIn(snapshot, key);
                    return absl::OkStatus();
                  })
                  .ok());
  return value;
}

TEST_F(LmdbStore, KeepsRowsAndNumbersWhenReopened) {
  for (std::uint64_t round = 1; round <= 3; ++round) {
    auto store = Open().value();
    const std::string key = "row " + std::to_string(round);
    std::uint64_t number = 0;
    ASSERT_TRUE(store
                    ->Write([&](WriteTransaction& change) {
                      number = change.commit_sequence();
                      return change.Put(key, std::string(60'000, 'v'));
                    })
                    .ok());
    EXPECT_EQ(number, round);
    for (std::uint64_t i = 1; i <= round; ++i) {
      EXPECT_EQ(GetOne(*store, "row " + std::to_string(i)), std::string(60'000, 'v'));
    }
  }
}

TEST_F(LmdbStore, LaysItsFolderOutForItsOwnerOnly) {
  auto store = Open().value();
  EXPECT_EQ(ReadWholeFile(file("FORMAT")), "radyab-store 2\n");
  EXPECT_EQ(ReadWholeFile(file("LOCK")), std::to_string(getpid()) + "\n");
  for (const char* name : {"", "LOCK", "FORMAT", "data.mdb", "log-00000001"}) {
    const auto mode = std::filesystem::status(file(name)).permissions();
    EXPECT_EQ(mode & std::filesystem::perms(077), std::filesystem::perms::none) << name;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    EXPECT_EQ(entry.path().string().find(".new"), std::string::npos) << entry.path();
  }
}

TEST_F(LmdbStore, RefusesASecondOpenerInThisProcess) {
  auto store = Open().value();
  const auto second = Open().status();
  EXPECT_EQ(second.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(MessageOf(second), HasSubstr("data folder \"" + folder() +
                                           "\" is in use by process " + std::to_string(getpid())));
  EXPECT_TRUE(PutOne(*store, "a", "v").ok());
  store.reset();
  EXPECT_TRUE(Open().ok());
}

TEST_F(LmdbStore, RefusesAnotherProcessUntilItIsClosed) {
  auto store = Open().value();
  EXPECT_THAT(Elsewhere("open", folder()),
              HasSubstr("\"" + folder() + "\" is in use by process " + std::to_string(getpid())));
  EXPECT_TRUE(PutOne(*store, "a", "v").ok());
  store.reset();
  EXPECT_EQ(Elsewhere("open", folder()), "open\n");
}

TEST_F(LmdbStore, RefusesAnotherSchemaVersion) {
  {
    auto store = Open().value();
    const std::string key = keyspace::Meta("schema");
    ASSERT_TRUE(PutOne(*store, key, EncodeRecord(key, "\x08\x63")).ok());
  }
  const auto status = Open().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(MessageOf(status), "data folder \"" + folder() +
                                   "\" has schema version 99, this program wants 1: use the "
                                   "program that wrote it");
}

TEST_F(LmdbStore, RefusesOwnRowsWithABrokenChecksum) {
  for (const char* name : {"schema", "commit"}) {
    TemporaryFolder apart;
    const std::string path = apart.path() / "data";
    {
      auto store = OpenLmdbStore(path, options_).value();
      const std::string key = keyspace::Meta(name);
      std::string record = EncodeRecord(key, "\x08\x01");
      record.back() ^= 1;
      // As the last body, so that the committer's own row does not follow; then without it.
      ASSERT_TRUE(PutOne(*store, key, record).ok());
    }
    if (std::string_view(name) == "commit") {
      EXPECT_TRUE(OpenLmdbStore(path, options_).ok()) << "the committer writes this row itself";
    } else {
      EXPECT_EQ(ReasonText(OpenLmdbStore(path, options_).status()), "CORRUPT_RECORD");
    }
  }
}

TEST_F(LmdbStore, RefusesAForeignFormatAndLostData) {
  Open().value().reset();
  WriteWholeFile(file("FORMAT"), "something else\n");
  EXPECT_THAT(MessageOf(Open().status()),
              HasSubstr("has a FORMAT that this program does not know"));
  WriteWholeFile(file("FORMAT"), kFolderFormat);
  EXPECT_TRUE(Open().ok());
  std::filesystem::remove(file("log-00000001"));
  EXPECT_THAT(MessageOf(Open().status()), HasSubstr("has lost its log"));
  std::filesystem::remove(file("data.mdb"));
  EXPECT_THAT(MessageOf(Open().status()), HasSubstr("has lost its data.mdb"));
}

TEST_F(LmdbStore, RefusesAFileThatIsNoStore) {
  std::filesystem::create_directories(folder());
  WriteWholeFile(file("data.mdb"), std::string(8192, 'x'));
  EXPECT_EQ(ReasonText(Open().status()), "STORE_FAILED");
  WriteWholeFile(file("data.mdb"), "short");
  EXPECT_EQ(ReasonText(Open().status()), "STORE_FAILED");
}

TEST_F(LmdbStore, FinishesAMakingThatWasCutShort) {
  // Before the data was in place …
  std::filesystem::create_directories(folder());
  WriteWholeFile(file("data.mdb.new"), "half");
  ASSERT_TRUE(PutOne(*Open().value(), "a", "v").ok());
  // … and before FORMAT was.
  std::filesystem::remove(file("FORMAT"));
  EXPECT_EQ(GetOne(*Open().value(), "a"), "v");
  EXPECT_EQ(ReadWholeFile(file("FORMAT")), kFolderFormat);
}

TEST_F(LmdbStore, RefusesMoreReadsThanItHasPlaces) {
  options_.reader_count_max = 2;
  auto store = Open().value();
  const auto nothing = [](ReadTransaction&) { return absl::OkStatus(); };
  const auto two_deep = [&](ReadTransaction&) { return store->Read(nothing); };
  const auto three_deep = [&](ReadTransaction&) { return store->Read(two_deep); };
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(store->Read(two_deep).ok());
    EXPECT_EQ(ReasonText(store->Read(three_deep)), "TOO_MANY_CALLS");
  }
}

TEST_F(LmdbStore, WritesWhileAllPlacesOfReadersAreTaken) {
  options_.reader_count_max = 2;
  auto store = Open().value();
  const auto write = [&](ReadTransaction&) { return PutOne(*store, "a", "v"); };
  const auto two_deep = [&](ReadTransaction&) { return store->Read(write); };
  EXPECT_TRUE(store->Read(two_deep).ok());
  EXPECT_EQ(GetOne(*store, "a"), "v");
}

// --- the log
class LoggedRows : public LmdbStore {
 protected:
  // Nothing reaches the base: what is found again comes from the log.
  LoggedRows() {
    options_.fold.age = std::chrono::hours(1000);
    options_.fold.at_close = false;
  }
  // What data.mdb alone has.
  std::optional<std::string> GetFromBase(std::string_view key) {
    TemporaryFolder apart;
    std::filesystem::copy(file("data.mdb"), apart.path() / "data.mdb");
    return GetOne(*OpenLmdbStore(apart.path(), {}).value(), key);
  }
};

TEST_F(LoggedRows, AreFoundAgainBeforeAnyFold) {
  for (int round = 0; round < 5; ++round) {
    auto store = Open().value();
    for (int i = 0; i < round; ++i) {
      EXPECT_EQ(GetOne(*store, "row " + std::to_string(i)), std::to_string(i));
    }
    // Else the fold of what the log brought back may take this along.
    while (round > 0 && UpkeepOf(*store)->Figures()->fold_count == 0) std::this_thread::yield();
    ASSERT_TRUE(PutOne(*store, "row " + std::to_string(round), std::to_string(round)).ok());
  }
  EXPECT_EQ(GetFromBase("row 4"), std::nullopt) << "what the log brings back is folded, no more";
}

TEST_F(LoggedRows, AreInTheBaseOnceTheStoreIsClosed) {
  options_.fold.at_close = true;
  ASSERT_TRUE(PutOne(*Open().value(), "a", "v").ok());
  EXPECT_EQ(GetFromBase("a"), "v");
}

TEST_F(LoggedRows, MoveToTheBaseWhenTheyAreOld) {
  options_.fold.age = std::chrono::milliseconds(1);
  auto store = Open().value();
  ASSERT_TRUE(PutOne(*store, "a", "v").ok());
  while (GetFromBase("a") != "v") std::this_thread::yield();
  EXPECT_EQ(GetOne(*store, "a"), "v");
}

TEST_F(LoggedRows, NumbersAndTimesGoOnBehindTheLog) {
  std::int64_t clock_us = 1'000'000;
  options_.clock_us = [&] { return clock_us; };
  CommitStamp seen[2];
  for (CommitStamp& stamp : seen) {
    auto store = Open().value();
    ASSERT_TRUE(store
                    ->Write([&](WriteTransaction& change) {
                      stamp = {change.commit_sequence(), change.record_time_us()};
                      return change.Put("a", "v");
                    })
                    .ok());
    clock_us = 5;  // the clock jumps back while the store is closed
  }
  EXPECT_EQ(seen[0], (CommitStamp{1, 1'000'000}));
  EXPECT_EQ(seen[1], (CommitStamp{2, 1'000'001}));
}

TEST_F(LoggedRows, HoleInTheLogIsToldAndNothingIsOpened) {
  options_.log_segment_bytes = 1024;
  {
    auto store = Open().value();
    for (int i = 0; i < 6; ++i) ASSERT_TRUE(PutOne(*store, "a", std::to_string(i)).ok());
  }
  std::string bytes = ReadWholeFile(file("log-00000002"));
  bytes[100] ^= 1;
  WriteWholeFile(file("log-00000002"), bytes);
  EXPECT_EQ(ReasonText(Open().status()), "LOG_HOLE");
  EXPECT_THAT(MessageOf(Open().status()), HasSubstr("has lost change 3: change 4 is there"));
}

TEST_F(LoggedRows, LogOfAnotherStoreIsNotTaken) {
  ASSERT_TRUE(PutOne(*Open().value(), "a", "ours").ok());
  TemporaryFolder other;
  ASSERT_TRUE(PutOne(*OpenLmdbStore(other.path() / "data", options_).value(), "a", "theirs").ok());
  std::filesystem::copy_file(other.path() / "data" / "log-00000001", file("log-00000001"),
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(GetOne(*Open().value(), "a"), std::nullopt);
}

TEST_F(LoggedRows, FolderOfTheFormatWithoutALogIsBroughtUpToDate) {
  options_.fold.at_close = true;
  ASSERT_TRUE(PutOne(*Open().value(), "a", "v").ok());
  std::filesystem::remove(file("log-00000001"));
  WriteWholeFile(file("FORMAT"), kFolderFormatWithoutLog);
  {
    auto store = Open().value();
    EXPECT_EQ(GetOne(*store, "a"), "v");
    ASSERT_TRUE(PutOne(*store, "b", "v").ok());
  }
  EXPECT_EQ(ReadWholeFile(file("FORMAT")), kFolderFormat);
  EXPECT_EQ(GetOne(*Open().value(), "b"), "v");
}

// --- the soft limit ---------------------------------------------------------------------------

constexpr std::uint64_t kLimit = 2 << 20;
constexpr std::uint64_t kSlack = 64 << 10;  // the limit is soft: a commit may pass it by this much

class SoftLimit : public LmdbStore {
 protected:
  SoftLimit() { options_.file_bytes_max = kLimit; }
  // Every commit changes pages of the file: rows overwritten before a fold never reach it.
  void FoldEveryCommit() { options_.fold.row_count = 1; }
  std::uint64_t FileBytes() const { return std::filesystem::file_size(file("data.mdb")); }
  // Overwrites all of `row_count` rows of 1 KiB.
  static absl::Status Overwrite(Store& store, int row_count, char with) {
    return store.Write([&](WriteTransaction& change) {
      for (int i = 0; i < row_count; ++i) {
        auto fault = change.Put("row " + std::to_string(i), std::string(1024, with));
        if (!fault.ok()) return fault;
      }
      return absl::OkStatus();
    });
  }
  // New rows of 1 KiB, eight a body, until one is refused.
  static absl::Status Fill(Store& store) {
    absl::Status status;
    for (int i = 0; status.ok() && i < 100'000; i += 8) {
      status = store.Write([i](WriteTransaction& change) {
        for (int row = i; row < i + 8; ++row) {
          auto fault = change.Put("fill " + std::to_string(row), std::string(1024, 'f'));
          if (!fault.ok()) return fault;
        }
        return absl::OkStatus();
      });
    }
    return status;
  }
};

TEST_F(SoftLimit, FilledStoreReadsAndGoesOnWithAHigherLimit) {
  {
    auto store = Open().value();
    EXPECT_EQ(ReasonText(Fill(*store)), "STORE_FULL");
    EXPECT_LE(FileBytes(), kLimit + kSlack);
    EXPECT_GT(FileBytes(), kLimit * 3 / 4);
    EXPECT_EQ(GetOne(*store, "fill 0"), std::string(1024, 'f'));
  }
  options_.file_bytes_max = 2 * kLimit;
  auto store = Open().value();
  EXPECT_TRUE(PutOne(*store, "next", "v").ok());
  EXPECT_EQ(GetOne(*store, "fill 0"), std::string(1024, 'f'));
}

TEST_F(SoftLimit, SpaceOfOverwrittenRowsIsUsedAgain) {
  auto store = Open().value();
  for (int i = 0; i < 100; ++i) {
    const auto status = Overwrite(*store, 200, static_cast<char>('a' + i % 26));
    ASSERT_TRUE(status.ok()) << "round " << i << ": " << status;
  }
  EXPECT_LE(FileBytes(), kLimit + kSlack);
}

TEST_F(SoftLimit, LongReaderMakesTheStoreFullRatherThanTheFileLarge) {
  FoldEveryCommit();
  auto store = Open().value();
  ASSERT_TRUE(Overwrite(*store, 200, '0').ok());
  ASSERT_TRUE(store
                  ->Read([&](ReadTransaction& snapshot) {
                    absl::Status status;
                    for (int i = 0; i < 1000 && status.ok(); ++i) {
                      status = Overwrite(*store, 200, 'r');
                    }
                    EXPECT_EQ(ReasonText(status), "STORE_FULL");
                    EXPECT_EQ(GetIn(snapshot, "row 7"), std::string(1024, '0'));
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_LE(FileBytes(), kLimit + kSlack);
  EXPECT_TRUE(Overwrite(*store, 200, 'w').ok()) << "the reader is gone, its pages are free";
}

TEST_F(SoftLimit, ReadersThatDiedAreClearedWhileTheStoreWorks) {
  FoldEveryCommit();
  options_.file_bytes_max = 100 * kLimit;  // the file stays small because its pages are used again
  options_.reader_check_interval = std::chrono::milliseconds(1);
  auto store = Open().value();
  ASSERT_TRUE(Overwrite(*store, 200, '0').ok());
  EXPECT_EQ(Elsewhere("die-reading", file("data.mdb")), "");
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(Overwrite(*store, 200, 'r').ok()) << i;
  EXPECT_LE(FileBytes(), kLimit + kSlack);
}

TEST_F(SoftLimit, DeadReaderThatIsNotClearedWouldFillTheStore) {
  FoldEveryCommit();
  options_.reader_check_interval = std::chrono::hours(1);
  {
    auto store = Open().value();
    ASSERT_TRUE(Overwrite(*store, 200, '0').ok());
    Elsewhere("die-reading", file("data.mdb"));
    absl::Status status;
    for (int i = 0; i < 100 && status.ok(); ++i) status = Overwrite(*store, 200, 'r');
    EXPECT_EQ(ReasonText(status), "STORE_FULL");
  }
  auto store = Open().value();  // clears it at the start
  EXPECT_TRUE(Overwrite(*store, 200, 'w').ok());
}

}  // namespace
}  // namespace radyab::storage
