// Pages of lists in which few rows fit, and names of numbered things.
#include "registry/sparse_page.h"

#include <gtest/gtest.h>

#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/sequence_name.h"
#include "registry/storage/rows.h"
#include "tests/support/registry_world.h"

namespace radyab {
namespace {

const std::string kPrefix = "\xFE of a test ";

class SparsePages : public ::testing::Test {
 protected:
  SparsePages() {
    const auto status = world_.Write([](storage::WriteTransaction& transaction) {
      for (int number = 0; number < 20; ++number) {
        records::MetaRecord record;
        record.set_number(static_cast<std::uint64_t>(number));
        const auto key = kPrefix + std::string(1, static_cast<char>('a' + number));
        if (auto put = storage::PutRow(transaction, key, record); !put.ok()) return put;
      }
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
  }

  // The numbers that `wanted` takes, page by page of at most two rows, five looked at.
  template <class Wanted>
  std::vector<std::vector<std::uint64_t>> Pages(Wanted wanted) {
    std::vector<std::vector<std::uint64_t>> pages;
    PageRequest request{2, ""};
    do {
      absl::StatusOr<Page<records::MetaRecord>> page = absl::UnknownError("");
      const auto status = world_.Read([&](storage::ReadTransaction& transaction) {
        page = SparsePageOfRows<records::MetaRecord>(
            transaction, KeysOf(kPrefix), request, 5,
            [&](std::string_view,
                records::MetaRecord record) -> absl::StatusOr<std::optional<records::MetaRecord>> {
              if (!wanted(record.number())) return std::nullopt;
              return record;
            });
        return page.status();
      });
      if (!status.ok()) return {};
      pages.emplace_back();
      for (const auto& row : page->rows) pages.back().push_back(row.number());
      request.after = page->next;
    } while (!request.after.empty() && pages.size() < 30);
    return pages;
  }

  tests::RegistryWorld world_;
};

using PageList = std::vector<std::vector<std::uint64_t>>;

TEST_F(SparsePages, MayBeShortOrEmptyAndStillGoOn) {
  EXPECT_EQ(Pages([](std::uint64_t number) { return number == 7 || number == 19; }),
            (PageList{{}, {7}, {}, {19}}));
}

TEST_F(SparsePages, EndWhenTheyAreFull) {
  const auto pages = Pages([](std::uint64_t) { return true; });
  ASSERT_EQ(pages.size(), 10u);
  EXPECT_EQ(pages[0], (std::vector<std::uint64_t>{0, 1}));
  EXPECT_EQ(pages[9], (std::vector<std::uint64_t>{18, 19}));
}

TEST_F(SparsePages, TellARowThatFails) {
  const auto status = world_.Read([](storage::ReadTransaction& transaction) {
    return SparsePage<int>(
               transaction, KeysOf(kPrefix), {}, 100,
               [](std::string_view key, std::string_view) -> absl::StatusOr<std::optional<int>> {
                 if (key.ends_with('c')) return storage::CorruptRecord(key);
                 return 1;
               })
        .status();
  });
  EXPECT_EQ(ReasonOf(status)->reason, Reason::kCorruptRecord);
}

TEST(SequenceNames, AreWrittenInOneWayOnly) {
  EXPECT_EQ(SequenceName("events/", 4711), "events/4711");
  EXPECT_EQ(ParseSequenceName("events/", "events/4711"), 4711u);
  EXPECT_EQ(ParseSequenceName("events/", "events/18446744073709551615"), UINT64_MAX);
  for (const char* text :
       {"events/", "events/0", "events/04711", "events/-1", "events/+1", "events/ 1", "events/1 ",
        "events/1x", "notices/1", "1", "", "events/18446744073709551616"}) {
    EXPECT_FALSE(ParseSequenceName("events/", text).has_value()) << text;
  }
}

}  // namespace
}  // namespace radyab
