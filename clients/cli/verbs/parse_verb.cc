// parse: what does this scan say? Without a server.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "clients/cli/current_year.h"
#include "clients/cli/output/display_text.h"
#include "clients/cli/payload_json.h"
#include "clients/cli/text_source.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"
#include "coding/scan_payload.h"

namespace radyab::cli {
namespace {

using nlohmann::ordered_json;

std::string Line(const std::string& name, const std::string& value) {
  return "  " + name + std::string(name.size() < 14 ? 14 - name.size() : 1, ' ') +
         Printable(value) + "\n";
}

// FNC1 as tables show it.
std::string WithCarets(std::string text) {
  std::ranges::replace(text, '\x1D', '^');
  return text;
}

std::string ForPeople(const std::string& in, const coding::ScanPayload& payload) {
  std::string text = Shortened(Printable(WithCarets(in)), 80) + "\n";
  text += Line("kind", std::string(coding::PayloadKindName(payload.kind)));
  if (payload.code) text += Line("code", payload.code->Grouped());
  for (const auto& element : ElementsOf(payload))
    text += Line("(" + element.ai + ")", element.value);
  if (payload.lot) text += Line("lot", *payload.lot);
  if (payload.serial) text += Line("serial", *payload.serial);
  if (payload.expiry) text += Line("expiry", coding::WriteIsoDate(*payload.expiry));
  for (const auto& candidate : payload.candidates) {
    text +=
        Line("may be", candidate.scheme + " " + WithCarets(candidate.value) + ": " + candidate.why);
  }
  for (const auto& repair : payload.repairs) text += Line("repaired", repair.why);
  for (const auto& rule : payload.rules) text += Line("rule broken", rule.message);
  if (!payload.content_ok()) text += Line("refused", payload.refusal->message);
  return text;
}

struct ParseArguments {
  std::vector<std::string> texts;
  bool digital_link = false;
  bool bracketed = false;

  coding::PayloadForm form() const {
    if (digital_link) return coding::PayloadForm::kDigitalLink;
    return bracketed ? coding::PayloadForm::kBracketed : coding::PayloadForm::kAny;
  }
};

ExitCode ParseTexts(const Session& session, const ParseArguments& arguments) {
  const Printer printer = session.printer();
  const int year = CurrentYear();
  std::string lines;
  bool all_good = true;
  const auto parse = [&](const std::string& text) {
    const auto payload = coding::ParseScanPayload(text, year, arguments.form());
    all_good = all_good && payload.content_ok();
    if (printer.json()) {
      lines +=
          PayloadJson(text, payload).dump(-1, ' ', false, ordered_json::error_handler_t::replace);
      lines += '\n';
    } else {
      lines += ForPeople(text, payload);
    }
    return true;
  };
  const auto write_out = [&] {
    printer.PrintText(lines);
    std::fflush(stdout);
    lines.clear();
    return true;
  };
  if (!ForEachText(arguments.texts, parse, write_out)) {
    return session.errors().PrintFault(ExitCode::kInternal, "standard input cannot be read");
  }
  return all_good ? ExitCode::kOk : ExitCode::kRefused;
}

}  // namespace

void AddParseVerb(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<ParseArguments>();
  CLI::App& verb =
      AddVerb(app, "parse", "what a scan says: elements, codes, links; without a server", session,
              [&session, arguments] { return ParseTexts(session, *arguments); });
  AddManyBytes(verb, "texts", arguments->texts,
               "scanned texts; none, or -: the lines of standard input");
  const Argument link = AddFlag(verb, "--digital-link", arguments->digital_link,
                                "the texts are GS1 Digital Link URIs; nothing is repaired");
  AddFlag(verb, "--bracketed", arguments->bracketed,
          "the texts are elements in brackets, a backslash before a bracket makes it data; "
          "nothing is repaired")
      .Excludes(link);
}

}  // namespace radyab::cli
