// resolve: what does this code or scan lead to?
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

#include "clients/cli/offline_site.h"
#include "clients/cli/output/display_text.h"
#include "clients/cli/output/language.h"
#include "clients/cli/output/message_text.h"
#include "clients/cli/output/table.h"
#include "clients/cli/resolve_many.h"
#include "clients/cli/text_source.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/code_client.h"
#include "coding/scan_payload.h"

namespace radyab::cli {
namespace {

std::vector<std::string> RowOf(const v1::Resolution& resolution) {
  const ResolutionWords words = WordsOf(resolution);
  std::string notes = resolution.unusable_reason() + DidYouMean(resolution.refusal());
  const auto note = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) notes += (notes.empty() ? "" : "; ") + name + " " + value;
  };
  note("successor", resolution.successor_code());
  note("expiry", resolution.expiry_date());
  if (resolution.contained_quantity() > 1) {
    note("package of", std::to_string(resolution.contained_quantity()));
  }
  return {resolution.text(),
          words.kind,
          words.code,
          words.name,
          words.state,
          resolution.has_refusal() ? "" : Local(resolution.usable() ? "yes" : "no"),
          resolution.object(),
          notes};
}

using Resolutions = client::Answer<std::vector<v1::Resolution>>;
using AskForMany = std::function<Resolutions(const std::vector<std::string>&)>;

// Answers the texts that were gathered; the exit code is the worst of theirs. While the server is
// away each text is told of as unanswered, and the next ones are asked for again: who scans on is
// answered as soon as it is back.
class Resolver {
 public:
  Resolver(const Session& session, AskForMany ask)
      : errors_(session.errors()),
        printer_(session.printer()),
        ask_(std::move(ask)),
        table_({"TEXT", "KIND", "CODE", "NAME", "STATE", "MAY MOVE", "OBJECT", "NOTES"},
               Printer::StyleOfStandardOutput()) {}

  // False when no later text can be answered.
  bool Take(const std::string& text) {
    texts_.push_back(text);
    return texts_.size() < kResolveTextsMax || Answer();
  }

  bool Answer() {
    if (texts_.empty()) return true;
    const std::vector<std::string> texts = std::exchange(texts_, {});
    const auto resolutions = ask_(texts);
    if (!resolutions) return TellUnanswered(texts, resolutions.error());
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
    return true;
  }

  ExitCode exit_code() const { return exit_code_; }

 private:
  bool TellUnanswered(const std::vector<std::string>& texts, client::ClientError error) {
    const ExitCode code = radyab::cli::ExitCodeOf(error);
    const std::string why = error.message;
    for (const std::string& text : texts) {
      const bool short_text = text.size() <= coding::kScanPayloadBytesMax;
      const std::string shown = short_text ? Printable(text) : "(a text too long)";
      error.message = "\"" + shown + "\": " + why;
      error.metadata["text"] = shown;
      errors_.Print(error);
    }
    exit_code_ = Worse(exit_code_, code);
    return code == ExitCode::kUnreachable;  // a wrong key stays wrong
  }

  ErrorPrinter errors_;
  Printer printer_;
  AskForMany ask_;
  Table table_;
  std::vector<std::string> texts_;
  ExitCode exit_code_ = ExitCode::kOk;
};

struct ResolveArguments {
  std::vector<std::string> texts;
  std::string offline;
};

// By the code pack of a folder; every text is one question, of the present moment.
AskForMany ByPack(const offline::OfflineResolver& pack) {
  return [&pack](const std::vector<std::string>& texts) -> Resolutions {
    std::vector<v1::Resolution> resolutions;
    for (const std::string& text : texts) {
      auto answer = pack.Resolve(text, offline::AskedNow());
      if (!answer) return answer.error();
      resolutions.push_back(std::move(answer).value());
    }
    return resolutions;
  };
}

ExitCode ResolveTexts(Session& session, const ResolveArguments& arguments) {
  std::unique_ptr<OfflineSite> site;
  std::unique_ptr<client::CodeClient> codes;
  AskForMany ask;
  if (!arguments.offline.empty()) {
    site = OpenSite(session, arguments.offline);
    if (site == nullptr) return session.exit_code;
    ask = ByPack(site->resolver);
  } else {
    const auto connection = session.Connect();
    if (connection == nullptr) return session.exit_code;
    codes = std::make_unique<client::CodeClient>(connection);
    ask = [&codes](const auto& texts) { return ResolveMany(*codes, texts); };
  }
  Resolver resolver(session, std::move(ask));
  const bool read = ForEachText(
      arguments.texts, [&](const std::string& text) { return resolver.Take(text); },
      [&] { return resolver.Answer(); });
  if (!read)
    return session.errors().PrintFault(ExitCode::kInternal, "standard input cannot be read");
  return resolver.exit_code();
}

}  // namespace

void AddResolveVerb(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<ResolveArguments>();
  CLI::App& verb =
      AddVerb(app, "resolve", "what a code, a GTIN, a link or any other scan leads to", session,
              [&session, arguments] { return ResolveTexts(session, *arguments); });
  AddManyBytes(verb, "texts", arguments->texts, "texts; none, or -: the lines of standard input");
  AddOffline(verb, arguments->offline, "by the code pack in this folder, without a server");
}

}  // namespace radyab::cli
