#include "scanner/label.h"

#include <algorithm>
#include <utility>

#include "scanner/label_files.h"
#include "scanner/picture_file.h"

namespace radyab::scanner {
namespace {

// The part of `picture` in `area`, as far as it lies in the picture.
GreyPicture Part(const GreyPicture& picture, const BlackBox& area) {
  const int left = std::clamp(area.x, 0, picture.width);
  const int top = std::clamp(area.y, 0, picture.height);
  const int right = std::clamp(area.x + area.width, left, picture.width);
  const int bottom = std::clamp(area.y + area.height, top, picture.height);
  GreyPicture part = GreyPicture::Blank(right - left, bottom - top);
  for (int y = top; y < bottom; ++y) {
    const std::uint8_t* row = picture.Row(y);
    std::copy(row + left, row + right, part.Row(y - top));
  }
  return part;
}

bool Answers(const Symbol& symbol, const CarrierPayload& payload) {
  return symbol.symbology == payload.symbology && symbol.gs1 == payload.gs1 &&
         symbol.text == payload.message;
}

ScanFault Unreadable(const CarrierPayload& payload, const std::vector<Symbol>& seen) {
  std::string read = seen.empty() ? "nothing" : "";
  for (const Symbol& symbol : seen) {
    if (!read.empty()) read += ", ";
    read += std::string(SymbologyName(symbol.symbology)) + " \"" + symbol.text + "\"";
  }
  return {FaultKind::kLabelUnreadable, "the " + std::string(CarrierName(payload.carrier)) +
                                           " of the label reads " + read + ", want \"" +
                                           payload.message + "\""};
}

// The final file as dots.
Outcome<GreyPicture> PaintFile(const std::string& file, const LabelOptions& options) {
  if (options.format == LabelFormat::kSvg) return PaintLabelSvg(file, options.dots_per_inch);
  return DecodePicture(file);
}

}  // namespace

Outcome<bool> ProveLabel(const GreyPicture& label, const LabelSheet& sheet, DecodeWorker& worker) {
  for (const SheetSymbol& symbol : sheet.symbols) {
    const auto seen = worker.ReadFrame(Part(label, symbol.area));
    if (!seen) return seen.fault();
    if (seen->size() != 1 || !Answers(seen->front(), symbol.payload)) {
      return Unreadable(symbol.payload, *seen);
    }
  }
  return true;
}

Outcome<std::string> MakeLabel(const LabelContent& content, const LabelOptions& options,
                               DecodeWorker& worker) {
  const auto payloads = PlanCarriers(content, options.carriers);
  if (!payloads) return payloads.fault();
  const auto sheet = LayOutLabel(content, *payloads, options.dots_per_inch);
  if (!sheet) return sheet.fault();
  auto file = options.format == LabelFormat::kSvg ? Outcome<std::string>(WriteLabelSvg(*sheet))
                                                  : WriteLabelPng(*sheet);
  if (!file) return file.fault();
  const auto painted = PaintFile(*file, options);
  if (!painted) return painted.fault();
  const auto proved = ProveLabel(*painted, *sheet, worker);
  if (!proved) return proved.fault();
  return file;
}

}  // namespace radyab::scanner
