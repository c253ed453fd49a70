#include "registry/storage/row_overlay.h"

#include <map>
#include <random>
#include <vector>

#include "tests/registry/storage/store_conformance.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

using Shown = std::vector<std::string>;
using Random = std::mt19937_64;

std::uint64_t Below(Random& random, std::uint64_t end) { return random() % end; }

// A transaction over a plain map that counts what it is asked for.
class MapTransaction : public WriteTransaction {
 public:
  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override {
    const auto found = rows.find(key);
    if (found == rows.end()) return std::optional<std::string_view>();
    return std::optional<std::string_view>(found->second);
  }
  absl::Status Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                    RowVisitor visit) override {
    auto first = rows.lower_bound(range.begin);
    auto behind = range.end.empty() ? rows.end() : rows.lower_bound(range.end);
    for (; first != behind && row_count_max > 0; --row_count_max) {
      const auto row = direction == Direction::kForward ? first++ : --behind;
      ++shown_count;
      if (!visit(row->first, row->second)) break;
    }
    return scan_status;
  }
  absl::Status Put(std::string_view key, std::string_view value) override {
    put_in_order.emplace_back(key);
    if (key == refused_key) return NotFound("row");
    rows.insert_or_assign(std::string(key), std::string(value));
    return absl::OkStatus();
  }
  absl::Status Delete(std::string_view key) override {
    put_in_order.push_back("-" + std::string(key));
    rows.erase(std::string(key));
    return absl::OkStatus();
  }
  std::uint64_t commit_sequence() const override { return 7; }
  std::int64_t record_time_us() const override { return 9; }

  std::map<std::string, std::string, std::less<>> rows;
  std::vector<std::string> put_in_order;
  std::string refused_key;
  int shown_count = 0;
  absl::Status scan_status;
};

class RowOverlayTest : public testing::Test {
 protected:
  RowOverlayTest() { base_.rows = {{"b", "base"}, {"d", "base"}, {"f", "base"}, {"h", "base"}}; }
  // "key=value" of each row shown.
  Shown Scan(const KeyRange& range, Direction direction, std::size_t row_count_max = kNoRowLimit,
             const std::string& last = "") {
    Shown shown;
    EXPECT_TRUE(overlay_
                    .Scan(range, direction, row_count_max,
                          [&](std::string_view key, std::string_view value) {
                            shown.push_back(std::string(key) + "=" + std::string(value));
                            return key != last;
                          })
                    .ok());
    return shown;
  }
  void Change() {
    for (const char* key : {"a", "d", "e", "i"}) ASSERT_TRUE(overlay_.Put(key, "own").ok());
    for (const char* key : {"f", "g"}) ASSERT_TRUE(overlay_.Delete(key).ok());
  }

  MapTransaction base_;
  RowOverlay overlay_{base_};
};

TEST_F(RowOverlayTest, MergesScansInBothDirections) {
  Change();
  EXPECT_EQ(Scan({}, Direction::kForward),
            (Shown{"a=own", "b=base", "d=own", "e=own", "h=base", "i=own"}));
  EXPECT_EQ(Scan({}, Direction::kBackward),
            (Shown{"i=own", "h=base", "e=own", "d=own", "b=base", "a=own"}));
  EXPECT_EQ(Scan({"b", "h"}, Direction::kForward), (Shown{"b=base", "d=own", "e=own"}));
  EXPECT_EQ(Scan({"b", "h"}, Direction::kBackward), (Shown{"e=own", "d=own", "b=base"}));
  EXPECT_EQ(Scan({"f", "h"}, Direction::kForward), Shown());
  EXPECT_EQ(Scan({"h", "b"}, Direction::kForward), Shown());
  EXPECT_EQ(Scan({"b", "b"}, Direction::kBackward), Shown());
}

TEST_F(RowOverlayTest, CountsOnlyRowsThatAreShown) {
  Change();
  EXPECT_EQ(Scan({"d", ""}, Direction::kForward, 3), (Shown{"d=own", "e=own", "h=base"}));
  EXPECT_EQ(Scan({"", "i"}, Direction::kBackward, 3), (Shown{"h=base", "e=own", "d=own"}));
  EXPECT_EQ(Scan({}, Direction::kForward, 0), Shown());
}

TEST_F(RowOverlayTest, AsksTheBaseForNoMoreThanIsWanted) {
  for (int i = 0; i < 1000; ++i) base_.rows["row " + std::to_string(1000 + i)] = "base";
  ASSERT_TRUE(overlay_.Put("row 1000", "own").ok());
  EXPECT_EQ(Scan({"row", ""}, Direction::kForward, 3).size(), 3u);
  EXPECT_EQ(base_.shown_count, 3);
}

