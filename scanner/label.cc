#include "scanner/label.h"

#include <utility>

#include "scanner/label_files.h"
#include "scanner/picture_area.h"
#include "scanner/picture_file.h"

namespace radyab::scanner {
namespace {

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
    PictureArea area = {symbol.area.x, symbol.area.y, symbol.area.width, symbol.area.height};
    const auto seen = worker.ReadExpected(CutOut(label, &area, 0), symbol.payload.symbology);
    if (!seen) return seen.fault();
    const std::vector<Symbol>& symbols = seen->symbols;
    if (symbols.size() != 1 || !Answers(symbols.front(), symbol.payload)) {
      return Unreadable(symbol.payload, symbols);
    }
  }
  return true;
}

Outcome<std::string> MakeLabel(const LabelContent& content, const LabelOptions& options,
                               DecodeWorker& worker) {
  // What is printed is what the symbols carry, not what was given.
  const auto settled = Settled(content);
  if (!settled) return settled.fault();
  const auto payloads = PlanCarriers(*settled, options.carriers);
  if (!payloads) return payloads.fault();
  const auto sheet = LayOutLabel(*settled, *payloads, options.dots_per_inch);
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
