// Backup, scrub, figures over the wire: what comes, what holds meanwhile, what ends it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <sstream>
#include <thread>

#include "radyab/v1/maintenance_service.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/record.h"
#include "registry/upkeep/sha256.h"
#include "spdlog/sinks/ostream_sink.h"
#include "spdlog/spdlog.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

using testing::HasSubstr;

// What the server says while it lives.
class CaughtLog {
 public:
  CaughtLog() : before_(spdlog::default_logger()) {
    const auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(text_, true);
    auto logger = std::make_shared<spdlog::logger>("caught", sink);
    logger->set_pattern("%v");
    spdlog::set_default_logger(std::move(logger));
  }
  ~CaughtLog() { spdlog::set_default_logger(before_); }
  CaughtLog(const CaughtLog&) = delete;
  CaughtLog& operator=(const CaughtLog&) = delete;
  std::string text() const { return text_.str(); }

 private:
  const std::shared_ptr<spdlog::logger> before_;
  std::ostringstream text_;
};

class Maintenance : public ::testing::Test {
 protected:
  // A call that answers with a stream.
  struct Open {
    grpc::ClientContext context;
    std::unique_ptr<RawStream> stream;
  };
  std::unique_ptr<Open> Begin(const std::string& method, const std::string& request = "") {
    auto open = std::make_unique<Open>();
    open->stream = world_.client().Stream(method, open->context, world_.Key("OPERATOR"));
    open->stream->Write(Buffer(request));
    open->stream->WritesDone();
    return open;
  }
  // More rows than the buffers between server and client take.
  void AddLargeRows() {
    Rows rows = world_.server().store().Dump();
    for (std::uint32_t number = 0; number < 700; ++number) {
      const std::string key =
          keyspace::Request(77, "large" + std::to_string(number));  // nobody reads them
      rows[key] = storage::EncodeRecord(key, std::string(60'000, 'x'));
    }
    world_.server().store().Restore(rows);
  }
  struct Whole {
    std::string rows;
    v1::BackupManifest manifest;
    Answer end;
  };
  Whole TakeBackup() {
    const auto open = Begin("MaintenanceService.Backup");
    Whole whole;
    for (grpc::ByteBuffer bytes; open->stream->Read(&bytes);) {
      v1::BackupResponse part;
      EXPECT_TRUE(part.ParseFromString(TextOf(bytes)));
      EXPECT_FALSE(whole.manifest.format()) << "something comes behind the manifest";
      if (part.has_manifest()) {
        whole.manifest = part.manifest();
      } else {
        whole.rows += part.chunk();
      }
    }
    whole.end = AnswerOf(open->stream->Finish());
    return whole;
  }
  v1::ServerStats Stats(const std::string& request = "") {
    const Answer answer = world_.Call("MaintenanceService.GetStats", request, world_.Key("ADMIN"));
    EXPECT_TRUE(answer.ok()) << testing::PrintToString(answer);
    return answer.As<v1::ServerStats>();
  }
  // Of the store; the dump leaves out the row of the last commit.
  std::int64_t RowCount() {
    return static_cast<std::int64_t>(world_.server().store().Dump().size()) + 1;
  }
  Answer MakeMember() {
    return world_.Call("MemberService.CreateMember", "member { display_name { en: 'New' } }",
                       world_.admin());
  }

  ApiWorld world_;
};

TEST_F(Maintenance, ABackupIsWhatItsManifestSays) {
  const Whole whole = TakeBackup();
  ASSERT_TRUE(whole.end.ok()) << testing::PrintToString(whole.end);
  EXPECT_EQ(whole.manifest.byte_count(), static_cast<std::int64_t>(whole.rows.size()));
  upkeep::Sha256 digest;
  digest.Add(whole.rows);
  EXPECT_EQ(whole.manifest.sha256(), digest.Hex());
  // Once it was sent the server noted it, in a row that it does not hold.
  EXPECT_EQ(whole.manifest.row_count(), RowCount() - 1);
  const v1::ServerStats stats = Stats();
  EXPECT_EQ(stats.backup_sequence(), whole.manifest.commit_sequence());
  EXPECT_EQ(stats.backup_time().seconds(), whole.manifest.snapshot_time().seconds());
  EXPECT_EQ(stats.commit_sequence(), whole.manifest.commit_sequence() + 1);
}

// As when the disk does not answer any more, and somebody saves what can still be read.
TEST_F(Maintenance, ABackupEndsThoughNoChangeGetsDurable) {
  world_.server().store().Hold();
  const CaughtLog log;
  const Whole whole = TakeBackup();
  EXPECT_TRUE(whole.end.ok()) << testing::PrintToString(whole.end);
  EXPECT_FALSE(Stats().has_backup_time());
  world_.server().store().Release();
  while (!Stats().has_backup_time()) std::this_thread::yield();
  EXPECT_THAT(log.text(), HasSubstr("backup_not_noted message=\"the store has not answered"));
}

TEST_F(Maintenance, ABackupThatIsNotedIsSaidToBeSent) {
  const CaughtLog log;
  EXPECT_TRUE(TakeBackup().end.ok());
  EXPECT_THAT(log.text(), testing::Not(HasSubstr("backup_not_noted")));
  EXPECT_THAT(log.text(), HasSubstr("backup_sent"));
}

TEST_F(Maintenance, ASlowBackupStopsNobodyAndASecondOneIsRefused) {
  AddLargeRows();
  const auto slow = Begin("MaintenanceService.Backup");
  grpc::ByteBuffer first;
  ASSERT_TRUE(slow->stream->Read(&first));  // and no more is read
  EXPECT_TRUE(MakeMember().ok());
  EXPECT_EQ(Stats().open_stream_count(), 1);
  const Whole second = TakeBackup();
  EXPECT_EQ(second.end.Outcome(), "RESOURCE_EXHAUSTED/TOO_MANY_CALLS");
  EXPECT_THAT(second.end.status.error_message(), HasSubstr("runs already"));
  EXPECT_TRUE(second.end.may_be_tried_again);
  EXPECT_EQ(second.rows, "");
  EXPECT_EQ(Stats().backup_sequence(), 0);
  std::int64_t rows = 0;
  for (grpc::ByteBuffer bytes; slow->stream->Read(&bytes);) {
    v1::BackupResponse part;
    ASSERT_TRUE(part.ParseFromString(TextOf(bytes)));
    if (part.has_manifest()) rows = part.manifest().row_count();
  }
  EXPECT_TRUE(slow->stream->Finish().ok());
  // The member that came later is not in it.
  EXPECT_LT(rows, RowCount());
  EXPECT_TRUE(TakeBackup().end.ok());
}

TEST_F(Maintenance, ABackupThatIsCancelledMakesRoomForTheNext) {
  AddLargeRows();
  const auto given_up = Begin("MaintenanceService.Backup");
  grpc::ByteBuffer first;
  ASSERT_TRUE(given_up->stream->Read(&first));
  given_up->context.TryCancel();
  while (given_up->stream->Read(&first)) {
  }
  EXPECT_EQ(given_up->stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  // The server hears of it a moment later.
  Whole next = TakeBackup();
  while (next.end.reason == "TOO_MANY_CALLS") next = TakeBackup();
  EXPECT_TRUE(next.end.ok()) << testing::PrintToString(next.end);
}

TEST_F(Maintenance, ABackupHearsOfTheServersEnd) {
  AddLargeRows();
  const auto open = Begin("MaintenanceService.Backup");
  grpc::ByteBuffer bytes;
  ASSERT_TRUE(open->stream->Read(&bytes));
  std::thread end([this] { world_.server().server().Drain(std::chrono::seconds(20)); });
  while (open->stream->Read(&bytes)) {
  }
  const Answer answer = AnswerOf(open->stream->Finish());
  EXPECT_EQ(answer.Outcome(), "UNAVAILABLE/STORE_CLOSED");
  end.join();
}

TEST_F(Maintenance, RefusedCallsSayWhy) {
  world_.server().server().RefuseCalls();
  EXPECT_EQ(MakeMember().Outcome(), "UNAVAILABLE/STORE_CLOSED");
  EXPECT_EQ(world_.Call("CodeService.Check", "text: '1'", "").Outcome(),
            "UNAVAILABLE/STORE_CLOSED");
  EXPECT_EQ(TakeBackup().end.Outcome(), "UNAVAILABLE/STORE_CLOSED");
}

TEST_F(Maintenance, AScrubTellsOfDamageAndCountsRows) {
  const auto news_of = [&] {
    const auto open = Begin("MaintenanceService.Scrub");
    std::vector<v1::ScrubResponse> news;
    for (grpc::ByteBuffer bytes; open->stream->Read(&bytes);) {
      EXPECT_TRUE(news.emplace_back().ParseFromString(TextOf(bytes)));
    }
    EXPECT_TRUE(open->stream->Finish().ok());
    return news;
  };
  const auto sound = news_of();
  ASSERT_TRUE(sound.back().has_summary());
  EXPECT_EQ(sound.back().summary().finding_count(), 0) << sound.front().ShortDebugString();
  Rows rows = world_.server().store().Dump();
  const std::string key = keyspace::Member(static_cast<MemberId>(1));
  ASSERT_TRUE(rows.contains(key));
  rows[key].back() = static_cast<char>(rows[key].back() ^ 1);
  world_.server().store().Restore(rows);
  const auto damaged = news_of();
  ASSERT_TRUE(damaged.front().has_finding());
  EXPECT_EQ(damaged.front().finding().family(), "member");
  EXPECT_EQ(damaged.front().finding().key(), "1000000001");
  EXPECT_THAT(damaged.front().finding().fault(), HasSubstr("checksum"));
  EXPECT_GE(damaged.back().summary().finding_count(), 1);
}

TEST_F(Maintenance, StatsCountTheRowsOfEveryFamily) {
  EXPECT_EQ(Stats().families_size(), 0);
  const v1::ServerStats stats = Stats("count_rows: true");
  std::int64_t rows = 0;
  for (const v1::FamilyCount& family : stats.families()) rows += family.row_count();
  EXPECT_EQ(rows, RowCount());
  EXPECT_EQ(stats.generation(), 0);
  EXPECT_GT(stats.blocks_left(), 49'000);
  EXPECT_GT(stats.start_time().seconds(), 1'600'000'000);
}

TEST_F(Maintenance, DrainRefusesAWrongTime) {
  for (const char* request : {"refuse_seconds: -1", "refuse_seconds: 601"}) {
    const Answer refused = world_.Call("MaintenanceService.Drain", request, world_.admin());
    EXPECT_EQ(refused.Outcome(), "INVALID_ARGUMENT/INVALID_FIELD");
    EXPECT_EQ(refused.first_field(), "refuse_seconds");
  }
}

}  // namespace
}  // namespace radyab::rpc
