// The list of a folder of barcode photographs with the texts they hold, and how texts are compared.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/symbol.h"

namespace radyab::scanner {

// One row of manifest.tsv: path (relative to its folder), symbology, kind and expected text,
// separated by tabs. In the text \t \r \n \0 \\ and <GS> stand for their characters.
struct Photo {
  std::string path;
  std::string symbology;
  std::string kind;  // "positive", "negative" or "no-expected"
  std::string expected;
};

// The rows after the header; empty when the file cannot be read.
std::vector<Photo> ReadPhotoManifest(const std::string& folder);

// A text reduced to what conventions of writing do not change: UPC-E expanded, brackets of DataBar
// and separators gone, no leading zeros for EAN and UPC, LF for CRLF.
std::string NormalText(std::string_view symbology, std::string_view text);

}  // namespace radyab::scanner
