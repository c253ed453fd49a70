// The log as files: what is appended is told again after every kind of end.
#include "registry/storage/write_log.h"

#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "gmock/gmock.h"
#include "tests/registry/storage/store_conformance.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

using testing::ElementsAre;
using Sequences = std::vector<std::uint64_t>;

constexpr LogId kId{77};
constexpr std::size_t kSegmentBytes = 4 * kLogBlockBytes;

class WriteLogTest : public testing::Test {
 protected:
  // Opens the log and notes what it tells.
  absl::Status Open(std::uint64_t applied_sequence = 0, LogId id = kId) {
    log_.reset();
    told_.clear();
    auto opened =
        WriteLog::Open(folder(), id, kSegmentBytes, applied_sequence, [&](const LogRecord& record) {
          told_.push_back(record.last.sequence);
          EXPECT_EQ(record.rows->Find("key")->value, Value(record.last.sequence));
        });
    if (!opened.ok()) return opened.status();
    log_ = *std::move(opened);
    return absl::OkStatus();
  }
  static std::string Value(std::uint64_t sequence) { return "value " + std::to_string(sequence); }

  // Appends commits `first` to `last`, one record each, of `filling` more bytes.
  void Append(std::uint64_t first, std::uint64_t last, std::size_t filling = 0) {
    for (std::uint64_t sequence = first; sequence <= last; ++sequence) {
      LogRecordBuilder builder;
      builder.Put("filling", std::string(filling, 'f'));
      builder.Put("key", Value(sequence));
      ASSERT_TRUE(log_->Append(builder.Finish(kId, sequence, {sequence, 1})).ok());
    }
  }
  static Sequences Between(std::uint64_t first, std::uint64_t last) {
    Sequences all;
    for (; first <= last; ++first) all.push_back(first);
    return all;
  }

  std::filesystem::path folder() const { return place_.path(); }
  std::filesystem::path segment(int number) const {
    return folder() / ("log-0000000" + std::to_string(number));
  }
  int SegmentCount() const {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
      count += entry.path().filename().string().starts_with("log-");
    }
    return count;
  }
  // Overwrites a block of a segment with other bytes.
  void Spoil(const std::filesystem::path& path, std::size_t block, char with) {
    std::string bytes = ReadWholeFile(path);
    bytes.replace(block * kLogBlockBytes, kLogBlockBytes, kLogBlockBytes, with);
    WriteWholeFile(path, bytes);
  }

  TemporaryFolder place_;
  std::unique_ptr<WriteLog> log_;
  Sequences told_;
};

TEST_F(WriteLogTest, TellsEverythingAgainInOrder) {
  ASSERT_TRUE(Open().ok());
  EXPECT_TRUE(told_.empty());
  Append(1, 10);
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(told_, Between(1, 10));
  EXPECT_EQ(SegmentCount(), 3);
  Append(11, 12);
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(told_, Between(1, 12));
}

TEST_F(WriteLogTest, LeavesOutWhatTheBaseHas) {
  ASSERT_TRUE(Open().ok());
  Append(1, 10);
  for (std::uint64_t applied = 0; applied <= 10; ++applied) {
    ASSERT_TRUE(Open(applied).ok());
    EXPECT_EQ(told_, Between(applied + 1, 10));
  }
}

TEST_F(WriteLogTest, GoesOnBehindABaseThatIsAhead) {
  ASSERT_TRUE(Open().ok());
  Append(1, 5);
  ASSERT_TRUE(Open(100).ok());
  EXPECT_TRUE(told_.empty());
  Append(101, 106);
  ASSERT_TRUE(Open(100).ok());
  EXPECT_EQ(told_, Between(101, 106));
}

TEST_F(WriteLogTest, UsesReleasedSegmentsAgain) {
  ASSERT_TRUE(Open().ok());
  for (std::uint64_t first = 1; first < 400; first += 10) {
    Append(first, first + 9);
    log_->Release(first + 9);
    ASSERT_LE(SegmentCount(), 5);
    // What was released is never told again, also not the part the last segment still holds.
    ASSERT_TRUE(Open(first + 9).ok());
    ASSERT_TRUE(told_.empty());
  }
  EXPECT_GE(SegmentCount(), 3);
}

TEST_F(WriteLogTest, OldRecordsOfASegmentNeverPassForNewOnes) {
  ASSERT_TRUE(Open().ok());
  Append(1, 8);  // two segments full
  log_->Release(8);
  Append(9, 9);  // begins a segment that holds 1 to 4
  ASSERT_TRUE(Open(4).ok());
  EXPECT_EQ(told_, Between(5, 9));
}

TEST_F(WriteLogTest, ReleasesNothingThatIsStillNeeded) {
  ASSERT_TRUE(Open().ok());
  Append(1, 20);
  log_->Release(7);
  Append(21, 30);
  ASSERT_TRUE(Open(7).ok());
  EXPECT_EQ(told_, Between(8, 30));
}

