#include "clients/cli/scan_session/session_journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using testing::HasSubstr;
using Opened = std::variant<std::unique_ptr<SessionJournal>, std::string>;

warehouse::SessionTerms Terms() {
  return {.id = "id",
          .kind = warehouse::SessionKind::kShip,
          .each = true,
          .expects = true,
          .notice = {{"sscc/095210010000000017", {15, 1}, "KGM", "2027-01-31"}},
          .zone_offset_minutes = 210};
}

EventFacts Facts() {
  return {.place = "انبار",
          .reference = "r\"1",
          .member = "members/00017",
          .zone_offset = "+03:30",
          .holder = ""};
}

warehouse::Meaning SomeMeaning() {
  warehouse::Meaning meaning;
  meaning.thing = warehouse::Thing::kUnit;
  meaning.object = "o";
  meaning.name = "شیر";
  meaning.amount = {5, 2};
  meaning.usable = false;
  meaning.held = coding::Decimal{7, 0};
  return meaning;
}

SessionJournal& Of(Opened& opened) {
  EXPECT_TRUE(std::holds_alternative<std::unique_ptr<SessionJournal>>(opened))
      << std::get<std::string>(opened);
  return *std::get<std::unique_ptr<SessionJournal>>(opened);
}

std::string FaultOf(const Opened& opened) {
  const auto* fault = std::get_if<std::string>(&opened);
  return fault == nullptr ? "" : *fault;
}

std::string Written(const ScratchFolder& folder) {
  const std::string path = folder.Path("journal");
  Opened opened = SessionJournal::Begin(path, Terms(), Facts());
  SessionJournal& journal = Of(opened);
  EXPECT_TRUE(journal.Add(warehouse::Scan{.number = 1,
                                          .moment_us = 5,
                                          .text = "]d2\x1D"
                                                  "01"}));
  EXPECT_TRUE(journal.Add(TakenUp{1, SomeMeaning()}));
  EXPECT_TRUE(journal.Add(EventOutcome{true, "events/7"}));
  EXPECT_TRUE(journal.Sync());
  return path;
}

TEST(SessionJournal, GivesBackWhatItWasTold) {
  const ScratchFolder folder;
  JournalContent content;
  Opened opened = SessionJournal::Resume(Written(folder), content);
  Of(opened);
  EXPECT_EQ(content.terms, Terms());
  EXPECT_EQ(content.facts, Facts());
  EXPECT_FALSE(content.finished);
  ASSERT_EQ(content.steps.size(), 3U);
  EXPECT_EQ(std::get<warehouse::Scan>(content.steps[0]).text,
            "]d2\x1D"
            "01");
  EXPECT_EQ(std::get<TakenUp>(content.steps[1]).meaning, SomeMeaning());
  EXPECT_EQ(std::get<EventOutcome>(content.steps[2]).words, "events/7");
}

TEST(SessionJournal, CutsAwayTheLineThatWasBeingWritten) {
  const ScratchFolder folder;
  const std::string path = Written(folder);
  std::ofstream(path, std::ios::app) << R"({"scan":{"number":2,)";
  for (int round = 0; round < 2; ++round) {
    JournalContent content;
    Opened opened = SessionJournal::Resume(path, content);
    EXPECT_EQ(content.steps.size(), 3U + static_cast<std::size_t>(round));
    EXPECT_TRUE(Of(opened).Add(TakenUp{2, std::nullopt})) << "the next line stands by itself";
  }
}

TEST(SessionJournal, NamesTheLineThatIsBroken) {
  for (const char* line : {"nonsense", "{}", "[]", R"({"scan":{"number":"x"}})", R"({"scan":7})",
                           R"({"what":{}})", R"({"taken":{"scan":1,"meaning":{"thing":99}}})",
                           R"({"event":{"recorded":1,"words":""}})", R"({"session":{}})", ""}) {
    const ScratchFolder folder;
    const std::string path = Written(folder);
    std::ofstream(path, std::ios::app) << line << "\n";
    JournalContent content;
    EXPECT_THAT(FaultOf(SessionJournal::Resume(path, content)), HasSubstr("line 5: ")) << line;
  }
}

TEST(SessionJournal, IsHeldByOneProgram) {
  const ScratchFolder folder;
  const std::string path = Written(folder);
  JournalContent content;
  const Opened first = SessionJournal::Resume(path, content);
  EXPECT_THAT(FaultOf(SessionJournal::Resume(path, content)), HasSubstr("another program"));
}

TEST(SessionJournal, NeverTakesThePlaceOfAnother) {
  const ScratchFolder folder;
  const std::string path = Written(folder);
  EXPECT_THAT(FaultOf(SessionJournal::Begin(path, Terms(), Facts())), HasSubstr("there already"));
  JournalContent content;
  EXPECT_THAT(FaultOf(SessionJournal::Resume(folder.Path("none"), content)), HasSubstr("opened"));
  EXPECT_THAT(FaultOf(SessionJournal::Resume(folder.Write("empty", ""), content)),
              HasSubstr("line 1: want the session"));
}

TEST(SessionJournal, SaysWhenTheDiskIsFull) {
  EXPECT_FALSE(FaultOf(SessionJournal::Begin("/dev/full", Terms(), Facts())).empty());
}

}  // namespace
}  // namespace radyab::cli
