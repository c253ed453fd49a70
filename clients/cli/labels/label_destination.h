// Where finished labels go: files, or a printer.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/labels/label_table.h"
#include "scanner/labels/label_document.h"
#include "scanner/labels/label_run.h"
#include "scanner/labels/printer_address.h"
#include "scanner/scan_fault.h"

namespace radyab::cli {

// Takes documents one after another. For one thread.
class LabelDestination {
 public:
  virtual ~LabelDestination() = default;
  // Takes one document, whole. After a fault nothing more is given.
  virtual std::optional<scanner::ScanFault> Take(const scanner::RunDocument& document) = 0;
  // After the last one.
  virtual std::optional<scanner::ScanFault> Finish() { return std::nullopt; }
  // Labels that are known to be where they should go.
  virtual std::size_t arrived() const = 0;
};

// One file a document: `out` itself when there is one document, else NAME-001.pdf, NAME-002.pdf …;
// PNG and SVG stand in the folder `out` under the names of their objects. A file appears when it is
// whole, and takes the place of one that was there. Faults kFileUnreadable with the path.
class FileDestination : public LabelDestination {
 public:
  struct Options {
    std::string out;
    scanner::DocumentFormat format = scanner::DocumentFormat::kPdf;
    std::size_t documents = 1;
  };
  // `labels` outlives the destination.
  FileDestination(Options options, const std::vector<WantedLabel>& labels)
      : options_(std::move(options)), labels_(labels) {}
  std::optional<scanner::ScanFault> Take(const scanner::RunDocument& document) override;
  std::size_t arrived() const override { return arrived_; }
  const std::vector<std::string>& files() const { return files_; }

 private:
  std::string PathOf(const scanner::RunDocument& document);

  Options options_;
  const std::vector<WantedLabel>& labels_;
  std::vector<std::string> files_;
  std::map<std::string, int> copies_;  // of pictures, by the path of the first
  std::size_t arrived_ = 0;
};

// A printer at a raw port (ZPL and EPL, a label a document) or one that speaks IPP;
// `authority_file`: whom to trust with TLS, empty: the system's. Faults of raw_printer.h and
// ipp_printer.h.
scanner::Outcome<std::unique_ptr<LabelDestination>> OpenPrinter(
    const scanner::PrinterAddress& address, scanner::DocumentFormat format,
    const std::string& authority_file);

}  // namespace radyab::cli
