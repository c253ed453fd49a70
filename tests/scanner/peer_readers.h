// Other readers of the same pictures, to compare with.
#pragma once

#include <string>
#include <vector>

namespace radyab::scanner {

// True when zbarimg (Debian: zbar-tools) is installed.
bool HasZbar();

// What zbarimg reads in a picture file: its whole answer, and each of its lines.
std::vector<std::string> ZbarTexts(const std::string& path);

// What ZXing-cpp reads in it by one thorough call under hints that do not abort, and one for
// DataBar: nothing of our passes. Each as SYMBOLOGY and text.
struct PeerText {
  std::string symbology;
  std::string text;
};
std::vector<PeerText> ZxingTexts(const std::string& path);

}  // namespace radyab::scanner
