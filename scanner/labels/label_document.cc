#include "scanner/labels/label_document.h"

#include <utility>
#include <vector>

#include "scanner/label.h"
#include "scanner/label_files.h"
#include "scanner/labels/label_pdf.h"
#include "scanner/labels/pdf_dots.h"
#include "scanner/labels/printer_graphics.h"
#include "scanner/picture_area.h"
#include "scanner/picture_file.h"

namespace radyab::scanner {
namespace {

constexpr std::string_view kFormatWords[] = {"pdf", "zpl", "epl", "png", "svg"};

// What is left of a label once it is drawn: which symbols it must show, and where.
struct DrawnLabel {
  LabelSheet sheet;  // without boxes and texts
  PagePlace place;
};

struct DrawnDocument {
  std::string bytes;
  std::vector<DrawnLabel> labels;
};

DrawnLabel WhatToProve(LabelSheet sheet, const PagePlace& place) {
  for (SheetSymbol& symbol : sheet.symbols) {
    symbol.boxes.clear();
    symbol.boxes.shrink_to_fit();
  }
  sheet.texts.clear();
  return {std::move(sheet), place};
}

class DocumentMaker {
 public:
  DocumentMaker(std::span<const LabelContent> labels, const DocumentOptions& options,
                DecodeWorker& worker, std::size_t* faulty, const LabelsDone& done)
      : labels_(labels), options_(options), worker_(worker), faulty_(*faulty), done_(done) {}

  Outcome<DrawnDocument> Draw();
  // Reads every label of the document; a fault is the first one that is not as it should be.
  Outcome<bool> Prove(const DrawnDocument& document);

 private:
  Outcome<bool> ProvePdf(const DrawnDocument& document);
  Outcome<bool> ProveEach(const Outcome<std::vector<GreyPicture>>& painted,
                          const DrawnDocument& document);
  Outcome<std::vector<GreyPicture>> PaintOne(const std::string& bytes) const;
  void Tell(std::size_t drawn, std::size_t proved) const {
    if (done_) done_(drawn, proved);
  }

