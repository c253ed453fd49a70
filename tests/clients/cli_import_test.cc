// radyab import against a fake server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "tests/clients/item_importer.h"

namespace radyab::cli {
namespace {

using client::FakeAnswers;
using client::FakeServer;
using client::ImportItems;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kTable =
    "name_en,class,attr.fat,gtin,gtin_case,gtin_case_quantity\r\n"
    "milk,0412,1.5,6260000000012,16260000000019,12\r\n"
    "\"curd, thick\",0412,,,,\r\n"
    "bad,9999,,,,\r\n"
    "short,0412\r\n"
    "whey,0412,,,,\r\n";

TEST(Import, SendsTheRowsOfATableAndTellsEachVerdict) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const ScratchFolder folder;
  const auto table = folder.Write("items.csv", kTable);
  const auto end = Ask(server, {"import", "items", table, "--json"});
  EXPECT_EQ(end.exit_code, 1);
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 5u);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i]["row"], std::to_string(i + 1));
  }
  EXPECT_EQ(lines[1]["outcome"], "ROW_OUTCOME_ACCEPTED");
  EXPECT_EQ(lines[2]["faults"][0]["reason"], "UNKNOWN_CLASS");
  EXPECT_EQ(lines[3]["faults"][0]["reason"], "INVALID_CSV");
  EXPECT_EQ(lines[4]["name"], "items/4") << "the row after a refused one is sent";
  EXPECT_EQ(end.err, "") << "each verdict is told once";
  ASSERT_EQ(importer.rows.size(), 4u);
  EXPECT_EQ(importer.rows[0].item().class_name(), "classes/0412");
  EXPECT_EQ(importer.rows[0].item().attributes(0).value(), "1.5");
  ASSERT_EQ(importer.rows[0].aliases_size(), 2);
  EXPECT_EQ(importer.rows[0].aliases(1).contained_quantity(), 12);
  EXPECT_EQ(importer.rows[1].item().display_name().en(), "curd, thick");
  const auto people = Ask(server, {"import", "items", table});
  EXPECT_THAT(people.err,
              AllOf(HasSubstr("row 3 (line 4): class: there is no class \"9999\""),
                    HasSubstr("row 4 (line 5): the row has 2 fields, the header 6")));
}

TEST(Import, TellsVerdictsOfAPipeAsTheyCome) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  for (const char* format : {"csv", "jsonl"}) {
    const bool table = std::string(format) == "csv";
    RunningRadyab radyab({"import", "items", "-", "--format", format, "--json"},
                         {{"RADYAB_SERVER", server.address()}});
    if (table) radyab.Write("name_en,class\n");
    for (int row = 1; row <= 3; ++row) {
      radyab.Write(table ? "milk,0412\n" : "{\"unit\":\"LTR\"}\n");
      const auto verdict = nlohmann::json::parse(radyab.ReadLine(), nullptr, false);
      ASSERT_TRUE(verdict.is_object());
      EXPECT_EQ(verdict["row"], std::to_string(row));
    }
    EXPECT_EQ(radyab.End(), 0);
  }
}

TEST(Import, HoldsNoMoreRefusedRowsThanItsLimitWhileARowIsOnItsWay) {
  // The first verdict comes only when the program has stopped taking rows from the pipe.
  std::atomic<bool> answer = false;
  FakeAnswers answers;
  answers.import_items = [&](grpc::ServerContext&, ImportItems& stream) {
    v1::ImportItemRow row;
    while (stream.Read(&row)) {
      while (!answer) std::this_thread::yield();
      v1::RowVerdict verdict;
      verdict.set_outcome(v1::ROW_OUTCOME_ACCEPTED);
      stream.Write(verdict);
    }
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  RunningRadyab radyab({"import", "items", "-", "--json"}, {{"RADYAB_SERVER", server.address()}});
  radyab.Write("name_en,class\nmilk,0412\n");
  std::string refused;
  for (int i = 0; i < 1'000; ++i) refused += "x\n";
  int thousands = 0;
  while (thousands < 100 && radyab.TryWrite(refused)) ++thousands;
  EXPECT_GE(thousands, 10);
  EXPECT_LT(thousands, 100) << "rows wait in the pipe, not in the program";
  answer = true;
  EXPECT_EQ(nlohmann::json::parse(radyab.ReadLine(), nullptr, false)["row"], "1");
}

TEST(Import, RefusesAFileWithAColumnOfTheServer) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const auto end = Ask(server, {"import", "items", "-"}, "name_en,etag\nmilk,e1\n");
  EXPECT_EQ(end.exit_code, 1);
  EXPECT_THAT(end.err, HasSubstr("column \"etag\" is given by the server"));
  EXPECT_TRUE(importer.rows.empty());
}

TEST(Import, CountsForPeople) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const auto end = Ask(server, {"import", "items", "-"}, "name_en,class\nmilk,0412\nbad,9999\n");
  EXPECT_EQ(end.exit_code, 1);
  EXPECT_THAT(end.out, HasSubstr("items: 1 accepted, 0 already there, 1 refused in "));
}

