// GIF by giflib; of an animation the first frame, laid on the white screen of its size.
#include <gif_lib.h>

#include <algorithm>
#include <cstring>

#include "scanner/picture_formats.h"

namespace radyab::scanner {
namespace {

struct GifBytes {
  std::string_view bytes;
  std::size_t at = 0;
};

int ReadBytes(GifFileType* file, GifByteType* target, int size) {
  auto& source = *static_cast<GifBytes*>(file->UserData);
  const std::size_t taken =
      std::min(static_cast<std::size_t>(size), source.bytes.size() - source.at);
  std::memcpy(target, source.bytes.data() + source.at, taken);
  source.at += taken;
  return static_cast<int>(taken);
}

ScanFault Damaged(int error) {
  const char* why = GifErrorString(error);
  return DamagedPicture("GIF", why != nullptr ? why : "it ends too early");
}

// Reads extensions up to the first frame; the colour number that is transparent, or -1.
bool FindFirstFrame(GifFileType* file, int* transparent) {
  *transparent = NO_TRANSPARENT_COLOR;
  GifRecordType record = UNDEFINED_RECORD_TYPE;
  while (DGifGetRecordType(file, &record) == GIF_OK) {
    if (record == IMAGE_DESC_RECORD_TYPE) return DGifGetImageDesc(file) == GIF_OK;
    if (record == TERMINATE_RECORD_TYPE) return false;
    int function = 0;
    GifByteType* block = nullptr;
    if (DGifGetExtension(file, &function, &block) != GIF_OK) return false;
    while (block != nullptr) {
      GraphicsControlBlock control{};
      if (function == GRAPHICS_EXT_FUNC_CODE &&
          DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK) {
        *transparent = control.TransparentColor;
      }
      if (DGifGetExtensionNext(file, &block) != GIF_OK) return false;
    }
  }
  return false;
}

// The order in which the rows of a frame of that height are stored.
std::vector<int> RowOrder(int height, bool interlaced) {
  std::vector<int> order;
  order.reserve(static_cast<std::size_t>(height));
  constexpr int kFirst[] = {0, 4, 2, 1};
  constexpr int kStep[] = {8, 8, 4, 2};
  for (int part = 0; interlaced && part < 4; ++part) {
    for (int y = kFirst[part]; y < height; y += kStep[part]) order.push_back(y);
  }
  for (int y = 0; !interlaced && y < height; ++y) order.push_back(y);
  return order;
}

Outcome<GreyPicture> ReadFrame(GifFileType* file) {
  int transparent = NO_TRANSPARENT_COLOR;
  if (!FindFirstFrame(file, &transparent)) return Damaged(file->Error);
  const GifImageDesc& frame = file->Image;
  const std::int64_t width =
      std::max<std::int64_t>(file->SWidth, std::int64_t{frame.Left} + frame.Width);
  const std::int64_t height =
      std::max<std::int64_t>(file->SHeight, std::int64_t{frame.Top} + frame.Height);
  if (auto refused = RefuseSize("GIF", width, height)) return *refused;
  if (auto refused = RefuseSize("GIF", frame.Width, frame.Height)) return *refused;
  const ColorMapObject* colours = frame.ColorMap != nullptr ? frame.ColorMap : file->SColorMap;
  if (colours == nullptr) return DamagedPicture("GIF", "it has no colour table");

  GreyPicture picture = GreyPicture::Blank(static_cast<int>(width), static_cast<int>(height));
  std::vector<GifPixelType> line(static_cast<std::size_t>(frame.Width));
  for (const int y : RowOrder(frame.Height, frame.Interlace)) {
    if (DGifGetLine(file, line.data(), frame.Width) != GIF_OK) return Damaged(file->Error);
    std::uint8_t* row = picture.Row(frame.Top + y) + frame.Left;
    for (int x = 0; x < frame.Width; ++x) {
      const int number = line[static_cast<std::size_t>(x)];
      if (number == transparent || number >= colours->ColorCount) continue;
      const GifColorType& colour = colours->Colors[number];
      row[x] = GreyOfColour(colour.Red, colour.Green, colour.Blue);
    }
  }
  return picture;
}

}  // namespace

Outcome<GreyPicture> DecodeGif(std::string_view bytes) {
  GifBytes source{bytes, 0};
  int error = 0;
  GifFileType* file = DGifOpen(&source, ReadBytes, &error);
  if (file == nullptr) return Damaged(error);
  Outcome<GreyPicture> outcome = ReadFrame(file);
  DGifCloseFile(file, &error);
  return outcome;
}

}  // namespace radyab::scanner
