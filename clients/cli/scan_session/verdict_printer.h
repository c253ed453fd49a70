// Verdicts of a session, each told at once.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/output/printer.h"
#include "clients/warehouse/scan_session.h"

namespace radyab::cli {

// How a terminal is spoken to. Nothing of it goes into a pipe or into JSON.
struct TerminalWays {
  bool isolates = false;  // around names, which may run from right to left
  bool colour = false;    // ECMA-48; not when NO_COLOR is set (no-color.org) or TERM is dumb
  bool bell = false;      // with faults
};
TerminalWays WaysOfStandardOutput();

// One line for people, one JSON object for programs, without line end. JSON has always the same
// names: scan, at, verdict, faults, counted, text, object, code, name, amount, unit,
// counted_so_far, expected, expiry_date, reason.
std::string VerdictLine(const warehouse::Verdict& verdict, const TerminalWays& ways);
std::string VerdictJson(const warehouse::Verdict& verdict);

// "2026-11-27T00:10:06.123456Z" of microseconds since 1970.
std::string MomentText(std::int64_t moment_us);

// The report: a table with the columns object, name, unit, counted, expected, difference, or an
// array of such objects when `json`.
std::string ReportText(const std::vector<warehouse::ReportLine>& lines, bool json);

}  // namespace radyab::cli