TEST(Import, GivesAMendedFileTheSameRequestIds) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  Ask(server, {"import", "items", "-"}, "name_en,class\nmilk,0412\nbad,9999\nmilk,0412\n");
  Ask(server, {"import", "items", "-"}, "class,name_en\n0412,good\n0412,milk\n0412,milk\n");
  Ask(server, {"import", "items", "-", "--fresh"}, "name_en,class\nmilk,0412\n");
  ASSERT_EQ(importer.rows.size(), 7u);
  EXPECT_EQ(importer.rows[4].request_id(), importer.rows[0].request_id());
  EXPECT_EQ(importer.rows[5].request_id(), importer.rows[2].request_id());
  EXPECT_NE(importer.rows[0].request_id(), importer.rows[2].request_id()) << "equal rows are two";
  EXPECT_NE(importer.rows[3].request_id(), importer.rows[1].request_id());
  EXPECT_NE(importer.rows[6].request_id(), importer.rows[0].request_id());
  EXPECT_FALSE(importer.rows[6].request_id().empty());
}

TEST(Import, TakesJsonLines) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const ScratchFolder folder;
  const auto file = folder.Write(
      "items.jsonl",
      R"({"item":{"display_name":{"en":"milk"}},)"
      R"("aliases":[{"scheme":"ALIAS_SCHEME_GTIN","value":"1"}]})"
      "\n"
      R"({"display_name":{"en":"curd"},"aliases":[{"scheme":"ALIAS_SCHEME_GTIN","value":"2"}]})"
      "\n"
      R"({"colour":"red"})"
      "\n");
  const auto end = Ask(server, {"import", "items", file, "--member", "17"});
  EXPECT_EQ(end.exit_code, 1);
  ASSERT_EQ(importer.rows.size(), 2u) << end.err;
  EXPECT_EQ(importer.rows[0].item().member(), "members/00017");
  EXPECT_EQ(importer.rows[1].item().display_name().en(), "curd");
  EXPECT_EQ(importer.rows[1].aliases(0).value(), "2");
  EXPECT_THAT(end.err, HasSubstr("row 3 (line 3)"));
}

TEST(Import, RefusesAColumnThatItDoesNotKnow) {
  ItemImporter importer;
  const FakeServer server(importer.Answers());
  const auto end = Ask(server, {"import", "items", "-"}, "name_en,colour\nmilk,white\n");
  EXPECT_EQ(end.exit_code, 1);
  EXPECT_THAT(end.err, HasSubstr("column \"colour\" is not known for items"));
  EXPECT_TRUE(importer.rows.empty());
}

TEST(Import, SendsMembersOneByOneAndGoesOnAfterARefusedOne) {
  std::vector<v1::CreateMemberRequest> seen;
  FakeAnswers answers;
  answers.create_member = [&](const v1::CreateMemberRequest& request, v1::Member& member) {
    seen.push_back(request);
    if (request.member().gs1_company_prefix() == "12") {
      return client::StatusOf({.message = "member.gs1_company_prefix: want 4 to 12 digits",
                               .reason = "INVALID_FIELD",
                               .fields = {{"member.gs1_company_prefix", "want 4 to 12 digits"}}});
    }
    member.set_name("members/0000" + std::to_string(seen.size()));
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto end = Ask(server, {"import", "members", "-", "--json"},
                       "name_fa,gs1_company_prefix\nالف,6260001\nب,12\nپ,6260003\n");
  EXPECT_EQ(end.exit_code, 1);
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0]["name"], "members/00001");
  EXPECT_EQ(lines[1]["faults"][0]["field"], "gs1_company_prefix");
  EXPECT_EQ(lines[2]["name"], "members/00003");
  EXPECT_FALSE(seen[0].request_id().empty());
}

}  // namespace
}  // namespace radyab::cli
