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
    const std::string digits = HexDigits(line.substr(std::min(kSerial.size(), line.size())));
    if (line.starts_with(kFingerprint) && digits.size() == kFingerprintDigits) {
      list.fingerprints_.insert(digits);
    } else if (line.starts_with(kSerial) && !digits.empty() && digits.size() <= kSerialDigitsMax) {
      list.serials_.insert(digits.substr(std::min(digits.find_first_not_of('0'), digits.size())));
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
