// Failures on standard error: what happened, with which value, in which field, and what to do.
#pragma once

#include <string>
#include <string_view>

#include "clients/cli/exit_code.h"
#include "clients/cli/output/printer.h"
#include "clients/cpp/client_error.h"
#include "coding/refusal.h"

namespace radyab::cli {

// Lines for people, or one JSON object a failure when the answers are JSON too:
// {"error":{"code":…,"reason":…,"message":…,"fields":[{"field":…,"description":…}],
// "metadata":{…}}}.
// Never holds a key. Plain value; any thread.
class ErrorPrinter {
 public:
  // `server` is named when it cannot be reached.
  ErrorPrinter(OutputForm form, std::string server) : form_(form), server_(std::move(server)) {}

  // A failed call.
  ExitCode Print(const client::ClientError& error) const;

  // A value of the command line or of a file that this program refuses itself. `what` is the
  // argument or field.
  ExitCode PrintRefusal(std::string_view what, const coding::Refusal& refusal) const;

  // Anything else that went wrong here, with its exit code.
  ExitCode PrintFault(ExitCode code, std::string_view message) const;

 private:
  OutputForm form_;
  std::string server_;
};

// What a person can do about a failed call; empty when there is nothing better than the message.
std::string AdviceFor(const client::ClientError& error, std::string_view server);

}  // namespace radyab::cli
