// One run of radyab scan --session: scans in, verdicts and events out.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/scan_sources.h"
#include "clients/cli/session.h"
#include "clients/cli/typed_scans.h"

namespace radyab::cli {

// The words of the command line.
struct SessionArguments {
  std::string kind;  // empty: no session
  bool each = false;
  bool finish_at_end = false;
  bool resume = false;
  std::string notice;  // a file; empty: nothing is expected
  std::string to;      // ship: a party, scanned first
  std::string from;    // receive: a party, scanned first
  std::string into;    // pack: scanned first
  std::string holder;  // count: whose stock
  std::string place;
  std::string reference;
  std::string member;
  std::string journal;
  std::string report;
  std::string offline;  // folder of a site without a network; empty: the server answers
};

// Takes scans of `sources` or `gun` (of standard input, when both are empty) until the session is
// finished or they end. 0: finished, and everything was as expected; 1: not finished, or goods are
// missing, set aside or refused; else as docs/cli.md says.
ExitCode RunScanSession(Session& session, const SessionArguments& arguments,
                        const ScanSources& sources, const TypedSource& gun);

}  // namespace radyab::cli
