// Of ZXing-cpp 2.3: readings and what they answer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ZXing/ReaderOptions.h"

namespace ZXing {

struct PointI {
  int x = 0;
  int y = 0;
};

class Position {
 public:
  const PointI& operator[](int corner) const;
};

enum class ContentType { Text, Binary, Mixed, GS1, ISO15434, UnknownECI };

class ByteArray : public std::vector<std::uint8_t> {};

class Result {
 public:
  bool isValid() const;
  BarcodeFormat format() const;
  const ByteArray& bytes() const;
  std::string text() const;
  ContentType contentType() const;
  const Position& position() const;
  std::string symbologyIdentifier() const;
};

enum class ImageFormat : std::uint32_t { None = 0, Lum = 0x01000000 };

class ImageView {
 public:
  ImageView(const std::uint8_t* data, int width, int height, ImageFormat format);
};

Result ReadBarcode(const ImageView& image, const ReaderOptions& options = {});
std::vector<Result> ReadBarcodes(const ImageView& image, const ReaderOptions& options = {});

}  // namespace ZXing
