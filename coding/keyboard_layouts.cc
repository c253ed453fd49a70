#include "coding/keyboard_layouts.h"

#include "coding/utf8_reader.h"

namespace radyab::coding {
namespace {

// The keys in rows from the top left, first without Shift and then with it.
constexpr std::u32string_view kUs =
    U"`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
    U"~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";

constexpr std::u32string_view kPersian =
    U"\u200D\u06F1\u06F2\u06F3\u06F4\u06F5\u06F6\u06F7\u06F8\u06F9\u06F0-=\u0636\u0635"
    U"\u062B\u0642\u0641\u063A\u0639\u0647\u062E\u062D\u062C\u0686\\\u0634\u0633\u06CC"
    U"\u0628\u0644\u0627\u062A\u0646\u0645\u06A9\u06AF\u0638\u0637\u0632\u0631\u0630"
    U"\u062F\u067E\u0648./\u00F7!\u066C\u066B\uFDFC\u066A\u00D7\u060C*)(\u0640+\u0652"
    U"\u064C\u064D\u064B\u064F\u0650\u064E\u0651][}{|\u0624\u0626\u064A\u0625\u0623"
    U"\u0622\u0629\u00BB\u00AB:\u061B\u0643\u0653\u0698\u0670\u200C\u0654\u0621><"
    U"\u061F";

constexpr std::u32string_view kArabic =
    U"\u06301234567890-=\u0636\u0635\u062B\u0642\u0641\u063A\u0639\u0647\u062E\u062D"
    U"\u062C\u062F\\\u0634\u0633\u064A\u0628\u0644\u0627\u062A\u0646\u0645\u0643\u0637"
    U"\u0626\u0621\u0624\u0631\uFEFB\u0649\u0629\u0648\u0632\u0638\u0651!@#$%^&*)(_+"
    U"\u064E\u064B\u064F\u064C\uFEF9\u0625`\u00F7\u00D7\u061B<>\u2026\u0650\u064D]["
    U"\uFEF7\u0623\u0640\u060C/:\"~\u0652}{\uFEF5\u0622',.\u061F";

static_assert(kUs.size() == 94 && kPersian.size() == kUs.size() && kArabic.size() == kUs.size());

std::u32string_view KeysOf(KeyboardLayout layout) {
  return layout == KeyboardLayout::kPersian ? kPersian : kArabic;
}

bool IsControl(char32_t character) { return character < 0x20; }

}  // namespace

std::optional<std::string> TypedOnUsKeys(KeyboardLayout layout, std::string_view text) {
  const std::u32string_view keys = KeysOf(layout);
  std::string typed;
  bool foreign = false;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = ReadUtf8(text, at);
    at += character.bytes;
    if (!character.valid) return std::nullopt;
    foreign = foreign || character.value > 0x7F;
    if (IsControl(character.value)) {
      typed += static_cast<char>(character.value);
      continue;
    }
    const std::size_t key = keys.find(character.value);
    if (key == keys.npos) return std::nullopt;
    typed += static_cast<char>(kUs[key]);
  }
  return foreign ? std::optional(std::move(typed)) : std::nullopt;
}

std::string TypedUnder(KeyboardLayout layout, std::string_view us_text) {
  std::string typed;
  for (const char character : us_text) {
    const std::size_t key = kUs.find(static_cast<char32_t>(character));
    if (key == kUs.npos) {
      typed += character;
    } else {
      AppendUtf8(KeysOf(layout)[key], typed);
    }
  }
  return typed;
}

}  // namespace radyab::coding
