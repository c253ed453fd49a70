#include "registry/storage/row_run.h"

#include <map>
#include <random>

#include "gtest/gtest.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

using Random = std::mt19937_64;
using Model = std::map<std::string, std::optional<std::string>>;
using Shown = std::vector<std::pair<std::string, std::optional<std::string>>>;

// A run over bytes of its own.
std::shared_ptr<const RowRun> RunOf(const Model& rows) {
  auto bytes = std::make_shared<std::string>();
  for (const auto& [key, value] : rows) bytes->append(key).append(value.value_or(""));
  std::vector<RowView> views;
  std::size_t place = 0;
  const auto take = [&](std::size_t size) {
    place += size;
    return std::string_view(*bytes).substr(place - size, size);
  };
  for (const auto& [key, value] : rows) {
    RowView row{take(key.size())};
    row.value = take(value.has_value() ? value->size() : 0);
    row.deleted = !value.has_value();
    views.push_back(row);
  }
  return std::make_shared<RowRun>(std::move(views), std::vector<RowBytes>{bytes});
}

Shown Show(const RunList& runs, const KeyRange& range, Direction direction) {
  Shown shown;
  for (RunCursor cursor(runs, range, direction); !cursor.done(); cursor.Next()) {
    const auto value = cursor.value();
    shown.emplace_back(cursor.key(),
                       value.has_value() ? std::optional<std::string>(*value) : std::nullopt);
  }
  return shown;
}

Shown Expected(const Model& model, const KeyRange& range, Direction direction) {
  Shown shown;
  for (const auto& row : model) {
    if (row.first >= range.begin && (range.end.empty() || row.first < range.end)) {
      shown.emplace_back(row);
    }
  }
  if (direction == Direction::kBackward) std::reverse(shown.begin(), shown.end());
  return shown;
}

std::string DrawKey(Random& random) {
  static const std::string letters = {'\x00', 'a', 'b', '\xFF'};
  std::string key;
  for (std::size_t length = 1 + random() % 4; length > 0; --length) key += letters[random() % 4];
  return key;
}

TEST(RowRun, FindsItsRowsAndNoOthers) {
  const auto run = RunOf({{"b", "1"}, {"d", std::nullopt}, {"f", ""}});
  EXPECT_EQ(run->Find("a"), nullptr);
  EXPECT_EQ(run->Find("b")->kept(), "1");
  EXPECT_EQ(run->Find("c"), nullptr);
  EXPECT_EQ(run->Find("d")->kept(), std::nullopt);
  EXPECT_EQ(run->Find("f")->kept(), "") << "an empty value is no deletion";
  EXPECT_EQ(run->Find("g"), nullptr);
  EXPECT_EQ(run->byte_count(), 4u);
}

TEST(RowRun, MergeKeepsTheNewerOfTwo) {
  const auto older = RunOf({{"a", "old"}, {"b", "old"}, {"c", std::nullopt}});
  const auto newer = RunOf({{"b", std::nullopt}, {"c", "new"}, {"d", "new"}});
  const RunList merged = {RowRun::Merge(*newer, *older)};
  EXPECT_EQ(Show(merged, {}, Direction::kForward),
            (Shown{{"a", "old"}, {"b", std::nullopt}, {"c", "new"}, {"d", "new"}}));
}

TEST(RowRun, MergedRunsKeepTheBytesOfBoth) {
  std::shared_ptr<const RowRun> merged;
  {
    const auto older = RunOf({{"a", std::string(1000, 'o')}});
    const auto newer = RunOf({{"b", std::string(1000, 'n')}});
    merged = RowRun::Merge(*newer, *older);
  }
  EXPECT_EQ(merged->Find("a")->value, std::string(1000, 'o'));
  EXPECT_EQ(merged->Find("b")->value, std::string(1000, 'n'));
}

// Commits of every size upon one another, against a map; now and then a part of the list settles.
TEST(RowRun, ListOfRunsIsWhatAMapWouldBe) {
  Random random(TestSeed());
  for (int round = 0; round < 40; ++round) {
    RunList runs;
    Model model;
    std::size_t settled_count = 0;
    for (int commit = 0; commit < 60; ++commit) {
      Model rows;
      for (std::size_t count = 1 + random() % (commit % 7 == 0 ? 40 : 4); count > 0; --count) {
        rows[DrawKey(random)] =
            random() % 3 == 0 ? std::nullopt : std::optional(std::to_string(random() % 100));
      }
      for (const auto& [key, value] : rows) model[key] = value;
      const RunList settled(runs.end() - static_cast<std::ptrdiff_t>(settled_count), runs.end());
      PushRun(runs, RunOf(rows), settled_count);
      ASSERT_TRUE(std::equal(settled.rbegin(), settled.rend(), runs.rbegin()));
      if (random() % 20 == 0) settled_count = runs.size();
    }
    for (int look = 0; look < 20; ++look) {
      const KeyRange range = {random() % 4 == 0 ? "" : DrawKey(random),
                              random() % 4 == 0 ? "" : DrawKey(random)};
      for (const auto direction : {Direction::kForward, Direction::kBackward}) {
        ASSERT_EQ(Show(runs, range, direction), Expected(model, range, direction));
      }
      const std::string key = DrawKey(random);
      const RowView* found = FindInRuns(runs, key);
      ASSERT_EQ(found != nullptr, model.count(key) == 1);
      if (found != nullptr) {
        ASSERT_EQ(found->kept(), model[key]);
      }
    }
  }
}

TEST(RowRun, ListStaysShort) {
  RunList runs;
  std::size_t longest = 0;
  for (int i = 0; i < 20'000; ++i) {
    char key[16];
    std::snprintf(key, sizeof key, "%06d", i);
    PushRun(runs, RunOf({{key, "v"}}), 0);
    longest = std::max(longest, runs.size());
  }
  EXPECT_LE(longest, 15u);  // the logarithm of 20,000
  EXPECT_EQ(Show(runs, {}, Direction::kBackward).size(), 20'000u);
}

}  // namespace
}  // namespace radyab::storage
