// Failures on standard error: what happened, with which value, in which field, and what to do.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clients/cli/exit_code.h"
#include "clients/cli/output/printer.h"
#include "clients/cpp/client_error.h"
#include "coding/refusal.h"

namespace radyab::cli {

// A word that makes the same command, given again, the same change: {"--request-id", "5f0c…"}. The
// value of a bare flag is empty.
struct RepeatWord {
  std::string flag;
  std::string value;
};

// Lines for people, or one JSON object a failure when the answers are JSON too:
// {"error":{"code":…,"reason":…,"message":…,"fields":[{"field":…,"description":…}],
// "metadata":{…}}}.
// Never holds a key. Plain value; any thread.
class ErrorPrinter {
 public:
  // `server` is named when it cannot be reached. `repeat` is told with every failure that leaves
  // open whether a change was done (exit codes 4 and 5); with --json it stands in the metadata, by
  // the names of the flags.
  ErrorPrinter(OutputForm form, std::string server, std::vector<RepeatWord> repeat = {})
      : form_(form), server_(std::move(server)), repeat_(std::move(repeat)) {}

  // A failed call.
  ExitCode Print(const client::ClientError& error) const;

  // A value of the command line or of a file that this program refuses itself. `what` is the
  // argument or field.
  ExitCode PrintRefusal(std::string_view what, const coding::Refusal& refusal) const;

  // Anything else that went wrong here, with its exit code.
  ExitCode PrintFault(ExitCode code, std::string_view message) const;

 private:
  std::string RepeatLine(ExitCode code) const;

  OutputForm form_;
  std::string server_;
  std::vector<RepeatWord> repeat_;
};

// What a person can do about a failed call; empty when there is nothing better than the message.
std::string AdviceFor(const client::ClientError& error, std::string_view server);

}  // namespace radyab::cli
