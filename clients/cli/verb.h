// Declaring verbs and their arguments. The library that reads the command line is seen by verb.cc
// and command_line.cc alone: each file that includes it compiles all its validators anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/session.h"
#include "coding/refusal.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace radyab::cli {

// A family ("item") under which its verbs stand; one of them must be given.
CLI::App& AddFamily(CLI::App& parent, const std::string& name, const std::string& help);

// The family `name` that was added to `parent` before.
CLI::App& FamilyOf(CLI::App& parent, const std::string& name);

// A verb. `run` is called once the whole command line was read; its exit code becomes that of the
// session.
CLI::App& AddVerb(CLI::App& parent, const std::string& name, const std::string& help,
                  Session& session, std::function<ExitCode()> run);

// Gives a verb a second name.
void AlsoNamed(CLI::App& verb, const std::string& name);

// An argument that was added to a verb, and what is wanted of it. What does not fit is a usage
// fault that names the argument. Lives as long as its verb.
class Argument {
 public:
  explicit Argument(CLI::Option* option) : option_(option) {}

  Argument Required();
  Argument OneOf(const std::vector<std::string>& words);
  Argument OneOfNumbers(const std::vector<int>& numbers);
  Argument Between(int least, int most);
  Argument AtLeastOne();  // a whole number, 1 or more
  // A list that takes one value each time its flag is given.
  Argument OneEach();
  // A list of one value at most.
  Argument Single();
  Argument Excludes(const Argument& other);
  Argument Needs(const Argument& other);
  // The help shows what the target holds now.
  Argument ShowDefault();

  CLI::Option* option() const { return option_; }

 private:
  CLI::Option* option_;
};

// An argument whose text goes to the server: refused (usage) when it is no UTF-8. A name without
// dashes is a positional argument. `target` outlives the parsing, here and below.
Argument AddText(CLI::App& verb, const std::string& name, std::string& target,
                 const std::string& help);
Argument AddTexts(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
                  const std::string& help);

// Arguments of any bytes: file names, and texts that are looked at here.
Argument AddBytes(CLI::App& verb, const std::string& name, std::string& target,
                  const std::string& help);
Argument AddManyBytes(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
                      const std::string& help);

// One word, or several, of a few that are known (OneOf).
Argument AddWord(CLI::App& verb, const std::string& name, std::string& target,
                 const std::string& help);
Argument AddWords(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
                  const std::string& help);

Argument AddNumber(CLI::App& verb, const std::string& name, int& target, const std::string& help);
Argument AddNumber(CLI::App& verb, const std::string& name, std::int64_t& target,
                   const std::string& help);
Argument AddNumber(CLI::App& verb, const std::string& name, std::size_t& target,
                   const std::string& help);

// True when it is given.
Argument AddFlag(CLI::App& verb, const std::string& name, bool& target, const std::string& help);

// --request-id, which every changing verb has.
Argument AddRequestId(CLI::App& verb, std::string& target);

// The argument that was added to `verb` under `name`.
Argument ArgumentOf(CLI::App& verb, const std::string& name);

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
