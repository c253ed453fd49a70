// resolve: what does this code or scan lead to?
#include <cstdio>

#include "clients/cli/output/message_text.h"
#include "clients/cli/output/table.h"
#include "clients/cli/resolve_many.h"
#include "clients/cli/text_source.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/code_client.h"

namespace radyab::cli {
namespace {

ExitCode ExitCodeOf(const v1::Resolution& resolution) {
  if (!resolution.has_refusal()) return ExitCode::kOk;
  return resolution.refusal().reason() == "NOT_FOUND" ? ExitCode::kNotFound : ExitCode::kRefused;
}

std::vector<std::string> RowOf(const v1::Resolution& resolution) {
  const ResolutionWords words = WordsOf(resolution);
  std::string notes = resolution.unusable_reason();
  const auto note = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) notes += (notes.empty() ? "" : "; ") + name + " " + value;
  };
  note("successor", resolution.successor_code());
  note("expiry", resolution.expiry_date());
  if (resolution.contained_quantity() > 1) {
    note("package of", std::to_string(resolution.contained_quantity()));
  }
  return {resolution.text(),   words.kind,
          words.code,          words.name,
          words.state,         resolution.has_refusal() ? "" : (resolution.usable() ? "yes" : "no"),
          resolution.object(), notes};
}

// Answers the texts that were gathered; the exit code is the worst of theirs.
class Resolver {
 public:
  Resolver(const Session& session, const client::CodeClient& codes)
      : errors_(session.errors()),
        printer_(session.printer()),
        codes_(codes),
        table_({"TEXT", "KIND", "CODE", "NAME", "STATE", "MAY MOVE", "OBJECT", "NOTES"},
               Printer::StyleOfStandardOutput()) {}

  void Take(const std::string& text) {
    texts_.push_back(text);
    if (texts_.size() == kResolveTextsMax) Answer();
  }

  void Answer() {
    if (texts_.empty() || failed_) return;
    const auto resolutions = ResolveMany(codes_, texts_);
    texts_.clear();
    if (!resolutions) {
      failed_ = true;
      exit_code_ = Worse(exit_code_, errors_.Print(resolutions.error()));
      return;
    }
    for (const v1::Resolution& resolution : *resolutions) {
      exit_code_ = Worse(exit_code_, ExitCodeOf(resolution));
      if (printer_.json()) {
        printer_.PrintText(JsonLine(resolution) + "\n");
      } else {
        table_.AddRow(RowOf(resolution));
      }
    }
    printer_.PrintText(table_.TakeRendered());
    std::fflush(stdout);
  }

  ExitCode exit_code() const { return exit_code_; }

 private:
  ErrorPrinter errors_;
  Printer printer_;
  const client::CodeClient& codes_;
  Table table_;
  std::vector<std::string> texts_;
  bool failed_ = false;
  ExitCode exit_code_ = ExitCode::kOk;
};

ExitCode ResolveTexts(Session& session, const std::vector<std::string>& arguments) {
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const client::CodeClient codes(connection);
  Resolver resolver(session, codes);
  const bool read = ForEachText(
      arguments, [&](const std::string& text) { resolver.Take(text); }, [&] { resolver.Answer(); });
  if (!read)
    return session.errors().PrintFault(ExitCode::kInternal, "standard input cannot be read");
  return resolver.exit_code();
}

}  // namespace

void AddResolveVerb(CLI::App& app, Session& session) {
  auto texts = std::make_shared<std::vector<std::string>>();
  CLI::App& verb = AddVerb(app, "resolve", "what a code, a GTIN, a link or any other scan leads to",
                           session, [&session, texts] { return ResolveTexts(session, *texts); });
  AddManyBytes(verb, "texts", *texts, "texts; none, or -: the lines of standard input");
}

}  // namespace radyab::cli
