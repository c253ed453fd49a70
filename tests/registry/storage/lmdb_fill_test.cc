// Rows of folds in pages of LMDB.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "registry/storage/lmdb_rows_store.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

using Random = std::mt19937_64;
using Rows = std::map<std::string, std::optional<std::string>>;  // nothing: deleted

std::uint64_t Below(Random& random, std::uint64_t end) { return random() % end; }

std::string Key(char family, std::uint64_t number) {
  std::string key(1, family);
  for (int shift = 56; shift >= 0; shift -= 8) key += static_cast<char>(number >> shift & 0xFF);
  return key;
}

class LmdbFillTest : public testing::Test {
 protected:
  LmdbFillTest() {
    auto opened = LmdbRows::Open(folder_.path() / "data.mdb", 4);
    EXPECT_TRUE(opened.ok()) << opened.status();
    base_ = *std::move(opened);
  }

  void Apply(const Rows& rows) {
    std::vector<RowView> views;
    for (const auto& [key, value] : rows)
      views.push_back({key, value ? std::string_view(*value) : "", !value});
    const auto applied = base_->Apply(views);
    ASSERT_TRUE(applied.ok()) << applied;
    for (const auto& [key, value] : rows) {
      if (value) {
        model_[key] = *value;
      } else {
        model_.erase(key);
      }
    }
  }
  std::map<std::string, std::string> Stored() {
    std::map<std::string, std::string> stored;
    auto snapshot = base_->TakeSnapshot();
    EXPECT_TRUE(snapshot.ok());
    EXPECT_TRUE(snapshot
                    ->Scan({}, Direction::kForward, kNoRowLimit,
                           [&](std::string_view key, std::string_view value) {
                             return stored.emplace(key, value).second;
                           })
                    .ok());
    return stored;
  }
  void ExpectSound() {
    EXPECT_EQ(Stored(), model_);
    const auto checked = base_->CheckPages([](const std::string& fault) {
      ADD_FAILURE() << fault;
      return true;
    });
    EXPECT_TRUE(checked.ok()) << checked;
  }
  // Bytes of all pages that hold something.
  std::uint64_t UsedBytes() {
    StoreFigures figures;
    EXPECT_TRUE(base_->AddFigures(figures).ok());
    return figures.file_bytes - figures.free_bytes;
  }

  TemporaryFolder folder_;
  std::unique_ptr<LmdbRows> base_;
  std::map<std::string, std::string> model_;
};

TEST_F(LmdbFillTest, PagesOfRisingKeysFillUp) {
  constexpr std::uint64_t kBatches = 50, kRowsOfBatch = 200;
  const std::string value(100, 'v');
  Rows others;
  for (std::uint64_t number = 0; number < 100; ++number) {
    others[Key('a', number)] = others[Key('c', number)] = value;
  }
  Apply(others);
  const std::uint64_t before = UsedBytes();
  for (std::uint64_t batch = 0; batch < kBatches; ++batch) {
    Rows rows;
    for (std::uint64_t at = 0; at < kRowsOfBatch; ++at) {
      rows[Key('b', batch * kRowsOfBatch + at)] = value;
    }
    Apply(rows);
  }
  ExpectSound();
  const std::uint64_t row_bytes =
      kBatches * kRowsOfBatch * (Key('b', 0).size() + value.size() + 10);
  // Put one after the other before the rows of the next family, they take twice their bytes.
  EXPECT_LT(UsedBytes() - before, row_bytes * 5 / 4);
}

TEST_F(LmdbFillTest, DoesWhatAMapDoes) {
  Random random(TestSeed());
  std::uint64_t rising = 0;
  for (int batch = 0; batch < 60; ++batch) {
    Rows rows;
    const std::size_t large = Below(random, 6) == 0 ? 3000 : 300;
    for (std::uint64_t left = Below(random, 400); left > 0; --left) {
      const auto family = static_cast<char>('a' + Below(random, 5));
      std::uint64_t number = ++rising;
      if (family == 'b') number = Below(random, 1000);
      if (family == 'c') number = random();
      std::optional<std::string> value(std::string(Below(random, large), family));
      if (Below(random, 8) == 0) value.reset();
      rows[Key(family, number)] = std::move(value);
      // And what is there already, in between.
      if (Below(random, 16) == 0 && !model_.empty()) {
        auto old = model_.lower_bound(Key(family, Below(random, rising)));
        if (old != model_.end()) rows[old->first] = std::string(Below(random, large), 'n');
      }
    }
    Apply(rows);
    if (batch % 10 == 9) ExpectSound();
  }
  ExpectSound();
}

}  // namespace
}  // namespace radyab::storage
