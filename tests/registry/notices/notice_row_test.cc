#include "registry/notices/notice_row.h"

#include "registry/storage/notice_keys.h"
#include "registry/storage/rows.h"
#include "tests/registry/notices/notice_world.h"

namespace radyab::notices::tests {
namespace {

TEST(NoticeRow, NamesAreReadAndWritten) {
  EXPECT_EQ(NoticeName(4711), "notices/4711");
  EXPECT_EQ(ParseNoticeName("notices/4711"), 4711u);
  for (const char* bad : {"", "notices/", "notices/0", "notices/01", "notices/1x", "notices/-1",
                          "events/1", "notices/99999999999999999999"}) {
    EXPECT_FALSE(ParseNoticeName(bad)) << bad;
  }
}

// The longest lines there are: every row must fit the store's largest value.
TEST(NoticeRow, RowsOfTheLongestLinesFitTheStore) {
  NoticeWorld world;
  std::string escaped;
  for (int i = 0; i < 16; ++i) escaped += "%25";
  v1::ShippingNotice wanted = Numbered("N-1", world.shop.party);
  AddLine(wanted, Sscc(1));
  for (int i = 0; i < 2 * kLinesOfRow; ++i) {
    const std::string text = escaped + std::to_string(1000 + i);
    AddLine(wanted, world.LotOf(world.maker, text), "123456789.012345678", "KGM")
        .set_container(Sscc(1));
    v1::ShippingNoticeLine& unit = AddLine(wanted, world.UnitOf(world.maker, text));
    unit.set_lot("ABCDEFGHIJKLMNOPQRST");
    unit.set_container(Sscc(1));
    for (int back : {1, 2}) {
      auto* line = wanted.mutable_lines(wanted.lines_size() - back);
      line->set_production_date("2026-01-01");
      line->set_expiry_date("2027-01-01");
    }
  }
  const auto created = world.Create(world.maker, wanted);
  const auto read = world.Get(world.shop, created.name());
  EXPECT_EQ(read.lines_size(), wanted.lines_size());
  EXPECT_EQ(read.lines(800).object(), wanted.lines(800).object());
  std::size_t rows = 0, longest = 0;
  for (const auto& [key, value] : world.registry.Dump()) {
    if (!key.starts_with(keyspace::NoticeLinesPrefix(1))) continue;
    ++rows;
    longest = std::max(longest, value.size());
  }
  EXPECT_EQ(rows, 5u);  // 801 lines
  EXPECT_LT(longest, storage::kValueBytesMax);
}

// A notice is told by few rows to those who do not see what is inside its containers.
TEST(NoticeRow, FindsByObjectOnlyWhatIsOutsideContainers) {
  NoticeWorld world;
  v1::ShippingNotice wanted = Numbered("N-1", world.shop.party);
  AddLine(wanted, Sscc(1));
  AddLine(wanted, world.UnitOf(world.maker, "S1")).set_container(Sscc(1));
  AddLine(wanted, world.maker.item, "1", "C62");
  AddLine(wanted, world.maker.item, "1", "KGM");
  world.Create(world.maker, wanted);
  std::size_t rows = 0;
  for (const auto& [key, value] : world.registry.Dump()) rows += key[0] == '\x4F' ? 1 : 0;
  EXPECT_EQ(rows, 4u);  // the container and the code, for each of the two members
}

}  // namespace
}  // namespace radyab::notices::tests
