// From the words of the command line to an exit code.
#pragma once

namespace radyab::cli {

// Runs one command. Answers go to standard output, failures to standard error; the result is the
// number of an ExitCode. `arguments` are those of main.
int RunCommandLine(int argument_count, const char* const* arguments);

}  // namespace radyab::cli
