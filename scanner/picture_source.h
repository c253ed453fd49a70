// Pictures from files and folders.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "scanner/decode_workers.h"
#include "scanner/picture_reading.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Most pictures that one call takes, and deepest folder below a named one.
inline constexpr std::size_t kPicturesMax = 100'000;
inline constexpr int kFolderDepthMax = 32;

// True when a file of this name is taken for a picture in a folder: .png .jpg .jpeg .webp .tif
// .tiff .gif .bmp .pnm .pgm .ppm .pbm .pdf, in any letter case.
bool NamedLikePicture(const std::string& path);

// The picture files that `paths` stand for, in order: a folder gives the files below it whose names
// end like pictures (NamedLikePicture), sorted by path bytes; hidden names and links to folders are
// passed over. Anything else is taken as it is, also when it does not exist: reading it gives the
// fault. Faults: kFileUnreadable (a folder that may not be listed), kTooLarge (more than
// kPicturesMax files, deeper than kFolderDepthMax).
Outcome<std::vector<std::string>> ExpandPictures(const std::vector<std::string>& paths);

// Reads every picture of `paths` (as ExpandPictures) with `workers` and calls `each` once a picture
// and page, on this thread, in order; a picture that cannot be read is a reading with a fault, and
// the next one follows. `each` returns false to stop. The outcome is the number of readings given
// to `each`, or the fault of ExpandPictures.
Outcome<std::size_t> ScanPictures(const std::vector<std::string>& paths, DecodeWorkers& workers,
                                  const std::function<bool(const PictureReading&)>& each);

}  // namespace radyab::scanner
