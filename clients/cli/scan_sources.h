// Where radyab scan gets its pictures from.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "scanner/camera/camera_stream.h"
#include "scanner/picture_reading.h"
#include "scanner/scan_fault.h"

namespace radyab::cli {

// Taken in this order.
struct ScanSources {
  std::vector<std::string> paths;  // files and folders
  std::string frames;              // a stream of pictures: a path, or "-" for standard input
  std::string camera;              // a V4L2 device, read until it ends
  scanner::CameraWish camera_wish = {};
  std::string watch;  // a folder whose files, new from now on, are read until it is gone
  bool empty() const { return paths.empty() && frames.empty() && camera.empty() && watch.empty(); }
};

// The sources as a sentence names them.
std::string ListOf(const ScanSources& sources);

// Reads all that the sources give, one worker a core, and calls `each` in their order, on this
// thread; false from it stops, and so does false from `wanted`, which is asked, from any thread,
// while a watched folder or a camera is quiet. The number of calls, or why a source gave up: its
// earlier pictures were told by then.
scanner::Outcome<std::size_t> ScanAll(
    const ScanSources& sources, const std::function<bool(const scanner::PictureReading&)>& each,
    const std::function<bool()>& wanted = nullptr);

}  // namespace radyab::cli
