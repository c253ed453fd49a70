// Imports: rows in groups, a verdict a row, in order, whatever else happens.
#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <thread>

#include "grpc/live_streams.h"
#include "radyab/v1/admin_service.pb.h"
#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/code_service.pb.h"
#include "radyab/v1/import.pb.h"
#include "radyab/v1/resolution.pb.h"
#include "radyab/v1/trace_service.pb.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

using Verdicts = std::vector<v1::RowVerdict>;

class Import : public ::testing::Test {
 protected:
  // One stream of these rows, written while the verdicts are read.
  Verdicts Run(const std::string& method, const std::vector<std::string>& rows,
               grpc::StatusCode end = grpc::StatusCode::OK) {
    grpc::ClientContext context;
    const auto stream = world_.client().Stream(method, context, member_);
    std::thread writer([&] {
      for (const std::string& row : rows) {
        if (!stream->Write(Buffer(row))) break;
      }
      stream->WritesDone();
    });
    Verdicts verdicts;
    grpc::ByteBuffer reply;
    while (stream->Read(&reply)) {
      EXPECT_TRUE(verdicts.emplace_back().ParseFromString(TextOf(reply)));
    }
    writer.join();
    EXPECT_EQ(stream->Finish().error_code(), end);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      EXPECT_EQ(verdicts[i].row(), static_cast<std::int64_t>(i + 1)) << "in order, without gap";
    }
    return verdicts;
  }
  std::string Item(const std::string& name, const std::string& request_id = "",
                   const std::string& class_name = "classes/0415") const {
    v1::ImportItemRow row;
    row.mutable_item()->set_class_name(class_name);
    row.mutable_item()->mutable_display_name()->set_en(name);
    row.set_request_id(request_id);
    return row.SerializeAsString();
  }
  std::string Lot(const std::string& lot, const std::string& amount = "5",
                  const std::string& event_id = "") const {
    v1::ImportEventRow row;
    v1::Event& event = *row.mutable_event();
    event.set_event_id(event_id);
    event.set_kind(v1::EVENT_KIND_COMMISSION);
    event.mutable_event_time()->set_seconds(1'700'000'000);
    auto& object = *event.add_objects();
    object.set_object(world_.own().at("item") + "/lot/" + lot);
    object.mutable_quantity()->set_amount(amount);
    object.mutable_quantity()->set_unit("C62");
    return row.SerializeAsString();
  }
  int ItemCount() {
    int count = 0;
    std::string token;
    do {
      const auto page =
          world_
              .Call("CatalogService.ListItems",
                    "member: '$member' page_size: 1000 page_token: '" + token + "'", member_)
              .As<v1::ListItemsResponse>();
      count += page.items_size();
      token = page.next_page_token();
    } while (!token.empty());
    return count;
  }

  ApiWorld world_;
  const std::string member_ = world_.Key("MEMBER");
};

TEST_F(Import, ARowThatIsOnlyCheckedHasItsVerdictAndIsNotStored) {
  const int count = ItemCount();
  const auto only_checked = [](const std::string& bytes) {
    v1::ImportItemRow row;
    EXPECT_TRUE(row.ParseFromString(bytes));
    row.set_validate_only(true);
    return row.SerializeAsString();
  };
  const std::vector<std::string> rows = {Item("One", "r1"), Item("", "r2"), Item("Three", "r3")};
  std::vector<std::string> tried;
  for (const std::string& row : rows) tried.push_back(only_checked(row));
  const Verdicts checked = Run("CatalogService.ImportItems", tried);
  EXPECT_EQ(ItemCount(), count);
  const Verdicts done = Run("CatalogService.ImportItems", rows);
  EXPECT_EQ(ItemCount(), count + 2);
  ASSERT_EQ(checked.size(), 3u);
  ASSERT_EQ(done.size(), 3u);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(checked[i].outcome(), done[i].outcome()) << i;
  EXPECT_EQ(checked[1].faults(0).description(), done[1].faults(0).description());
  // Those that are there already are told of.
  EXPECT_EQ(Run("CatalogService.ImportItems", tried)[0].outcome(), v1::ROW_OUTCOME_DUPLICATE);
}

