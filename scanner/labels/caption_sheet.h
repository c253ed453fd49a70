// Sheets of barcodes that say a text, each with captions for people: commands of a session.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "scanner/decode_worker.h"
#include "scanner/label_sheet.h"
#include "scanner/labels/page_grid.h"
#include "scanner/labels/text_fitting.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// One Code 128 symbol and what stands above it, the first caption the largest.
struct CaptionedText {
  std::string text;  // 1 to kCaptionedTextMax characters of printable ASCII
  std::vector<Paragraph> captions;
};

inline constexpr std::size_t kCaptionedTextMax = 24;

// One of them laid out, 95 x 44 mm. Fault kBadLabelContent: a text that Code 128 or the room does
// not take, captions that do not fit.
Outcome<LabelSheet> LayOutCaptionedText(const CaptionedText& content, int dots_per_inch);

// The cells of a page: A4 upright, 2 columns of 6.
inline constexpr PageGrid kCaptionGrid = {
    .page_width = 210, .page_height = 297, .columns = 2, .rows = 6};

// All of them as a PDF, filled from the right when `right_to_left`. The finished bytes are painted
// again and every symbol is read by `worker`: only when each says its text are they answered.
// Faults: as above, and those of ProveLabel. Thread rule: as LabelPdf.
Outcome<std::string> MakeCaptionSheet(std::span<const CaptionedText> texts, bool right_to_left,
                                      int dots_per_inch, DecodeWorker& worker);

}  // namespace radyab::scanner
