#include "tests/scanner/peer_readers.h"

#include <cstdio>
#include <cstdlib>

#include "scanner/picture_file.h"
#include "scanner/zxing_reader.h"

namespace radyab::scanner {
namespace {

std::string Quoted(const std::string& path) {
  std::string quoted = "'";
  for (const char c : path) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

bool HasZbar() { return std::system("command -v zbarimg >/dev/null 2>&1") == 0; }

std::vector<std::string> ZbarTexts(const std::string& path) {
  const std::string command = "zbarimg --quiet --raw " + Quoted(path) + " 2>/dev/null";
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::string all;
  char piece[4096];
  for (std::size_t got = 0; (got = std::fread(piece, 1, sizeof piece, pipe)) > 0;) {
    all.append(piece, got);
  }
  ::pclose(pipe);
  std::vector<std::string> texts;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find('\n', at), all.size());
    texts.push_back(all.substr(at, end - at));
    at = end + 1;
  }
  if (!all.empty()) texts.push_back(all.substr(0, all.size() - 1));
  return texts;
}

std::vector<PeerText> ZxingTexts(const std::string& path) {
  const auto bytes = ReadPictureBytes(path);
  if (!bytes) return {};
  const auto picture = DecodePicture(*bytes);
  if (!picture) return {};
  std::vector<PeerText> texts;
  for (const SymbolSet set : {SymbolSet::kAllButDataBar, SymbolSet::kDataBar}) {
    const auto symbol = ReadOneSymbol(*picture, {set, Effort::kThorough, Threshold::kLocal, 2});
    if (symbol) texts.push_back({std::string(SymbologyName(symbol->symbology)), symbol->text});
  }
  return texts;
}

}  // namespace radyab::scanner
