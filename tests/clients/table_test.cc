#include "clients/cli/output/table.h"

#include <gtest/gtest.h>

#include "clients/cli/output/message_text.h"
#include "radyab/v1/catalog.pb.h"
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

TEST(Table, IsolatesTitlesThatWouldChangeTheirPlaces) {
  Table table({"کد", "نام"}, {.isolates = true});
  table.AddRow({"1042", "milk"});
  EXPECT_EQ(table.TakeRendered(), "\u2068کد\u2069    \u2068نام\u2069\n1042  milk\n");
  Table pipe({"کد", "نام"}, {});
  pipe.AddRow({"1042", "milk"});
  EXPECT_EQ(pipe.TakeRendered(), "کد    نام\n1042  milk\n");
}

TEST(Table, ShortensTextsUntilALineFits) {
  const std::string code = "1042000017000113/lot/L1", name = "milk " + std::string(45, 'n'),
                    note = "note " + std::string(25, 'm');
  Table table({"OBJECT", "NAME", "NOTES"}, {.line_width_max = 80});
  table.AddRow({code, name, note});
  EXPECT_EQ(table.TakeRendered(), "OBJECT" + std::string(19, ' ') + "NAME" + std::string(24, ' ') +
                                      "NOTES\n" + code + "  " + name.substr(0, 25) + "…  " +
                                      note.substr(0, 26) + "…\n");
  Table fits({"A", "B"}, {.line_width_max = 80});
  fits.AddRow({name, "x"});
  EXPECT_NE(fits.TakeRendered().find(name), std::string::npos);
}

TEST(Table, ShortensNothingWhereThatIsNotEnough) {
  const std::string code = "1042000017000113/lot/L1", name = "milk " + std::string(45, 'n');
  Table narrow({"OBJECT", "NAME", "TIME"}, {.line_width_max = 60});
  narrow.AddRow({code, name, "1405-09-06 06:38:56+03:30"});
  const std::string shown = narrow.TakeRendered();
  EXPECT_NE(shown.find(code), std::string::npos);
  EXPECT_NE(shown.find(name), std::string::npos) << "it would not fit anyway";
  Table codes({"CODE", "HOLDER"}, {.line_width_max = 30});
  codes.AddRow({"1041 2000 0100 0197", "7199400001723785"});
  EXPECT_NE(codes.TakeRendered().find("1041 2000 0100 0197  7199400001723785"), std::string::npos);
}

TEST(MessageText, ListsNumbers) {
  v1::Item item;
  item.add_class_versions(1);
  item.add_class_versions(3);
  EXPECT_EQ(FieldText(item, "class_versions"), "1, 3");
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
