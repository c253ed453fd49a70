// Pictures for tests: symbols of every symbology as libzint draws them, and what printing and
// photographing does to them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// What libzint is told, and what a reader must say.
struct SampleSymbol {
  Symbology symbology;
  int zint_symbology;  // a BARCODE_ number of zint.h
  std::string to_encode;
  bool gs1;
  std::string aim;
  std::string text;
  int eci = 0;            // of the message; 0 for none
  bool bytes = false;     // the message is bytes, not UTF-8
  int zint_option_2 = 0;  // as zint.h tells for the symbology: the size of a Data Matrix …
};

// One sample a symbology, all seventeen.
std::vector<SampleSymbol> SampleSymbols();

// Drawn by libzint's own raster writer with quiet zones and four pixels a module; fails the test
// when libzint refuses.
GreyPicture DrawSample(const SampleSymbol& sample);

// `picture` in the middle of a white one, `margin` pixels wider on each side.
GreyPicture OnPaper(const GreyPicture& picture, int margin);
// Two pictures side by side on white, `gap` pixels between them.
GreyPicture SideBySide(const GreyPicture& left, const GreyPicture& right, int gap);
// Turned clockwise about its middle by any angle, on a white ground large enough.
GreyPicture Turned(const GreyPicture& picture, double degrees);
// Less detail, as a lens out of focus gives: the 3 x 3 mean.
GreyPicture Softened(const GreyPicture& picture);
// Black below `threshold`, else white.
GreyPicture OneBit(const GreyPicture& picture, int threshold = 128);
// Each pixel up to `strength` lighter or darker; the same seed gives the same picture.
GreyPicture Grained(const GreyPicture& picture, int strength, std::uint32_t seed);

// The picture as a PNG file's bytes.
std::string PngBytes(const GreyPicture& picture);

// A folder that exists as long as this object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }
  // Writes a file (folders on the way are made) and answers its path.
  std::string Write(const std::string& name, std::string_view bytes) const;

 private:
  std::string path_;
};

}  // namespace radyab::scanner
