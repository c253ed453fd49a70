// Everything this program does to the files of one folder, written down in order, and faults of the
// disk on demand. The calls themselves are caught in file_calls.cc.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace radyab::crash {

struct FileEvent {
  enum Kind {
    kWrite,       // `bytes` at `offset` of `path`; `synced` when the file is open with O_DSYNC
    kTruncate,    // `path` to `offset` bytes
    kSync,        // fsync or fdatasync of a file, or (path "") of the folder
    kRename,      // `path` to `other`
    kUnlink,      // `path`
    kAcknowledge  // somebody was told that change `offset` is durable
  } kind;
  std::string path = {};  // below the folder
  std::string other = {};
  std::uint64_t offset = 0;
  std::string bytes = {};
  bool synced = false;
};

enum class FileCall { kWrite, kSync, kTruncate, kOpen };

// One at a time. Calls of every thread are journalled while it lives.
class FileJournal {
 public:
  explicit FileJournal(const std::filesystem::path& folder);
  ~FileJournal();
  FileJournal(const FileJournal&) = delete;
  FileJournal& operator=(const FileJournal&) = delete;

  void Acknowledge(std::uint64_t number);
  std::vector<FileEvent> events() const;

  // From now on writing to (or syncing) the files whose names begin with `prefix` fails with
  // `error` (0: no more), until the journal ends.
  void FailWrites(const std::string& prefix, int error);
  void FailSyncs(const std::string& prefix, int error);
  // The `n`-th (1, 2, …) such call from now on to any file below the folder fails with `error`.
  void FailNth(FileCall call, std::uint64_t n, int error);
  // Whether it has come to that.
  bool has_failed() const;
  // Called before each sync of such a file, on the thread that syncs. Must not end the journal.
  void BeforeSyncs(const std::string& prefix, std::function<void()> call);
};

}  // namespace radyab::crash
