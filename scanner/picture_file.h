// From a picture file to grey pixels: PNG, JPEG, WebP, TIFF, GIF, BMP and PNM (P4, P5, P6).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scanner/grey_picture.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Largest picture file taken, in bytes.
inline constexpr std::int64_t kPictureFileBytesMax = 128LL << 20;

// All bytes of the regular file `path`. Faults: kFileUnreadable, kEmptyFile, kTooLarge (over
// kPictureFileBytesMax).
Outcome<std::string> ReadPictureBytes(const std::string& path);

// True when `bytes` begin like a PDF file, whose pages are drawn one by one (pdf_page.h).
bool BeginsLikePdf(std::string_view bytes);
// The same of the regular file `path`; false when it cannot be read.
bool FileIsPdf(const std::string& path);

// Decodes the first picture in `bytes`; the format is told by its first bytes, never by a file
// name. Colour becomes grey, 16 bits become 8, CMYK is printed, transparency is laid over white. Of
// an animation or a multi-page file only the first picture is taken. Faults: kEmptyFile,
// kNotAPicture, kDamagedPicture (a truncated file too), kTooLarge (over kPicturePixelsMax or
// kPictureSideMax, told before memory is taken). Thread rule: any thread. Runs inside
// radyab-decode, since picture libraries meet untrusted bytes.
Outcome<GreyPicture> DecodePicture(std::string_view bytes);

}  // namespace radyab::scanner
