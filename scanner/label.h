// Labels of codes, lots, units and containers: drawn, and read back before they are handed out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/decode_worker.h"
#include "scanner/grey_picture.h"
#include "scanner/label_content.h"
#include "scanner/label_sheet.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

enum class LabelFormat : std::uint8_t { kSvg, kPng };

struct LabelOptions {
  LabelFormat format = LabelFormat::kPng;
  int dots_per_inch = kLabelDotsPerInch203;  // 203 or 300; SVG has its corners on these dots too
  std::vector<Carrier> carriers = {Carrier::kQrCode, Carrier::kDataMatrix, Carrier::kBars};
};

// The bytes of one label file. The final file is painted at the printer's dots and read by
// `worker`; only when every symbol answers what it should is the label handed out. Faults:
// kBadLabelContent (label_content.h, label_sheet.h), kLabelUnreadable (names the carrier), and
// those of DecodeWorker.
// Thread rule: any thread.
Outcome<std::string> MakeLabel(const LabelContent& content, const LabelOptions& options,
                               DecodeWorker& worker);

// Reads `label` and compares: every symbol of `sheet` must be found in its area with its symbology,
// message and GS1 flag. Fault kLabelUnreadable names the carrier that is not, and what was read
// instead.
Outcome<bool> ProveLabel(const GreyPicture& label, const LabelSheet& sheet, DecodeWorker& worker);

}  // namespace radyab::scanner
