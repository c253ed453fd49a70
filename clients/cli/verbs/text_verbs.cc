// text fold: the match keys of texts, without a server.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "clients/cli/text_source.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"
#include "coding/text_fold.h"

namespace radyab::cli {
namespace {

using nlohmann::ordered_json;

// A line of the answer for each text, so that both can be read side by side.
ExitCode FoldTexts(const Session& session, const std::vector<std::string>& arguments) {
  const Printer printer = session.printer();
  std::string lines;
  const auto fold = [&](const std::string& text) {
    const std::string key = coding::FoldText(text);
    if (printer.json()) {
      const ordered_json object{{"in", text}, {"key", key}};
      // Bytes of the text that are no UTF-8 become U+FFFD, so that every line is JSON.
      lines += object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    } else {
      lines += key;
    }
    lines += '\n';
    return true;
  };
  const auto write_out = [&] {
    printer.PrintText(lines);
    std::fflush(stdout);
    lines.clear();
    return true;
  };
  if (!ForEachText(arguments, fold, write_out)) {
    return session.errors().PrintFault(ExitCode::kInternal, "standard input cannot be read");
  }
  return ExitCode::kOk;
}

}  // namespace

void AddTextVerbs(CLI::App& app, Session& session) {
  CLI::App& family = AddFamily(app, "text", "texts as they are compared, without a server");
  auto texts = std::make_shared<std::vector<std::string>>();
  CLI::App& verb = AddVerb(family, "fold", "the match key of each text: equal for all spellings",
                           session, [&session, texts] { return FoldTexts(session, *texts); });
  AddManyBytes(verb, "texts", *texts, "texts to fold; none, or -: the lines of standard input");
}

}  // namespace radyab::cli
