#include "scanner/picture_source.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

namespace radyab::scanner {
namespace {

namespace fs = std::filesystem;

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
    } else if (!hidden && NamedLikePicture(entries->path().string())) {
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

bool NamedLikePicture(const std::string& path) {
  static constexpr std::array<std::string_view, 13> kEndings = {
      ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".gif",
      ".bmp", ".pnm", ".pgm",  ".ppm",  ".pbm", ".pdf"};
  std::string ending = fs::path(path).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

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

Outcome<std::size_t> ScanPictures(const std::vector<std::string>& paths, DecodeWorkers& workers,
                                  const std::function<bool(const PictureReading&)>& each) {
  const auto files = ExpandPictures(paths);
  if (!files) return files.fault();
  return workers.ReadInOrder(*files, each);
}

}  // namespace radyab::scanner
