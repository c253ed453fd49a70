#include "scanner/wedge/key_scans.h"

#include <utility>

namespace radyab::scanner {
namespace {

constexpr int kRepeated = 2;  // the value of a key that is held

}  // namespace

std::optional<TypedScan> KeyScans::Take(const input_event& event) {
  if (event.type == EV_SYN && event.code == SYN_DROPPED) {
    dropping_ = lost_ = true;
    keys_.Forget();
  } else if (event.type == EV_SYN && event.code == SYN_REPORT) {
    dropping_ = false;
  }
  if (dropping_ || event.type != EV_KEY || event.value == kRepeated) return std::nullopt;
  const std::string text = keys_.Take(event.code, event.value != 0);
  if (text == "\r" || text == "\n" || text == "\t") return End();
  byte_count_ += text.size();
  if (byte_count_ <= kTypedScanBytesMax) text_ += text;
  return std::nullopt;
}

std::optional<TypedScan> KeyScans::End() {
  if (!pending()) return std::nullopt;
  const bool lost = std::exchange(lost_, false);
  const std::size_t byte_count = std::exchange(byte_count_, 0);
  TypedScan scan;
  scan.text = std::exchange(text_, "");
  if (lost) {
    scan.fault = {FaultKind::kKeysLost,
                  "keys of this scan were lost, \"" + scan.text + "\" is left of it: scan again"};
  } else if (byte_count > kTypedScanBytesMax) {
    scan.fault = {FaultKind::kTooLarge, "a scan of " + std::to_string(byte_count) +
                                            " bytes, at most " +
                                            std::to_string(kTypedScanBytesMax) + " are taken"};
  }
  if (scan.fault) scan.text.clear();
  return scan;
}

std::size_t KeyScans::Forget() {
  const std::size_t byte_count = byte_count_;
  *this = KeyScans();
  return byte_count;
}

}  // namespace radyab::scanner
