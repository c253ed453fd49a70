#include "scanner/labels/printer_address.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace radyab::scanner {
namespace {

constexpr std::string_view kRawScheme = "socket://";
constexpr std::string_view kIppScheme = "ipp://";
constexpr std::string_view kIppsScheme = "ipps://";
constexpr int kRawPort = 9100;
constexpr int kIppPort = 631;
constexpr std::size_t kHostBytesMax = 253;

ScanFault BadAddress(std::string_view text, std::string_view why) {
  return {FaultKind::kBadPrinterAddress, "printer \"" + std::string(text) +
                                             "\": " + std::string(why) +
                                             ", want socket://HOST:9100, ipp://HOST:631/PATH or "
                                             "ipps://HOST:631/PATH"};
}

bool IsHost(std::string_view host) {
  return !host.empty() && host.size() <= kHostBytesMax &&
         std::all_of(host.begin(), host.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-' || c == '_' || c == ':';
         });
}

bool IsPath(std::string_view path) {
  return std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

std::optional<int> PortOf(std::string_view text) {
  int port = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  if (port < 1 || port > 65535) return std::nullopt;
  return port;
}

}  // namespace

std::string PrinterAddress::Text() const {
  const bool brackets = host.find(':') != std::string::npos;
  const std::string_view ipp = tls ? kIppsScheme : kIppScheme;
  return std::string(protocol == PrinterProtocol::kRaw ? kRawScheme : ipp) +
         (brackets ? "[" + host + "]" : host) + ":" + std::to_string(port) + path;
}

Outcome<PrinterAddress> ParsePrinterAddress(std::string_view text) {
  PrinterAddress address;
  std::string_view rest = text;
  if (text.starts_with(kRawScheme)) {
    address.port = kRawPort;
    rest.remove_prefix(kRawScheme.size());
  } else if (text.starts_with(kIppScheme) || text.starts_with(kIppsScheme)) {
    address.protocol = PrinterProtocol::kIpp;
    address.tls = text.starts_with(kIppsScheme);
    address.port = kIppPort;
    rest.remove_prefix((address.tls ? kIppsScheme : kIppScheme).size());
  } else {
    return BadAddress(text, "it begins with none of socket://, ipp:// and ipps://");
  }
  const std::size_t slash = rest.find('/');
  const std::string_view path = slash == std::string_view::npos ? "" : rest.substr(slash);
  rest = rest.substr(0, slash);
  if (address.protocol == PrinterProtocol::kRaw && !path.empty() && path != "/")
    return BadAddress(text, "a raw port has no path");
  if (!IsPath(path)) return BadAddress(text, "a path of other than ASCII letters and marks");
  if (address.protocol == PrinterProtocol::kIpp) address.path = path.empty() ? "/" : path;
  std::string_view host = rest;
  std::string_view port;
  if (rest.starts_with('[')) {
    const std::size_t end = rest.find(']');
    if (end == std::string_view::npos) return BadAddress(text, "a bracket that is not closed");
    host = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    if (!rest.empty() && !rest.starts_with(':')) return BadAddress(text, "text behind a bracket");
    port = rest;
  } else if (const std::size_t colon = rest.find(':'); colon != std::string_view::npos) {
    host = rest.substr(0, colon);
    port = rest.substr(colon);
  }
  if (!IsHost(host)) return BadAddress(text, "it names no host");
  address.host = host;
  if (!port.empty()) {
    const auto number = PortOf(port.substr(1));
    if (!number) return BadAddress(text, "the port is no number from 1 to 65535");
    address.port = *number;
  }
  return address;
}

}  // namespace radyab::scanner
