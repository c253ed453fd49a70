// Scans of guns that type: lines of a terminal, or the keys of a device that is held alone.
#pragma once

#include <functional>
#include <string>

#include "clients/cli/exit_code.h"
#include "clients/cli/session.h"
#include "clients/cpp/code_client.h"
#include "scanner/scan_fault.h"
#include "scanner/wedge/typed_scan.h"

namespace radyab::cli {

struct TypedSource {
  std::string lines;               // a path, or "-" for standard input
  std::string keys;                // an event device: its path, name or vendor:product
  std::string layout = "any";      // of lines: any, us, fa, ar
  int silence_milliseconds = 500;  // of keys, after which a scan has ended
  bool empty() const { return lines.empty() && keys.empty(); }
};

// Calls `each` for every scan, and `notice` with a sentence when a device went or came back, on
// this thread; false from `each` stops, and so does false from `wanted`, which is asked now and
// then while a device is silent. Answers once the lines (or a recorded stream of keys) are
// at their end; a device has none. The fault: it cannot be read at all.
scanner::Outcome<bool> TakeTyped(const TypedSource& source,
                                 const std::function<bool(const scanner::TypedScan&)>& each,
                                 const std::function<void(const std::string&)>& notice,
                                 const std::function<bool()>& wanted = nullptr);

// The verb: each scan is told as soon as it was typed, with what it leads to unless `codes` is
// null.
ExitCode ScanTyped(const Session& session, const client::CodeClient* codes,
                   const TypedSource& source);

}  // namespace radyab::cli
