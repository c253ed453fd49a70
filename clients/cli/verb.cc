#include "clients/cli/verb.h"

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

CLI::App& AddVerb(CLI::App& parent, const std::string& name, const std::string& help,
                  Session& session, std::function<ExitCode()> run) {
  CLI::App* verb = parent.add_subcommand(name, help);
  verb->final_callback([&session, run = std::move(run)] { session.exit_code = run(); });
  return *verb;
}

CLI::Option* AddText(CLI::App& verb, const std::string& name, std::string& target,
                     const std::string& help) {
  return verb.add_option(name, target, help)->transform(Unmark(true))->type_name("TEXT");
}

CLI::Option* AddTexts(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
                      const std::string& help) {
  CLI::Option* option = verb.add_option(name, target, help);
  option->transform(Unmark(true))->type_name("TEXT");
  // A flag takes one value each time it is given; only positional arguments take all that follow.
  if (name.starts_with('-')) option->allow_extra_args(false);
  return option;
}

CLI::Option* AddBytes(CLI::App& verb, const std::string& name, std::string& target,
                      const std::string& help) {
  return verb.add_option(name, target, help)->transform(Unmark(false))->type_name("TEXT");
}

CLI::Option* AddRequestId(CLI::App& verb, std::string& target) {
  return AddText(verb, "--request-id", target, "tells a retry from a new change");
}

CLI::Validator AtLeastOne() {
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

CLI::Option* AddManyBytes(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
                          const std::string& help) {
  return verb.add_option(name, target, help)->transform(Unmark(false))->type_name("TEXT");
}

}  // namespace radyab::cli
