// The program `radyab`.
#include "clients/cli/command_line.h"

int main(int argument_count, char** arguments) {
  return radyab::cli::RunCommandLine(argument_count, arguments);
}
