// How a process and its radyab-decode talk: messages with a length before them, over one stream.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/scan_fault.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// A message is: length of what follows (4 bytes, little-endian), kind (1 byte), body. The body of a
// request begins with the processor time that its reading may take, in milliseconds; numbers have 4
// bytes, little-endian.
//   kHello   worker -> parent, once at start: kDecodeGreeting
//   kFile    parent -> worker: path of a picture file
//   kFrame   parent -> worker: width, height, then the grey pixels
//   kBytes   parent -> worker: all bytes of a picture file
//   kPage    parent -> worker: number of a page, 1 the first, then the path of a PDF file
//   kExpected parent -> worker: number of a Symbology, then as kFrame: one such symbol alone
//   kSymbols worker -> parent: what was found as JSON (SymbolsJson of picture_reading.h)
//   kFault   worker -> parent: fault kind (1 byte), then its message
enum class MessageKind : std::uint8_t {
  kHello = 1,
  kFile = 2,
  kFrame = 3,
  kSymbols = 4,
  kFault = 5,
  kBytes = 6,
  kPage = 7,
  kExpected = 8
};

inline constexpr std::string_view kDecodeGreeting = "radyab-decode 4";
// The longest body: a picture file (kPictureFileBytesMax) or the pixels of the largest frame.
inline constexpr std::uint32_t kMessageBytesMax = (std::uint32_t{128} << 20) + 64;
inline constexpr std::uint32_t kPathBytesMax = 4096;
inline constexpr std::size_t kNumberBytes = 4;

// Longest time that a parent waits for an answer. A worker whose parent is gone may still hang over
// its last picture: after the longer time its own alarm ends it.
inline constexpr int kAnswerMillisecondsMax = 50'000;
inline constexpr unsigned kAnswerSecondsMax = 60;

struct Message {
  MessageKind kind = MessageKind::kHello;
  std::string body;
};

// The four bytes of a length, and back (`bytes` has four).
std::string LengthBytes(std::uint32_t length);
std::uint32_t LengthOfBytes(std::string_view bytes);

// Everything of a message before its body.
std::string MessageHead(MessageKind kind, std::size_t body_bytes);

// The body of kFrame between its limit of time and its pixels.
std::string FrameHead(int width, int height);
// The picture in the body of kFrame after its limit of time; nothing when sizes are out of range or
// do not agree with the pixels.
std::optional<GreyPicture> ParseFrame(std::string_view body);

// The body of kFault, and back; nothing when it is none.
std::string FaultBody(const ScanFault& fault);
std::optional<ScanFault> ParseFault(std::string_view body);

// A short name for bytes, to find the same frame again in logs: 16 hex digits of FNV-1a, 64 bits.
std::string BytesHash(std::string_view bytes);

}  // namespace radyab::scanner