TEST_F(Import, GivesEveryRowItsVerdictInOrder) {
  const Verdicts verdicts =
      Run("CatalogService.ImportItems", {Item("One"), Item("No class", "", "classes/0999"),
                                         Item(""), Item("Four"), "\xff no row", Item("Six")});
  ASSERT_EQ(verdicts.size(), 6u);
  EXPECT_EQ(verdicts[0].outcome(), v1::ROW_OUTCOME_ACCEPTED);
  EXPECT_TRUE(verdicts[0].name().starts_with("items/"));
  EXPECT_EQ(verdicts[1].outcome(), v1::ROW_OUTCOME_REFUSED);
  EXPECT_EQ(verdicts[1].faults(0).reason(), "UNKNOWN_CLASS");
  EXPECT_EQ(verdicts[1].faults(0).field(), "item.class_name");
  EXPECT_EQ(verdicts[2].faults(0).field(), "item.display_name");
  EXPECT_EQ(verdicts[3].outcome(), v1::ROW_OUTCOME_ACCEPTED);
  EXPECT_EQ(verdicts[4].outcome(), v1::ROW_OUTCOME_REFUSED);
  EXPECT_EQ(verdicts[4].faults(0).reason(), "INVALID_FIELD");
  EXPECT_EQ(verdicts[5].outcome(), v1::ROW_OUTCOME_ACCEPTED);
  EXPECT_EQ(ItemCount(), 2 + 3);
  const auto audit =
      world_
          .Call("AdminService.ListAudit", "resource: '" + verdicts[5].name() + "'", world_.admin())
          .As<v1::ListAuditResponse>();
  ASSERT_EQ(audit.entries_size(), 1);
  EXPECT_EQ(audit.entries(0).method(), "CatalogService.ImportItems");
}

TEST_F(Import, TellsEveryFaultOfARow) {
  v1::ImportItemRow row;
  row.mutable_item()->set_class_name("classes/0412");
  row.mutable_item()->mutable_display_name()->set_en("x");
  row.mutable_item()->add_attributes()->set_key("colour");
  row.add_aliases()->set_scheme(v1::ALIAS_SCHEME_GTIN);
  row.mutable_aliases(0)->set_value("4006381333932");
  const Verdicts verdicts = Run("CatalogService.ImportItems", {row.SerializeAsString()});
  ASSERT_EQ(verdicts.size(), 1u);
  EXPECT_GE(verdicts[0].faults_size(), 2);
}

TEST_F(Import, ARefusedRowChangesNothing) {
  const Rows before = world_.server().store().Dump();
  Run("CatalogService.ImportItems", {Item("No class", "r1", "classes/0999"), Item("", "r2")});
  EXPECT_EQ(world_.server().store().Dump(), before);
}

TEST_F(Import, RunsAgainWithoutDoingAnythingTwice) {
  const std::vector<std::string> rows = {Item("One", "r1"), Item("Two", "r2"),
                                         Item("One again", "r1")};
  const Verdicts first = Run("CatalogService.ImportItems", rows);
  ASSERT_EQ(first.size(), 3u);
  EXPECT_EQ(first[1].outcome(), v1::ROW_OUTCOME_ACCEPTED);
  EXPECT_EQ(first[2].faults(0).reason(), "REQUEST_ID_REUSED");
  const Rows after = world_.server().store().Dump();
  const Verdicts again = Run("CatalogService.ImportItems", rows);
  EXPECT_EQ(again[0].outcome(), v1::ROW_OUTCOME_DUPLICATE);
  EXPECT_EQ(again[0].name(), first[0].name());
  EXPECT_EQ(again[1].name(), first[1].name());
  EXPECT_EQ(world_.server().store().Dump(), after);
}

TEST_F(Import, EventsAreToldApartByIdAndContent) {
  const std::vector<std::string> rows = {Lot("A", "5", "e1"), Lot("B"), Lot("A", "5", "e1"),
                                         Lot("B"), Lot("A", "6", "e1")};
  const Verdicts verdicts = Run("TraceService.ImportEvents", rows);
  ASSERT_EQ(verdicts.size(), 5u);
  EXPECT_EQ(verdicts[0].outcome(), v1::ROW_OUTCOME_ACCEPTED);
  EXPECT_EQ(verdicts[1].outcome(), v1::ROW_OUTCOME_ACCEPTED);
  EXPECT_EQ(verdicts[2].outcome(), v1::ROW_OUTCOME_DUPLICATE);
  EXPECT_EQ(verdicts[2].name(), verdicts[0].name());
  EXPECT_EQ(verdicts[3].outcome(), v1::ROW_OUTCOME_DUPLICATE);
  EXPECT_EQ(verdicts[4].outcome(), v1::ROW_OUTCOME_REFUSED);
  EXPECT_EQ(verdicts[4].faults(0).reason(), "ALREADY_EXISTS");
}

