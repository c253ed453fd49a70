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
  // the names of the flags. `options`: those of the verb ("--type"): fields at fault that one of
  // them sets are told by it too.
  ErrorPrinter(OutputForm form, std::string server, std::vector<RepeatWord> repeat = {},
               std::vector<std::string> options = {})
      : form_(form),
        server_(std::move(server)),
        repeat_(std::move(repeat)),
        options_(std::move(options)) {}

  // A failed call.
  ExitCode Print(const client::ClientError& error) const;

  // A value of the command line or of a file that this program refuses itself. `what` is the
  // argument or field.
  ExitCode PrintRefusal(std::string_view what, const coding::Refusal& refusal) const;

  // Anything else that went wrong here, with its exit code.
  ExitCode PrintFault(ExitCode code, std::string_view message) const;

 private:
  std::string RepeatLine(ExitCode code) const;
  std::string OptionsLine(const client::ClientError& error) const;

  OutputForm form_;
  std::string server_;
  std::vector<RepeatWord> repeat_;
  std::vector<std::string> options_;
};

// The one of `options` that sets a field: "--name-fa" for "item.display_name.fa", "--quantity" for
// "event.objects[0].quantity.amount"; empty when none does.
std::string OptionOfField(std::string_view field, const std::vector<std::string>& options);

// What a person can do about a failed call; empty when there is nothing better than the message.
std::string AdviceFor(const client::ClientError& error, std::string_view server);

}  // namespace radyab::cli
