// The folder of one backup on this machine's disk: `rows`, and last of all `MANIFEST`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace radyab::cli {

// While it is made it has no MANIFEST, so that one that was cut short is never taken for a backup.
// One thread.
class BackupFolder {
 public:
  // Takes `path`, which is missing or empty. Null, and `fault` says why, when it cannot be used.
  static std::unique_ptr<BackupFolder> Make(const std::filesystem::path& path, std::string& fault);
  // Removes what was written, and the folder if it was made here, unless Finish answered true.
  ~BackupFolder();
  BackupFolder(const BackupFolder&) = delete;
  BackupFolder& operator=(const BackupFolder&) = delete;

  // False when the disk refuses; fault() has its words.
  bool Append(std::string_view bytes);
  // What was appended must have this length and SHA-256 (hex). Syncs it, and writes `manifest`.
  bool Finish(std::int64_t byte_count, const std::string& sha256, const std::string& manifest);
  const std::string& fault() const { return fault_; }

 private:
  struct Digest;
  BackupFolder(std::filesystem::path path, bool made, int file);
  bool Fail(const std::string& what);

  const std::filesystem::path path_;
  const bool made_;
  int file_;
  std::int64_t byte_count_ = 0;
  std::unique_ptr<Digest> digest_;
  bool finished_ = false;
  std::string fault_;
};

}  // namespace radyab::cli
