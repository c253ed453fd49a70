#include "grpc/import_group.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grpc/handlers.h"
#include "grpc/request_bytes.h"
#include "radyab/v1/catalog_service.pb.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"
#include "tests/grpc/live_server.h"

namespace radyab::rpc {
namespace {

// Groups of rows whose handler writes one row of the store named after the item, and then does what
// that name says.
class ImportGroupOfTest : public ::testing::Test {
 protected:
  ImportGroupOfTest() {
    method_ = AllMethods().Of(*v1::ImportItemRow::descriptor()
                                   ->file()
                                   ->FindServiceByName("CatalogService")
                                   ->FindMethodByName("ImportItems"));
    method_.row = [this](const WriteCall& call,
                         const google::protobuf::Message& message) -> absl::StatusOr<RowDone> {
      const auto& name = static_cast<const v1::ImportItemRow&>(message).item().name();
      auto put = storage::PutMark(call.transaction, keyspace::Counter("test " + name));
      if (!put.ok()) return put;
      if (name.starts_with("wide")) {
        const int row_count = name == "wide beyond all limits" ? 50'001 : 30'000;
        for (int i = 0; i < row_count; ++i) {
          auto more = storage::PutMark(call.transaction,
                                       keyspace::Counter("test " + name + std::to_string(i)));
          if (!more.ok()) return more;
        }
      }
      if (name == "corrupt") return storage::CorruptRecord("test");
      if (name == "refused") return NotFound(name);
      if (name == "store") {
        return Refuse(absl::StatusCode::kResourceExhausted, Reason::kStoreFull, "no room");
      }
      return RowDone{"items/" + name, name == "there"};
    };
  }

  absl::Status Run(const std::vector<std::pair<std::string, std::string>>& names_and_ids) {
    group_.rows.clear();
    for (const auto& [name, request_id] : names_and_ids) {
      v1::ImportItemRow row;
      row.mutable_item()->set_name(name);
      row.set_request_id(request_id);
      const auto number = static_cast<std::int64_t>(group_.rows.size()) + 7;
      group_.rows.push_back(
          ReadRow(server_.environment(), method_, number, ToByteBuffer(row.SerializeAsString())));
    }
    const Serving serving = SystemServing(server_.store(), server_.environment());
    return server_.store().Write([&, serving](storage::WriteTransaction& transaction) {
      return RunImportGroup(serving, method_, group_, transaction);
    });
  }
  bool Stands(const std::string& name) {
    return server_.store().Dump().contains(keyspace::Counter("test " + name));
  }
  std::vector<v1::RowOutcome> Outcomes() const {
    std::vector<v1::RowOutcome> outcomes;
    for (const v1::RowVerdict& verdict : group_.verdicts) outcomes.push_back(verdict.outcome());
    return outcomes;
  }

  LiveServer server_;
  Method method_;
  ImportGroup group_;
};

TEST_F(ImportGroupOfTest, ThrowsAwayWhatARefusedRowWroteAndKeepsTheRowsAroundIt) {
  ASSERT_TRUE(Run({{"one", ""}, {"refused", ""}, {"two", ""}}).ok());
  EXPECT_THAT(Outcomes(), ::testing::ElementsAre(v1::ROW_OUTCOME_ACCEPTED, v1::ROW_OUTCOME_REFUSED,
                                                 v1::ROW_OUTCOME_ACCEPTED));
  EXPECT_TRUE(Stands("one"));
  EXPECT_FALSE(Stands("refused"));
  EXPECT_TRUE(Stands("two"));
  EXPECT_EQ(group_.verdicts[1].row(), 8);
  EXPECT_EQ(group_.verdicts[1].faults(0).reason(), "NOT_FOUND");
}

TEST_F(ImportGroupOfTest, FailsAsAWholeWhenTheStoreDoes) {
  const Rows before = server_.store().Dump();
  const auto failed = Run({{"one", ""}, {"store", ""}, {"two", ""}});
  EXPECT_EQ(ReasonOf(failed)->reason, Reason::kStoreFull);
  EXPECT_EQ(server_.store().Dump(), before);
}

TEST_F(ImportGroupOfTest, FailsAsAWholeWhenAStoredRecordDoesNotAgree) {
  const Rows before = server_.store().Dump();
  EXPECT_EQ(ReasonOf(Run({{"one", ""}, {"corrupt", ""}}))->reason, Reason::kCorruptRecord);
  EXPECT_EQ(server_.store().Dump(), before);
}

TEST_F(ImportGroupOfTest, EndsBeforeARowThatWouldMakeTheChangeTooLarge) {
  ASSERT_TRUE(Run({{"one", ""}, {"wide", ""}, {"wide too", ""}, {"two", ""}}).ok());
  EXPECT_THAT(Outcomes(),
              ::testing::ElementsAre(v1::ROW_OUTCOME_ACCEPTED, v1::ROW_OUTCOME_ACCEPTED));
  EXPECT_TRUE(Stands("wide"));
  EXPECT_FALSE(Stands("wide too"));
  EXPECT_FALSE(Stands("two"));
}

TEST_F(ImportGroupOfTest, RefusesARowThatIsTooLargeByItself) {
  ASSERT_TRUE(Run({{"one", ""}, {"wide beyond all limits", ""}, {"two", ""}}).ok());
  EXPECT_THAT(Outcomes(), ::testing::ElementsAre(v1::ROW_OUTCOME_ACCEPTED, v1::ROW_OUTCOME_REFUSED,
                                                 v1::ROW_OUTCOME_ACCEPTED));
  EXPECT_EQ(group_.verdicts[1].faults(0).reason(), "LIMIT_EXCEEDED");
}

TEST_F(ImportGroupOfTest, SeesTheRowsBeforeItInTheSameGroup) {
  ASSERT_TRUE(Run({{"one", "r1"}, {"one", "r1"}, {"two", "r1"}, {"there", ""}}).ok());
  EXPECT_THAT(Outcomes(),
              ::testing::ElementsAre(v1::ROW_OUTCOME_ACCEPTED, v1::ROW_OUTCOME_DUPLICATE,
                                     v1::ROW_OUTCOME_REFUSED, v1::ROW_OUTCOME_DUPLICATE));
  EXPECT_EQ(group_.verdicts[1].name(), "items/one");
  EXPECT_EQ(group_.verdicts[2].faults(0).reason(), "REQUEST_ID_REUSED");
}

TEST_F(ImportGroupOfTest, RefusesBytesThatAreNoRow) {
  const ImportRow row = ReadRow(server_.environment(), method_, 3, ToByteBuffer("\xff"));
  EXPECT_EQ(row.message, nullptr);
  EXPECT_EQ(ReasonOf(row.fault)->reason, Reason::kInvalidField);
}

}  // namespace
}  // namespace radyab::rpc
