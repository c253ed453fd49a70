// What the program tells the shell.
#pragma once

#include "clients/cpp/client_error.h"

namespace radyab::cli {

// The numbers are announced in docs/cli.md and never change.
enum class ExitCode : int {
  kOk = 0,
  kRefused = 1,   // the answer is no: a refused change, a malformed code, refused rows of an import
  kUsage = 2,     // the command line is wrong; nothing was sent
  kNotFound = 3,  // what was named is not there, or not the caller's to see
  kUnreachable = 4,  // no answer from the server in time
  kInternal = 5,     // a fault of the server or of this program
};

// The exit code of a failed call.
ExitCode ExitCodeOf(const client::ClientError& error);

// The worse of two, for verbs that do several things: a fault weighs more than an unreachable
// server, that more than "not found", that more than a refusal.
ExitCode Worse(ExitCode left, ExitCode right);

}  // namespace radyab::cli
