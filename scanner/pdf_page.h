// A page of a PDF file as grey pixels, drawn by poppler. Only radyab-decode does that, with its
// limits of memory and time: a PDF is a program that somebody else wrote.
#pragma once

#include <cstdint>
#include <string_view>

#include "scanner/grey_picture.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Pages are drawn at 300 dots per inch, larger ones than kFinePixelsMax at 200.
inline constexpr int kFineDotsPerInch = 300;
inline constexpr int kCoarseDotsPerInch = 200;
inline constexpr std::int64_t kFinePixelsMax = 20'000'000;
// Most pages of a document that are read.
inline constexpr int kPagesMax = 1'000;

struct PdfPage {
  GreyPicture picture;
  int page_count = 0;  // of the whole document
};

// Draws page `page` (1 the first) of the document `bytes`. Faults: kDamagedPicture (no document, no
// such page, nothing drawn), kUnreadForm (locked by a password), kTooLarge (more than kPagesMax
// pages, a page over kPicturePixelsMax at 200 dots per inch).
Outcome<PdfPage> DrawPdfPage(std::string_view bytes, std::uint32_t page);

}  // namespace radyab::scanner
