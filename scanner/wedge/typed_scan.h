// One scan that a gun typed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "coding/scan_payload.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Longest scan taken, in bytes; of a longer one nothing is kept.
inline constexpr std::size_t kTypedScanBytesMax = coding::kScanPayloadBytesMax;

// Under which keyboard layout the keys of a gun (which types US keys) became text.
enum class TypedLayout : std::uint8_t {
  kAny,      // told from the text itself
  kUs,       // nothing is to be turned back
  kPersian,  // X11 ir(pes)
  kArabic,   // X11 ara
};

// A scan. When `fault` is set, `text` is empty: kTooLarge (over kTypedScanBytesMax), kKeysLost
// (the kernel dropped keys of it).
struct TypedScan {
  std::string text;   // what the gun sent; GS stays 0x1D, the end (CR, LF, Tab) is cut off
  std::string typed;  // what was typed, when a layout was turned back; else empty
  std::optional<ScanFault> fault;
};

// What the gun sent when `typed` came out. Under kAny a text that the keys of a layout give is
// turned back only when it then reads as one of the forms of scan_payload.h (a code, a link, GS1
// elements …): a Persian word stays. When both layouts give such a text the Persian one is taken.
// Under kPersian and kArabic all that can be typed under the layout is turned back.
std::string AsSent(std::string_view typed, TypedLayout layout);

}  // namespace radyab::scanner
