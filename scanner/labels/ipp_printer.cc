#include "scanner/labels/ipp_printer.h"

#include <httplib.h>

#include "scanner/labels/ipp_message.h"

namespace radyab::scanner {
namespace {

constexpr std::string_view kUserName = "radyab";
// An answer is a few hundred bytes.
constexpr std::size_t kAnswerBytesMax = 1 << 20;

void SetLimits(httplib::Client& client, const IppPrinterOptions& options) {
  client.set_connection_timeout(std::chrono::milliseconds(options.connect_milliseconds_max));
  client.set_read_timeout(std::chrono::milliseconds(options.answer_milliseconds_max));
  client.set_write_timeout(std::chrono::milliseconds(options.answer_milliseconds_max));
}

ScanFault Fault(FaultKind kind, const PrinterAddress& address, const std::string& what) {
  return {kind, "printer " + address.Text() + " " + what};
}

// Faults before a byte of the request was sent are told apart from those after it.
ScanFault NoAnswer(const PrinterAddress& address, httplib::Error error) {
  const bool unsent =
      error == httplib::Error::Connection || error == httplib::Error::ConnectionTimeout;
  return Fault(unsent ? FaultKind::kPrinterUnreachable : FaultKind::kPrinterLost, address,
               (unsent ? "cannot be reached: " : "ended the connection without an answer: ") +
                   httplib::to_string(error));
}

}  // namespace

Outcome<std::int32_t> PrintByIpp(const PrinterAddress& address, const std::string& job_name,
                                 const std::string& document_format, std::string_view document,
                                 const IppPrinterOptions& options) {
  httplib::Client client(address.host, address.port);
  SetLimits(client, options);
  IppPrintJob job;
  job.printer_uri = address.Text();
  job.user_name = kUserName;
  job.job_name = job_name;
  job.document_format = document_format;
  std::string body = WritePrintJob(job);
  body += document;
  const httplib::Result answer = client.Post(address.path, body, "application/ipp");
  if (!answer) return NoAnswer(address, answer.error());
  if (answer->status != 200) {
    return Fault(FaultKind::kPrinterRefused, address,
                 "refuses the job: HTTP status " + std::to_string(answer->status));
  }
  const auto read =
      answer->body.size() <= kAnswerBytesMax ? ReadIppAnswer(answer->body) : std::nullopt;
  if (!read) return Fault(FaultKind::kPrinterLost, address, "does not answer by IPP");
  if (!read->Taken()) {
    std::string why = read->status >= 0x0100 ? IppStatusName(read->status)
                                             : "the job ended at once, " + read->job_state_reasons;
    if (!read->status_message.empty()) why += " (" + read->status_message + ")";
    return Fault(FaultKind::kPrinterRefused, address, "refuses the job: " + why);
  }
  return read->job_id;
}

}  // namespace radyab::scanner