TEST_F(RowOverlayTest, StopsWhenTheVisitorHasEnough) {
  Change();
  // At an own row, at a base row, at one that both have, and behind the base's last.
  EXPECT_EQ(Scan({}, Direction::kForward, kNoRowLimit, "a"), (Shown{"a=own"}));
  EXPECT_EQ(Scan({}, Direction::kForward, kNoRowLimit, "b"), (Shown{"a=own", "b=base"}));
  EXPECT_EQ(Scan({}, Direction::kForward, kNoRowLimit, "d"), (Shown{"a=own", "b=base", "d=own"}));
  ASSERT_TRUE(overlay_.Put("j", "own").ok());
  EXPECT_EQ(Scan({"h", ""}, Direction::kForward, kNoRowLimit, "i"), (Shown{"h=base", "i=own"}));
}

TEST_F(RowOverlayTest, GivesTheFaultOfTheBase) {
  base_.scan_status = NotFound("page");
  EXPECT_EQ(ReasonText(overlay_.Scan({}, Direction::kForward, kNoRowLimit,
                                     [](std::string_view, std::string_view) { return true; })),
            "NOT_FOUND");
}

TEST_F(RowOverlayTest, RemembersDeletionsUntilARowIsPutAgain) {
  ASSERT_TRUE(overlay_.Delete("b").ok());
  EXPECT_EQ(GetIn(overlay_, "b"), std::nullopt);
  EXPECT_EQ(GetIn(base_, "b"), "base");
  ASSERT_TRUE(overlay_.Put("b", "again").ok());
  EXPECT_EQ(GetIn(overlay_, "b"), "again");
  ASSERT_TRUE(overlay_.Delete("unknown").ok());
  EXPECT_EQ(GetIn(overlay_, "unknown"), std::nullopt);
}

TEST_F(RowOverlayTest, AppliesEverythingInKeyOrder) {
  Change();
  EXPECT_TRUE(base_.put_in_order.empty());
  EXPECT_EQ(overlay_.row_count(), 6u);
  ASSERT_TRUE(overlay_.ApplyTo(base_).ok());
  EXPECT_EQ(base_.put_in_order, (Shown{"a", "d", "e", "-f", "-g", "i"}));
  EXPECT_EQ(base_.rows.size(), 6u);
}

TEST_F(RowOverlayTest, StopsApplyingAtTheFirstRefusal) {
  Change();
  base_.refused_key = "d";
  EXPECT_EQ(ReasonText(overlay_.ApplyTo(base_)), "NOT_FOUND");
  EXPECT_EQ(base_.put_in_order, (Shown{"a", "d"}));
}

TEST_F(RowOverlayTest, MovesItsRowsIntoTheOneBelowAndKeepsWhatWasHandedOut) {
  MapTransaction base;
  RowOverlay below(base);
  ASSERT_TRUE(below.Put("a", "below").ok());
  ASSERT_TRUE(below.Put("b", "below").ok());
  const std::string_view overwritten = **below.Get("a");
  std::string_view first, second;
  {
    WriteTransaction& lower = below;
    RowOverlay above(lower);
    ASSERT_TRUE(above.Put("a", "first").ok());
    first = **above.Get("a");
    ASSERT_TRUE(above.Put("a", "second").ok());
    second = **above.Get("a");
    ASSERT_TRUE(above.Delete("b").ok());
    ASSERT_TRUE(above.Put("c", "new").ok());
    ASSERT_TRUE(above.MoveTo(below).ok());
    EXPECT_TRUE(above.empty());
    EXPECT_EQ(above.byte_count(), 0u);
  }
  EXPECT_EQ(overwritten, "below");
  EXPECT_EQ(first, "first");
  EXPECT_EQ(second, "second");
  EXPECT_EQ(**below.Get("a"), "second");
  EXPECT_FALSE(below.Get("b")->has_value());
  EXPECT_EQ(**below.Get("c"), "new");
  EXPECT_EQ(below.row_count(), 3u);
  ASSERT_TRUE(below.ApplyTo(base).ok());
  EXPECT_EQ(base.put_in_order, (Shown{"a", "-b", "c"}));
}

