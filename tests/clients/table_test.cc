#include "clients/cli/output/table.h"

#include <gtest/gtest.h>

#include "clients/cli/output/message_text.h"
#include "radyab/v1/trace.pb.h"

namespace radyab::cli {
namespace {

TEST(Table, AlignsColumnsByWhatIsSeen) {
  Table table({"CODE", "NAME", "STATE"}, {});
  table.AddRow({"1", "شیر کم‌چرب", "active"});
  table.AddRow({"1042", "milk", ""});
  EXPECT_EQ(table.TakeRendered(),
            "CODE  NAME       STATE\n"
            "1     شیر کم‌چرب  active\n"
            "1042  milk\n");
}

TEST(Table, PrintsTitlesOnceAndNeverNarrowsAColumn) {
  Table table({"A", "B"}, {});
  table.AddRow({"long one", "x"});
  EXPECT_EQ(table.TakeRendered(), "A         B\nlong one  x\n");
  table.AddRow({"y", "z"});
  EXPECT_EQ(table.TakeRendered(), "y         z\n");
  EXPECT_EQ(table.TakeRendered(), "");
}

TEST(Table, IsolatesCellsOnlyBesideRightToLeftText) {
  Table mixed({"A", "B"}, {.isolates = true});
  mixed.AddRow({"1042", "شیر"});
  EXPECT_EQ(mixed.TakeRendered(), "A     B\n\u20681042\u2069  \u2068شیر\u2069\n");
  Table plain({"A", "B"}, {.isolates = true});
  plain.AddRow({"1042", "milk"});
  EXPECT_EQ(plain.TakeRendered(), "A     B\n1042  milk\n");
}

TEST(Table, ShortensCellsAndTakesAwayControls) {
  Table table({"A"}, {.isolates = false, .cell_width_max = 5});
  table.AddRow({"abcdefgh"});
  table.AddRow({"a\x1b[2J"});
  EXPECT_EQ(table.TakeRendered(), "A\nabcd…\na\uFFFD[2J\n");
}

TEST(MessageText, ReadsAsPeopleDo) {
  v1::Event event;
  event.set_kind(v1::EVENT_KIND_SHIP);
  event.mutable_event_time()->set_seconds(1'772'360'430);
  event.set_place("انبار");
  auto& object = *event.add_objects();
  object.set_object("1042000017000113/lot/A");
  object.mutable_quantity()->set_amount("12");
  object.mutable_quantity()->set_unit("C62");
  EXPECT_EQ(FieldText(event, "kind"), "ship");
  EXPECT_EQ(FieldText(event, "event_time"), "2026-03-01 10:20:30Z");
  EXPECT_EQ(FieldText(event, "record_time"), "");
  EXPECT_EQ(FieldText(event, "place"), "انبار");
  EXPECT_EQ(FieldText(event, "objects"), "object=1042000017000113/lot/A quantity=12 C62");
  EXPECT_EQ(FieldText(event, "colour"), "");
  EXPECT_EQ(FieldText(event, "kind.of"), "");
  EXPECT_EQ(FieldTexts(event).size(), 4u);
}

TEST(MessageText, GivesWholeNumbersOf64BitsAsTextsInJson) {
  v1::Delivery delivery;
  delivery.mutable_event_time()->set_seconds(0);
  const std::string json = JsonLine(delivery);
  EXPECT_NE(json.find(R"("event_time":"1970-01-01T00:00:00Z")"), std::string::npos) << json;
  EXPECT_EQ(json.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace radyab::cli
