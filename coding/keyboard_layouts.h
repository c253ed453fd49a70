// Turns back what a scanner typed through a keyboard layout that is not the US one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace radyab::coding {

// The layouts of X11 (xkeyboard-config, symbols/ir and symbols/ara): each gives all 94 printable
// positions of a US keyboard one character of its own.
enum class KeyboardLayout {
  kPersian,  // ir(pes)
  kArabic,   // ara
};

// The text that the same keys give on a US keyboard. Control characters stay. Nothing when a
// character is not typed by one key of the layout, or when no character of the text is one that
// only this kind of keyboard types (letters, digits and marks beyond ASCII).
std::optional<std::string> TypedOnUsKeys(KeyboardLayout layout, std::string_view text);

// The other way: what the keys of a US text give under the layout. For tests of the first.
std::string TypedUnder(KeyboardLayout layout, std::string_view us_text);

}  // namespace radyab::coding