TEST_F(RowOverlayTest, MovesItsRowsIntoAnEmptyOneBelowAtOnce) {
  WriteTransaction& lower = overlay_;
  RowOverlay above(lower);
  ASSERT_TRUE(above.Put("a", "above").ok());
  ASSERT_TRUE(above.Delete("b").ok());
  const std::string_view handed_out = **above.Get("a");
  const std::size_t bytes = above.byte_count();
  ASSERT_TRUE(above.MoveTo(overlay_).ok());
  EXPECT_TRUE(above.empty());
  EXPECT_EQ(above.byte_count(), 0u);
  EXPECT_EQ(overlay_.byte_count(), bytes);
  EXPECT_EQ(overlay_.row_count(), 2u);
  EXPECT_EQ(handed_out, "above");
  EXPECT_EQ(GetIn(overlay_, "b"), std::nullopt);
}

TEST_F(RowOverlayTest, RefusesToTakeInMoreThanItsLimit) {
  const OverlayLimits limits{.row_count_max = 2, .byte_count_max = 100};
  RowOverlay few_rows(base_, limits), few_bytes(base_, limits);
  WriteTransaction& lower = few_rows;
  RowOverlay rows(lower), bytes(lower);
  for (const char* key : {"a", "b", "c"}) ASSERT_TRUE(rows.Put(key, "own").ok());
  EXPECT_EQ(ReasonText(rows.MoveTo(few_rows)), "LIMIT_EXCEEDED");
  ASSERT_TRUE(bytes.Put("a", std::string(100, 'x')).ok());
  EXPECT_EQ(ReasonText(bytes.MoveTo(few_bytes)), "LIMIT_EXCEEDED");
}

TEST_F(RowOverlayTest, TakesBackAPartAndNothingBeforeIt) {
  Change();
  const std::string_view handed_out = **overlay_.Get("a");
  const Shown before = Scan({}, Direction::kForward);
  const std::size_t row_count = overlay_.row_count(), byte_count = overlay_.byte_count();
  {
    const RowPart part(overlay_);
    for (const char* value : {"part", "again"}) ASSERT_TRUE(overlay_.Put("a", value).ok());
    ASSERT_TRUE(overlay_.Delete("a").ok());
    ASSERT_TRUE(overlay_.Put("f", "part").ok());
    ASSERT_TRUE(overlay_.Put("new", "part").ok());
    ASSERT_TRUE(overlay_.Delete("new").ok());
    EXPECT_EQ(GetIn(overlay_, "a"), std::nullopt);
  }
  {
    RowPart part(overlay_);
    ASSERT_TRUE(part.rows().Put("b", "part").ok());
    part.TakeBack();
    EXPECT_EQ(GetIn(overlay_, "b"), "base");
  }
  EXPECT_EQ(Scan({}, Direction::kForward), before);
  EXPECT_EQ(overlay_.row_count(), row_count);
  EXPECT_EQ(overlay_.byte_count(), byte_count);
  EXPECT_EQ((**overlay_.Get("a")).data(), handed_out.data()) << "the row that was handed out";
}

TEST_F(RowOverlayTest, KeepsAPart) {
  Change();
  RowPart part(overlay_);
  ASSERT_TRUE(part.rows().Put("b", "part").ok());
  ASSERT_TRUE(part.Keep().ok());
  EXPECT_EQ(GetIn(overlay_, "b"), "part");
  EXPECT_TRUE(base_.put_in_order.empty());
}

TEST_F(RowOverlayTest, APartOfWhatIsNoOverlayHasRowsOfItsOwn) {
  {
    RowPart dropped(base_);
    ASSERT_TRUE(dropped.rows().Put("a", "part").ok());
    EXPECT_EQ(GetIn(dropped.rows(), "a"), "part");
  }
  EXPECT_TRUE(base_.put_in_order.empty());
  RowPart part(base_);
  ASSERT_TRUE(part.rows().Put("a", "part").ok());
  ASSERT_TRUE(part.Keep().ok());
  EXPECT_EQ(base_.put_in_order, (Shown{"a"}));
  base_.refused_key = "b";
  RowPart refused(base_);
  ASSERT_TRUE(refused.rows().Put("b", "part").ok());
  EXPECT_EQ(ReasonText(refused.Keep()), "NOT_FOUND");
}

TEST_F(RowOverlayTest, APartSaysThatTheLimitsRefusedSomething) {
  RowOverlay small(base_, {.row_count_max = 2, .byte_count_max = 20});
  ASSERT_TRUE(small.Put("a", "own").ok());
  {
    RowPart part(small);
    ASSERT_TRUE(part.rows().Put("b", "own").ok());
    EXPECT_FALSE(part.overflowed());
    EXPECT_EQ(ReasonText(part.rows().Put("c", "own")), "LIMIT_EXCEEDED");
    EXPECT_TRUE(part.overflowed());
  }
  RowPart next(small);
  EXPECT_FALSE(next.overflowed());
  EXPECT_TRUE(next.rows().Put("b", "own").ok()) << "the room of the part is free again";
}

