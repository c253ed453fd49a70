// The plain formats without compression: BMP and PNM (P4 bits, P5 grey, P6 colour).
#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "scanner/picture_formats.h"

namespace radyab::scanner {
namespace {

std::uint32_t Little(std::string_view bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = size - 1; i >= 0; --i) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
  return value;
}

// A number of a PNM header, after white space and comments; nothing when there is none.
std::optional<std::int64_t> HeaderNumber(std::string_view bytes, std::size_t* at) {
  while (*at < bytes.size() &&
         (std::isspace(static_cast<unsigned char>(bytes[*at])) || bytes[*at] == '#')) {
    if (bytes[*at] == '#') {
      while (*at < bytes.size() && bytes[*at] != '\n') ++*at;
    } else {
      ++*at;
    }
  }
  std::int64_t number = -1;
  while (*at < bytes.size() && std::isdigit(static_cast<unsigned char>(bytes[*at])) &&
         number < 100'000'000) {
    number = (number < 0 ? 0 : number) * 10 + (bytes[*at] - '0');
    ++*at;
  }
  if (number < 0) return std::nullopt;
  return number;
}

constexpr std::size_t kBmpFileHeader = 14;
constexpr std::size_t kBmpInfoHeader = 40;
constexpr unsigned kBmpPlain = 0;  // BI_RGB
constexpr unsigned kBmpMasks = 3;  // BI_BITFIELDS: three masks say where red, green and blue stand

struct BmpHead {
  int width = 0;
  int height = 0;
  bool upwards = false;  // the lowest line is stored first
  unsigned bits = 0;
  std::size_t data = 0;
  std::size_t stride = 0;
  std::size_t palette = 0;
  std::size_t colours = 0;
};

ScanFault UnreadBmp(const std::string& form) {
  return {FaultKind::kUnreadForm, "BMP picture " + form +
                                      " is of a form that is not read: want 1, 8, 24 or 32 bits, "
                                      "not packed, blue, green and red in this order"};
}

// True when the masks name the order in which plain pictures of 32 bits have their colours.
bool HasUsualMasks(std::string_view bytes) {
  constexpr std::size_t kMasks = kBmpFileHeader + kBmpInfoHeader;
  return bytes.size() >= kMasks + 12 && Little(bytes, kMasks, 4) == 0x00FF0000 &&
         Little(bytes, kMasks + 4, 4) == 0x0000FF00 && Little(bytes, kMasks + 8, 4) == 0x000000FF;
}

Outcome<BmpHead> ReadBmpHead(std::string_view bytes) {
  const std::size_t header = Little(bytes, kBmpFileHeader, 4);
  if (header == 12) return UnreadBmp("with the header of OS/2");
  if (header < kBmpInfoHeader || bytes.size() < kBmpFileHeader + kBmpInfoHeader ||
      header > bytes.size() - kBmpFileHeader) {
    return DamagedPicture("BMP", "its header cannot be read");
  }
  const auto width = static_cast<std::int32_t>(Little(bytes, 18, 4));
  const auto height_or_down = static_cast<std::int32_t>(Little(bytes, 22, 4));
  const unsigned packing = Little(bytes, 30, 4);
  BmpHead head;
  head.bits = Little(bytes, 28, 2);
  const std::int64_t height = std::abs(static_cast<std::int64_t>(height_or_down));
  if (auto refused = RefuseSize("BMP", width, height)) return *refused;
  const bool usual_bits = head.bits == 1 || head.bits == 8 || head.bits == 24 || head.bits == 32;
  if (!usual_bits || (packing != kBmpPlain && packing != kBmpMasks)) {
    return UnreadBmp("of " + std::to_string(head.bits) + " bits with packing " +
                     std::to_string(packing));
  }
  if (packing == kBmpMasks && (head.bits != 32 || !HasUsualMasks(bytes))) {
    return UnreadBmp("with masks of its own");
  }
  head.width = width;
  head.height = static_cast<int>(height);
  head.upwards = height_or_down > 0;
  head.data = Little(bytes, 10, 4);
  head.palette = kBmpFileHeader + header;
  head.stride = (static_cast<std::size_t>(width) * head.bits + 31) / 32 * 4;
  if (head.bits <= 8) {
    const std::size_t most = std::size_t{1} << head.bits;
    const std::size_t used = Little(bytes, 46, 4);  // 0 stands for all of them
    head.colours = used == 0 ? most : std::min(used, most);
  }
  if (head.data > bytes.size() ||
      (bytes.size() - head.data) / head.stride < static_cast<std::size_t>(height) ||
      head.palette + head.colours * 4 > bytes.size()) {
    return DamagedPicture("BMP", "the file ends too early");
  }
  return head;
}

}  // namespace

