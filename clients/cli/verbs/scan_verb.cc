// scan: codes out of pictures.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>
#include <utility>

#include "clients/cli/output/message_text.h"
#include "clients/cli/output/table.h"
#include "clients/cli/resolve_many.h"
#include "clients/cli/scan_session/session_options.h"
#include "clients/cli/scan_sources.h"
#include "clients/cli/typed_scans.h"
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
  TypedSource typed;
  std::string size;  // of a camera's frames
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

constexpr int kSideMin = 16;  // of a camera's frame, in pixels
constexpr int kSideMax = 16'384;

// "1920x1080"; nothing when it is no size that a frame may have.
std::optional<std::pair<int, int>> SizeOf(const std::string& text) {
  int width = 0;
  int height = 0;
  int length = 0;
  const bool read = std::sscanf(text.c_str(), "%5dx%5d%n", &width, &height, &length) == 2;
  if (!read || static_cast<std::size_t>(length) != text.size()) return std::nullopt;
  const auto fits = [](int side) { return side >= kSideMin && side <= kSideMax; };
  if (!fits(width) || !fits(height)) return std::nullopt;
  return std::pair(width, height);
}

ExitCode ScanPaths(Session& session, ScanArguments& arguments) {
  const bool typed = !arguments.typed.empty();
  const bool in_session = !arguments.session.kind.empty();
  if (arguments.sources.empty() && !typed && !in_session) {
    return session.errors().PrintFault(
        ExitCode::kUsage,
        "want picture files, folders, --frames, --camera, --watch, --lines or --keys");
  }
  if (typed && !arguments.sources.empty()) {
    return session.errors().PrintFault(ExitCode::kUsage,
                                       "--lines and --keys stand alone, without pictures");
  }
  if (!arguments.size.empty()) {
    const auto size = SizeOf(arguments.size);
    if (!size) {
      return session.errors().PrintFault(
          ExitCode::kUsage,
          "--size \"" + arguments.size + "\": want WIDTHxHEIGHT, 16 to 16384 each");
    }
    std::tie(arguments.sources.camera_wish.width, arguments.sources.camera_wish.height) = *size;
  }
  if (in_session && arguments.typed.lines == "-") arguments.typed.lines.clear();  // it does anyway
  if (in_session && !arguments.typed.lines.empty()) {
    return session.errors().PrintFault(
        ExitCode::kUsage,
        "a session reads the lines of standard input: leave --lines out (< FILE gives it a file)");
  }
  if (in_session) {
    return RunScanSession(session, arguments.session, arguments.sources, arguments.typed);
  }
  std::unique_ptr<client::CodeClient> codes;
  if (!arguments.no_resolve) {
    const auto connection = session.Connect();
    if (connection == nullptr) return session.exit_code;
    codes = std::make_unique<client::CodeClient>(connection);
  }
  if (typed) return ScanTyped(session, codes.get(), arguments.typed);
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
  AddBytes(verb, "--camera", arguments->sources.camera,
           "then the frames of this camera (/dev/video0), without end");
  AddBytes(verb, "--size", arguments->size, "of the camera's frames, 1920x1080 when not given");
  AddNumber(verb, "--fps", arguments->sources.camera_wish.frames_a_second,
            "frames a second of the camera")
      .Between(1, 240)
      .ShowDefault();
  AddBytes(verb, "--watch", arguments->sources.watch,
           "then each new picture of this folder, without end");
  const auto lines = AddBytes(verb, "--lines", arguments->typed.lines,
                              "scans that a gun types, a line each, of this file, - for standard "
                              "input; a Persian or Arabic keyboard layout is turned back");
  AddWord(verb, "--layout", arguments->typed.layout, "the layout under which lines were typed")
      .OneOf({"any", "us", "fa", "ar"})
      .ShowDefault();
  AddBytes(verb, "--keys", arguments->typed.keys,
           "scans of the gun that is this input device, held alone: its path, name or "
           "vendor:product")
      .Excludes(lines);
  AddNumber(verb, "--silence", arguments->typed.silence_milliseconds,
            "milliseconds without a key that end a scan, for guns that send no Enter")
      .Between(50, 60'000)
      .ShowDefault();
  AddFlag(verb, "--no-resolve", arguments->no_resolve, "without asking a server");
  AddSessionOptions(verb, arguments->session);
}

}  // namespace radyab::cli
