// The disk refuses: the store stops at once, never tries again, and what was acknowledged is kept.
#include <atomic>
#include <cerrno>

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

class DiskFault : public testing::Test {
 protected:
  // Ten good changes, then `plant` and one more that must fail.
  template <class Plant>
  void ExpectStopped(Plant plant) {
    FileJournal journal(folder_);
    storage::StoreOptions options;
    std::atomic<int> fatal_count = 0;
    options.on_fatal = [&](const absl::Status&) { ++fatal_count; };
    auto store = storage::OpenStore("lmdb:" + folder_.string(), options).value();
    for (std::uint64_t number = 1; number <= 10; ++number) {
      ASSERT_TRUE(store->Write(NumberedChange(number)).ok());
    }
    plant(journal);
    EXPECT_EQ(ReasonText(store->Write(NumberedChange(11))), "STORE_FAILED");
    const std::size_t event_count = journal.events().size();

    // The disk is well again, yet nobody may rely on what the kernel still holds.
    journal.FailWrites(0);
    journal.FailSyncs(0);
    EXPECT_EQ(ReasonText(store->Write(NumberedChange(12))), "STORE_FAILED");
    EXPECT_EQ(ReasonText(store->Read([](storage::ReadTransaction&) { return absl::OkStatus(); })),
              "STORE_FAILED");
    store.reset();
    EXPECT_EQ(fatal_count, 1);
    EXPECT_EQ(journal.events().size(), event_count) << "the file is not touched any more";

    EXPECT_EQ(WhatIsWrong(OpenAndReadAll(folder_), 10, 11), "");
    Random random(1);
    for (const auto unsynced : {Unsynced::kLost, Unsynced::kKept, Unsynced::kByChance}) {
      const auto image = place_.path() / "image";
      WriteImage(CrashImage(journal.events(), {.unsynced = unsynced}, random), image);
      EXPECT_EQ(WhatIsWrong(OpenAndReadAll(image), 10, 11), "");
    }
  }

  storage::TemporaryFolder place_;
  const std::filesystem::path folder_ = place_.path() / "data";
};

TEST_F(DiskFault, OfASyncStopsTheStoreForGood) {
  ExpectStopped([](FileJournal& journal) { journal.FailSyncs(EIO); });
}

TEST_F(DiskFault, OfAWriteStopsTheStoreForGood) {
  ExpectStopped([](FileJournal& journal) { journal.FailWrites(EIO); });
}

TEST_F(DiskFault, FullDiskStopsTheStoreForGood) {
  ExpectStopped([](FileJournal& journal) { journal.FailWrites(ENOSPC); });
}

}  // namespace
}  // namespace radyab::crash
