// Exports over the wire: whole, in messages of a size, of one moment, and of the caller's alone.
#include <gtest/gtest.h>

#include <set>

#include "radyab/v1/export_service.pb.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

struct Exported {
  std::vector<v1::ExportRowsResponse> messages;
  grpc::Status end;

  template <class Visit>
  void ForEachItem(Visit visit) const {
    for (const auto& message : messages) {
      for (const auto& row : message.items()) visit(row);
    }
  }
  std::set<std::string> Members() const {
    std::set<std::string> members;
    ForEachItem([&](const v1::ImportItemRow& row) { members.insert(row.item().member()); });
    return members;
  }
};

class ExportHandlersTest : public ::testing::Test {
 protected:
  Exported Export(const std::string& request, const std::string& secret) {
    grpc::ClientContext context;
    const auto stream = world_.client().Stream("ExportService.ExportRows", context, secret);
    stream->Write(
        Buffer(RequestBytes("ExportService.ExportRows", ApiWorld::Fill(request, world_.own()))));
    stream->WritesDone();
    Exported exported;
    grpc::ByteBuffer reply;
    while (stream->Read(&reply)) {
      EXPECT_TRUE(exported.messages.emplace_back().ParseFromString(TextOf(reply)));
    }
    exported.end = stream->Finish();
    return exported;
  }
  void MakeItems(int count, const std::string& name) {
    for (int i = 0; i < count; ++i) {
      const Answer made = world_.Call("CatalogService.CreateItem",
                                      "item { class_name: 'classes/0415' display_name { en: '" +
                                          name + std::to_string(i) + "' } }",
                                      world_.Key("MEMBER"));
      ASSERT_TRUE(made.ok()) << made.Outcome();
    }
  }

  ApiWorld world_;
};

TEST_F(ExportHandlersTest, TellsInTheLastMessageHowManyRowsThereWere) {
  MakeItems(250, "Export ");
  const Exported all = Export("kind: EXPORT_KIND_ITEMS", world_.Key("MEMBER"));
  ASSERT_TRUE(all.end.ok()) << all.end.error_message();
  ASSERT_GE(all.messages.size(), 2u) << "at most 200 rows a message";
  std::int64_t rows = 0;
  for (const auto& message : all.messages) {
    EXPECT_LE(message.items_size(), 200);
    EXPECT_EQ(message.commit_sequence(), all.messages[0].commit_sequence()) << "of one moment";
    EXPECT_EQ(message.has_row_count(), &message == &all.messages.back());
    rows += message.items_size();
  }
  EXPECT_EQ(all.messages.back().row_count(), rows);
  EXPECT_GE(rows, 250);
}

TEST_F(ExportHandlersTest, LargeRowsComeInMoreMessages) {
  MakeItems(100, std::string(190, 'x'));
  for (const auto& message : Export("kind: EXPORT_KIND_ITEMS", world_.Key("MEMBER")).messages) {
    EXPECT_LE(message.ByteSizeLong(), std::size_t{320} << 10);
  }
}

TEST_F(ExportHandlersTest, GivesAMemberItsOwnAndTheAdminEverybodys) {
  const std::string own = world_.own().at("member");
  EXPECT_EQ(Export("kind: EXPORT_KIND_ITEMS", world_.Key("MEMBER")).Members(),
            std::set<std::string>{own});
  EXPECT_EQ(Export("kind: EXPORT_KIND_ITEMS", world_.admin()).Members().size(), 2u);
  EXPECT_EQ(Export("kind: EXPORT_KIND_ITEMS member: '$member'", world_.admin()).Members(),
            std::set<std::string>{own});
}

TEST_F(ExportHandlersTest, LeavesPartiesOutOfARegistrarsAliases) {
  const auto parties_in = [](const Exported& exported) {
    EXPECT_TRUE(exported.end.ok()) << exported.end.error_message();
    int count = 0;
    for (const auto& message : exported.messages) {
      for (const auto& row : message.aliases()) count += row.code().starts_with('7') ? 1 : 0;
    }
    return count;
  };
  const Answer added =
      world_.Call("CatalogService.AddAlias",
                  "code: '$party' alias { scheme: ALIAS_SCHEME_GLN value: '4006381333931' }",
                  world_.Key("MEMBER"));
  ASSERT_TRUE(added.ok()) << added.Outcome();
  const std::string request = "kind: EXPORT_KIND_ALIASES member: '$member'";
  EXPECT_EQ(parties_in(Export(request, world_.Key("MEMBER"))), 1);
  EXPECT_EQ(parties_in(Export(request, world_.Key("REGISTRAR"))), 0);
}

TEST_F(ExportHandlersTest, GivesTheEventsThatAMemberRecorded) {
  const auto events_in = [](const Exported& exported) {
    EXPECT_TRUE(exported.end.ok()) << exported.end.error_message();
    std::vector<v1::Event> events;
    for (const auto& message : exported.messages) {
      for (const auto& row : message.events()) events.push_back(row.event());
    }
    return events;
  };
  const auto own = events_in(Export("kind: EXPORT_KIND_EVENTS", world_.Key("MEMBER")));
  const auto all = events_in(Export("kind: EXPORT_KIND_EVENTS", world_.admin()));
  ASSERT_FALSE(own.empty());
  EXPECT_GT(all.size(), own.size());
  for (const v1::Event& event : own) EXPECT_EQ(event.member(), world_.own().at("member"));
  std::uint64_t last = 0;
  for (const v1::Event& event : all) {
    const std::uint64_t sequence = std::stoull(event.name().substr(event.name().find('/') + 1));
    EXPECT_GT(sequence, last) << "in the order in which they came";
    last = sequence;
  }
  EXPECT_EQ(events_in(Export("kind: EXPORT_KIND_EVENTS member: '$member'", world_.admin())).size(),
            own.size());
  EXPECT_FALSE(Export("kind: EXPORT_KIND_EVENTS", world_.Key("REGISTRAR")).end.ok());
}

TEST_F(ExportHandlersTest, LeavesOutNumbersOfSinglePieces) {
  const Answer added = world_.Call(
      "CatalogService.AddAlias",
      "code: '$item' alias { scheme: ALIAS_SCHEME_IMEI value: '490154203237518' serial: '1' }",
      world_.Key("MEMBER"));
  ASSERT_TRUE(added.ok()) << added.Outcome();
  Export("kind: EXPORT_KIND_ITEMS", world_.Key("MEMBER"))
      .ForEachItem([](const v1::ImportItemRow& row) {
        for (const auto& alias : row.aliases()) EXPECT_NE(alias.scheme(), v1::ALIAS_SCHEME_IMEI);
      });
}

TEST_F(ExportHandlersTest, RefusesAKindThatIsNone) {
  const Exported none = Export("", world_.Key("MEMBER"));
  EXPECT_TRUE(none.messages.empty());
  EXPECT_EQ(AnswerOf(none.end).Outcome(), "INVALID_ARGUMENT/MISSING_FIELD");
}

}  // namespace
}  // namespace radyab::rpc
