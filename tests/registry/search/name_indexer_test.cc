#include "registry/search/name_indexer.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "registry/storage/rows.h"
#include "tests/registry/search/search_world.h"

namespace radyab::search {
namespace {

using ::testing::ElementsAre;

class Indexing : public SearchWorld {
 protected:
  void WaitForTheEndOfWork() {
    for (bool work = true; work; std::this_thread::yield()) {
      auto has_work = world_.Read(&HasWork);
      ASSERT_TRUE(has_work.ok()) << has_work.status();
      work = *has_work;
    }
  }
};

TEST_F(Indexing, CarriesNamesInWhileOthersWrite) {
  const NameIndexer indexer(
      world_.store(), world_.environment(), [](const absl::Status& fault) { FAIL() << fault; },
      std::chrono::milliseconds(0));
  for (int number = 0; number < 100; ++number) MakeItem("چای " + std::to_string(number));
  WaitForTheEndOfWork();
  const auto answer = FirstPage(maker_key_, {"چای 57", {}, ""});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_FALSE(answer->incomplete);
  EXPECT_THAT(Hits(maker_key_, "چای 57"), ElementsAre("چای 57/3"));
}

TEST_F(Indexing, TellsWhyItGaveUp) {
  auto status = world_.Write([&](storage::WriteTransaction& transaction) {
    return transaction.Put(keyspace::Meta("search"), "no record");
  });
  ASSERT_TRUE(status.ok()) << status;
  std::atomic<int> told = 0;
  {
    const NameIndexer indexer(
        world_.store(), world_.environment(), [&](const absl::Status&) { ++told; },
        std::chrono::milliseconds(0));
    while (told == 0) std::this_thread::yield();
  }
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace radyab::search
