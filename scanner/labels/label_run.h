// Many labels: documents made by several workers at once, handed out in their order.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "scanner/decode_worker.h"
#include "scanner/labels/label_document.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Most labels of one run.
inline constexpr std::size_t kRunLabelsMax = 100'000;
// Labels in one document unless more are wanted: some 21 sheets of 24.
inline constexpr std::size_t kDocumentLabels = 504;
inline constexpr std::size_t kDocumentLabelsMax = 10'000;
inline constexpr int kRunWorkersMax = 64;

struct LabelRunOptions {
  DocumentOptions document;
  // Labels a document, 1 to kDocumentLabelsMax; PNG and SVG have one whatever is said here.
  std::size_t labels_per_document = kDocumentLabels;
  // Documents that are made at the same time, 1 to kRunWorkersMax; 0: one for each processor.
  int workers = 0;
  DecodeWorkerOptions decode = {};
};

// One finished document: labels `first` to `first + count - 1` of the run.
struct RunDocument {
  std::size_t number = 0;  // 0 the first
  std::size_t first = 0;
  std::size_t count = 0;
  std::string bytes;
};

// How a run ended.
struct LabelRunEnd {
  std::size_t handed_out = 0;      // labels in documents that were handed out
  std::optional<ScanFault> fault;  // why not all of them
  std::size_t faulty = 0;          // the label at fault
};

// Gets each document in order; false stops the run (without a fault).
using TakeDocument = std::function<bool(RunDocument&&)>;
// Told some ten times a second: labels drawn and labels read back so far.
using RunProgress = std::function<void(std::size_t drawn, std::size_t proved)>;

// Makes documents of all labels. Every label of a document was read back before it is handed out
// (label_document.h); the first fault ends the run, and no document from it on is handed out. At
// most twice as many documents as workers wait in memory. Fault kTooLarge: more than kRunLabelsMax
// labels, or another number outside of its bounds. `take` and `progress` are called on the thread
// of the caller.
LabelRunEnd RunLabels(std::span<const LabelContent> labels, const LabelRunOptions& options,
                      const TakeDocument& take, const RunProgress& progress = {});

}  // namespace radyab::scanner
