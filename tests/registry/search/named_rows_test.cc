#include "registry/search/named_rows.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/registry/search/search_world.h"

namespace radyab::search {
namespace {

class NamedRows : public SearchWorld {
 protected:
  std::vector<NamedRow> Behind(const std::string& place, std::size_t count_max) {
    std::vector<NamedRow> rows;
    auto status = world_.Read([&](storage::ReadTransaction& transaction) {
      auto behind = NamedRowsBehind(transaction, place, count_max);
      if (behind.ok()) rows = *behind;
      return behind.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return rows;
  }
};

TEST_F(NamedRows, AreAllThingsWithNamesInPagesOfAnySize) {
  std::vector<Thing> made;
  for (int number = 0; number < 5; ++number) {
    made.push_back(ThingOf(MakeItem("چای " + std::to_string(number))));
  }
  made.push_back(ThingOf(MakeParty(maker_, "زهرا امیری", "09121234567")));
  const auto all = Behind(FirstNamedPlace(), 1000);
  for (const Thing thing : made) {
    EXPECT_EQ(std::ranges::count(all, thing, &NamedRow::thing), 1) << thing;
  }
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, &NamedRow::key));
  for (const std::size_t size : {1u, 2u, 3u}) {
    std::vector<std::string> keys;
    for (std::string place = FirstNamedPlace();;) {
      const auto rows = Behind(place, size);
      for (const NamedRow& row : rows) keys.push_back(row.key);
      if (rows.size() < size) break;
      place = rows.back().key;
    }
    std::vector<std::string> wanted;
    for (const NamedRow& row : all) wanted.push_back(row.key);
    EXPECT_EQ(keys, wanted) << size;
  }
}

TEST_F(NamedRows, KeepTheirPlaceWhenTheyAreBroken) {
  const auto broken = MakeItem("نان");
  auto status = world_.Write([&](storage::WriteTransaction& transaction) {
    return transaction.Put(keyspace::Item(broken), "no record");
  });
  ASSERT_TRUE(status.ok()) << status;
  const auto all = Behind(FirstNamedPlace(), 1000);
  const auto row = std::ranges::find(all, keyspace::Item(broken), &NamedRow::key);
  ASSERT_NE(row, all.end());
  EXPECT_EQ(row->thing, kNoThing);
}

}  // namespace
}  // namespace radyab::search
