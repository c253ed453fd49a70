#include "grpc/tls/deny_list.h"

#include <algorithm>
#include <cctype>

#include "grpc/tls/certificate.h"

namespace radyab::rpc {
namespace {

constexpr std::string_view kFingerprint = "sha256:";
constexpr std::string_view kSerial = "serial:";
constexpr std::size_t kFingerprintDigits = 64;
constexpr std::size_t kSerialDigitsMax = 40;  // RFC 5280, section 4.1.2.2: 20 bytes

std::string_view Trimmed(std::string_view line) {
  line = line.substr(0, line.find('#'));
  const std::size_t begin = line.find_first_not_of(" \t\r");
  if (begin == line.npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

// Hex digits in lower case without the colons between them; empty for anything else.
std::string HexDigits(std::string_view text) {
  std::string digits;
  for (const char letter : text) {
    if (letter == ':') continue;
    if (std::isxdigit(static_cast<unsigned char>(letter)) == 0) return "";
    digits.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(letter))));
  }
  return digits;
}

// Those behind `prefix`; empty as well for a line that does not begin with it.
std::string DigitsBehind(std::string_view prefix, std::string_view line) {
  return line.starts_with(prefix) ? HexDigits(line.substr(prefix.size())) : "";
}

}  // namespace

absl::StatusOr<DenyList> DenyList::Parse(std::string_view text) {
  if (text.size() > kDenyListBytesMax) {
    return absl::FailedPreconditionError("has more than 1 MiB");
  }
  DenyList list;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const std::string fingerprint = DigitsBehind(kFingerprint, line);
    const std::string serial = DigitsBehind(kSerial, line);
    if (fingerprint.size() == kFingerprintDigits) {
      list.fingerprints_.insert(fingerprint);
    } else if (!serial.empty() && serial.size() <= kSerialDigitsMax) {
      list.serials_.insert(serial.substr(std::min(serial.find_first_not_of('0'), serial.size())));
    } else {
      return absl::FailedPreconditionError("line " + std::to_string(number) + ": \"" +
                                           std::string(line.substr(0, 80)) +
                                           "\" is neither sha256: with 64 hex digits nor serial: "
                                           "with at most 40");
    }
  }
  return list;
}

bool DenyList::Has(const X509& certificate) const {
  return fingerprints_.contains(FingerprintOf(certificate)) ||
         (!serials_.empty() && serials_.contains(SerialOf(certificate)));
}

}  // namespace radyab::rpc
