#include "clients/cli/backup_folder.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace radyab::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kRowsFile[] = "rows";
constexpr char kManifestFile[] = "MANIFEST";
constexpr char kFreshManifestFile[] = "MANIFEST.new";

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

int MakeFile(const fs::path& path) {
  return open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

// Makes the names in a folder durable.
bool SyncFolder(const fs::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return false;
  const bool synced = fsync(file) == 0;
  close(file);
  return synced;
}

fs::path ParentOf(const fs::path& path) {
  const fs::path whole = fs::absolute(path).lexically_normal();
  return whole.has_filename() ? whole.parent_path() : whole.parent_path().parent_path();
}

}  // namespace

struct BackupFolder::Digest {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  bool ok = EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1;
  ~Digest() { EVP_MD_CTX_free(context); }
};

std::unique_ptr<BackupFolder> BackupFolder::Make(const fs::path& path, std::string& fault) {
  const bool made = mkdir(path.c_str(), 0700) == 0;
  std::error_code error;
  if (!made && (errno != EEXIST || !fs::is_directory(path, error))) {
    fault = "folder \"" + path.string() + "\" cannot be made: " + std::strerror(errno);
    return nullptr;
  }
  if (!made && (!fs::is_empty(path, error) || error)) {
    fault = "folder \"" + path.string() + "\" is not empty: a backup wants a folder of its own";
    return nullptr;
  }
  const int file = MakeFile(path / kRowsFile);
  if (file < 0) {
    fault = "file \"" + (path / kRowsFile).string() + "\" cannot be made: " + std::strerror(errno);
    if (made) rmdir(path.c_str());
    return nullptr;
  }
  return std::unique_ptr<BackupFolder>(new BackupFolder(path, made, file));
}

BackupFolder::BackupFolder(fs::path path, bool made, int file)
    : path_(std::move(path)), made_(made), file_(file), digest_(std::make_unique<Digest>()) {}

BackupFolder::~BackupFolder() {
  if (file_ >= 0) close(file_);
  if (finished_) return;
  for (const char* name : {kFreshManifestFile, kManifestFile, kRowsFile}) {
    unlink((path_ / name).c_str());
  }
  if (made_) rmdir(path_.c_str());
}

bool BackupFolder::Fail(const std::string& what) {
  fault_ = "folder \"" + path_.string() + "\": " + what;
  return false;
}

bool BackupFolder::Append(std::string_view bytes) {
  byte_count_ += static_cast<std::int64_t>(bytes.size());
  digest_->ok = digest_->ok && EVP_DigestUpdate(digest_->context, bytes.data(), bytes.size()) == 1;
  return WriteAll(file_, bytes) || Fail(std::string("write: ") + std::strerror(errno));
}

bool BackupFolder::Finish(std::int64_t byte_count, const std::string& sha256,
                          const std::string& manifest) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  std::string hex;
  if (digest_->ok && EVP_DigestFinal_ex(digest_->context, digest.data(), &size) == 1) {
    for (unsigned at = 0; at < size; ++at) {
      hex += "0123456789abcdef"[digest[at] >> 4];
      hex += "0123456789abcdef"[digest[at] & 15];
    }
  }
  if (byte_count != byte_count_ || sha256 != hex) {
    return Fail("what arrived is not what the server sent: try again");
  }
  const bool rows_synced = fsync(file_) == 0;
  const bool rows_closed = close(std::exchange(file_, -1)) == 0;
  if (!rows_synced || !rows_closed) return Fail(std::string("sync: ") + std::strerror(errno));
  const int file = MakeFile(path_ / kFreshManifestFile);
  if (file < 0) return Fail(std::string("write: ") + std::strerror(errno));
  const bool written = WriteAll(file, manifest) && fsync(file) == 0;
  const int error = errno;
  if (close(file) != 0 || !written) return Fail(std::string("write: ") + std::strerror(error));
  const fs::path fresh = path_ / kFreshManifestFile, place = path_ / kManifestFile;
  // Before the MANIFEST has its name everything else of the backup is durable.
  if (!SyncFolder(path_) || rename(fresh.c_str(), place.c_str()) != 0 || !SyncFolder(path_) ||
      !SyncFolder(ParentOf(path_))) {
    return Fail(std::string("sync: ") + std::strerror(errno));
  }
  finished_ = true;
  return true;
}

}  // namespace radyab::cli
