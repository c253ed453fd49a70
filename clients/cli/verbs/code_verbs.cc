// code check: is this text a code of ours? Without a server.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "clients/cli/output/table.h"
#include "clients/cli/text_source.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"
#include "coding/code.h"

namespace radyab::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kShownTextBytesMax = 60;

ordered_json CheckJson(const std::string& text, const coding::Parsed<coding::Code>& code) {
  ordered_json object{
      {"in", text}, {"ok", code.ok()}, {"code", nullptr}, {"kind", nullptr}, {"refusal", nullptr}};
  if (code) {
    object["code"] = code->Digits();
    object["kind"] = coding::KindName(code->kind());
  } else {
    const coding::Refusal& refusal = code.refusal();
    object["refusal"] = {{"reason", coding::RefusalReasonName(refusal.reason)},
                         {"at", refusal.at},
                         {"length", refusal.length}};
  }
  return object;
}

std::vector<std::string> CheckRow(const std::string& text,
                                  const coding::Parsed<coding::Code>& code) {
  const std::string shown = text.substr(0, kShownTextBytesMax);
  if (code) return {shown, "ok", code->Grouped(), std::string(coding::KindName(code->kind()))};
  return {shown, "no", "", code.refusal().message};
}

ExitCode CheckCodes(const Session& session, const std::vector<std::string>& arguments) {
  const Printer printer = session.printer();
  Table table({"TEXT", "OK", "CODE", "KIND OR REFUSAL"}, Printer::StyleOfStandardOutput());
  std::string lines;
  bool all_valid = true;
  const auto check = [&](const std::string& text) {
    const auto code = coding::ParseCode(text);
    all_valid = all_valid && code.ok();
    if (printer.json()) {
      // Bytes of the text that are no UTF-8 become U+FFFD, so that every line is JSON.
      lines += CheckJson(text, code).dump(-1, ' ', false, ordered_json::error_handler_t::replace);
      lines += '\n';
    } else {
      table.AddRow(CheckRow(text, code));
    }
    return true;
  };
  const auto write_out = [&] {
    lines += table.TakeRendered();
    printer.PrintText(lines);
    std::fflush(stdout);
    lines.clear();
    return true;
  };
  if (!ForEachText(arguments, check, write_out)) {
    return session.errors().PrintFault(ExitCode::kInternal, "standard input cannot be read");
  }
  return all_valid ? ExitCode::kOk : ExitCode::kRefused;
}

}  // namespace

void AddCodeVerbs(CLI::App& app, Session& session) {
  CLI::App& family = AddFamily(app, "code", "codes as such, and those set aside to be printed");
  auto texts = std::make_shared<std::vector<std::string>>();
  CLI::App& verb = AddVerb(family, "check", "is it a valid code? (refused ones: why and where)",
                           session, [&session, texts] { return CheckCodes(session, *texts); });
  AddManyBytes(verb, "texts", *texts, "texts to check; none, or -: the lines of standard input");
  AddReserveVerbs(family, session);
}

}  // namespace radyab::cli
