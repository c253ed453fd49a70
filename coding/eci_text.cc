#include "coding/eci_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "coding/check_digits.h"
#include "coding/refuse.h"
#include "coding/utf8_reader.h"

namespace radyab::coding {
namespace {

constexpr char kEscape = '\\';
constexpr std::size_t kDesignatorDigits = 6;

// Modifiers of ISO/IEC 15424:2008 by which a symbology says that it speaks ECI.
constexpr std::string_view kEciSymbologies[] = {
    "]J3", "]J4", "]J5", "]L1", "]Q2", "]Q4", "]Q6", "]U2", "]U3", "]d4",
    "]d5", "]d6", "]h1", "]z3", "]z4", "]z5", "]z9", "]zA", "]zB",
};

// The upper half of Windows-1256, the Arabic and Persian character set of Windows.
constexpr char16_t kWindows1256[] = {
    0x20AC, 0x067E, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0679, 0x2039,
    0x0152, 0x0686, 0x0698, 0x0688, 0x06AF, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x06A9, 0x2122, 0x0691, 0x203A, 0x0153, 0x200C, 0x200D, 0x06BA, 0x00A0, 0x060C, 0x00A2, 0x00A3,
    0x00A4, 0x00A5, 0x00A6, 0x00A7, 0x00A8, 0x00A9, 0x06BE, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x061B, 0x00BB,
    0x00BC, 0x00BD, 0x00BE, 0x061F, 0x06C1, 0x0621, 0x0622, 0x0623, 0x0624, 0x0625, 0x0626, 0x0627,
    0x0628, 0x0629, 0x062A, 0x062B, 0x062C, 0x062D, 0x062E, 0x062F, 0x0630, 0x0631, 0x0632, 0x0633,
    0x0634, 0x0635, 0x0636, 0x00D7, 0x0637, 0x0638, 0x0639, 0x063A, 0x0640, 0x0641, 0x0642, 0x0643,
    0x00E0, 0x0644, 0x00E2, 0x0645, 0x0646, 0x0647, 0x0648, 0x00E7, 0x00E8, 0x00E9, 0x00EA, 0x00EB,
    0x0649, 0x064A, 0x00EE, 0x00EF, 0x064B, 0x064C, 0x064D, 0x064E, 0x00F4, 0x064F, 0x0650, 0x00F7,
    0x0651, 0x00F9, 0x0652, 0x00FB, 0x00FC, 0x200E, 0x200F, 0x06D2,
};

constexpr std::size_t kAsciiCount = 0x80;

// Of ISO/IEC 8859-6, the upper half; nothing for places without a character.
std::optional<char32_t> Arabic8859(unsigned char byte) {
  constexpr char32_t kArabicBlock = 0x0600 - 0xA0;
  const bool letter = (byte >= 0xC1 && byte <= 0xDA) || (byte >= 0xE0 && byte <= 0xF2);
  const bool mark = byte == 0xAC || byte == 0xBB || byte == 0xBF;
  if (letter || mark) return byte + kArabicBlock;
  if (byte <= 0xA0 || byte == 0xA4 || byte == 0xAD) return byte;
  return std::nullopt;
}

std::optional<char32_t> InSet(int set, unsigned char byte) {
  constexpr int kLatin1Old = 1, kLatin1 = 3, kArabic = 8, kWindowsArabic = 22;
  if (byte < kAsciiCount) return byte;
  switch (set) {
    case kLatin1Old:
    case kLatin1:
      return byte;
    case kArabic:
      return Arabic8859(byte);
    case kWindowsArabic:
      return kWindows1256[byte - kAsciiCount];
    default:
      return std::nullopt;
  }
}

bool IsKnownSet(int set) {
  constexpr int kKnown[] = {1, 3, 8, 22, 27, 170};
  return std::ranges::find(kKnown, set) != std::end(kKnown);
}

class EciReader {
 public:
  explicit EciReader(std::string_view text) : text_(text) {}

