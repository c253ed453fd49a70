// The disk refuses: the store stops at once, never tries again, and what was acknowledged is kept.
#include <atomic>
#include <cerrno>
#include <chrono>
#include <memory>
#include <thread>

#include "gtest/gtest.h"
#include "registry/reason.h"
#include "registry/storage/open_store.h"
#include "tests/crash/crash_image.h"
#include "tests/crash/numbered_rows.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::crash {
namespace {

std::string ReasonText(const absl::Status& status) {
  const auto detail = ReasonOf(status);
  return detail.has_value() ? std::string(ReasonName(detail->reason)) : "none";
}

constexpr char kLog[] = "log-", kBase[] = "data.mdb";

class DiskFault : public testing::Test {
 protected:
  std::unique_ptr<storage::Store> Open(storage::StoreOptions options) {
    options.on_fatal = [this](const absl::Status&) { ++fatal_count_; };
    return storage::OpenStore("lmdb:" + folder_.string(), options).value();
  }
  static void PutTen(storage::Store& store) {
    for (std::uint64_t number = 1; number <= 10; ++number) {
      ASSERT_TRUE(store.Write(NumberedChange(number)).ok());
    }
  }

  // The disk is well again, yet nobody may rely on what the kernel still holds.
  void ExpectStopped(FileJournal& journal, std::unique_ptr<storage::Store> store) {
    for (const char* prefix : {kLog, kBase}) {
      journal.FailWrites(prefix, 0);
      journal.FailSyncs(prefix, 0);
    }
    const std::size_t event_count = journal.events().size();
    EXPECT_EQ(ReasonText(store->Write(NumberedChange(12))), "STORE_FAILED");
    EXPECT_EQ(ReasonText(store->Read([](storage::ReadTransaction&) { return absl::OkStatus(); })),
              "STORE_FAILED");
    store.reset();
    EXPECT_EQ(fatal_count_, 1);
    EXPECT_EQ(journal.events().size(), event_count) << "no file is touched any more";

    EXPECT_EQ(WhatIsWrong(OpenAndReadAll(folder_), 10, 11), "");
    Random random(1);
    for (const auto unsynced : {Unsynced::kLost, Unsynced::kKept, Unsynced::kByChance}) {
      const auto image = place_.path() / "image";
      WriteImage(CrashImage(journal.events(), {.unsynced = unsynced}, random), image);
      EXPECT_EQ(WhatIsWrong(OpenAndReadAll(image), 10, 11), "");
    }
  }

  // Ten good changes, then `plant` and one more that must fail.
  template <class Plant>
  void ExpectCommitStops(Plant plant) {
    FileJournal journal(folder_);
    storage::StoreOptions options;
    options.fold.age = std::chrono::hours(1);
    auto store = Open(options);
    PutTen(*store);
    plant(journal);
    EXPECT_EQ(ReasonText(store->Write(NumberedChange(11))), "STORE_FAILED");
    ExpectStopped(journal, std::move(store));
  }

  // Ten good changes, then `plant` and a fold that fails: what was acknowledged is in the log.
  template <class Plant>
  void ExpectFoldStops(Plant plant) {
    FileJournal journal(folder_);
    storage::StoreOptions options;
    std::atomic<bool> fold = false;
    options.fold.age = std::chrono::hours(1);
    options.fold.also_when = [&] { return fold.load(); };
    auto store = Open(options);
    PutTen(*store);
    plant(journal);
    fold = true;
    store->Write(NumberedChange(11)).IgnoreError();
    while (fatal_count_ == 0) std::this_thread::yield();
    ExpectStopped(journal, std::move(store));
  }

  std::atomic<int> fatal_count_ = 0;
  storage::TemporaryFolder place_;
  const std::filesystem::path folder_ = place_.path() / "data";
};

TEST_F(DiskFault, OfASyncStopsTheStoreForGood) {
  ExpectCommitStops([](FileJournal& journal) { journal.FailSyncs(kLog, EIO); });
}

TEST_F(DiskFault, OfAWriteStopsTheStoreForGood) {
  ExpectCommitStops([](FileJournal& journal) { journal.FailWrites(kLog, EIO); });
}

TEST_F(DiskFault, FullDiskStopsTheStoreForGood) {
  ExpectCommitStops([](FileJournal& journal) { journal.FailWrites(kLog, ENOSPC); });
}

TEST_F(DiskFault, OfASyncInAFoldStopsTheStoreForGood) {
  ExpectFoldStops([](FileJournal& journal) { journal.FailSyncs(kBase, EIO); });
}

TEST_F(DiskFault, OfAWriteInAFoldStopsTheStoreForGood) {
  ExpectFoldStops([](FileJournal& journal) { journal.FailWrites(kBase, EIO); });
}

TEST_F(DiskFault, FullDiskInAFoldStopsTheStoreForGood) {
  ExpectFoldStops([](FileJournal& journal) { journal.FailWrites(kBase, ENOSPC); });
}

}  // namespace
}  // namespace radyab::crash
