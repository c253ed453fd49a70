#include "coding/text_fold.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdint>
#include <limits>

namespace radyab::coding {
namespace {

constexpr char32_t kDrop = 0;
constexpr char32_t kSpace = ' ';
constexpr char32_t kArabicFirst = 0x0600;
constexpr char32_t kArabicLast = 0x06FF;
// A pass can bring forth what another pass folds (a mark that lower-casing parts from its letter),
// so passes are repeated until nothing changes. Two are enough for almost all text; the bound only
// keeps it finite.
constexpr int kPassesMax = 8;

bool IsDroppedFormat(char32_t value) {
  return value == 0x00AD || value == 0x0640 || value == 0x0670 || value == 0x061C ||
         value == 0xFEFF || (value >= 0x200C && value <= 0x200F) ||
         (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

// The shapes of one letter made one. U+06C2 and U+06D3 are heh goal and yeh barree with a hamza
// above: composed they must fold as they do when the hamza is a mark of its own.
char32_t FoldLetter(char32_t value) {
  switch (value) {
    case U'ي':
    case U'ى':
    case U'ئ':
    case U'ې':
    case U'ے':
    case U'ۍ':
    case 0x06D3:
      return U'ی';
    case U'ك':
    case U'ڪ':
    case U'ګ':
      return U'ک';
    case U'أ':
    case U'إ':
    case U'آ':
    case U'ٱ':
      return U'ا';
    case U'ؤ':
      return U'و';
    case U'ة':
    case U'ۀ':
    case U'ہ':
    case U'ھ':
    case U'ە':
    case 0x06C2:
      return U'ه';
    case U'ء':
      return kDrop;
    default:
      return value;
  }
}

// One character by the rules of the fold, after normalisation and before lower-casing.
char32_t FoldCharacter(char32_t value) {
  const auto point = static_cast<UChar32>(value);
  if (IsDroppedFormat(value)) return kDrop;
  if (u_isUWhiteSpace(point)) return kSpace;
  const std::uint32_t category = U_GET_GC_MASK(point);
  if ((category & (U_GC_M_MASK | U_GC_P_MASK)) != 0) return kDrop;
  const std::int32_t digit = u_charDigitValue(point);
  if (digit >= 0) return U'0' + static_cast<char32_t>(digit);
  return FoldLetter(value);
}

// The fold of ASCII and of the Arabic block, worked out once: most text is looked up here. NFKC is
// the identity on these but for letter + mark, where dropping the mark gives the same, and
// U+0675..U+0678, which are taken the long way.
class QuickTable {
 public:
  static constexpr char32_t kNotQuick = std::numeric_limits<char32_t>::max();

  QuickTable() {
    for (char32_t value = 0; value < ascii_.size(); ++value) {
      const bool upper = value >= 'A' && value <= 'Z';
      ascii_[value] = upper ? value - 'A' + 'a' : FoldCharacter(value);
    }
    for (char32_t value = kArabicFirst; value <= kArabicLast; ++value) {
      const bool compatibility = value >= 0x0675 && value <= 0x0678;
      arabic_[value - kArabicFirst] = compatibility ? kNotQuick : FoldCharacter(value);
    }
  }

  char32_t Fold(char32_t value) const {
    if (value < ascii_.size()) return ascii_[value];
    if (value >= kArabicFirst && value <= kArabicLast) return arabic_[value - kArabicFirst];
    return value >= 0x200C && value <= 0x200F ? kDrop : kNotQuick;
  }

 private:
  std::array<char32_t, 0x80> ascii_{};
  std::array<char32_t, 0x100> arabic_{};
};

// Puts folded characters together: white space once, none at the ends.
class KeyWriter {
 public:
  void Add(char32_t folded) {
    if (folded == kDrop) return;
    if (folded == kSpace) {
      space_ = !key_.empty();
      return;
    }
    if (space_) key_.push_back(' ');
    space_ = false;
    AppendUtf8(folded, key_);
  }
  std::string Take() { return std::move(key_); }

 private:
  std::string key_;
  bool space_ = false;
};

// True when the table alone could fold the whole text.
bool FoldQuick(std::string_view text, KeyWriter& writer) {
  static const QuickTable& table = *new QuickTable();
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = ReadUtf8(text, at);
    if (!character.valid) return false;
    const char32_t folded = table.Fold(character.value);
    if (folded == QuickTable::kNotQuick) return false;
    writer.Add(folded);
    at += character.bytes;
  }
  return true;
}

// One pass over the text by the rules, with ICU: NFKC, the character fold, lower case.
std::string FoldPass(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  // Without its data ICU cannot normalise; the rest of the fold still holds.
  if (U_SUCCESS(status)) {
    const icu::UnicodeString normal = nfkc->normalize(unicode, status);
    if (U_SUCCESS(status)) unicode = normal;
  }
  icu::UnicodeString folded;
  for (std::int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
    const char32_t value = FoldCharacter(static_cast<char32_t>(unicode.char32At(i)));
    if (value != kDrop) folded.append(static_cast<UChar32>(value));
  }
  folded.toLower(icu::Locale::getRoot());
  KeyWriter writer;
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    writer.Add(static_cast<char32_t>(folded.char32At(i)));
  }
  return writer.Take();
}

// The text with each byte that is no UTF-8 as U+FFFD, so that what follows sees characters only.
std::string WithoutBrokenBytes(std::string_view text) {
  std::string valid;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = ReadUtf8(text, at);
    AppendUtf8(character.valid ? character.value : 0xFFFD, valid);
    at += character.bytes;
  }
  return valid;
}

}  // namespace

std::string FoldText(std::string_view utf8) {
  KeyWriter writer;
  if (FoldQuick(utf8, writer)) return writer.Take();
  std::string key = WithoutBrokenBytes(utf8);
  for (int pass = 0; pass < kPassesMax; ++pass) {
    std::string next = FoldPass(key);
    if (next == key) break;
    key = std::move(next);
  }
  return key;
}

}  // namespace radyab::coding
