#include "registry/upkeep/server_figures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "registry/storage/keyspace.h"
#include "registry/storage/open_store.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::upkeep {
namespace {

TEST(ServerFigures, TellOfFoldsAndOfChangesThatWereDropped) {
  const storage::TemporaryFolder folder;
  storage::StoreOptions options;
  options.fold.also_when = [] { return true; };  // after every commit
  const auto store =
      storage::OpenStore("lmdb:" + (folder.path() / "data").string(), options).value();
  const auto put = [](storage::WriteTransaction& change) { return change.Put("a", "v"); };
  ASSERT_TRUE(store->Write(put).ok());
  const std::chrono::steady_clock::time_point past;
  EXPECT_FALSE(store->Write(put, {.begin_before = past}).ok());
  for (int call = 0; call < 2; ++call) {
    EXPECT_FALSE(store->Write(put, {.is_abandoned = [] { return true; }}).ok());
  }
  auto stats = StoreStats(*store);
  while (stats.ok() && stats->fold_count() == 0) {
    std::this_thread::yield();
    stats = StoreStats(*store);
  }
  ASSERT_TRUE(stats.ok()) << stats.status();
  EXPECT_GE(stats->last_fold_ms(), 1);
  EXPECT_GE(stats->longest_fold_ms(), stats->last_fold_ms());
  EXPECT_EQ(stats->late_change_count(), 1);
  EXPECT_EQ(stats->cancelled_change_count(), 2);
  EXPECT_FALSE(stats->has_backup_time());
}

TEST(ServerFigures, CountNamesThatWaitForTheSearchIndexUpToABound) {
  const auto store = storage::OpenStore("memory:", {}).value();
  EXPECT_EQ(StoreStats(*store)->search_waiting_count(), 0);
  for (const std::size_t notes :
       {std::size_t{3}, kSearchWaitingCountMax, kSearchWaitingCountMax + 1}) {
    const auto status = store->Write([notes](storage::WriteTransaction& change) {
      for (std::size_t i = 0; i < notes; ++i) {
        if (auto put = change.Put(keyspace::SearchNote(1, i), "a note"); !put.ok()) return put;
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(StoreStats(*store)->search_waiting_count(),
              static_cast<std::int64_t>(std::min(notes, kSearchWaitingCountMax)));
  }
}

}  // namespace
}  // namespace radyab::upkeep
