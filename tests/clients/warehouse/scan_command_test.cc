#include "clients/warehouse/scan_command.h"

#include <gtest/gtest.h>

#include "coding/keyboard_layouts.h"
#include "coding/scan_payload.h"

namespace radyab::warehouse {
namespace {

TEST(ScanCommand, ReadsWhatItWrites) {
  for (const CommandKind kind : AllCommands()) {
    const ScanCommand command{kind, kind == CommandKind::kTimes ? 12 : 1};
    const auto reading = ReadCommand(WriteCommand(command));
    ASSERT_TRUE(reading.command) << WriteCommand(command) << ": " << reading.fault;
    EXPECT_EQ(*reading.command, command);
  }
  EXPECT_EQ(WriteCommand({CommandKind::kTimes, 12}), "RADYAB:TIMES:12");
}

TEST(ScanCommand, IsNoOtherFormOfScan) {
  for (const CommandKind kind : AllCommands()) {
    const auto payload = coding::ParseScanPayload(WriteCommand({kind, 7}));
    EXPECT_EQ(payload.kind, coding::PayloadKind::kUnknownText) << WriteCommand({kind, 7});
    EXPECT_TRUE(payload.candidates.empty());
  }
}

TEST(ScanCommand, IsReadBehindASymbologyIdentifierAndInSmallLetters) {
  for (const char* text : {"]C0RADYAB:UNDO", "radyab:undo", " RADYAB:UNDO\r\n", "]d1radyab:Undo"}) {
    const auto reading = ReadCommand(text);
    ASSERT_TRUE(reading.command) << text;
    EXPECT_EQ(reading.command->kind, CommandKind::kUndo);
  }
}

TEST(ScanCommand, IsReadWhenItWasTypedUnderAnotherKeyboardLayout) {
  for (const auto layout : {coding::KeyboardLayout::kPersian, coding::KeyboardLayout::kArabic}) {
    const auto reading = ReadCommand(coding::TypedUnder(layout, "RADYAB:TIMES:12"));
    ASSERT_TRUE(reading.command) << coding::TypedUnder(layout, "RADYAB:TIMES:12");
    EXPECT_EQ(*reading.command, (ScanCommand{CommandKind::kTimes, 12}));
  }
}

TEST(ScanCommand, RefusesWhatOnlyBeginsLikeOne) {
  for (const char* text :
       {"RADYAB:", "RADYAB:FOO", "RADYAB:TIMES", "RADYAB:TIMES:", "RADYAB:TIMES:0",
        "RADYAB:TIMES:1000000", "RADYAB:TIMES:100000", "RADYAB:TIMES:-1", "RADYAB:TIMES:+3",
        "RADYAB:TIMES:03", "RADYAB:TIMES:1.5", "RADYAB:TIMES:12X", "RADYAB:TIMES: 12",
        "RADYAB:UNDO:1", "RADYAB:UNDO UNDO", "RADYAB:TIMES:99999999999999999999"}) {
    const auto reading = ReadCommand(text);
    EXPECT_TRUE(reading.is_command) << text;
    EXPECT_FALSE(reading.command) << text;
    EXPECT_FALSE(reading.fault.empty()) << text;
  }
  EXPECT_EQ(ReadCommand("RADYAB:TIMES:99999").command->times, kTimesMax);
}

TEST(ScanCommand, LeavesOtherTextsAlone) {
  for (const char* text : {"", "1042000017000113", "RADYAB", "XRADYAB:UNDO", "https://radyab/c/1",
                           "(01)09521001000012(10)RADYAB:UNDO", "\xFF\xFE"}) {
    EXPECT_FALSE(ReadCommand(text).is_command) << text;
  }
  EXPECT_FALSE(ReadCommand("RADYAB:" + std::string(100, 'A')).is_command);
}

}  // namespace
}  // namespace radyab::warehouse