// Large enough that the places of keys are remembered.
TEST_F(RowOverlayTest, DoesWhatAMapDoesWithPartsOfAnySize) {
  Random random(TestSeed());
  MapTransaction empty;
  RowOverlay overlay(empty);
  std::map<std::string, std::string> model;
  std::uint64_t rising = 0;
  for (int round = 0; round < 300; ++round) {
    auto tried = model;
    RowPart part(overlay);
    for (std::uint64_t left = Below(random, 40); left > 0; --left) {
      // Some families rise, one is drawn, and in one keys come again.
      const auto family = static_cast<char>('a' + Below(random, 4));
      const std::uint64_t drawn = family == 'd' ? Below(random, 50) : Below(random, 1'000'000'000);
      const std::uint64_t number = 1'000'000'000 + (family < 'c' ? ++rising : drawn);
      const std::string key = std::string(1, family) + std::to_string(number) +
                              (family == 'b' ? std::string(20, '.') : "");
      if (Below(random, 8) == 0) {
        ASSERT_TRUE(part.rows().Delete(key).ok());
        tried.erase(key);
      } else {
        const std::string value = std::to_string(Below(random, 1000));
        ASSERT_TRUE(part.rows().Put(key, value).ok());
        tried[key] = value;
      }
      const auto found = tried.find(key);
      ASSERT_EQ(GetIn(overlay, key),
                found == tried.end() ? std::nullopt : std::optional(found->second));
    }
    if (Below(random, 3) == 0) continue;
    ASSERT_TRUE(part.Keep().ok());
    model = std::move(tried);
  }
  std::map<std::string, std::string> shown;
  ASSERT_TRUE(overlay
                  .Scan({}, Direction::kForward, kNoRowLimit,
                        [&](std::string_view key, std::string_view value) {
                          shown.emplace(key, value);
                          return true;
                        })
                  .ok());
  EXPECT_EQ(shown, model);
  ASSERT_TRUE(overlay.ApplyTo(empty).ok());
  EXPECT_EQ(std::map(empty.rows.begin(), empty.rows.end()), model);
}

TEST_F(RowOverlayTest, StacksAndThrowsTheUpperAwayAlone) {
  Change();
  WriteTransaction& lower = overlay_;
  RowOverlay upper(lower);
  ASSERT_TRUE(upper.Put("f", "upper").ok());
  ASSERT_TRUE(upper.Delete("a").ok());
  EXPECT_EQ(KeysIn(upper, {}), (Shown{"b", "d", "e", "f", "h", "i"}));
  EXPECT_EQ(KeysIn(overlay_, {}), (Shown{"a", "b", "d", "e", "h", "i"}));
  EXPECT_EQ(upper.commit_sequence(), 7u);
  EXPECT_EQ(upper.record_time_us(), 9);
}

TEST_F(RowOverlayTest, RefusesRowsAndBytesAboveItsLimits) {
  RowOverlay small(base_, {.row_count_max = 2, .byte_count_max = 20});
  ASSERT_TRUE(small.Put("a", "12345").ok());
  ASSERT_TRUE(small.Put("b", "12345").ok());
  EXPECT_EQ(ReasonText(small.Put("c", "")), "LIMIT_EXCEEDED");
  ASSERT_TRUE(small.Put("a", "1234567").ok()) << "an old row once more: 12 + 8 bytes";
  EXPECT_EQ(ReasonText(small.Put("a", "")), "LIMIT_EXCEEDED");
  EXPECT_EQ(ReasonText(small.Delete("b")), "LIMIT_EXCEEDED");
  EXPECT_EQ(GetIn(small, "a"), "1234567") << "what was refused changed nothing";
  EXPECT_EQ(small.byte_count(), 20u);
}

TEST_F(RowOverlayTest, TakesItsOwnViewsAsKeysAndValues) {
  ASSERT_TRUE(overlay_.Put("a", "short").ok());
  ASSERT_TRUE(overlay_
                  .Scan({}, Direction::kForward, 1,
                        [&](std::string_view key, std::string_view value) {
                          EXPECT_EQ(key, "a");
                          EXPECT_EQ(value, "short");
                          return true;
                        })
                  .ok());
  const auto view = overlay_.Get("a");
  ASSERT_TRUE(overlay_.Put("a", (*view)->substr(1)).ok());
  EXPECT_EQ(GetIn(overlay_, "a"), "hort");
  EXPECT_EQ(**view, "short");
}

}  // namespace
}  // namespace radyab::storage
