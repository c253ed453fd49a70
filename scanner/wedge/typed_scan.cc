#include "scanner/wedge/typed_scan.h"

#include <array>

#include "coding/keyboard_layouts.h"

namespace radyab::scanner {
namespace {

using coding::KeyboardLayout;

// True when it is one of the forms that a code on a label has, by itself.
bool Reads(std::string_view text) {
  const auto payload = coding::ParseScanPayload(text);
  return payload.kind != coding::PayloadKind::kUnknownText && payload.content_ok() &&
         payload.repairs.empty();
}

}  // namespace

std::string AsSent(std::string_view typed, TypedLayout layout) {
  if (layout == TypedLayout::kUs) return std::string(typed);
  if (layout != TypedLayout::kAny) {
    const bool persian = layout == TypedLayout::kPersian;
    auto sent =
        coding::TypedOnUsKeys(persian ? KeyboardLayout::kPersian : KeyboardLayout::kArabic, typed);
    return sent ? *std::move(sent) : std::string(typed);
  }
  for (const auto any : std::array{KeyboardLayout::kPersian, KeyboardLayout::kArabic}) {
    const auto sent = coding::TypedOnUsKeys(any, typed);
    if (sent && Reads(*sent)) return *sent;
  }
  return std::string(typed);
}

}  // namespace radyab::scanner
