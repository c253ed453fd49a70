// Printing by the Internet Printing Protocol: a document is a job that the printer takes or
// refuses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scanner/labels/printer_address.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

struct IppPrinterOptions {
  int connect_milliseconds_max = 10'000;
  // Longest wait for the printer to take a piece of the document, or to answer, in milliseconds.
  int answer_milliseconds_max = 60'000;
  // Of TLS: a PEM file with the certificates to trust; empty: those of the system.
  std::string authority_file = {};
};

// Sends one document as a Print-Job request and answers the number of the job. The printer has
// taken the whole document when there is no fault. With TLS its certificate must be one of the
// host by an authority that is trusted, before a byte is sent. Faults: kPrinterUnreachable, nothing
// was sent (with a certificate that is not trusted: what is wrong with it);
// kPrinterRefused with the printer's own words (an HTTP status other than 200 too); kPrinterLost,
// the connection ended without an answer: whether the job was taken is not known.
// Thread rule: any thread.
Outcome<std::int32_t> PrintByIpp(const PrinterAddress& address, const std::string& job_name,
                                 const std::string& document_format, std::string_view document,
                                 const IppPrinterOptions& options = {});

}  // namespace radyab::scanner
