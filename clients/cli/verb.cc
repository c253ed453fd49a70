#include "clients/cli/verb.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <utility>

#include "coding/utf8_reader.h"

namespace radyab::cli {
namespace {

constexpr char kMark = '\x01';

// Takes the mark off; what is said back is why the text is refused.
CLI::Validator Unmark(bool text) {
  return CLI::Validator(
      [text](std::string& value) -> std::string {
        if (value.size() >= 2 && value[0] == kMark && value[1] == '[') value.erase(0, 1);
        return text && !coding::IsValidUtf8(value) ? "the text is not UTF-8" : "";
      },
      "", "");
}

CLI::Validator WholeFromOne() {
  return CLI::Validator(
      [](std::string& value) -> std::string {
        std::int64_t number = 0;
        const auto [end, fault] =
            std::from_chars(value.data(), value.data() + value.size(), number);
        const bool whole = fault == std::errc() && end == value.data() + value.size();
        return whole && number >= 1 ? "" : "\"" + value + "\": want a whole number, 1 or more";
      },
      "", "");
}

}  // namespace

std::string MarkArgument(std::string argument) {
  if (argument.size() >= 2 && argument.front() == '[' && argument.back() == ']') {
    argument.insert(argument.begin(), kMark);
  }
  return argument;
}

CLI::App& AddFamily(CLI::App& parent, const std::string& name, const std::string& help) {
  CLI::App* family = parent.add_subcommand(name, help);
  family->require_subcommand(1);
  return *family;
}

CLI::App& FamilyOf(CLI::App& parent, const std::string& name) {
  return *parent.get_subcommand(name);
}

CLI::App& AddVerb(CLI::App& parent, const std::string& name, const std::string& help,
                  Session& session, std::function<ExitCode()> run) {
  CLI::App* verb = parent.add_subcommand(name, help);
  verb->final_callback([&session, verb, run = std::move(run)] {
    std::vector<std::string> options;
    for (const CLI::Option* option : verb->get_options()) {
      for (const std::string& long_name : option->get_lnames()) options.push_back("--" + long_name);
    }
    session.RunsWith(std::move(options));
    session.exit_code = run();
  });
  return *verb;
}

void AlsoNamed(CLI::App& verb, const std::string& name) { verb.alias(name); }

Argument Argument::Required() {
  option_->required();
  return *this;
}

Argument Argument::OneOf(const std::vector<std::string>& words) {
  option_->check(CLI::IsMember(words));
  return *this;
}

Argument Argument::OneOfNumbers(const std::vector<int>& numbers) {
  option_->check(CLI::IsMember(numbers));
  return *this;
}

Argument Argument::Between(int least, int most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Argument Argument::AtLeastOne() {
  option_->check(WholeFromOne());
  return *this;
}

Argument Argument::OneEach() {
  option_->allow_extra_args(false);
  return *this;
}

Argument Argument::Single() {
  option_->expected(1);
  return *this;
}

Argument Argument::Excludes(const Argument& other) {
  option_->excludes(other.option_);
  return *this;
}

Argument Argument::Needs(const Argument& other) {
  option_->needs(other.option_);
  return *this;
}

Argument Argument::ShowDefault() {
  option_->capture_default_str();
  return *this;
}

Argument AddText(CLI::App& verb, const std::string& name, std::string& target,
                 const std::string& help) {
  CLI::Option* option = verb.add_option(name, target, help);
  option->transform(Unmark(true))->type_name("TEXT");
  return Argument(option);
}

Argument AddTexts(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
                  const std::string& help) {
  CLI::Option* option = verb.add_option(name, target, help);
  option->transform(Unmark(true))->type_name("TEXT");
  // A flag takes one value each time it is given; only positional arguments take all that follow.
  if (name.starts_with('-')) option->allow_extra_args(false);
  return Argument(option);
}

Argument AddBytes(CLI::App& verb, const std::string& name, std::string& target,
                  const std::string& help) {
  CLI::Option* option = verb.add_option(name, target, help);
  option->transform(Unmark(false))->type_name("TEXT");
  return Argument(option);
}

Argument AddManyBytes(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
                      const std::string& help) {
  CLI::Option* option = verb.add_option(name, target, help);
  option->transform(Unmark(false))->type_name("TEXT");
  return Argument(option);
}

Argument AddWord(CLI::App& verb, const std::string& name, std::string& target,
                 const std::string& help) {
  return Argument(verb.add_option(name, target, help));
}

Argument AddWords(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
                  const std::string& help) {
  return Argument(verb.add_option(name, target, help));
}

Argument AddNumber(CLI::App& verb, const std::string& name, int& target, const std::string& help) {
  return Argument(verb.add_option(name, target, help));
}

Argument AddNumber(CLI::App& verb, const std::string& name, std::int64_t& target,
                   const std::string& help) {
  return Argument(verb.add_option(name, target, help));
}

Argument AddNumber(CLI::App& verb, const std::string& name, std::size_t& target,
                   const std::string& help) {
  return Argument(verb.add_option(name, target, help));
}

Argument AddFlag(CLI::App& verb, const std::string& name, bool& target, const std::string& help) {
  return Argument(verb.add_flag(name, target, help));
}

Argument AddRequestId(CLI::App& verb, std::string& target) {
  return AddText(verb, "--request-id", target, "tells a retry from a new change");
}

Argument ArgumentOf(CLI::App& verb, const std::string& name) {
  return Argument(verb.get_option(name));
}

}  // namespace radyab::cli
