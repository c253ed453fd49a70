#include "clients/cli/scan_session/verdict_printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

namespace radyab::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using warehouse::Verdict;
using warehouse::VerdictKind;

Verdict TooMany() {
  Verdict verdict;
  verdict.kind = VerdictKind::kTooMany;
  verdict.faults = {VerdictKind::kTooMany};
  verdict.scan = 3;
  verdict.moment_us = 1'798'632'000'000'001;
  verdict.text = "text";
  verdict.object = "1042000017000113/lot/L1";
  verdict.name = "شیر\x1B[2J";
  verdict.unit = "C62";
  verdict.counted_so_far = {20, 1};
  verdict.expected = coding::Decimal{2, 0};
  verdict.reason = "more than expected";
  return verdict;
}

TEST(VerdictLine, TellsAPersonWhatIsWrong) {
  const std::string line = VerdictLine(TooMany(), {});
  EXPECT_THAT(line, StartsWith("too many  2/2 C62  1042 0000 1700 0113  LOT L1"));
  EXPECT_THAT(line, HasSubstr("more than expected"));
  EXPECT_THAT(line, Not(HasSubstr("\x1B"))) << "names come from other people";
  EXPECT_THAT(line, Not(HasSubstr("\a")));
}

TEST(VerdictLine, RingsAndColoursOnATerminalOnly) {
  const TerminalWays ways = {.isolates = true, .colour = true, .bell = true};
  EXPECT_THAT(VerdictLine(TooMany(), ways), StartsWith("\a\x1B[1;31mtoo many\x1B[0m"));
  Verdict counted = TooMany();
  counted.kind = VerdictKind::kCounted;
  counted.faults.clear();
  counted.counted = true;
  EXPECT_THAT(VerdictLine(counted, ways), StartsWith("\x1B[32mcounted\x1B[0m")) << "no bell";
}

TEST(VerdictJson, HasAlwaysTheSameNames) {
  const auto json = nlohmann::ordered_json::parse(VerdictJson(TooMany()));
  EXPECT_EQ(json["verdict"], "too_many");
  EXPECT_EQ(json["at"], "2026-12-30T12:00:00.000001Z");
  EXPECT_EQ(json["counted_so_far"], "2");
  EXPECT_EQ(json["expected"], "2");
  const auto empty = nlohmann::ordered_json::parse(VerdictJson(Verdict{}));
  EXPECT_EQ(empty.size(), json.size());
  EXPECT_TRUE(empty["expected"].is_null());
}

TEST(VerdictWord, IsAnotherOneForEachKind) {
  std::set<std::string_view> words;
  const int last = static_cast<int>(VerdictKind::kEventRecorded);
  for (int kind = 0; kind <= last; ++kind) {
    words.insert(warehouse::VerdictWord(static_cast<VerdictKind>(kind)));
  }
  EXPECT_EQ(words.size(), static_cast<std::size_t>(last) + 1);
  EXPECT_EQ(warehouse::VerdictWord(VerdictKind::kEventRecorded), "event_recorded");
  EXPECT_EQ(warehouse::VerdictWord(VerdictKind::kMissing), "missing");
}

TEST(ReportText, IsATableOrJson) {
  const std::vector<warehouse::ReportLine> lines = {
      {"o", "a,b", "C62", {3, 0}, coding::Decimal{5, 0}}, {"p", "", "", {1, 0}, std::nullopt}};
  EXPECT_EQ(ReportText(lines, false),
            "object,name,unit,counted,expected,difference\r\no,\"a,b\",C62,3,5,-2\r\np,,,1,,\r\n");
  const auto json = nlohmann::json::parse(ReportText(lines, true));
  EXPECT_EQ(json[0]["difference"], "-2");
  EXPECT_TRUE(json[1]["expected"].is_null());
}

}  // namespace
}  // namespace radyab::cli
