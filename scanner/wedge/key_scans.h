// The kernel's key events to scans.
#pragma once

#include <linux/input.h>

#include <optional>
#include <string>

#include "scanner/wedge/typed_scan.h"
#include "scanner/wedge/us_keys.h"

namespace radyab::scanner {

// Takes the events of one device (struct input_event, as they are read from it). Enter or Tab ends
// a scan, or the caller does after a silence. A key that repeats because it is held counts once.
// After SYN_DROPPED the scan in which keys are missing is told as kKeysLost. Not safe for several
// threads.
class KeyScans {
 public:
  // The scan that ends with this event.
  std::optional<TypedScan> Take(const input_event& event);

  // Ends what was typed so far; nothing when nothing was.
  std::optional<TypedScan> End();

  // True while a scan has begun and not ended.
  bool pending() const { return lost_ || byte_count_ > 0; }

  // Passes over what was typed so far, and answers how many bytes that are.
  std::size_t Forget();

 private:
  UsKeys keys_;
  std::string text_;
  std::size_t byte_count_ = 0;  // of the scan so far, kept or not
  bool lost_ = false;           // keys of the scan are missing
  bool dropping_ = false;       // from SYN_DROPPED to the next SYN_REPORT
};

}  // namespace radyab::scanner