TEST_F(WriteLogTest, LargeRecordGetsASegmentOfItsOwn) {
  ASSERT_TRUE(Open().ok());
  Append(1, 1);
  Append(2, 2, 60'000);
  Append(3, 3);
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(told_, Between(1, 3));
}

// The last record is cut at each of its sectors, in every way a disk may leave it.
TEST_F(WriteLogTest, StopsAtTheTornEndAndGoesOnFromThere) {
  ASSERT_TRUE(Open().ok());
  Append(1, 1);
  Append(2, 2, 2 * kLogBlockBytes);
  const std::string whole = ReadWholeFile(segment(1));
  for (std::size_t lost = 1; lost < 4; ++lost) {
    WriteWholeFile(segment(1), whole);
    Spoil(segment(1), lost, '\0');
    ASSERT_TRUE(Open().ok()) << lost;
    EXPECT_THAT(told_, ElementsAre(1)) << lost;
    Append(2, 4);
    ASSERT_TRUE(Open().ok()) << lost;
    EXPECT_EQ(told_, Between(1, 4)) << lost;
  }
}

TEST_F(WriteLogTest, LostRecordBeforeOthersIsAHole) {
  ASSERT_TRUE(Open().ok());
  Append(1, 12);
  const std::string first = ReadWholeFile(segment(1)), second = ReadWholeFile(segment(2));
  for (std::size_t block = 0; block < 4; ++block) {  // commits 1 to 4
    Spoil(segment(1), block, 'x');
    const auto status = Open();
    EXPECT_EQ(ReasonText(status), "LOG_HOLE");
    EXPECT_THAT(MessageOf(status),
                testing::HasSubstr("has lost change " + std::to_string(block + 1)));
    // What the base has already is missed by nobody.
    EXPECT_TRUE(Open(block + 1).ok());
    WriteWholeFile(segment(1), first);
  }
  std::filesystem::remove(segment(2));
  EXPECT_EQ(ReasonText(Open()), "LOG_HOLE");
  EXPECT_EQ(ReasonText(Open(7)), "LOG_HOLE");
  EXPECT_TRUE(Open(8).ok());
  WriteWholeFile(segment(2), second);
  EXPECT_TRUE(Open().ok());
}

TEST_F(WriteLogTest, LostRecordBeforeOthersOfTheLastSegmentIsAHoleToo) {
  ASSERT_TRUE(Open().ok());
  Append(1, 3);
  Spoil(segment(1), 1, 'x');
  EXPECT_EQ(ReasonText(Open()), "LOG_HOLE");
}

TEST_F(WriteLogTest, RecordsOfAnotherLogAreNotTold) {
  ASSERT_TRUE(Open().ok());
  Append(1, 4);
  ASSERT_TRUE(Open(0, LogId{78}).ok());
  EXPECT_TRUE(told_.empty());
}

// A client may store bytes that look like a record of the log: behind a torn end they must not
// pass.
TEST_F(WriteLogTest, BytesOfAValueNeverPassForARecord) {
  LogRecordBuilder forged;
  forged.Put("key", "forged");
  const std::string inner = *forged.Finish(LogId{1}, 2, {2, 1}).bytes;
  ASSERT_TRUE(Open().ok());
  LogRecordBuilder builder;
  // Wherever it lies, one of its copies begins on a sector.
  std::string value;
  for (std::size_t i = 0; i < kLogBlockBytes; i += 8) value += inner.substr(0, 64);
  value += inner;
  builder.Put("key", value);
  ASSERT_TRUE(log_->Append(builder.Finish(kId, 1, {1, 1})).ok());
  Spoil(segment(2), 0, '\0');
  ASSERT_TRUE(Open().ok());
  EXPECT_TRUE(told_.empty());
}

TEST_F(WriteLogTest, FilesOfOtherNamesAreLeftAlone) {
  WriteWholeFile(folder() / "log-old", "text");
  WriteWholeFile(folder() / "log-1x", "text");
  EXPECT_FALSE(WriteLog::IsIn(folder()).value());
  ASSERT_TRUE(Open().ok());
  EXPECT_TRUE(WriteLog::IsIn(folder()).value());
  EXPECT_EQ(ReadWholeFile(folder() / "log-old"), "text");
}

// A file that may not grow stands for a disk without room.
TEST_F(WriteLogTest, NoRoomForASegmentRefusesTheRecordAndNothingElse) {
  ASSERT_TRUE(Open().ok());
  Append(1, 3);
  rlimit before = {};
  getrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small = {kSegmentBytes, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  LogRecordBuilder builder;
  builder.Put("key", std::string(5 * kLogBlockBytes, 'v'));
  const auto refusal = log_->Append(builder.Finish(kId, 4, {4, 1}));
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(ReasonText(refusal), "STORE_FULL");
  EXPECT_EQ(SegmentCount(), 1);
  Append(4, 9);
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(told_, Between(1, 9));
}

}  // namespace
}  // namespace radyab::storage
