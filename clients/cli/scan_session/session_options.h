// The options of sessions.
#pragma once

#include "clients/cli/scan_session/session_run.h"
#include "clients/cli/verb.h"

namespace radyab::cli {

// Adds them to `verb`; they go into `arguments`, which outlives the parsing. All want --session,
// which does not go with --no-resolve: that stands there before.
void AddSessionOptions(CLI::App& verb, SessionArguments& arguments);

}  // namespace radyab::cli
