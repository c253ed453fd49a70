#include "scanner/message_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "coding/gs1_characters.h"
#include "coding/utf8_reader.h"

namespace radyab::scanner {
namespace {

constexpr std::size_t kGtinDigits = 14;

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool InCode39Set(std::string_view text) {
  return text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%") ==
         std::string_view::npos;
}

// Application identifiers whose values have a predefined length, by their first two digits (GS1
// General Specifications, figure 7.8.5-2): no separator follows them.
bool HasPredefinedLength(std::string_view ai) {
  static constexpr std::array<std::string_view, 22> kBegins = {
      "00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16",
      "17", "18", "19", "20", "31", "32", "33", "34", "35", "36", "41"};
  return std::find(kBegins.begin(), kBegins.end(), ai.substr(0, 2)) != kBegins.end();
}

// The application identifier in the bracket at `at`: "(01)" gives "01". Nothing when there is no
// bracket of two to four digits.
std::optional<std::string_view> BracketAt(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '(') return std::nullopt;
  const std::size_t close = text.find(')', at);
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view ai = text.substr(at + 1, close - at - 1);
  if (ai.size() < 2 || ai.size() > 4 || !AllDigits(ai)) return std::nullopt;
  return ai;
}

}  // namespace

std::string ExpandUpcE(std::string_view digits) {
  if (digits.size() != 8 || !AllDigits(digits)) return std::string(digits);
  const std::string_view body = digits.substr(1, 6);
  std::string full(1, digits[0]);
  switch (body[5]) {
    case '0':
    case '1':
    case '2':
      full.append(body.substr(0, 2)).append(1, body[5]).append("0000").append(body.substr(2, 3));
      break;
    case '3':
      full.append(body.substr(0, 3)).append("00000").append(body.substr(3, 2));
      break;
    case '4':
      full.append(body.substr(0, 4)).append("00000").append(body.substr(4, 1));
      break;
    default:
      full.append(body.substr(0, 5)).append("0000").append(1, body[5]);
  }
  return full.append(1, digits[7]);
}

std::string ElementsWithoutBrackets(std::string_view bracketed) {
  if (!BracketAt(bracketed, 0)) return std::string(bracketed);
  std::string elements;
  std::size_t at = 0;
  while (const auto ai = BracketAt(bracketed, at)) {
    const std::size_t begin = at + ai->size() + 2;
    std::size_t end = begin;
    while (end < bracketed.size() && !BracketAt(bracketed, end)) ++end;
    elements.append(*ai).append(bracketed.substr(begin, end - begin));
    if (end < bracketed.size() && !HasPredefinedLength(*ai))
      elements.push_back(coding::kGroupSeparator);
    at = end;
  }
  return elements;
}

std::string AsUtf8(std::string_view text) {
  if (coding::IsValidUtf8(text)) return std::string(text);
  std::string utf8;
  for (const char c : text) coding::AppendUtf8(static_cast<unsigned char>(c), utf8);
  return utf8;
}

void SettleMessage(Symbol& symbol) {
  switch (symbol.symbology) {
    case Symbology::kUpcE:
      symbol.text = "0" + ExpandUpcE(symbol.text);
      symbol.raw = symbol.text;
      break;
    case Symbology::kUpcA:
      if (symbol.text.size() == 12) symbol.text.insert(0, "0");
      symbol.raw = symbol.text;
      break;
    case Symbology::kDataBar:
      if (symbol.text.size() == kGtinDigits) symbol.text.insert(0, "01");
      [[fallthrough]];
    case Symbology::kDataBarExpanded:
      symbol.text = ElementsWithoutBrackets(symbol.text);
      symbol.raw = symbol.text;
      symbol.gs1 = true;
      break;
    case Symbology::kCode39:
      // "Full ASCII" is claimed only where the plain character set does not suffice.
      if (symbol.aim == "]A4" && InCode39Set(symbol.text)) symbol.aim = "]A0";
      break;
    default:
      break;
  }
  symbol.text = AsUtf8(symbol.text);
}

}  // namespace radyab::scanner
