#include "scanner/decode_protocol.h"

#include <cstdio>

namespace radyab::scanner {
std::string LengthBytes(std::uint32_t length) {
  std::string bytes;
  for (std::size_t i = 0; i < kNumberBytes; ++i)
    bytes.push_back(static_cast<char>(length >> (8 * i) & 255));
  return bytes;
}

std::uint32_t LengthOfBytes(std::string_view bytes) {
  std::uint32_t length = 0;
  for (std::size_t i = kNumberBytes; i-- > 0;)
    length = length << 8 | static_cast<unsigned char>(bytes[i]);
  return length;
}

std::string MessageHead(MessageKind kind, std::size_t body_bytes) {
  return LengthBytes(static_cast<std::uint32_t>(body_bytes + 1)) + static_cast<char>(kind);
}

std::string FrameHead(int width, int height) {
  return LengthBytes(static_cast<std::uint32_t>(width)) +
         LengthBytes(static_cast<std::uint32_t>(height));
}

std::optional<GreyPicture> ParseFrame(std::string_view body) {
  if (body.size() < 2 * kNumberBytes) return std::nullopt;
  const std::uint32_t width = LengthOfBytes(body);
  const std::uint32_t height = LengthOfBytes(body.substr(kNumberBytes));
  const std::string_view pixels = body.substr(2 * kNumberBytes);
  if (width < 1 || height < 1 || width > kPictureSideMax || height > kPictureSideMax ||
      std::uint64_t{width} * height != pixels.size()) {
    return std::nullopt;
  }
  return GreyPicture{
      static_cast<int>(width), static_cast<int>(height), {pixels.begin(), pixels.end()}};
}

std::string FaultBody(const ScanFault& fault) {
  return std::string(1, static_cast<char>(fault.kind)) + fault.message;
}

std::optional<ScanFault> ParseFault(std::string_view body) {
  if (body.empty()) return std::nullopt;
  const auto kind = static_cast<std::uint8_t>(body[0]);
  if (kind > static_cast<std::uint8_t>(kLastFaultKind)) return std::nullopt;
  return ScanFault{static_cast<FaultKind>(kind), std::string(body.substr(1))};
}

std::string BytesHash(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

}  // namespace radyab::scanner
