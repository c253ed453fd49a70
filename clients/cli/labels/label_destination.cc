#include "clients/cli/labels/label_destination.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "clients/cli/label_facts.h"
#include "scanner/labels/ipp_printer.h"
#include "scanner/labels/raw_printer.h"

namespace radyab::cli {
namespace {

using scanner::DocumentFormat;
using scanner::FaultKind;
using scanner::Outcome;
using scanner::RunDocument;
using scanner::ScanFault;

// Writes a file beside its place and moves it there. False with `errno` set.
bool WriteWhole(const std::filesystem::path& path, const std::string& bytes) {
  std::error_code fault;
  if (!path.parent_path().empty()) std::filesystem::create_directories(path.parent_path(), fault);
  const std::filesystem::path unfinished = path.string() + ".part";
  std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (file && std::rename(unfinished.c_str(), path.c_str()) == 0) return true;
  const int error = errno;
  std::filesystem::remove(unfinished, fault);
  errno = error;
  return false;
}

class RawDestination : public LabelDestination {
 public:
  explicit RawDestination(std::unique_ptr<scanner::RawPrinter> printer)
      : printer_(std::move(printer)) {}
  std::optional<ScanFault> Take(const RunDocument& document) override {
    return printer_->Send(document.bytes);
  }
  std::optional<ScanFault> Finish() override { return printer_->Finish(); }
  std::size_t arrived() const override { return printer_->arrived(); }

 private:
  std::unique_ptr<scanner::RawPrinter> printer_;
};

class IppDestination : public LabelDestination {
 public:
  IppDestination(scanner::PrinterAddress address, DocumentFormat format,
                 const std::string& authority_file)
      : address_(std::move(address)),
        media_type_(format == DocumentFormat::kPdf ? "application/pdf"
                                                   : "application/octet-stream") {
    options_.authority_file = authority_file;
  }
  std::optional<ScanFault> Take(const RunDocument& document) override {
    const std::string name = "labels " + std::to_string(document.first + 1) + "-" +
                             std::to_string(document.first + document.count);
    const auto job = scanner::PrintByIpp(address_, name, media_type_, document.bytes, options_);
    if (!job) return job.fault();
    arrived_ += document.count;
    return std::nullopt;
  }
  std::size_t arrived() const override { return arrived_; }

 private:
  scanner::PrinterAddress address_;
  std::string media_type_;
  scanner::IppPrinterOptions options_;
  std::size_t arrived_ = 0;
};

}  // namespace

std::string FileDestination::PathOf(const RunDocument& document) {
  const std::filesystem::path out = options_.out;
  const std::string ending = "." + std::string(scanner::FormatWord(options_.format));
  if (scanner::HoldsOneLabel(options_.format)) {
    const auto path_with = [&](const std::string& end) {
      return (out / LabelFileName(labels_[document.first].object, end)).string();
    };
    // Copies of one label have a number each.
    const int copy = ++copies_[path_with(ending)];
    return path_with(copy == 1 ? ending : "-" + std::to_string(copy) + ending);
  }
  if (options_.documents == 1) return out.string();
  char number[24];
  std::snprintf(number, sizeof number, "-%03zu", document.number + 1);
  std::filesystem::path path = out;
  path.replace_extension();
  return path.string() + number + (out.has_extension() ? out.extension().string() : ending);
}

std::optional<ScanFault> FileDestination::Take(const RunDocument& document) {
  const std::string path = PathOf(document);
  if (!WriteWhole(path, document.bytes)) {
    return ScanFault{FaultKind::kFileUnreadable,
                     "file \"" + path + "\" cannot be written: " + std::strerror(errno)};
  }
  files_.push_back(path);
  arrived_ += document.count;
  return std::nullopt;
}

Outcome<std::unique_ptr<LabelDestination>> OpenPrinter(const scanner::PrinterAddress& address,
                                                       DocumentFormat format,
                                                       const std::string& authority_file) {
  if (address.protocol == scanner::PrinterProtocol::kIpp)
    return std::unique_ptr<LabelDestination>(
        std::make_unique<IppDestination>(address, format, authority_file));
  auto printer = scanner::RawPrinter::Connect(address);
  if (!printer) return printer.fault();
  return std::unique_ptr<LabelDestination>(
      std::make_unique<RawDestination>(std::move(printer).value()));
}

}  // namespace radyab::cli
