// Conformance: the order of keys, the ends of ranges, the limits of rows.
#include <algorithm>
#include <random>

#include "tests/registry/storage/store_conformance.h"

namespace radyab::storage {
namespace {

using namespace std::string_literals;

const std::vector<std::string> kAwkward = {
    "\x00"s,      "\x00\x00"s, "\x00\x01"s, "\x00\xFF"s, "\x02"s,  "a"s,        "a\x00"s,
    "a\x00\xFF"s, "a\x01"s,    "aa"s,       "a\x7F"s,    "a\x80"s, "a\xFF"s,    "a\xFF\x00"s,
    "b"s,         "\x7F"s,     "\x80"s,     "\xFE\xFF"s, "\xFF"s,  "\xFF\x00"s, "\xFF\xFF"s};

std::vector<std::string> Backward(std::vector<std::string> keys) {
  std::ranges::reverse(keys);
  return keys;
}

TEST_P(StoreConformance, OrdersKeysByteByByteWithZeroFirstAndFfLast) {
  auto shuffled = kAwkward;
  std::ranges::shuffle(shuffled, std::mt19937(1));
  for (const auto& key : shuffled) ASSERT_TRUE(Put(key, "v").ok());

  EXPECT_EQ(Keys({}), kAwkward);
  EXPECT_EQ(Keys({}, Direction::kBackward), Backward(kAwkward));
}

TEST_P(StoreConformance, OrdersOwnWritesAsCommittedRows) {
  // Every second key is committed, the others are only in the body.
  for (std::size_t i = 0; i < kAwkward.size(); i += 2) ASSERT_TRUE(Put(kAwkward[i], "v").ok());
  std::vector<std::string> forward, backward;
  const auto status = store().Write([&](WriteTransaction& change) {
    for (std::size_t i = 1; i < kAwkward.size(); i += 2) {
      if (auto fault = change.Put(kAwkward[i], "v"); !fault.ok()) return fault;
    }
    forward = KeysIn(change, {});
    backward = KeysIn(change, {}, Direction::kBackward);
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(forward, kAwkward);
  EXPECT_EQ(backward, Backward(kAwkward));
}

// Every pair of bounds, both ways, against the meaning of a range written down plainly.
TEST_P(StoreConformance, GivesBeginAndNotEndInBothDirections) {
  for (const auto& key : kAwkward) ASSERT_TRUE(Put(key, "v").ok());
  auto bounds = kAwkward;
  for (const auto& bound : {""s, "\x00\x00\x00"s, "a\x00\x01"s, "abc"s, "c"s, "\xFF\xFF\xFF"s}) {
    bounds.push_back(bound);
  }
  for (const auto& begin : bounds) {
    for (const auto& end : bounds) {
      std::vector<std::string> expected;
      for (const auto& key : kAwkward) {
        if (key >= begin && (end.empty() || key < end)) expected.push_back(key);
      }
      ASSERT_EQ(Keys({begin, end}), expected)
          << testing::PrintToString(begin) << " to " << testing::PrintToString(end);
      ASSERT_EQ(Keys({begin, end}, Direction::kBackward), Backward(expected))
          << testing::PrintToString(begin) << " to " << testing::PrintToString(end);
    }
  }
}

TEST_P(StoreConformance, StopsAfterSoManyRowsFromTheEndItStartedAt) {
  for (const auto& key : {"a", "b", "c", "d", "e"}) ASSERT_TRUE(Put(key, "v").ok());
  const KeyRange range{"a", "e"};
  using Keyed = std::vector<std::string>;
  EXPECT_EQ(Keys(range, Direction::kForward, 0), Keyed());
  EXPECT_EQ(Keys(range, Direction::kForward, 2), (Keyed{"a", "b"}));
  EXPECT_EQ(Keys(range, Direction::kBackward, 0), Keyed());
  EXPECT_EQ(Keys(range, Direction::kBackward, 2), (Keyed{"d", "c"}));
  EXPECT_EQ(Keys(range, Direction::kBackward, 9), (Keyed{"d", "c", "b", "a"}));
}

TEST_P(StoreConformance, StopsWhenTheVisitorHasEnough) {
  for (const auto& key : {"a", "b", "c"}) ASSERT_TRUE(Put(key, "v").ok());
  for (const auto direction : {Direction::kForward, Direction::kBackward}) {
    int seen = 0;
    ASSERT_TRUE(store()
                    .Read([&](ReadTransaction& snapshot) {
                      return snapshot.Scan(
                          {"a", "z"}, direction, kNoRowLimit,
                          [&](std::string_view, std::string_view) { return ++seen < 2; });
                    })
                    .ok());
    EXPECT_EQ(seen, 2);
  }
}

TEST_P(StoreConformance, TakesKeysOf480BytesAndRefuses481) {
  const std::string longest(480, '\xFF'), longer(481, 'k');
  ASSERT_TRUE(Put(longest, "v").ok());
  EXPECT_EQ(Get(longest), "v");

  EXPECT_EQ(ReasonText(Put(longer, "v")), "LIMIT_EXCEEDED");
  EXPECT_EQ(ReasonText(Put("", "v")), "LIMIT_EXCEEDED");
  for (const std::string& key : {longer, ""s}) {
    EXPECT_EQ(
        ReasonText(store().Write([&](WriteTransaction& change) { return change.Delete(key); })),
        "LIMIT_EXCEEDED");
    EXPECT_EQ(ReasonText(store().Write(
                  [&](WriteTransaction& change) { return change.Get(key).status(); })),
              "LIMIT_EXCEEDED");
    EXPECT_EQ(ReasonText(store().Read(
                  [&](ReadTransaction& snapshot) { return snapshot.Get(key).status(); })),
              "LIMIT_EXCEEDED");
  }
  EXPECT_EQ(Keys({}), std::vector{longest});
}

TEST_P(StoreConformance, TakesValuesOf64KibAndRefusesOneByteMore) {
  const std::string largest(std::size_t{64} * 1024, 'x');
  ASSERT_TRUE(Put("k", largest).ok());
  ASSERT_TRUE(Put("empty", "").ok());
  EXPECT_EQ(Get("k"), largest);
  EXPECT_EQ(Get("empty"), "");

  EXPECT_EQ(ReasonText(Put("l", largest + "x")), "LIMIT_EXCEEDED");
  EXPECT_EQ(Get("l"), std::nullopt);
}

TEST_P(StoreConformance, TakesRangeEndsJustBehindTheLongestKeyAndRefusesLonger) {
  const std::string longest(480, 'k');
  ASSERT_TRUE(Put(longest, "v").ok());
  const std::string behind = longest + "\x00"s;

  EXPECT_EQ(Keys({"k", behind}), std::vector{longest});
  EXPECT_EQ(Keys({"k", behind}, Direction::kBackward), std::vector{longest});
  EXPECT_EQ(Keys({behind, ""}), std::vector<std::string>());
  for (const KeyRange& range : {KeyRange{behind + "x", ""}, KeyRange{"", behind + "x"}}) {
    EXPECT_EQ(ReasonText(store().Read([&](ReadTransaction& snapshot) {
                return snapshot.Scan(range, Direction::kForward, 1,
                                     [](std::string_view, std::string_view) { return true; });
              })),
              "LIMIT_EXCEEDED");
  }
}

}  // namespace
}  // namespace radyab::storage
