// scan: codes out of pictures.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "clients/cli/output/message_text.h"
#include "clients/cli/output/table.h"
#include "clients/cli/resolve_many.h"
#include "clients/cli/scan_session/session_options.h"
#include "clients/cli/scan_sources.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/code_client.h"
#include "scanner/picture_reading.h"

namespace radyab::cli {
namespace {

using nlohmann::ordered_json;
using scanner::PictureReading;
using scanner::Symbol;

constexpr char kSeparator = '\x1D';  // GS: how a reader gives an FNC1 inside a symbol

struct ScanArguments {
  ScanSources sources;
  bool no_resolve = false;
  SessionArguments session;
};

// Scans pictures and tells of each as soon as it was read; rows of tables wait for common widths.
class Scan {
 public:
  Scan(const Session& session, const client::CodeClient* codes)
      : errors_(session.errors()),
        printer_(session.printer()),
        codes_(codes),
        table_(Titles(codes != nullptr), Printer::StyleOfStandardOutput()) {}

  // False to stop: the server is out of reach, or nothing can be read at all.
  bool Take(const PictureReading& reading) {
    symbol_count_ += reading.symbols.size();
    if (reading.fault) {
      if (reading.fault->kind == scanner::FaultKind::kWorkerMissing) {
        exit_code_ = errors_.PrintFault(ExitCode::kInternal, reading.fault->message);
        return false;
      }
      unreadable_ = unreadable_ || reading.fault->kind == scanner::FaultKind::kFileUnreadable;
      if (!printer_.json()) {
        errors_.PrintFault(ExitCode::kRefused, reading.file + ": " + reading.fault->message);
      }
    }
    std::vector<v1::Resolution> resolutions;
    if (codes_ != nullptr && !Resolve(reading, resolutions)) return false;
    if (printer_.json()) {
      PrintJson(reading, resolutions);
    } else {
      AddRows(reading, resolutions);
    }
    return true;
  }

  void End() { printer_.PrintText(table_.TakeRendered()); }

  ExitCode exit_code() const {
    const bool nothing = symbol_count_ == 0 || unreadable_;
    return Worse(exit_code_, nothing ? ExitCode::kRefused : ExitCode::kOk);
  }

 private:
  static std::vector<std::string> Titles(bool resolved) {
    std::vector<std::string> titles = {"FILE", "SYMBOLOGY", "TEXT"};
    if (resolved) titles.insert(titles.end(), {"KIND", "CODE", "NAME", "STATE"});
    return titles;
  }

  bool Resolve(const PictureReading& reading, std::vector<v1::Resolution>& resolutions) {
    std::vector<std::string> texts;
    for (const Symbol& symbol : reading.symbols) texts.push_back(symbol.aim + symbol.text);
    auto answer = ResolveMany(*codes_, texts);
    if (!answer) {
      exit_code_ = errors_.Print(answer.error());
      return false;
    }
    resolutions = *std::move(answer);
    for (const v1::Resolution& resolution : resolutions) {
      exit_code_ = Worse(exit_code_, ExitCodeOf(resolution));
    }
    return true;
  }

  void PrintJson(const PictureReading& reading, const std::vector<v1::Resolution>& resolutions) {
    std::string line = scanner::ReadingJson(reading);
    if (codes_ != nullptr) {
      ordered_json object = ordered_json::parse(line);
      for (std::size_t i = 0; i < resolutions.size(); ++i) {
        object["symbols"][i]["resolution"] = ordered_json::parse(JsonLine(resolutions[i]));
      }
      line = object.dump();
    }
    printer_.PrintText(line + "\n");
    std::fflush(stdout);
  }

  void AddRows(const PictureReading& reading, const std::vector<v1::Resolution>& resolutions) {
    for (std::size_t i = 0; i < reading.symbols.size(); ++i) {
      const Symbol& symbol = reading.symbols[i];
      std::string text = symbol.text;
      std::ranges::replace(text, kSeparator, '^');  // as people write FNC1
      std::vector<std::string> row = {reading.file,
                                      std::string(scanner::SymbologyName(symbol.symbology)), text};
      if (codes_ != nullptr) {
        const ResolutionWords words = WordsOf(resolutions[i]);
        row.insert(row.end(), {words.kind, words.code, words.name, words.state});
      }
      table_.AddRow(std::move(row));
    }
    if (reading.symbols.empty() && !reading.fault) table_.AddRow({reading.file, "-", ""});
    if (table_.waiting_row_count() >= kRowsTogetherMax) End();
  }

  ErrorPrinter errors_;
  Printer printer_;
  const client::CodeClient* codes_;
  Table table_;
  std::size_t symbol_count_ = 0;
  bool unreadable_ = false;
  ExitCode exit_code_ = ExitCode::kOk;
};

ExitCode ScanPaths(Session& session, const ScanArguments& arguments) {
  if (!arguments.session.kind.empty()) {
    return RunScanSession(session, arguments.session, arguments.sources);
  }
  if (arguments.sources.empty()) {
    return session.errors().PrintFault(ExitCode::kUsage,
                                       "want picture files, folders, --frames or --watch");
  }
  std::unique_ptr<client::CodeClient> codes;
  if (!arguments.no_resolve) {
    const auto connection = session.Connect();
    if (connection == nullptr) return session.exit_code;
    codes = std::make_unique<client::CodeClient>(connection);
  }
  Scan scan(session, codes.get());
  const auto count =
      ScanAll(arguments.sources, [&](const PictureReading& reading) { return scan.Take(reading); });
  scan.End();
  if (!count) return session.errors().PrintFault(ExitCode::kRefused, count.fault().message);
  if (*count == 0) {
    return session.errors().PrintFault(ExitCode::kRefused,
                                       "no picture in " + ListOf(arguments.sources));
  }
  return scan.exit_code();
}

}  // namespace

void AddScanVerb(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<ScanArguments>();
  CLI::App& verb =
      AddVerb(app, "scan", "reads the codes in pictures and what they lead to", session,
              [&session, arguments] { return ScanPaths(session, *arguments); });
  AddManyBytes(verb, "paths", arguments->sources.paths, "picture and PDF files, folders");
  AddBytes(verb, "--frames", arguments->sources.frames,
           "then pictures one behind the other (PNM, JPEG, PNG) on this file, - for "
           "standard input");
  AddBytes(verb, "--watch", arguments->sources.watch,
           "then each new picture of this folder, without end");
  AddFlag(verb, "--no-resolve", arguments->no_resolve, "without asking a server");
  AddSessionOptions(verb, arguments->session);
}

}  // namespace radyab::cli