Outcome<GreyPicture> DecodePnm(std::string_view bytes) {
  const char kind = bytes[1];
  std::size_t at = 2;
  const auto width = HeaderNumber(bytes, &at);
  const auto height = HeaderNumber(bytes, &at);
  const auto brightest = kind == '4' ? std::optional<std::int64_t>(1) : HeaderNumber(bytes, &at);
  if (!width || !height || !brightest || *brightest < 1 || *brightest > 65535) {
    return DamagedPicture("PNM", "its header cannot be read");
  }
  if (auto refused = RefuseSize("PNM", *width, *height)) return *refused;
  ++at;  // the one white space after the header
  const std::size_t sample = *brightest > 255 ? 2 : 1;
  const std::size_t channels = kind == '6' ? 3 : 1;
  const auto columns = static_cast<std::size_t>(*width);
  const std::size_t stride = kind == '4' ? (columns + 7) / 8 : columns * channels * sample;
  if (at > bytes.size() || (bytes.size() - at) / stride < static_cast<std::size_t>(*height)) {
    return DamagedPicture("PNM", "the file ends too early");
  }
  GreyPicture picture = GreyPicture::Blank(static_cast<int>(*width), static_cast<int>(*height));
  const auto value = [&](std::size_t place) {
    unsigned level = static_cast<std::uint8_t>(bytes[place]);
    if (sample == 2) level = level << 8 | static_cast<std::uint8_t>(bytes[place + 1]);
    return level * 255 / static_cast<unsigned>(*brightest);
  };
  for (int y = 0; y < picture.height; ++y, at += stride) {
    std::uint8_t* row = picture.Row(y);
    for (std::size_t x = 0; x < columns; ++x) {
      if (kind == '4') {
        row[x] = (static_cast<std::uint8_t>(bytes[at + x / 8]) >> (7 - x % 8) & 1) != 0 ? 0 : 255;
      } else if (kind == '5') {
        row[x] = static_cast<std::uint8_t>(std::min(255u, value(at + x * sample)));
      } else {
        const std::size_t place = at + x * 3 * sample;
        row[x] = GreyOfColour(std::min(255u, value(place)), std::min(255u, value(place + sample)),
                              std::min(255u, value(place + 2 * sample)));
      }
    }
  }
  return picture;
}

Outcome<GreyPicture> DecodeBmp(std::string_view bytes) {
  const auto head = ReadBmpHead(bytes);
  if (!head) return head.fault();
  const unsigned bits = head->bits;
  GreyPicture picture = GreyPicture::Blank(head->width, head->height);
  const auto grey_at = [bytes](std::size_t place) {
    const auto part = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[place + i]); };
    return GreyOfColour(part(2), part(1), part(0));
  };
  for (int y = 0; y < picture.height; ++y) {
    const std::size_t line = head->data + head->stride * static_cast<std::size_t>(y);
    std::uint8_t* row = picture.Row(head->upwards ? picture.height - 1 - y : y);
    for (std::size_t x = 0; x < static_cast<std::size_t>(picture.width); ++x) {
      if (bits >= 24) {
        row[x] = grey_at(line + x * (bits / 8));
        continue;
      }
      const auto byte = static_cast<std::uint8_t>(bytes[line + x * bits / 8]);
      const unsigned number = bits == 8 ? byte : byte >> (7 - x % 8) & 1;
      if (number >= head->colours) {
        return DamagedPicture("BMP", "a pixel has a colour that its palette lacks");
      }
      row[x] = grey_at(head->palette + number * 4);
    }
  }
  return picture;
}

}  // namespace radyab::scanner
