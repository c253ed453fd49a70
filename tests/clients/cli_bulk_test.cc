// radyab import: dry runs, files of refused rows, going on where it stopped.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/clients/item_importer.h"

namespace radyab::cli {
namespace {

using client::FakeServer;
using testing::AllOf;
using testing::HasSubstr;

std::string TextIn(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Bulk, ADryRunAsksForNothingButVerdicts) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const std::string table = "name_en;class\nmilk;0412\n";
  const auto end = Ask(server, {"import", "items", "-", "--dry-run"}, table);
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_THAT(end.out, AllOf(HasSubstr("items: 1 acceptable"), HasSubstr("nothing was stored")));
  Ask(server, {"import", "items", "-"}, table);
  ASSERT_EQ(importer.rows.size(), 2u);
  EXPECT_TRUE(importer.rows[0].validate_only());
  EXPECT_FALSE(importer.rows[1].validate_only());
  EXPECT_EQ(importer.rows[0].request_id(), importer.rows[1].request_id());
  EXPECT_EQ(Ask(server, {"import", "events", "-", "--dry-run"}, "kind\n").exit_code, 2);
}

TEST(Bulk, ADryRunNoticesTwoRowsThatClaimOneNumber) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const std::string table =
      "name_en,class,gtin\nmilk,0412,4006381333931\nbread,0412,\nmilk,0412,04006381333931\n";
  const auto tried = Ask(server, {"import", "items", "-", "--dry-run"}, table);
  EXPECT_EQ(tried.exit_code, 1) << tried.err;
  EXPECT_THAT(tried.err, HasSubstr("row 3 (line 4): gtin: row 1 of this file has the same "
                                   "(ALREADY_EXISTS)"));
  EXPECT_THAT(tried.out, HasSubstr("items: 2 acceptable, 0 already there, 1 refused"));
  const auto sent = Ask(server, {"import", "items", "-"}, table);
  EXPECT_EQ(sent.exit_code, 0) << "who registers is told by the server";
}

TEST(Bulk, RefusedRowsOfATableStandInATableThatCanBeSentAgain) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const ScratchFolder folder;
  const std::string rejects = folder.Path("rejects.csv");
  const std::string table =
      "name_en;class\r\nmilk;0412\r\nbad;9999\r\n\"a;b\r\n";  // the last is never closed
  Ask(server, {"import", "items", "-", "--rejects", rejects}, table);
  const std::string text = TextIn(rejects);
  EXPECT_THAT(text, testing::StartsWith(
                        "name_en;class;refused_because\r\nbad;9999;\"class: there is no "
                        "class \"\"9999\"\", look it up (UNKNOWN_CLASS)\"\r\n"));
  EXPECT_THAT(text, HasSubstr("never closed"));
  const auto as_it_is = Ask(server, {"import", "items", rejects, "--json"});
  ASSERT_EQ(as_it_is.JsonLines().size(), 2u) << as_it_is.err;
  EXPECT_EQ(as_it_is.JsonLines()[1]["faults"][0]["reason"], "INVALID_CSV")
      << "half a row is no row, though it was written whole";
  const auto same = Ask(server, {"import", "items", rejects, "--rejects", rejects});
  EXPECT_EQ(same.exit_code, 2) << "the file would be gone before it is read";
  EXPECT_EQ(TextIn(rejects), text);
}

TEST(Bulk, RefusedLinesOfJsonStandInLinesThatCanBeSentAgain) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const ScratchFolder folder;
  const std::string rejects = folder.Path("rejects.jsonl");
  const std::string good = R"({"display_name":{"en":"milk"}})",
                    bad = R"({"display_name":{"en":"bad"}})";
  Ask(server, {"import", "items", "-", "--format", "jsonl", "--rejects", rejects},
      good + "\n" + bad + "\n{\"half\n");
  const std::string text = TextIn(rejects);
  EXPECT_THAT(text,
              HasSubstr(R"({"display_name":{"en":"bad"},"refused_because":"item.class_name)"));
  EXPECT_THAT(text, HasSubstr(R"({"unreadable":"{\"half","refused_because":)"));
  importer.rows.clear();
  Ask(server, {"import", "items", rejects});
  ASSERT_EQ(importer.rows.size(), 1u);
  EXPECT_EQ(importer.rows[0].item().display_name().en(), "bad");
}

TEST(Bulk, WritesNoFileWhenNoRowIsRefused) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const ScratchFolder folder;
  const std::string rejects = folder.Path("rejects.csv");
  Ask(server, {"import", "items", "-", "--rejects", rejects}, "name_en,class\nmilk,0412\n");
  EXPECT_FALSE(std::ifstream(rejects).good());
}

TEST(Bulk, GoesOnFromARowWithTheIdsOfTheWholeFile) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const std::string table = "name_en,class\nmilk,0412\nmilk,0412\nmilk,0412\n";
  Ask(server, {"import", "items", "-"}, table);
  const auto end = Ask(server, {"import", "items", "-", "--from-row", "3", "--json"}, table);
  ASSERT_EQ(end.JsonLines().size(), 1u) << end.err;
  EXPECT_EQ(end.JsonLines()[0]["row"], "3");
  ASSERT_EQ(importer.rows.size(), 4u);
  EXPECT_EQ(importer.rows[3].request_id(), importer.rows[2].request_id());
}

TEST(Bulk, SpeaksPersianWhenAsked) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const std::string table = "name_en,class\nmilk,0412\nbad,9999\n";
  const auto end = Ask(server, {"--lang", "fa", "import", "items", "-"}, table);
  EXPECT_THAT(end.out, HasSubstr("کالاها: 1 پذیرفته، 0 از پیش موجود، 1 ردشده در "));
  EXPECT_THAT(end.err, HasSubstr("ردیف 2 (سطر 3): class: "));
  EXPECT_EQ(Ask(server, {"--lang", "xx", "import", "items", "-"}, table).exit_code, 2);
}

TEST(Bulk, PassesOverCodesOnlyWhenToldTo) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const std::string table = "code,name_en,class\n1042000017000113,milk,0412\n";
  const auto refused = Ask(server, {"import", "items", "-"}, table);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("--new-codes"));
  EXPECT_EQ(Ask(server, {"import", "items", "-", "--new-codes"}, table).exit_code, 0);
  ASSERT_EQ(importer.rows.size(), 1u);
  EXPECT_EQ(importer.rows[0].item().code(), "");
}

}  // namespace
}  // namespace radyab::cli
