#include "tests/crash/crash_image.h"

#include <algorithm>
#include <vector>

#include "tests/registry/storage/temporary_folder.h"

namespace radyab::crash {
namespace {

constexpr std::size_t kSectorBytes = 512;

using Names = std::map<std::string, std::size_t>;  // path -> number of the file

// A name that came, went, or both: a renamed file.
struct NameChange {
  std::string gone = {};
  std::string come = {};
  std::size_t file = 0;
};

void ApplyTo(Names& names, const NameChange& change) {
  if (!change.gone.empty()) names.erase(change.gone);
  if (!change.come.empty()) names[change.come] = change.file;
}

struct File {
  std::string synced;
  std::vector<const FileEvent*> unsynced;
};

class Disk {
 public:
  Disk(const ImageOptions& options, Random& random) : options_(options), random_(random) {}

  void Apply(const FileEvent& event) {
    switch (event.kind) {
      case FileEvent::kWrite:
      case FileEvent::kTruncate:
        Change(FileAt(event.path), event);
        break;
      case FileEvent::kSync:
        if (options_.syncs_do_nothing) break;
        if (event.path.empty()) {
          synced_names_ = names_;
          unsynced_names_.clear();
        } else {
          Settle(FileAt(event.path), Unsynced::kKept);
        }
        break;
      case FileEvent::kRename:
        Change({event.path, event.other, names_[event.path]});
        break;
      case FileEvent::kUnlink:
        Change({event.path});
        break;
      case FileEvent::kAcknowledge:
        break;
    }
  }

  std::map<std::string, std::string> Cut() {
    for (const NameChange& change : unsynced_names_) {
      if (Survives(options_.unsynced)) ApplyTo(synced_names_, change);
    }
    std::map<std::string, std::string> image;
    for (const auto& [path, number] : synced_names_) {
      Settle(files_[number], options_.unsynced);
      image[path] = files_[number].synced;
    }
    return image;
  }

 private:
  File& FileAt(const std::string& path) {
    if (const auto found = names_.find(path); found != names_.end()) return files_[found->second];
    Change({"", path, files_.size()});
    return files_.emplace_back();
  }

  void Change(const NameChange& change) {
    ApplyTo(names_, change);
    unsynced_names_.push_back(change);
  }

  void Change(File& file, const FileEvent& event) {
    if (!event.synced) return file.unsynced.push_back(&event);
    // A write that is synced by itself, ahead of all that waits. LMDB writes its meta pages so, and
    // nothing else ever to the same place.
    Put(file.synced, event, Unsynced::kKept);
  }

  void Settle(File& file, Unsynced what) {
    for (const FileEvent* event : file.unsynced) Put(file.synced, *event, what);
    file.unsynced.clear();
  }

  void Put(std::string& bytes, const FileEvent& event, Unsynced what) {
    if (event.kind == FileEvent::kTruncate) {
      if (Survives(what)) bytes.resize(event.offset);
      return;
    }
    for (std::size_t done = 0; done < event.bytes.size();) {
      const std::size_t place = event.offset + done;
      const std::size_t count =
          std::min(kSectorBytes - place % kSectorBytes, event.bytes.size() - done);
      if (Survives(what)) {
        if (bytes.size() < place + count) bytes.resize(place + count);
        bytes.replace(place, count, event.bytes, done, count);
      }
      done += count;
    }
  }

  bool Survives(Unsynced what) {
    return what == Unsynced::kKept || (what == Unsynced::kByChance && random_() % 2 == 0);
  }

  const ImageOptions& options_;
  Random& random_;
  std::vector<File> files_;
  Names names_, synced_names_;
  std::vector<NameChange> unsynced_names_;
};

}  // namespace

std::map<std::string, std::string> CrashImage(std::span<const FileEvent> events,
                                              const ImageOptions& options, Random& random) {
  Disk disk(options, random);
  for (const FileEvent& event : events) disk.Apply(event);
  return disk.Cut();
}

void WriteImage(const std::map<std::string, std::string>& files,
                const std::filesystem::path& folder) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  for (const auto& [path, bytes] : files) storage::WriteWholeFile(folder / path, bytes);
}

}  // namespace radyab::crash
