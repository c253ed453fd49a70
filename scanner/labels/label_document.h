// One file of labels, made and read back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scanner/decode_worker.h"
#include "scanner/label_content.h"
#include "scanner/labels/label_template.h"
#include "scanner/labels/page_grid.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

enum class DocumentFormat : std::uint8_t { kPdf, kZpl, kEpl, kPng, kSvg };

// "pdf", "zpl", "epl", "png", "svg" (also the endings of files), and back.
std::string_view FormatWord(DocumentFormat format);
std::optional<DocumentFormat> FormatOfWord(std::string_view word);

// PNG and SVG hold one label each.
inline bool HoldsOneLabel(DocumentFormat format) {
  return format == DocumentFormat::kPng || format == DocumentFormat::kSvg;
}

struct DocumentOptions {
  TemplateOptions label;
  DocumentFormat format = DocumentFormat::kPdf;
  PageGrid grid;  // of PDF
};

// Told as labels get on: how many were drawn and how many were read back since the last call.
using LabelsDone = std::function<void(std::size_t drawn, std::size_t proved)>;

// The bytes of one file with all of these labels in their order. The finished bytes are painted
// again, at the dots of the printer, and every symbol of every label is read by `worker`: only when
// each says what it should is the file answered. (Of PDF and SVG the symbols are painted, not the
// letters; ZPL, EPL and PNG are painted whole.)
// Faults: those of LayOutTemplate, PlaceOnPage and ProveLabel, and kBadLabelContent when there is
// no label, or more than one for PNG or SVG; `*faulty` is the index of the label that is at fault.
// Thread rule: any thread, a worker each.
Outcome<std::string> MakeLabelDocument(std::span<const LabelContent> labels,
                                       const DocumentOptions& options, DecodeWorker& worker,
                                       std::size_t* faulty, const LabelsDone& done = {});

}  // namespace radyab::scanner