  Parsed<std::string> Read() {
    std::string run;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text_.size();) {
      if (text_[at] != kEscape) {
        run += text_[at++];
        continue;
      }
      if (text_.substr(at + 1, 1) == std::string_view(&kEscape, 1)) {
        run += kEscape;
        at += 2;
        continue;
      }
      if (const auto fault = Add(run, begin)) return *fault;
      run.clear();
      set_ = 0;
      for (const char digit : text_.substr(at + 1, kDesignatorDigits)) {
        set_ = set_ * 10 + (digit - '0');
      }
      at += 1 + kDesignatorDigits;
      begin = at;
    }
    if (const auto fault = Add(run, begin)) return *fault;
    return out_;
  }

 private:
  // What stands under one character set; `begin` is where it stands in the text.
  std::optional<Refusal> Add(std::string_view run, std::size_t begin) {
    constexpr int kUtf16 = 25, kUtf8 = 26, kBytes = 899;
    if (set_ == kUtf16) return AddUtf16(run, begin);
    if (set_ == kNone || set_ == kBytes || set_ == kUtf8) {
      if (set_ == kUtf8 && !IsValidUtf8(run)) {
        return Refuse(RefusalReason::kInvalidUtf8, begin, run.size(), "bytes that are no UTF-8");
      }
      out_ += run;
      return std::nullopt;
    }
    for (const char c : run) {
      const auto value = InSet(set_, static_cast<unsigned char>(c));
      if (value) {
        AppendUtf8(*value, out_);
        continue;
      }
      const auto reason =
          IsKnownSet(set_) ? RefusalReason::kInvalidCharacter : RefusalReason::kUnknownValue;
      return Refuse(reason, begin, run.size(), "characters beyond ASCII");
    }
    return std::nullopt;
  }

  // Big-endian. A backslash doubled is a byte doubled, so pairs are whole again here.
  std::optional<Refusal> AddUtf16(std::string_view run, std::size_t begin) {
    constexpr char32_t kHighFirst = 0xD800, kLowFirst = 0xDC00, kLowEnd = 0xE000;
    const auto unit = [&](std::size_t at) {
      return static_cast<char32_t>((static_cast<unsigned char>(run[at]) << 8) |
                                   static_cast<unsigned char>(run[at + 1]));
    };
    for (std::size_t at = 0; at < run.size(); at += 2) {
      const bool whole = at + 1 < run.size();
      char32_t value = whole ? unit(at) : kLowFirst;
      if (value >= kHighFirst && value < kLowFirst && at + 3 < run.size()) {
        const char32_t low = unit(at + 2);
        if (low >= kLowFirst && low < kLowEnd) {
          value = 0x10000 + ((value - kHighFirst) << 10) + (low - kLowFirst);
          at += 2;
        }
      }
      if (value >= kHighFirst && value < kLowEnd) {
        return Refuse(RefusalReason::kInvalidCharacter, begin, run.size(), "half a character");
      }
      AppendUtf8(value, out_);
    }
    return std::nullopt;
  }

  Refusal Refuse(RefusalReason reason, std::size_t begin, std::size_t bytes,
                 std::string found) const {
    return RefusePart({"scan", text_},
                      {reason, begin, std::min(bytes, text_.size() - begin), std::move(found),
                       "characters of set " + std::to_string(set_)});
  }

  static constexpr int kNone = -1;

  std::string_view text_;
  int set_ = kNone;
  std::string out_;
};

}  // namespace

bool SpeaksEci(std::string_view symbology) {
  return std::ranges::find(kEciSymbologies, symbology) != std::end(kEciSymbologies);
}

bool IsEciText(std::string_view text) {
  bool escaped = false;
  for (std::size_t at = text.find(kEscape); at != text.npos; at = text.find(kEscape, at)) {
    const std::string_view digits = text.substr(at + 1, kDesignatorDigits);
    if (!digits.empty() && digits[0] == kEscape) {
      escaped = true;
      at += 2;
    } else if (digits.size() == kDesignatorDigits && IsAllDigits(digits)) {
      escaped = true;
      at += 1 + kDesignatorDigits;
    } else {
      return false;
    }
  }
  return escaped;
}

Parsed<std::string> ReadEciText(std::string_view text) { return EciReader(text).Read(); }

}  // namespace radyab::coding
