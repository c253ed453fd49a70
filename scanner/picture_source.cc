#include "scanner/picture_source.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

namespace radyab::scanner {
namespace {

namespace fs = std::filesystem;

bool EndsLikePicture(const fs::path& path) {
  static constexpr std::array<std::string_view, 12> kEndings = {".png", ".jpg",  ".jpeg", ".webp",
                                                                ".tif", ".tiff", ".gif",  ".bmp",
                                                                ".pnm", ".pgm",  ".ppm",  ".pbm"};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

// Adds the picture files below `folder`, unsorted.
std::optional<ScanFault> AddFolder(const fs::path& folder, std::vector<std::string>& files) {
  std::error_code error;
  fs::recursive_directory_iterator entries(folder, error);
  const fs::recursive_directory_iterator end;
  while (!error && entries != end) {
    const bool hidden = entries->path().filename().string().starts_with('.');
    std::error_code ignored;
    if (hidden && entries->is_directory(ignored)) {
      entries.disable_recursion_pending();
    } else if (entries->is_directory(ignored)) {
      if (entries.depth() >= kFolderDepthMax) {
        return ScanFault{FaultKind::kTooLarge, "folder \"" + entries->path().string() +
                                                   "\" lies deeper than " +
                                                   std::to_string(kFolderDepthMax) + " levels"};
      }
    } else if (!hidden && EndsLikePicture(entries->path())) {
      if (files.size() >= kPicturesMax) {
        return ScanFault{FaultKind::kTooLarge,
                         "more than " + std::to_string(kPicturesMax) + " pictures in one call"};
      }
      files.push_back(entries->path().string());
    }
    entries.increment(error);
  }
  if (error) {
    return ScanFault{FaultKind::kFileUnreadable,
                     "cannot list \"" + folder.string() + "\": " + error.message()};
  }
  return std::nullopt;
}

}  // namespace

Outcome<std::vector<std::string>> ExpandPictures(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code ignored;
    const auto begin = static_cast<std::ptrdiff_t>(files.size());
    if (!fs::is_directory(path, ignored)) {
      files.push_back(path);
    } else if (auto fault = AddFolder(path, files)) {
      return *std::move(fault);
    }
    std::sort(files.begin() + begin, files.end());
    if (files.size() > kPicturesMax) {
      return ScanFault{FaultKind::kTooLarge,
                       "more than " + std::to_string(kPicturesMax) + " pictures in one call"};
    }
  }
  return files;
}

Outcome<std::size_t> ScanPictures(const std::vector<std::string>& paths, DecodeWorker& worker,
                                  const std::function<bool(const PictureReading&)>& each) {
  const auto files = ExpandPictures(paths);
  if (!files) return files.fault();
  std::size_t read_count = 0;
  for (const std::string& file : *files) {
    const auto begin = std::chrono::steady_clock::now();
    auto outcome = worker.ReadFile(file);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    PictureReading reading;
    reading.file = file;
    reading.milliseconds = took.count();
    if (outcome) {
      FoundSymbols found = std::move(outcome).value();
      reading.symbols = std::move(found.symbols);
      reading.truncated = found.truncated;
    } else {
      reading.fault = outcome.fault();
    }
    ++read_count;
    if (!each(reading)) break;
  }
  return read_count;
}

}  // namespace radyab::scanner
