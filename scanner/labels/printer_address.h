// Where a printer is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scanner/scan_fault.h"

namespace radyab::scanner {

enum class PrinterProtocol : std::uint8_t {
  kRaw,  // bytes to a port, commonly 9100: ZPL, EPL
  kIpp,  // jobs by the Internet Printing Protocol, commonly port 631: PDF
};

struct PrinterAddress {
  PrinterProtocol protocol = PrinterProtocol::kRaw;
  std::string host;  // a name, an IPv4 address, or an IPv6 address without its brackets
  int port = 0;
  std::string path;  // of kIpp: "/ipp/print"
  bool tls = false;  // of kIpp: ipps

  // "socket://host:9100", "ipp://host:631/ipp/print", "ipps://host:631/ipp/print".
  std::string Text() const;
};

// Reads "socket://HOST[:9100]", "ipp://HOST[:631][/PATH]" and "ipps://HOST[:631][/PATH]"; an IPv6
// address stands in brackets.
// Fault kBadPrinterAddress, which names the text and what was wanted.
Outcome<PrinterAddress> ParsePrinterAddress(std::string_view text);

}  // namespace radyab::scanner
