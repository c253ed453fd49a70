// Messages of the Internet Printing Protocol, encoded and read (RFC 8010; operations and status
// codes: RFC 8011).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace radyab::scanner {

// What a Print-Job request says before its document.
struct IppPrintJob {
  std::string printer_uri;
  std::string user_name;
  std::string job_name;
  std::string document_format;  // a media type: "application/pdf"
  std::uint32_t request_id = 1;
};

// The bytes that stand before the document.
std::string WritePrintJob(const IppPrintJob& job);

// What a printer answers.
struct IppAnswer {
  std::uint16_t status = 0;    // below 0x0100 the job was taken
  std::string status_message;  // in the printer's words; may be empty
  std::int32_t job_id = 0;     // 0 when it names none
  std::int32_t job_state = 0;  // 3 pending … 7 canceled, 8 aborted, 9 completed; 0 when not told
  std::string job_state_reasons;

  bool Taken() const { return status < 0x0100 && job_state != 7 && job_state != 8; }
};

// Nothing when the bytes are no IPP answer, or are cut short.
std::optional<IppAnswer> ReadIppAnswer(std::string_view bytes);

// A status as people know it: "client-error-document-format-not-supported"; "status 0x0499" for one
// that we do not know.
std::string IppStatusName(std::uint16_t status);

}  // namespace radyab::scanner
