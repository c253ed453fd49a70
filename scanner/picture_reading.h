// What was read from one picture, as a value and as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/scan_fault.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// The result for one picture. When `fault` is set, `symbols` is empty.
struct PictureReading {
  std::string file;  // the path as given
  std::vector<Symbol> symbols;
  std::optional<ScanFault> fault;
  double milliseconds = 0;            // loading and reading together, as the caller waited
  bool truncated = false;             // more symbols were there than are reported
  int page = 0;                       // of a document, 1 the first; 0 when the file is no document
  std::int64_t frame = 0;             // of a stream, 1 the first; 0 when the file is no stream
  double processor_milliseconds = 0;  // that the worker needed
  std::vector<Symbol> unproven = {};  // of a stream's frame; not told (FoundSymbols::unproven)
  std::uint64_t content_hash = 0;     // of a stream's frame: the same for the same bytes
};

// One JSON object without line break, its names in this order:
// {"file":…,"symbols":[{"symbology":"EAN13","aim":"]E0","text":…,"raw_hex":…,"gs1":false,
// "position":[[x,y],[x,y],[x,y],[x,y]],"pass":"plain"}],"ms":…}; "page" or "frame" follows
// "file" when that is a document or a stream; before "ms" stand "truncated":true when there are
// more symbols, and "error":"…" with "error_kind":"EMPTY_FILE" (FaultKindName) when there is a
// fault. An ambiguous symbol has "ambiguous":true after "gs1". raw_hex is lower case; ms is rounded
// to hundredths; bytes of a path that are no UTF-8 become U+FFFD.
std::string ReadingJson(const PictureReading& reading);

// What was found alone, {"symbols":[…],"truncated":…,"pages":…,"cpu_ms":…}, with "unproven":[…]
// at the end when there are some: the form in which radyab-decode answers.
std::string SymbolsJson(const FoundSymbols& found);

// Reads what SymbolsJson wrote; nothing when it is anything else.
std::optional<FoundSymbols> ParseSymbolsJson(std::string_view json);

}  // namespace radyab::scanner
