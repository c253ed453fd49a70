#include "clients/cli/scan_sources.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "scanner/camera/camera.h"
#include "scanner/decode_workers.h"
#include "scanner/folder_watch.h"
#include "scanner/frame_stream.h"
#include "scanner/picture_source.h"

namespace radyab::cli {
namespace {

using scanner::Outcome;
using scanner::PictureReading;
using scanner::ScanFault;
using Each = std::function<bool(const PictureReading&)>;

// How long a quiet folder is waited for at a time.
constexpr std::chrono::milliseconds kWatchPatience{200};
constexpr std::chrono::milliseconds kWatchPatienceMax = std::chrono::hours(1);

// A stream that was opened here is closed here.
class Stream {
 public:
  explicit Stream(const std::string& name)
      : descriptor_(name == "-" ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Stream() {
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

Outcome<std::size_t> ScanFrames(const std::string& name, scanner::DecodeWorkers& workers,
                                const Each& each) {
  const Stream stream(name);
  if (stream.descriptor() < 0) {
    return ScanFault{scanner::FaultKind::kFileUnreadable,
                     "cannot read \"" + name + "\": " + std::strerror(errno)};
  }
  scanner::FrameStream frames(stream.descriptor());
  std::optional<ScanFault> fault;
  const auto next = [&]() -> std::optional<std::string> {
    auto frame = frames.Next();
    if (frame) return std::move(frame).value();
    fault = frame.fault();
    return std::nullopt;
  };
  const std::size_t count = workers.ReadStream(name, next, each, scanner::kFrameMillisecondsMax);
  if (fault) return *fault;
  return count;
}

Outcome<std::size_t> ScanCamera(const ScanSources& sources, scanner::DecodeWorkers& workers,
                                const Each& each, const std::function<bool()>& wanted) {
  const auto camera = scanner::Camera::Open(sources.camera, sources.camera_wish);
  if (!camera) return camera.fault();
  std::optional<ScanFault> fault;
  const auto next = [&]() -> std::optional<scanner::GreyPicture> {
    auto frame = (*camera)->NextWhile([&wanted] { return !wanted || wanted(); });
    if (frame) return std::move(frame).value();
    fault = frame.fault();
    return std::nullopt;
  };
  const std::size_t count = workers.ReadFrames(sources.camera, next, each);
  if (!fault) return count;
  fault->message += " (" + std::to_string((*camera)->given_count()) + " frames were read, " +
                    std::to_string((*camera)->late_count()) + " came too fast, " +
                    std::to_string((*camera)->damaged_count()) + " were damaged)";
  return *fault;
}

Outcome<std::size_t> ScanWatched(scanner::FolderWatch& watch, scanner::DecodeWorkers& workers,
                                 const Each& each, const std::function<bool()>& wanted) {
  std::size_t count = 0;
  bool going_on = true;
  while (going_on && (!wanted || wanted())) {
    const auto files = watch.Next(wanted ? kWatchPatience : kWatchPatienceMax);
    if (!files) return files.fault();
    count += workers.ReadInOrder(*files, [&](const PictureReading& reading) {
      going_on = each(reading);
      return going_on;
    });
  }
  return count;
}

}  // namespace

std::string ListOf(const ScanSources& sources) {
  std::string list;
  const auto add = [&list](const std::string& name) {
    if (!name.empty()) list += (list.empty() ? "\"" : ", \"") + name + "\"";
  };
  for (const std::string& path : sources.paths) add(path);
  add(sources.frames);
  add(sources.camera);
  add(sources.watch);
  return list;
}

Outcome<std::size_t> ScanAll(const ScanSources& sources, const Each& each,
                             const std::function<bool()>& wanted) {
  // Watched from here on: what comes while the other sources are read is not missed.
  std::unique_ptr<scanner::FolderWatch> watch;
  if (!sources.watch.empty()) {
    auto opened = scanner::FolderWatch::Open(sources.watch);
    if (!opened) return opened.fault();
    watch = std::move(opened).value();
  }
  scanner::DecodeWorkers workers;
  std::size_t count = 0;
  bool going_on = true;
  const Each tell = [&](const PictureReading& reading) {
    going_on = each(reading);
    return going_on;
  };
  const auto scan = [&](bool named, auto source) -> std::optional<ScanFault> {
    if (!named || !going_on) return std::nullopt;
    const Outcome<std::size_t> told = source();
    if (!told) return told.fault();
    count += *told;
    return std::nullopt;
  };
  auto fault = scan(!sources.paths.empty(),
                    [&] { return scanner::ScanPictures(sources.paths, workers, tell); });
  if (!fault) {
    fault =
        scan(!sources.frames.empty(), [&] { return ScanFrames(sources.frames, workers, tell); });
  }
  if (!fault) {
    fault =
        scan(!sources.camera.empty(), [&] { return ScanCamera(sources, workers, tell, wanted); });
  }
  if (!fault) {
    fault = scan(watch != nullptr, [&] { return ScanWatched(*watch, workers, tell, wanted); });
  }
  if (fault) return *fault;
  return count;
}

}  // namespace radyab::cli
