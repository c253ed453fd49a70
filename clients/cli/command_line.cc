#include "clients/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "clients/cli/near_word.h"
#include "clients/cli/output/language.h"
#include "clients/cli/output/message_text.h"
#include "clients/cli/session.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"

namespace radyab::cli {
namespace {

constexpr double kTimeoutSecondsMin = 0.001;
constexpr double kTimeoutSecondsMax = 86'400;

void AddGlobalOptions(CLI::App& app, GlobalOptions& options) {
  AddText(app, "--server", options.server, "HOST:PORT of the server (RADYAB_SERVER)")
      .option()
      ->envname("RADYAB_SERVER")
      ->default_str("127.0.0.1:7400");
  AddBytes(app, "--key-file", options.key_file, "file that holds the API key (else RADYAB_KEY)");
  app.add_option("--timeout", options.timeout_seconds, "longest wait for an answer, in seconds")
      ->check(CLI::Range(kTimeoutSecondsMin, kTimeoutSecondsMax))
      ->default_str("10");
  app.add_flag("--json", options.json, "one JSON object a line instead of tables");
  app.add_flag_callback("--jalali", ShowJalaliTimes,
                        "times by the Iranian calendar (not in --json)");
  app.add_option_function<std::string>(
         "--lang",
         [](const std::string& language) {
           if (language == "fa") SpeakPersian();
         },
         "language of titles and sentences: en or fa (not in --json)")
      ->check(CLI::IsMember({"en", "fa"}));
  app.add_flag("--tls", options.tls, "TLS with the certificates of the system");
  AddBytes(app, "--tls-root,--tls-ca", options.tls_root_file, "PEM file with the roots to trust");
  AddBytes(app, "--tls-cert", options.tls_certificate_file,
           "PEM file with this client's certificate");
  AddBytes(app, "--tls-key", options.tls_key_file, "PEM file with its private key");
  AddText(app, "--tls-server-name", options.tls_server_name, "name on the server's certificate");
  app.set_version_flag("--version", "radyab " RADYAB_VERSION);
}

void AddAllVerbs(CLI::App& app, Session& session) {
  AddCodeVerbs(app, session);
  AddResolveVerb(app, session);
  AddSearchVerb(app, session);
  AddParseVerb(app, session);
  AddTextVerbs(app, session);
  AddScanVerb(app, session);
  AddLabelVerb(app, session);
  AddLabelsVerb(app, session);
  AddCommandSheetVerb(app, session);
  AddItemVerbs(app, session);
  AddServiceVerbs(app, session);
  AddPartyVerbs(app, session);
  AddAliasVerbs(app, session);
  AddAuthenticityVerbs(app, session);
  AddClassVerbs(app, session);
  AddMemberVerbs(app, session);
  AddEventVerbs(app, session);
  AddTraceVerbs(app, session);
  AddNoticeVerbs(app, session);
  AddCaseVerbs(app, session);
  AddImportVerb(app, session);
  AddExportVerb(app, session);
  AddOfflineVerbs(app, session);
  AddAdminVerbs(app, session);
}

std::string NameOf(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name()
                                     : NameOf(*app.get_parent()) + " " + app.get_name();
}

// The innermost verb that was named: whose help helps.
const CLI::App* Named(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? &app : Named(*chosen.front());
}

std::vector<std::string> VerbsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(verb->get_name());
  }
  return names;
}

// With their dashes, those of all verbs too.
std::vector<std::string> OptionsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  if (app.get_parent() == nullptr) return names;
  const auto outer = OptionsOf(*app.get_parent());
  names.insert(names.end(), outer.begin(), outer.end());
  return names;
}

std::string WithNearest(const std::string& sentence, const std::string& word,
                        const std::vector<std::string>& words) {
  const std::string nearest = NearestWord(word, words);
  return nearest.empty() ? sentence
                         : sentence + "; " + LocalSentence("did you mean {1}?", {nearest});
}

// A word that is not known is named, with what was meant; the library names them all, the last
// first, or says that a verb is missing.
std::string WhatWasWrong(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& named = *Named(app);
  const auto unknown = app.remaining(true);  // what a family does not know falls through to all
  const std::vector<std::string> verbs = VerbsOf(named);
  const bool verb_missing =
      dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !verbs.empty();
  if (verb_missing && unknown.empty()) {
    std::string list;
    for (const std::string& verb : verbs) list += (list.empty() ? "" : ", ") + verb;
    return LocalSentence("{1} wants one of: {2}", {NameOf(named), list});
  }
  if (unknown.empty()) return error.what();
  const std::string& word = unknown.front();
  if (verb_missing) {
    return WithNearest(LocalSentence("\"{1}\" is no verb of {2}", {word, NameOf(named)}), word,
                       verbs);
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) == nullptr) return error.what();
  if (!word.starts_with('-')) {
    return LocalSentence("\"{1}\" is one word too many for {2}", {word, NameOf(named)});
  }
  const std::string option = word.substr(0, word.find('='));
  return WithNearest(LocalSentence("\"{1}\" is no option of {2}", {option, NameOf(named)}), option,
                     OptionsOf(named));
}

// An answer that did not arrive is a fault, whatever became of the request.
ExitCode FlushAnswers(const Session& session) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return ExitCode::kOk;
  return session.errors().PrintFault(ExitCode::kInternal,
                                     "the answer could not be written to standard output");
}

}  // namespace

int RunCommandLine(int argument_count, const char* const* arguments) {
  // gRPC writes to standard error on its own; failures are told there once, by us.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  CLI::App app("Codes for items, services and customers, and the trace of goods between them.",
               "radyab");
  app.fallthrough();  // the options of all verbs may stand behind the verb
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "help of every family");
  app.footer(
      "Exit codes: 0 done, 1 refused, 2 wrong command line, 3 not found, 4 no answer from the "
      "server, 5 fault.");
  GlobalOptions options;
  if (const char* key = std::getenv("RADYAB_KEY")) options.key = key;
  Session session(options);
  AddGlobalOptions(app, options);
  AddAllVerbs(app, session);

  std::vector<std::string> words;
  for (int i = argument_count - 1; i > 0; --i) words.push_back(MarkArgument(arguments[i]));
  const bool json_named = std::ranges::find(words, "--json") != words.end();
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // help and version
      app.exit(error);
      return static_cast<int>(FlushAnswers(session));
    }
    options.json = json_named;  // it may stand behind what was not understood
    session.errors().PrintFault(
        ExitCode::kUsage,
        WhatWasWrong(app, error) + "; " + LocalSentence("see {1} --help", {NameOf(*Named(app))}));
    return static_cast<int>(ExitCode::kUsage);
  }
  return static_cast<int>(Worse(session.exit_code, FlushAnswers(session)));
}

}  // namespace radyab::cli
