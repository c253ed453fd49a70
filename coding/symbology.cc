#include "coding/symbology.h"

#include <algorithm>

#include "coding/gs1_characters.h"

namespace radyab::coding {
namespace {

struct Named {
  std::string_view identifier;  // "]d2", or "]d" for all other modifiers
  std::string_view name;
  SymbologyUse use = SymbologyUse::kAnything;
};

// Identifiers with a meaning of their own come before their letter.
constexpr Named kSymbologies[] = {
    {"]A", "Code 39"},
    {"]B", "Telepen"},
    {"]C1", "GS1-128", SymbologyUse::kElements},
    {"]C", "Code 128"},
    {"]D", "Code One"},
    {"]E0", "EAN/UPC", SymbologyUse::kGtin},
    {"]E1", "EAN/UPC add-on of two digits", SymbologyUse::kAddOn},
    {"]E2", "EAN/UPC add-on of five digits", SymbologyUse::kAddOn},
    {"]E3", "EAN/UPC with add-on", SymbologyUse::kGtinPlus},
    {"]E4", "EAN-8", SymbologyUse::kGtin},
    {"]F", "Codabar"},
    {"]G", "Code 93"},
    {"]H", "Code 11"},
    {"]I", "Interleaved 2 of 5", SymbologyUse::kItf},
    {"]J1", "GS1 DotCode", SymbologyUse::kElements},
    {"]J4", "GS1 DotCode", SymbologyUse::kElements},  // with character sets named (ECI)
    {"]J", "DotCode"},
    {"]K1", "GS1 Code 16K", SymbologyUse::kElements},
    {"]K", "Code 16K"},
    {"]L3", "GS1 MicroPDF417", SymbologyUse::kElements},
    {"]L", "PDF417"},
    {"]M", "MSI"},
    {"]N", "Anker"},
    {"]O5", "GS1 Codablock F", SymbologyUse::kElements},
    {"]O", "Codablock"},
    {"]P", "Plessey"},
    {"]Q3", "GS1 QR Code", SymbologyUse::kElements},
    {"]Q4", "GS1 QR Code", SymbologyUse::kElements},  // with ECI
    {"]Q", "QR Code"},
    {"]R", "Straight 2 of 5 (two bars)"},
    {"]S", "Straight 2 of 5 (three bars)"},
    {"]T", "Code 49"},
    {"]U", "MaxiCode"},
    {"]X", "other bar code"},
    {"]Y", "system expansion"},
    {"]Z", "no bar code"},
    {"]c", "Channel Code"},
    {"]d2", "GS1 DataMatrix", SymbologyUse::kElements},
    {"]d5", "GS1 DataMatrix", SymbologyUse::kElements},  // with ECI
    {"]d", "Data Matrix"},
    {"]e0", "GS1 DataBar", SymbologyUse::kElements},
    {"]e1", "GS1 Composite", SymbologyUse::kElements},
    {"]e2", "GS1 Composite", SymbologyUse::kElements},
    {"]e", "GS1 Composite"},
    {"]g", "Grid Matrix"},
    {"]h", "Han Xin Code"},
    {"]o", "optical characters"},
    {"]p", "PosiCode"},
    {"]s", "SuperCode"},
    {"]z1", "GS1 Aztec Code", SymbologyUse::kElements},
    {"]z4", "GS1 Aztec Code", SymbologyUse::kElements},  // with ECI
    {"]z7", "GS1 Aztec Code", SymbologyUse::kElements},  // of several symbols
    {"]zA", "GS1 Aztec Code", SymbologyUse::kElements},
    {"]z", "Aztec Code"},
};

const Named* Find(std::string_view identifier) {
  const auto* found = std::ranges::find_if(kSymbologies, [&](const Named& row) {
    return !identifier.empty() && identifier.substr(0, row.identifier.size()) == row.identifier;
  });
  return found == std::ranges::end(kSymbologies) ? nullptr : found;
}

bool IsLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

std::string_view SymbologyOf(std::string_view bytes) {
  if (bytes.size() < 3 || bytes[0] != ']') return {};
  const bool right = IsLetter(bytes[1]) && (IsLetter(bytes[2]) || IsDigit(bytes[2]));
  return right ? bytes.substr(0, 3) : std::string_view();
}

SymbologyUse UseOfSymbology(std::string_view identifier) {
  const Named* row = Find(identifier);
  return row == nullptr ? SymbologyUse::kAnything : row->use;
}

std::string_view SymbologyName(std::string_view identifier) {
  const Named* row = Find(identifier);
  return row == nullptr ? std::string_view() : row->name;
}

}  // namespace radyab::coding
