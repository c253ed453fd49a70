#include "registry/upkeep/backup_rows.h"

#include <gmock/gmock.h>

#include "registry/reason.h"
#include "registry/storage/record.h"
#include "registry/storage/store.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::upkeep {
namespace {

using testing::EndsWith;
using testing::StartsWith;

std::string RowBytes(const std::string& key, const std::string& payload = "payload") {
  std::string bytes;
  AppendBackupRow(bytes, key, storage::EncodeRecord(key, payload));
  return bytes;
}

class BackupRows : public testing::Test {
 protected:
  // What reading the file to its end comes to: "" or the words of the refusal.
  std::string WordsOf(const std::string& bytes) {
    const auto path = folder_.path() / "rows";
    storage::WriteWholeFile(path, bytes);
    auto reader = BackupRowsReader::Open(path);
    absl::Status status = reader.status();
    for (bool more = status.ok(); more;) {
      const auto row = (*reader)->Next();
      status = row.status();
      more = row.ok() && row->has_value();
    }
    if (status.ok()) return "";
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
    EXPECT_EQ(ReasonOf(status)->reason, Reason::kCorruptRecord);
    return std::string(status.message());
  }
  static inline const std::string kHeader{kRowsHeader};
  storage::TemporaryFolder folder_;
};

TEST_F(BackupRows, ReadsWhatWasWritten) {
  EXPECT_EQ(WordsOf(kHeader), "");
  EXPECT_EQ(WordsOf(kHeader + RowBytes("a") + RowBytes("b")), "");
}

TEST_F(BackupRows, RefusesAnotherBeginning) {
  for (const std::string& begin : {std::string(), kHeader.substr(0, kHeader.size() - 1),
                                   "radyab-backup 2\n" + RowBytes("a")}) {
    EXPECT_THAT(WordsOf(begin), EndsWith("does not begin as a backup of this format does"));
  }
}

TEST_F(BackupRows, RefusesAFileThatIsCutShortAnywhere) {
  const std::string first = kHeader + RowBytes("a"), second = RowBytes("b");
  for (std::size_t kept = 1; kept < second.size(); ++kept) {
    const std::string words = WordsOf(first + second.substr(0, kept));
    EXPECT_THAT(words, EndsWith("byte " + std::to_string(first.size()) + ": the file is cut short"))
        << kept;
  }
}

TEST_F(BackupRows, RefusesLengthsThatNoRowHas) {
  std::string no_key, long_key, long_value;
  AppendBackupRow(no_key, "", "value");
  AppendBackupRow(long_key, std::string(storage::kKeyBytesMax + 1, 'k'), "value");
  AppendBackupRow(long_value, "k", std::string(storage::kValueBytesMax + 1, 'v'));
  EXPECT_THAT(WordsOf(kHeader + no_key), EndsWith("no row has a key of 0 and a value of 5 bytes"));
  EXPECT_THAT(WordsOf(kHeader + long_key),
              EndsWith("no row has a key of 481 and a value of 5 bytes"));
  EXPECT_THAT(WordsOf(kHeader + long_value),
              EndsWith("no row has a key of 1 and a value of 65537 bytes"));
}

TEST_F(BackupRows, RefusesRowsOutOfOrder) {
  for (const char* second : {"a", "b"}) {
    EXPECT_THAT(WordsOf(kHeader + RowBytes("b") + RowBytes(second)),
                EndsWith("its rows are not in order"));
  }
}

TEST_F(BackupRows, RefusesARowWithAWrongChecksum) {
  std::string row = RowBytes("a");
  row.back() = static_cast<char>(row.back() ^ 1);
  EXPECT_THAT(WordsOf(kHeader + row), EndsWith("the checksum of a row does not agree"));
}

TEST_F(BackupRows, AFileThatIsNotThereIsTold) {
  const auto opened = BackupRowsReader::Open(folder_.path() / "nothing");
  EXPECT_THAT(std::string(opened.status().message()),
              StartsWith("\"" + (folder_.path() / "nothing").string() + "\": open: "));
}

}  // namespace
}  // namespace radyab::upkeep
