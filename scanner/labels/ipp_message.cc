#include "scanner/labels/ipp_message.h"

#include <cstdio>

namespace radyab::scanner {
namespace {

constexpr char kVersion[] = {1, 1};
constexpr std::uint16_t kPrintJob = 0x0002;

// Delimiters and value tags (RFC 8010, section 3.5).
constexpr std::uint8_t kOperationGroup = 0x01;
constexpr std::uint8_t kEndOfAttributes = 0x03;
constexpr std::uint8_t kFirstValueTag = 0x10;
constexpr std::uint8_t kInteger = 0x21;
constexpr std::uint8_t kEnum = 0x23;
constexpr std::uint8_t kNameWithoutLanguage = 0x42;
constexpr std::uint8_t kUri = 0x45;
constexpr std::uint8_t kCharset = 0x47;
constexpr std::uint8_t kNaturalLanguage = 0x48;
constexpr std::uint8_t kMimeMediaType = 0x49;

constexpr std::size_t kNameBytesMax = 255;  // of type name (RFC 8011, section 5.1.3)

constexpr struct {
  std::uint16_t status;
  std::string_view name;
} kStatusNames[] = {
    {0x0400, "client-error-bad-request"},
    {0x0401, "client-error-forbidden"},
    {0x0402, "client-error-not-authenticated"},
    {0x0403, "client-error-not-authorized"},
    {0x0404, "client-error-not-possible"},
    {0x0405, "client-error-timeout"},
    {0x0406, "client-error-not-found"},
    {0x0407, "client-error-gone"},
    {0x0408, "client-error-request-entity-too-large"},
    {0x0409, "client-error-request-value-too-long"},
    {0x040A, "client-error-document-format-not-supported"},
    {0x040B, "client-error-attributes-or-values-not-supported"},
    {0x040D, "client-error-charset-not-supported"},
    {0x0500, "server-error-internal-error"},
    {0x0501, "server-error-operation-not-supported"},
    {0x0502, "server-error-service-unavailable"},
    {0x0503, "server-error-version-not-supported"},
    {0x0504, "server-error-device-error"},
    {0x0505, "server-error-temporary-error"},
    {0x0506, "server-error-not-accepting-jobs"},
    {0x0507, "server-error-busy"},
    {0x0508, "server-error-job-canceled"},
};

void AppendShort(std::string& bytes, std::size_t number) {
  bytes += static_cast<char>(number >> 8 & 0xFF);
  bytes += static_cast<char>(number & 0xFF);
}

void AppendAttribute(std::string& bytes, std::uint8_t tag, std::string_view name,
                     std::string_view value) {
  bytes += static_cast<char>(tag);
  AppendShort(bytes, name.size());
  bytes += name;
  AppendShort(bytes, value.size());
  bytes += value;
}

// A name of at most 255 bytes, cut between letters.
std::string_view ShortName(std::string_view name) {
  if (name.size() <= kNameBytesMax) return name;
  std::size_t end = kNameBytesMax;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return name.substr(0, end);
}

// Takes numbers and texts from the front; once something is missing nothing is good any more.
class Bytes {
 public:
  explicit Bytes(std::string_view rest) : rest_(rest) {}
  bool good() const { return good_; }

  std::uint32_t Number(std::size_t size) {
    std::uint32_t number = 0;
    for (const char c : Text(size)) number = number << 8 | static_cast<unsigned char>(c);
    return number;
  }

  std::string_view Text(std::size_t size) {
    if (rest_.size() < size) good_ = false;
    const std::string_view text = good_ ? rest_.substr(0, size) : "";
    rest_.remove_prefix(text.size());
    return text;
  }

 private:
  std::string_view rest_;
  bool good_ = true;
};

std::int32_t NumberOf(std::string_view value) {
  return static_cast<std::int32_t>(Bytes(value).Number(4));
}

void Take(IppAnswer& answer, std::uint8_t tag, std::string_view name, std::string_view value) {
  if (name == "status-message") answer.status_message = value;
  if (name == "job-state-reasons") answer.job_state_reasons = value;
  if (value.size() != 4) return;
  if (name == "job-id" && tag == kInteger) answer.job_id = NumberOf(value);
  if (name == "job-state" && tag == kEnum) answer.job_state = NumberOf(value);
}

}  // namespace

std::string WritePrintJob(const IppPrintJob& job) {
  std::string bytes(kVersion, sizeof kVersion);
  AppendShort(bytes, kPrintJob);
  AppendShort(bytes, job.request_id >> 16);
  AppendShort(bytes, job.request_id & 0xFFFF);
  bytes += static_cast<char>(kOperationGroup);
  // These two stand first, in this order (RFC 8011, section 4.1.4).
  AppendAttribute(bytes, kCharset, "attributes-charset", "utf-8");
  AppendAttribute(bytes, kNaturalLanguage, "attributes-natural-language", "en");
  AppendAttribute(bytes, kUri, "printer-uri", job.printer_uri);
  AppendAttribute(bytes, kNameWithoutLanguage, "requesting-user-name", ShortName(job.user_name));
  AppendAttribute(bytes, kNameWithoutLanguage, "job-name", ShortName(job.job_name));
  AppendAttribute(bytes, kMimeMediaType, "document-format", job.document_format);
  bytes += static_cast<char>(kEndOfAttributes);
  return bytes;
}

std::optional<IppAnswer> ReadIppAnswer(std::string_view text) {
  Bytes bytes(text);
  IppAnswer answer;
  bytes.Number(2);
  answer.status = static_cast<std::uint16_t>(bytes.Number(2));
  bytes.Number(4);
  while (bytes.good()) {
    const auto tag = static_cast<std::uint8_t>(bytes.Number(1));
    if (tag == kEndOfAttributes && bytes.good()) return answer;
    if (tag < kFirstValueTag) continue;  // a group begins
    const std::string_view name = bytes.Text(bytes.Number(2));
    const std::string_view value = bytes.Text(bytes.Number(2));
    if (bytes.good()) Take(answer, tag, name, value);
  }
  return std::nullopt;
}

std::string IppStatusName(std::uint16_t status) {
  for (const auto& row : kStatusNames) {
    if (row.status == status) return std::string(row.name);
  }
  char text[32];
  std::snprintf(text, sizeof text, "status 0x%04x", status);
  return text;
}

}  // namespace radyab::scanner
