// Declaring verbs and their arguments.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "clients/cli/session.h"
#include "coding/refusal.h"

namespace radyab::cli {

// A family ("item") under which its verbs stand; one of them must be given.
CLI::App& AddFamily(CLI::App& parent, const std::string& name, const std::string& help);

// A verb. `run` is called once the whole command line was read; its exit code becomes that of the
// session.
CLI::App& AddVerb(CLI::App& parent, const std::string& name, const std::string& help,
                  Session& session, std::function<ExitCode()> run);

// An argument whose text goes to the server: refused (usage) when it is no UTF-8. A name without
// dashes is a positional argument. `target` outlives the parsing.
CLI::Option* AddText(CLI::App& verb, const std::string& name, std::string& target,
                     const std::string& help);
CLI::Option* AddTexts(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
                      const std::string& help);

// Arguments of any bytes: file names, and texts that are looked at here.
CLI::Option* AddBytes(CLI::App& verb, const std::string& name, std::string& target,
                      const std::string& help);
CLI::Option* AddManyBytes(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
                          const std::string& help);

// --request-id, which every changing verb has.
CLI::Option* AddRequestId(CLI::App& verb, std::string& target);

// A whole number, 1 or more.
CLI::Validator AtLeastOne();

// The library that reads the command line takes "[a,b]" for a list of two. Arguments of that look
// go through it marked; the functions above take the mark off.
std::string MarkArgument(std::string argument);

// The value of `parsed`; null after its refusal was printed, in which the argument is called
// `what`.
template <class T>
const T* TakeOrPrint(const ErrorPrinter& errors, std::string_view what,
                     const coding::Parsed<T>& parsed) {
  if (parsed.ok()) return &*parsed;
  errors.PrintRefusal(what, parsed.refusal());
  return nullptr;
}

}  // namespace radyab::cli
