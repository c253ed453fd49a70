// Scans out of text that is typed on a terminal, or comes from a serial line or a pipe.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/scan_fault.h"
#include "scanner/wedge/typed_scan.h"

namespace radyab::scanner {

// Parts text into scans, whatever pieces it comes in: a scan ends with CR, LF or Tab, and what is
// empty between two ends is none. Time does not part a scan: slow guns need 80 ms a key. Holds at
// most one scan that has no end yet. Not safe for several threads.
class TypedLines {
 public:
  explicit TypedLines(TypedLayout layout) : layout_(layout) {}

  // Adds the scans that end within `bytes` to `scans`.
  void Take(std::string_view bytes, std::deque<TypedScan>& scans);

  // What was typed without an end, when nothing more comes; nothing when that is empty.
  std::optional<TypedScan> TakeRest();

 private:
  TypedLayout layout_;
  std::string line_;
  std::size_t byte_count_ = 0;  // of the scan so far, kept or not
};

// The scans on a descriptor, which stays the caller's.
class TypedStream {
 public:
  TypedStream(int descriptor, TypedLayout layout) : descriptor_(descriptor), lines_(layout) {}

  // The next scan, waited for without end; nothing at the end of the stream, before which a half
  // line counts as a scan. Fault: kFileUnreadable. A terminal that went away is an end.
  Outcome<std::optional<TypedScan>> Next();

 private:
  int descriptor_;
  TypedLines lines_;
  std::deque<TypedScan> scans_;
};

}  // namespace radyab::scanner
