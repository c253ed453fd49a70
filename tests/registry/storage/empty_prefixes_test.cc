#include "registry/storage/empty_prefixes.h"

#include <memory>
#include <string>
#include <thread>

#include "gtest/gtest.h"
#include "registry/storage/open_store.h"
#include "registry/storage/store_upkeep.h"
#include "tests/registry/storage/store_conformance.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

const auto kNoRow = [](std::string_view) { return false; };
const auto kARow = [](std::string_view) { return true; };

TEST(EmptyPrefixes, CoverEveryKeyThatBeginsAsOneWithoutRows) {
  EmptyPrefixes empty;
  EXPECT_FALSE(empty.Cover("prefixes"));
  std::string asked;
  empty.Missed("prefixes", [&](std::string_view prefix) {
    asked = prefix;
    return false;
  });
  EXPECT_EQ(asked, "prefix");
  EXPECT_TRUE(empty.Cover("prefixes"));
  EXPECT_TRUE(empty.Cover("prefix"));
  EXPECT_FALSE(empty.Cover("prefi"));
  EXPECT_FALSE(empty.Cover("prefab"));
}

TEST(EmptyPrefixes, AskOnceWhetherThereAreRows) {
  EmptyPrefixes empty;
  empty.Missed("prefix 1", kARow);
  EXPECT_FALSE(empty.Cover("prefix 1"));
  empty.Missed("prefix 2", [](std::string_view) {
    ADD_FAILURE() << "it is known that rows begin so";
    return false;
  });
  EXPECT_FALSE(empty.Cover("prefix 2"));
}

TEST(EmptyPrefixes, ForgetWhatTheyKnowOfAnotherVersion) {
  EmptyPrefixes empty;
  empty.KeepFor(7);
  empty.Missed("prefix", kNoRow);
  empty.KeepFor(7);
  EXPECT_TRUE(empty.Cover("prefix"));
  empty.KeepFor(8);
  EXPECT_FALSE(empty.Cover("prefix"));
}

TEST(EmptyPrefixes, LearnNothingMoreWhenTheyAreFull) {
  EmptyPrefixes empty;
  for (std::size_t i = 0; i < EmptyPrefixes::kCountMax; ++i) {
    empty.Missed("prefi" + std::string(1, static_cast<char>('a' + i)), kNoRow);
  }
  empty.Missed("another", kNoRow);
  EXPECT_TRUE(empty.Cover("prefia"));
  EXPECT_FALSE(empty.Cover("another"));
}

// A key is looked for in vain, again and again, and rows come and go in its place and beside it.
// What is asked is asked of the rows in memory, and again when they have been folded.
TEST(EmptyPrefixes, HideNoRowOfAStore) {
  const TemporaryFolder folder;
  StoreOptions options;
  options.fold.also_when = [] { return true; };  // after every commit
  const auto store = OpenStore("lmdb:" + (folder.path() / "data").string(), options).value();
  const auto expect = [&](std::string_view key, std::optional<std::string> wanted) {
    const auto look = [&](ReadTransaction& snapshot) {
      EXPECT_EQ(GetIn(snapshot, key), wanted) << key;
      EXPECT_EQ(GetIn(snapshot, key), wanted) << key << ", once more";
      return absl::OkStatus();
    };
    EXPECT_TRUE(store->Read(look).ok());
    while (UpkeepOf(*store)->Figures().value().unfolded_row_count > 0) std::this_thread::yield();
    EXPECT_TRUE(store->Read(look).ok());
  };
  const auto change = [&](std::string_view key, std::optional<std::string_view> value) {
    const auto status = store->Write([&](WriteTransaction& transaction) {
      return value ? transaction.Put(key, *value) : transaction.Delete(key);
    });
    ASSERT_TRUE(status.ok());
  };
  expect("prefix 1", std::nullopt);
  for (int round = 0; round < 3; ++round) {
    change("another", "row");
    expect("prefix 1", std::nullopt);
    change("prefix 1", "here");
    expect("prefix 1", "here");
    expect("prefix 2", std::nullopt);
    change("prefix 2", "beside");
    expect("prefix 1", "here");
    expect("prefix 2", "beside");
    change("prefix 1", std::nullopt);
    expect("prefix 1", std::nullopt);
    expect("prefix 2", "beside");
    change("prefix 2", std::nullopt);
    expect("prefix 2", std::nullopt);
  }
}

}  // namespace
}  // namespace radyab::storage
