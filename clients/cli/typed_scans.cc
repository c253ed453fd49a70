#include "clients/cli/typed_scans.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "clients/cli/output/message_text.h"
#include "clients/cli/output/table.h"
#include "clients/cli/resolve_many.h"
#include "scanner/wedge/key_device.h"
#include "scanner/wedge/typed_lines.h"

namespace radyab::cli {
namespace {

using nlohmann::ordered_json;
using scanner::FaultKind;
using scanner::Outcome;
using scanner::ScanFault;
using scanner::TypedLayout;
using scanner::TypedScan;
using Each = std::function<bool(const TypedScan&)>;

constexpr char kSeparator = '\x1D';                  // GS
constexpr std::chrono::milliseconds kPatience{200};  // then it is asked whether to go on

TypedLayout LayoutOf(const std::string& word) {
  if (word == "us") return TypedLayout::kUs;
  if (word == "fa") return TypedLayout::kPersian;
  return word == "ar" ? TypedLayout::kArabic : TypedLayout::kAny;
}

Outcome<bool> TakeLines(const TypedSource& source, const Each& each) {
  const bool standard = source.lines == "-";
  const int descriptor =
      standard ? STDIN_FILENO : ::open(source.lines.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return ScanFault{FaultKind::kFileUnreadable,
                     "cannot read \"" + source.lines + "\": " + std::strerror(errno)};
  }
  scanner::TypedStream stream(descriptor, LayoutOf(source.layout));
  Outcome<bool> result = true;
  for (;;) {
    const auto scan = stream.Next();
    if (!scan) result = scan.fault();
    if (!scan || !*scan || !each(**scan)) break;
  }
  if (!standard) ::close(descriptor);
  return result;
}

Outcome<bool> TakeKeys(const TypedSource& source, const Each& each,
                       const std::function<void(const std::string&)>& notice,
                       const std::function<bool()>& wanted) {
  scanner::KeyDeviceOptions options;
  options.silence = std::chrono::milliseconds(source.silence_milliseconds);
  const auto device = scanner::KeyDevice::Open(source.keys, options);
  if (!device) return device.fault();
  for (;;) {
    const scanner::KeyNews news = (*device)->Next(kPatience);
    switch (news.what) {
      case scanner::KeyNews::What::kScan:
        if (!each(news.scan)) return true;
        break;
      case scanner::KeyNews::What::kGone:
      case scanner::KeyNews::What::kBack:
        notice(news.message);
        break;
      case scanner::KeyNews::What::kEnd:
        return true;
      case scanner::KeyNews::What::kNothing:
        break;
    }
    if (wanted && !wanted()) return true;
  }
}

// Tells of each scan as soon as it came.
class TypedTelling {
 public:
  TypedTelling(const Session& session, const client::CodeClient* codes, std::string from)
      : errors_(session.errors()),
        printer_(session.printer()),
        codes_(codes),
        from_(std::move(from)),
        table_(Titles(codes != nullptr), Printer::StyleOfStandardOutput()) {}

  // False when the server is out of reach.
  bool Take(const TypedScan& scan) {
    ++count_;
    if (scan.fault) {
      exit_code_ = Worse(exit_code_, ExitCode::kRefused);
      const std::string place = from_ + ", scan " + std::to_string(count_) + ": ";
      if (!printer_.json()) errors_.PrintFault(ExitCode::kRefused, place + scan.fault->message);
    }
    std::vector<v1::Resolution> resolutions;
    if (codes_ != nullptr && !scan.fault) {
      auto answer = ResolveMany(*codes_, {scan.text});
      if (!answer) {
        exit_code_ = errors_.Print(answer.error());
        return false;
      }
      resolutions = *std::move(answer);
      exit_code_ = Worse(exit_code_, ExitCodeOf(resolutions.at(0)));
    }
    if (printer_.json()) {
      PrintJson(scan, resolutions);
    } else if (!scan.fault) {
      PrintRow(scan, resolutions);
    }
    std::fflush(stdout);
    return true;
  }

  ExitCode exit_code() const {
    return Worse(exit_code_, count_ == 0 ? ExitCode::kRefused : ExitCode::kOk);
  }

 private:
  static std::vector<std::string> Titles(bool resolved) {
    std::vector<std::string> titles = {"TEXT"};
    if (resolved) titles.insert(titles.end(), {"KIND", "CODE", "NAME", "STATE"});
    return titles;
  }

  void PrintJson(const TypedScan& scan, const std::vector<v1::Resolution>& resolutions) {
    ordered_json line{{"from", from_}, {"scan", count_}, {"text", scan.text}};
    if (!scan.typed.empty()) line["typed"] = scan.typed;
    if (scan.fault) {
      line["error"] = scan.fault->message;
      line["error_kind"] = std::string(scanner::FaultKindName(scan.fault->kind));
    }
    if (!resolutions.empty()) {
      line["resolution"] = ordered_json::parse(JsonLine(resolutions[0]));
    }
    printer_.PrintText(line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n");
  }

  void PrintRow(const TypedScan& scan, const std::vector<v1::Resolution>& resolutions) {
    std::string text = scan.text;
    std::ranges::replace(text, kSeparator, '^');  // as people write FNC1
    std::vector<std::string> row = {text};
    if (!resolutions.empty()) {
      const ResolutionWords words = WordsOf(resolutions[0]);
      row.insert(row.end(), {words.kind, words.code, words.name, words.state});
    }
    table_.AddRow(std::move(row));
    printer_.PrintText(table_.TakeRendered());
  }

  ErrorPrinter errors_;
  Printer printer_;
  const client::CodeClient* codes_;
  const std::string from_;
  Table table_;
  std::int64_t count_ = 0;
  ExitCode exit_code_ = ExitCode::kOk;
};

}  // namespace

Outcome<bool> TakeTyped(const TypedSource& source, const Each& each,
                        const std::function<void(const std::string&)>& notice,
                        const std::function<bool()>& wanted) {
  return source.keys.empty() ? TakeLines(source, each) : TakeKeys(source, each, notice, wanted);
}

ExitCode ScanTyped(const Session& session, const client::CodeClient* codes,
                   const TypedSource& source) {
  TypedTelling telling(session, codes, source.keys.empty() ? source.lines : source.keys);
  const auto taken = TakeTyped(
      source, [&](const TypedScan& scan) { return telling.Take(scan); },
      [&](const std::string& sentence) {
        session.errors().PrintFault(ExitCode::kUnreachable, sentence);
      });
  if (!taken) return session.errors().PrintFault(ExitCode::kRefused, taken.fault().message);
  return telling.exit_code();
}

}  // namespace radyab::cli