  std::span<const LabelContent> labels_;
  const DocumentOptions& options_;
  DecodeWorker& worker_;
  std::size_t& faulty_;
  const LabelsDone& done_;
};

Outcome<DrawnDocument> DocumentMaker::Draw() {
  DrawnDocument document;
  const bool pdf = options_.format == DocumentFormat::kPdf;
  std::optional<LabelPdf> sheets;
  if (pdf) sheets.emplace(options_.grid, RunsRightToLeft(options_.label.language));
  for (faulty_ = 0; faulty_ < labels_.size(); ++faulty_) {
    auto sheet = LayOutTemplate(labels_[faulty_], options_.label);
    if (!sheet) return sheet.fault();
    PagePlace place;
    if (pdf) {
      const auto placed = sheets->Add(*sheet);
      if (!placed) return placed.fault();
      place = *placed;
    } else if (options_.format == DocumentFormat::kZpl) {
      document.bytes += WriteLabelZpl(*sheet);
    } else if (options_.format == DocumentFormat::kEpl) {
      document.bytes += WriteLabelEpl(*sheet);
    } else if (options_.format == DocumentFormat::kSvg) {
      document.bytes = WriteLabelSvg(*sheet);
    } else {
      auto png = WriteLabelPng(*sheet);
      if (!png) return png.fault();
      document.bytes = std::move(png).value();
    }
    document.labels.push_back(WhatToProve(std::move(sheet).value(), place));
    Tell(1, 0);
  }
  if (pdf) {
    auto bytes = sheets->Finish();
    if (!bytes) return bytes.fault();
    document.bytes = std::move(bytes).value();
  }
  return document;
}

Outcome<bool> DocumentMaker::ProvePdf(const DrawnDocument& document) {
  faulty_ = 0;
  const auto pages = PdfDots::Open(document.bytes);
  if (!pages) return pages.fault();
  GreyPicture page;
  for (; faulty_ < document.labels.size(); ++faulty_) {
    const DrawnLabel& label = document.labels[faulty_];
    if (faulty_ == 0 || label.place.page != document.labels[faulty_ - 1].place.page) {
      if (label.place.page >= pages->page_count())
        return ScanFault{FaultKind::kLabelUnreadable, "the PDF lacks a page"};
      auto painted = pages->Paint(label.place.page, options_.label.dots_per_inch);
      if (!painted) return painted.fault();
      page = std::move(painted).value();
    }
    PictureArea area = {label.place.x, label.place.y, label.sheet.width, label.sheet.height};
    const auto proved = ProveLabel(CutOut(page, &area, 0), label.sheet, worker_);
    if (!proved) return proved.fault();
    Tell(0, 1);
  }
  return true;
}

Outcome<std::vector<GreyPicture>> DocumentMaker::PaintOne(const std::string& bytes) const {
  auto painted = options_.format == DocumentFormat::kSvg
                     ? PaintLabelSvg(bytes, options_.label.dots_per_inch)
                     : DecodePicture(bytes);
  if (!painted) return painted.fault();
  std::vector<GreyPicture> labels;
  labels.push_back(std::move(painted).value());
  return labels;
}

Outcome<bool> DocumentMaker::ProveEach(const Outcome<std::vector<GreyPicture>>& painted,
                                       const DrawnDocument& document) {
  faulty_ = 0;
  if (!painted) return painted.fault();
  if (painted->size() != document.labels.size()) {
    return ScanFault{FaultKind::kLabelUnreadable,
                     "the file holds " + std::to_string(painted->size()) + " labels, want " +
                         std::to_string(document.labels.size())};
  }
  for (; faulty_ < document.labels.size(); ++faulty_) {
    const auto proved = ProveLabel((*painted)[faulty_], document.labels[faulty_].sheet, worker_);
    if (!proved) return proved.fault();
    Tell(0, 1);
  }
  return true;
}

Outcome<bool> DocumentMaker::Prove(const DrawnDocument& document) {
  switch (options_.format) {
    case DocumentFormat::kPdf:
      return ProvePdf(document);
    case DocumentFormat::kZpl:
      return ProveEach(PaintZpl(document.bytes), document);
    case DocumentFormat::kEpl:
      return ProveEach(PaintEpl(document.bytes), document);
    case DocumentFormat::kPng:
    case DocumentFormat::kSvg:
      break;
  }
  return ProveEach(PaintOne(document.bytes), document);
}

}  // namespace

std::string_view FormatWord(DocumentFormat format) {
  return kFormatWords[static_cast<std::size_t>(format)];
}

std::optional<DocumentFormat> FormatOfWord(std::string_view word) {
  for (const auto format : {DocumentFormat::kPdf, DocumentFormat::kZpl, DocumentFormat::kEpl,
                            DocumentFormat::kPng, DocumentFormat::kSvg}) {
    if (FormatWord(format) == word) return format;
  }
  return std::nullopt;
}

Outcome<std::string> MakeLabelDocument(std::span<const LabelContent> labels,
                                       const DocumentOptions& options, DecodeWorker& worker,
                                       std::size_t* faulty, const LabelsDone& done) {
  *faulty = 0;
  if (labels.empty() || (labels.size() > 1 && HoldsOneLabel(options.format))) {
    return ScanFault{FaultKind::kBadLabelContent, std::string(FormatWord(options.format)) +
                                                      " was asked to hold " +
                                                      std::to_string(labels.size()) + " labels"};
  }
  DocumentMaker maker(labels, options, worker, faulty, done);
  auto document = maker.Draw();
  if (!document) return document.fault();
  const auto proved = maker.Prove(*document);
  if (!proved) return proved.fault();
  return std::move(std::move(document).value().bytes);
}

}  // namespace radyab::scanner
