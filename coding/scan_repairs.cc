#include "coding/scan_repairs.h"

#include <algorithm>
#include <optional>

#include "coding/eci_text.h"
#include "coding/gs1_characters.h"
#include "coding/keyboard_layouts.h"
#include "coding/utf8_reader.h"

namespace radyab::coding {
namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t kStandInsMax = 6;  // unlike characters of one text that are tried as GS

std::string Replaced(std::string_view text, std::string_view what, std::string_view with) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t found = text.find(what, at);
    out += text.substr(at, found == text.npos ? text.npos : found - at);
    if (found == text.npos) return out;
    out += with;
    at = found + what.size();
  }
}

Texts ChangedOnly(std::string_view text, Texts texts) {
  std::erase(texts, text);
  return texts;
}

Texts UndoLayout(KeyboardLayout layout, std::string_view text) {
  auto typed = TypedOnUsKeys(layout, text);
  return typed ? Texts{std::move(*typed)} : Texts{};
}

Texts UndoPersian(std::string_view text) { return UndoLayout(KeyboardLayout::kPersian, text); }
Texts UndoArabic(std::string_view text) { return UndoLayout(KeyboardLayout::kArabic, text); }

// Other brackets around AIs: "[01]", "{01}", "<01>", full width, or turned round ")01(".
Texts UndoBrackets(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"[", "]"}, {"{", "}"}, {"<", ">"}, {"\uFF08", "\uFF09"}, {"\uFD3F", "\uFD3E"}};
  for (const auto& [open, close] : kPairs) {
    if (text.substr(0, open.size()) != open) continue;
    if (text.find(close) == text.npos) continue;
    return {Replaced(Replaced(text, open, "("), close, ")")};
  }
  if (text.substr(0, 1) != ")") return {};
  std::string turned(text);
  for (char& character : turned) {
    if (character == '(' || character == ')') character = character == '(' ? ')' : '(';
  }
  return {turned};
}

// Spaces that people or programs put between the parts; no value holds any.
Texts UndoSpaces(std::string_view text) {
  std::string without;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = ReadUtf8(text, at);
    const char32_t value = character.value;
    const bool space = character.valid && (value == ' ' || value == '\t' || value == 0xA0 ||
                                           value == 0x200E || value == 0x200F || value == 0xFEFF);
    if (!space) without += text.substr(at, character.bytes);
    at += character.bytes;
  }
  return ChangedOnly(text, {without});
}

// Characters that stand in every place where GS should: first those that no value can hold, then
// the marks of set 82.
Texts UndoStandIns(std::string_view text) {
  Texts strangers;
  Texts marks;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = ReadUtf8(text, at);
    const std::string one(text.substr(at, character.bytes));
    at += character.bytes;
    const bool letter_or_digit = one.size() == 1 && IsCharacter39(one[0]) && one[0] >= '0';
    const bool small = one.size() == 1 && one[0] >= 'a' && one[0] <= 'z';
    if (letter_or_digit || small || one[0] == kGroupSeparator) continue;
    if (one == "(" || one == ")") continue;
    Texts& kind = one.size() == 1 && IsCharacter82(one[0]) ? marks : strangers;
    if (std::ranges::find(kind, one) == kind.end()) kind.push_back(one);
  }
  strangers.insert(strangers.end(), marks.begin(), marks.end());
  if (strangers.size() > kStandInsMax) strangers.resize(kStandInsMax);
  Texts texts = UndoNamedSeparators(text);
  for (const std::string& one : strangers) {
    texts.push_back(Replaced(text, one, std::string(1, kGroupSeparator)));
  }
  return texts;
}

bool IsSmall(char c) { return c >= 'a' && c <= 'z'; }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

// Caps Lock turned every letter round, or a scanner sends small letters alone.
Texts UndoCase(std::string_view text) {
  std::string turned(text);
  std::string capitals(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsSmall(text[i])) turned[i] = capitals[i] = static_cast<char>(text[i] - 'a' + 'A');
    if (IsCapital(text[i])) turned[i] = static_cast<char>(text[i] - 'A' + 'a');
  }
  return ChangedOnly(text, turned == capitals ? Texts{turned} : Texts{turned, capitals});
}

// A German layout: Y and Z change places.
Texts UndoYz(std::string_view text) {
  constexpr std::string_view kKeys = "yzYZ";
  constexpr std::string_view kOther = "zyZY";
  std::string swapped(text);
  for (char& character : swapped) {
    const std::size_t key = kKeys.find(character);
    if (key != kKeys.npos) character = kOther[key];
  }
  return ChangedOnly(text, {swapped});
}

// A scanner that names the character set although its symbology identifier was taken off.
Texts UndoEci(std::string_view text) {
  constexpr std::string_view kDesignator = "\\000";  // all sets that there are begin so
  if (text.find(kDesignator) == text.npos || !IsEciText(text)) return {};
  auto read = ReadEciText(text);
  return read ? ChangedOnly(text, {*std::move(read)}) : Texts();
}

constexpr RepairKind kRepairKinds[] = {
    {"eci_escapes", "the scanner had named the character set in the text", UndoEci},
    {"keyboard_layout_fa", "typed through the Persian keyboard layout", UndoPersian},
    {"keyboard_layout_ar", "typed through the Arabic keyboard layout", UndoArabic},
    {"brackets", "other brackets stood around the identifiers", UndoBrackets},
    {"separator_stand_in", "another character stood for the separator GS", UndoStandIns},
    {"spaces", "spaces stood between the parts", UndoSpaces},
    {"letter_case", "capital and small letters were changed", UndoCase},
    {"keys_y_z_swapped", "Y and Z had changed places on the keyboard", UndoYz},
};

}  // namespace

std::span<const RepairKind> RepairKinds() { return kRepairKinds; }

std::vector<std::string> UndoNamedSeparators(std::string_view text) {
  constexpr std::string_view kNames[] = {
      "<GS>",   "{GS}",   "[GS]",  "(GS)",   "<gs>",    "\u241D",  "\u2194",  "<FNC1>",
      "{FNC1}", "[FNC1]", "\\x1d", "\\x1D",  "\\u001d", "\\u001D", "_x001D_", "&#29;",
      "%1D",    "%1d",    "\\F",   "<0x1D>", "<0x1d>",  "<1D>",    "{1D}"};
  if (text.find_first_of("<{[(\\_&%\xE2") == text.npos) return {};  // the usual case
  std::string out(text);
  for (const std::string_view name : kNames) {
    if (out.find(name) != out.npos) out = Replaced(out, name, std::string(1, kGroupSeparator));
  }
  return ChangedOnly(text, {out});
}

}  // namespace radyab::coding
