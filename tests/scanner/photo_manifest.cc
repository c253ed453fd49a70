#include "tests/scanner/photo_manifest.h"

#include <fstream>

#include "scanner/message_text.h"

namespace radyab::scanner {
namespace {

std::string Unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 4) == "<GS>") {
      plain += '\x1D';
      i += 3;
    } else if (text[i] == '\\' && i + 1 < text.size()) {
      const char kind = text[++i];
      plain += kind == 't'   ? '\t'
               : kind == 'r' ? '\r'
               : kind == 'n' ? '\n'
               : kind == '0' ? '\0'
                             : kind;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

}  // namespace

std::vector<Photo> ReadPhotoManifest(const std::string& folder) {
  std::vector<Photo> photos;
  std::ifstream file(folder + "/manifest.tsv");
  std::string line;
  std::getline(file, line);  // the header
  while (std::getline(file, line)) {
    Photo photo;
    std::string* const columns[] = {&photo.path, &photo.symbology, &photo.kind, &photo.expected};
    std::size_t at = 0;
    for (std::string* column : columns) {
      const std::size_t tab = column == &photo.expected ? line.size() : line.find('\t', at);
      const std::size_t end = tab == std::string::npos ? line.size() : tab;
      *column = line.substr(at, end - at);
      at = std::min(line.size(), end + 1);
    }
    photo.expected = Unescaped(photo.expected);
    if (!photo.path.empty()) photos.push_back(photo);
  }
  return photos;
}

std::string NormalText(std::string_view symbology, std::string_view text) {
  std::string normal(text);
  if (symbology == "UPCE") normal = ExpandUpcE(normal);
  if (symbology == "UPCE" || symbology == "UPCA" || symbology == "EAN13" || symbology == "EAN8") {
    normal.erase(0, std::min(normal.find_first_not_of('0'), normal.size()));
  }
  const bool databar = symbology == "DataBar" || symbology == "DataBarExpanded";
  std::string kept;
  for (std::size_t i = 0; i < normal.size(); ++i) {
    const char c = normal[i];
    if (databar && (c == '(' || c == ')' || c == '\x1D')) continue;
    if (c == '\r' && i + 1 < normal.size() && normal[i + 1] == '\n') continue;
    kept += c;
  }
  return kept;
}

}  // namespace radyab::scanner
