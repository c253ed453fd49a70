#include "clients/cli/import/row_ids.h"

#include <gtest/gtest.h>

#include <set>

#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/trace_service.pb.h"

namespace radyab::cli {
namespace {

v1::ImportItemRow Row(const std::string& name) {
  v1::ImportItemRow row;
  row.mutable_item()->mutable_display_name()->set_en(name);
  return row;
}

TEST(RowIds, AreTheSameForTheSameRowsInAnyOrder) {
  RowIds first("items");
  const auto milk = first.IdOf(Row("milk"));
  const auto curd = first.IdOf(Row("curd"));
  RowIds again("items");
  EXPECT_EQ(again.IdOf(Row("curd")), curd);
  EXPECT_EQ(again.IdOf(Row("milk")), milk);
}

TEST(RowIds, TellEqualRowsOfOneFileApart) {
  RowIds ids("items");
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) seen.insert(ids.IdOf(Row("milk")));
  EXPECT_EQ(seen.size(), 1'000u);
  for (const std::string& id : seen) EXPECT_LE(id.size(), 64u);
}

TEST(RowIds, TellKindsApart) {
  EXPECT_NE(RowIds("items").IdOf(Row("milk")), RowIds("services").IdOf(Row("milk")));
}

TEST(RowIds, FillOnlyWhatIsEmpty) {
  RowIds ids("items");
  v1::ImportItemRow given = Row("milk");
  given.set_request_id("mine");
  FillRequestId(given, ids);
  EXPECT_EQ(given.request_id(), "mine");
  v1::ImportItemRow empty = Row("milk");
  FillRequestId(empty, ids);
  EXPECT_FALSE(empty.request_id().empty());
  v1::ImportEventRow event;
  FillRequestId(event, ids);
  EXPECT_EQ(event.ByteSizeLong(), 0u) << "events have no request_id";
}

}  // namespace
}  // namespace radyab::cli