TEST_F(Import, TakesFiveThousandRowsInOneStream) {
  std::vector<std::string> rows;
  rows.reserve(5'000);
  for (int i = 0; i < 5'000; ++i) {
    rows.push_back(
        Item("Item " + std::to_string(i), "", i % 10 == 9 ? "classes/0999" : "classes/0415"));
  }
  const auto begun = std::chrono::steady_clock::now();
  const Verdicts verdicts = Run("CatalogService.ImportItems", rows);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  RecordProperty("rows_per_second", static_cast<int>(5'000 / took.count()));
  ASSERT_EQ(verdicts.size(), 5'000u);
  std::set<std::string> names;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    EXPECT_EQ(verdicts[i].outcome(),
              i % 10 == 9 ? v1::ROW_OUTCOME_REFUSED : v1::ROW_OUTCOME_ACCEPTED);
    if (i % 10 != 9) names.insert(verdicts[i].name());
  }
  EXPECT_EQ(names.size(), 4'500u);
  EXPECT_EQ(ItemCount(), 2 + 4'500);
}

TEST_F(Import, SendsNoVerdictBeforeItsRowIsDurable) {
  world_.server().store().Hold();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  const auto stream = world_.client().Stream("CatalogService.ImportItems", context, member_);
  const int begun = world_.server().store().bodies_begun();
  ASSERT_TRUE(stream->Write(Buffer(Item("One"))));
  while (world_.server().store().bodies_begun() == begun) std::this_thread::yield();
  const Rows before = world_.server().store().Dump();
  std::thread release([this] { world_.server().store().Release(); });
  grpc::ByteBuffer reply;
  ASSERT_TRUE(stream->Read(&reply));
  EXPECT_NE(world_.server().store().Dump(), before);
  release.join();
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(Import, LeavesWholeRowsOnlyWhenTheClientGoesAway) {
  int known = 0;
  {
    grpc::ClientContext context;
    const auto stream = world_.client().Stream("CatalogService.ImportItems", context, member_);
    for (int i = 0; i < 500; ++i) stream->Write(Buffer(Item("Item " + std::to_string(i))));
    grpc::ByteBuffer reply;
    while (known < 100 && stream->Read(&reply)) ++known;
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  // Another stream is served as if nothing had been; what the first one committed is there in
  // whole.
  ASSERT_EQ(Run("CatalogService.ImportItems", {Item("After")}).size(), 1u);
  const int stored = ItemCount();
  EXPECT_GE(stored, 2 + known + 1);
  EXPECT_LE(stored, 2 + 500 + 1);
}

TEST_F(Import, ReadsNoFurtherFromAClientThatDoesNotReadItsVerdicts) {
  // A client that takes in no more than 64 KiB of verdicts unread, as HTTP/2 begins with.
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  const RawClient client(
      grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(world_.server().port()),
                                grpc::InsecureChannelCredentials(), arguments));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(2));
  const auto stream = client.Stream("CatalogService.ImportItems", context, member_);
  // Far above the bounds of the stream and what fits into the windows; without bounds the rows
  // would never end.
  constexpr int kRowsInFlightMax = 15'000;
  const std::string row = Item(std::string(4'000, 'x'), "", "classes/0999");
  int written = 0;
  while (written < 2 * kRowsInFlightMax && stream->Write(Buffer(row))) ++written;
  RecordProperty("rows_taken", written);
  EXPECT_LT(written, kRowsInFlightMax);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(Import, RefusesAWrongRoleBeforeAnyRow) {
  grpc::ClientContext context;
  const auto stream =
      world_.client().Stream("CatalogService.ImportItems", context, world_.Key("DESK"));
  stream->Write(Buffer(Item("One")));
  stream->WritesDone();
  grpc::ByteBuffer reply;
  EXPECT_FALSE(stream->Read(&reply));
  EXPECT_EQ(AnswerOf(stream->Finish()).Outcome(), "PERMISSION_DENIED/ROLE_NOT_ALLOWED");
}

TEST_F(Import, SurvivesRefusedStreamsThatAreCancelledAtOnce) {
  for (const std::string& secret : {std::string(), world_.Key("DESK")}) {
    for (int i = 0; i < 1'000; ++i) {
      grpc::ClientContext context;
      const auto stream = world_.client().Stream("CatalogService.ImportItems", context, secret);
      context.TryCancel();
      EXPECT_FALSE(stream->Finish().ok());
    }
  }
  EXPECT_EQ(Run("CatalogService.ImportItems", {Item("Good")}).size(), 1u);
}

TEST_F(Import, TakesEventsThatTogetherWriteMoreThanOneChangeMay) {
  constexpr int kEvents = 20, kUnits = 1'000;
  std::vector<std::string> rows;
  for (int event = 0; event < kEvents; ++event) {
    v1::ImportEventRow row;
    row.mutable_event()->set_kind(v1::EVENT_KIND_COMMISSION);
    row.mutable_event()->mutable_event_time()->set_seconds(1'700'000'000);
    for (int unit = 0; unit < kUnits; ++unit) {
      row.mutable_event()->add_objects()->set_object(world_.own().at("item") + "/serial/U" +
                                                     std::to_string(event * kUnits + unit));
    }
    rows.push_back(row.SerializeAsString());
  }
  const Verdicts verdicts = Run("TraceService.ImportEvents", rows);
  ASSERT_EQ(verdicts.size(), static_cast<std::size_t>(kEvents));
  for (const v1::RowVerdict& verdict : verdicts) {
    EXPECT_EQ(verdict.outcome(), v1::ROW_OUTCOME_ACCEPTED) << verdict.ShortDebugString();
  }
}

TEST_F(Import, TurnsAwayOneStreamTooMany) {
  struct Open {
    grpc::ClientContext context;
    std::unique_ptr<RawStream> stream;
  };
  std::deque<Open> open(kImportStreamsMax);
  grpc::ByteBuffer reply;
  for (Open& one : open) {
    one.stream = world_.client().Stream("CatalogService.ImportItems", one.context, member_);
    one.stream->Write(Buffer(Item("")));
    ASSERT_TRUE(one.stream->Read(&reply));
  }
  const auto try_one = [&] {
    grpc::ClientContext context;
    const auto stream = world_.client().Stream("CatalogService.ImportItems", context, member_);
    stream->WritesDone();
    return AnswerOf(stream->Finish());
  };
  const Answer turned_away = try_one();
  EXPECT_EQ(turned_away.Outcome(), "RESOURCE_EXHAUSTED/TOO_MANY_CALLS");
  EXPECT_TRUE(turned_away.may_be_tried_again);
  open.front().stream->WritesDone();
  EXPECT_TRUE(open.front().stream->Finish().ok());
  while (!try_one().ok()) std::this_thread::yield();  // the server hears of the end a little later
  for (std::size_t i = 1; i < open.size(); ++i) {
    open[i].stream->WritesDone();
    EXPECT_TRUE(open[i].stream->Finish().ok());
  }
}

TEST_F(Import, ResolveStreamAnswersWhatItCannotReadAndGoesOn) {
  grpc::ClientContext context;
  const auto stream = world_.client().Stream("CodeService.ResolveStream", context, member_);
  const std::string good =
      RequestBytes("CodeService.ResolveStream", "text: '" + world_.own().at("item") + "'");
  v1::ResolveRequest large;
  large.mutable_text()->assign(kMessageBytesMax, '1');
  std::vector<std::string> outcomes;
  grpc::ByteBuffer reply;
  for (const std::string& request : {good,
                                     std::string("\x0a\x03"
                                                 "ab\xff"),
                                     large.SerializeAsString(), std::string("\xff"), good}) {
    ASSERT_TRUE(stream->Write(Buffer(request)));
    ASSERT_TRUE(stream->Read(&reply)) << outcomes.size();
    v1::Resolution resolution;
    ASSERT_TRUE(resolution.ParseFromString(TextOf(reply)));
    outcomes.push_back(resolution.refusal().reason());
    if (outcomes.size() == 2) {
      EXPECT_EQ(resolution.refusal().code_refusal().reason(), "INVALID_UTF8");
      EXPECT_EQ(resolution.refusal().code_refusal().at(), 3);
    }
  }
  EXPECT_EQ(outcomes, (std::vector<std::string>{"", "INVALID_FIELD", "MESSAGE_TOO_LARGE",
                                                "INVALID_FIELD", ""}));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(Import, ResolveStreamAnswersEachTextInOrder) {
  grpc::ClientContext context;
  const auto stream = world_.client().Stream("CodeService.ResolveStream", context, member_);
  constexpr int kTexts = 2'000;
  const auto text_of = [&](int i) {
    return i % 3 == 0 ? world_.own().at("item") : "nothing " + std::to_string(i);
  };
  std::thread writer([&] {
    for (int i = 0; i < kTexts; ++i) {
      stream->Write(
          Buffer(RequestBytes("CodeService.ResolveStream", "text: '" + text_of(i) + "'")));
    }
    stream->WritesDone();
  });
  grpc::ByteBuffer reply;
  int count = 0;
  for (; stream->Read(&reply); ++count) {
    v1::Resolution resolution;
    ASSERT_TRUE(resolution.ParseFromString(TextOf(reply)));
    EXPECT_EQ(resolution.text(), text_of(count));
    EXPECT_EQ(resolution.has_refusal(), count % 3 != 0);
  }
  writer.join();
  EXPECT_EQ(count, kTexts);
  EXPECT_TRUE(stream->Finish().ok());
}

}  // namespace
}  // namespace radyab::rpc
