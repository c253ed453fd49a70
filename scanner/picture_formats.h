// One decoder a picture format; DecodePicture (picture_file.h) picks among them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/grey_picture.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Each takes all bytes of one file that begins like its format and keeps the promises of
// DecodePicture.
Outcome<GreyPicture> DecodePng(std::string_view bytes);
Outcome<GreyPicture> DecodeJpeg(std::string_view bytes);
Outcome<GreyPicture> DecodeWebp(std::string_view bytes);
Outcome<GreyPicture> DecodeTiff(std::string_view bytes);
Outcome<GreyPicture> DecodeGif(std::string_view bytes);
Outcome<GreyPicture> DecodeBmp(std::string_view bytes);
Outcome<GreyPicture> DecodePnm(std::string_view bytes);

// The fault when a picture of this size may not be taken (no pixels, too many, a side too long).
std::optional<ScanFault> RefuseSize(std::string_view format, std::int64_t width,
                                    std::int64_t height);

// "PNG picture is damaged: <why>".
ScanFault DamagedPicture(std::string_view format, std::string_view why);

}  // namespace radyab::scanner
