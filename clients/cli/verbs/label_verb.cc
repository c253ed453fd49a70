// label: symbols of codes, lots, units and containers as SVG and PNG files.
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "clients/cli/label_facts.h"
#include "clients/cli/output/table.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"
#include "scanner/label.h"

namespace radyab::cli {
namespace {

using nlohmann::ordered_json;
using scanner::Carrier;
using scanner::LabelContent;
using scanner::LabelFormat;

struct LabelArguments {
  std::vector<std::string> objects;
  bool svg = false;
  bool png = false;
  int dots_per_inch = scanner::kLabelDotsPerInch203;
  std::vector<std::string> kinds;
  std::string out;
  std::string host;
  std::string name_fa;
  std::string name_en;
  std::string gtin;
  std::string production;
  std::string best_before;
  std::string expiry;
  bool offline = false;
};

// What was asked for with --kind.
struct WantedCarriers {
  std::vector<Carrier> carriers;
  std::optional<bool> bars_gs1;  // gs1-128: true, code128: false
};

WantedCarriers CarriersOf(const std::vector<std::string>& kinds) {
  WantedCarriers wanted;
  for (const std::string& kind : kinds) {
    if (kind == "qr") {
      wanted.carriers.push_back(Carrier::kQrCode);
    } else if (kind == "datamatrix") {
      wanted.carriers.push_back(Carrier::kDataMatrix);
    } else {
      wanted.carriers.push_back(Carrier::kBars);
      wanted.bars_gs1 = kind == "gs1-128";
    }
  }
  if (kinds.empty()) wanted.carriers = scanner::LabelOptions().carriers;
  return wanted;
}

// A date of a flag into the content. False after a refusal was printed.
bool TakeDate(const ErrorPrinter& errors, const char* flag, const std::string& text,
              std::optional<coding::CivilDate>& date) {
  if (text.empty()) return true;
  const auto parsed = coding::ParseIsoDate(text);
  if (TakeOrPrint(errors, flag, parsed) == nullptr) return false;
  date = *parsed;
  return true;
}

// Draws labels one after another and tells of each.
class Labeller {
 public:
  Labeller(Session& session, const LabelArguments& arguments)
      : session_(session),
        arguments_(arguments),
        errors_(session.errors()),
        printer_(session.printer()),
        wanted_(CarriersOf(arguments.kinds)),
        table_({"OBJECT", "FILE"}, Printer::StyleOfStandardOutput()) {}

  ExitCode Label(const std::string& text) {
    const auto word = coding::ParseObjectWord(text);
    if (!word) return errors_.PrintRefusal("object", word.refusal());
    LabelContent content = ContentOf(*word);
    if (!TakeFlags(content)) return ExitCode::kRefused;
    if (!arguments_.offline) {
      const auto connection = session_.Connect();
      if (connection == nullptr) return session_.exit_code;
      if (const auto error = FillFromServer(connection, *word, content))
        return errors_.Print(*error);
    }
    if (!BarsAreAsWanted(content)) return ExitCode::kRefused;
    ExitCode worst = ExitCode::kOk;
    if (arguments_.svg) worst = Worse(worst, Make(*word, content, LabelFormat::kSvg, ".svg"));
    if (arguments_.png || !arguments_.svg) {
      worst = Worse(worst, Make(*word, content, LabelFormat::kPng, ".png"));
    }
    return worst;
  }

  void End() { printer_.PrintText(table_.TakeRendered()); }

 private:
  bool TakeFlags(LabelContent& content) const {
    content.name_fa = arguments_.name_fa;
    content.name_en = arguments_.name_en;
    if (!arguments_.gtin.empty()) content.gtin = arguments_.gtin;
    if (!arguments_.host.empty()) content.link_host = arguments_.host;
    return TakeDate(errors_, "--production", arguments_.production, content.production) &&
           TakeDate(errors_, "--best-before", arguments_.best_before, content.best_before) &&
           TakeDate(errors_, "--expiry", arguments_.expiry, content.expiry);
  }

  // Whether bars become GS1-128 or Code 128 hangs on the facts; one that was named must come out.
  bool BarsAreAsWanted(const LabelContent& content) const {
    if (!wanted_.bars_gs1) return true;
    const auto planned = scanner::PlanCarriers(content, {Carrier::kBars});
    if (!planned) {
      errors_.PrintFault(ExitCode::kRefused, planned.fault().message);
      return false;
    }
    if (planned->front().gs1 == *wanted_.bars_gs1) return true;
    errors_.PrintFault(
        ExitCode::kRefused,
        *wanted_.bars_gs1 ? "GS1-128 needs a GTIN or an SSCC, and this object has none: use code128"
                          : "with a GTIN or SSCC the bars are GS1-128: use gs1-128");
    return false;
  }

  std::string PathOf(const coding::ObjectWord& word, const std::string& ending) const {
    const std::string name = LabelFileName(word, ending);
    if (arguments_.out.empty()) return name;
    std::error_code fault;
    const bool folder =
        arguments_.out.ends_with('/') || std::filesystem::is_directory(arguments_.out, fault);
    const bool one_file = arguments_.objects.size() == 1 && !(arguments_.svg && arguments_.png);
    if (!folder && one_file) return arguments_.out;
    return (std::filesystem::path(arguments_.out) / name).string();
  }

  ExitCode Make(const coding::ObjectWord& word, const LabelContent& content, LabelFormat format,
                const std::string& ending) {
    scanner::LabelOptions options;
    options.format = format;
    options.dots_per_inch = arguments_.dots_per_inch;
    options.carriers = wanted_.carriers;
    const auto label = scanner::MakeLabel(content, options, worker_);
    const std::string object = coding::WriteObjectWord(word);
    if (!label)
      return errors_.PrintFault(ExitCode::kRefused, object + ": " + label.fault().message);
    const std::string path = PathOf(word, ending);
    std::error_code fault;
    const auto folder = std::filesystem::path(path).parent_path();
    if (!folder.empty()) std::filesystem::create_directories(folder, fault);
    std::ofstream file(path, std::ios::binary);
    file.write(label->data(), static_cast<std::streamsize>(label->size()));
    file.close();
    if (!file)
      return errors_.PrintFault(ExitCode::kRefused, "file \"" + path + "\" cannot be written");
    if (printer_.json()) {
      printer_.PrintText(ordered_json{{"object", object}, {"file", path}}.dump(
                             -1, ' ', false, ordered_json::error_handler_t::replace) +
                         "\n");
    } else {
      table_.AddRow({object, path});
    }
    return ExitCode::kOk;
  }

  Session& session_;
  const LabelArguments& arguments_;
  ErrorPrinter errors_;
  Printer printer_;
  WantedCarriers wanted_;
  Table table_;
  scanner::DecodeWorker worker_;
};

ExitCode MakeLabels(Session& session, const LabelArguments& arguments) {
  Labeller labeller(session, arguments);
  ExitCode worst = ExitCode::kOk;
  for (const std::string& object : arguments.objects) {
    worst = Worse(worst, labeller.Label(object));
    if (worst >= ExitCode::kUnreachable) break;
  }
  labeller.End();
  return worst;
}

}  // namespace

void AddLabelVerb(CLI::App& app, Session& session) {
  auto label = std::make_shared<LabelArguments>();
  CLI::App& verb = AddVerb(app, "label", "draws labels, each read back before it is handed out",
                           session, [&session, label] { return MakeLabels(session, *label); });
  AddTexts(verb, "objects", label->objects, "CODE, CODE/lot/L, CODE/serial/S or sscc/N").Required();
  AddFlag(verb, "--svg", label->svg, "an SVG file");
  AddFlag(verb, "--png", label->png, "a 1-bit PNG file (also without any of the two)");
  AddNumber(verb, "--dpi", label->dots_per_inch, "dots per inch of the printer")
      .OneOfNumbers({203, 300});
  AddWords(verb, "--kind", label->kinds, "which symbols; again for each; without it all that fit")
      .OneOf({"qr", "datamatrix", "gs1-128", "code128"})
      .OneEach();
  AddBytes(verb, "--out", label->out, "file (for one label), or folder");
  AddText(verb, "--host", label->host, "host of the link in the QR code");
  AddText(verb, "--name-fa", label->name_fa, "Persian name; without it that of the server");
  AddText(verb, "--name-en", label->name_en, "English name; without it that of the server");
  AddText(verb, "--gtin", label->gtin, "GTIN; without it that of the server");
  AddText(verb, "--production", label->production, "day of production, YYYY-MM-DD");
  AddText(verb, "--best-before", label->best_before, "best before, YYYY-MM-DD");
  AddText(verb, "--expiry", label->expiry, "last day of use; without it that of the server");
  AddFlag(verb, "--offline", label->offline, "print only what is given here");
}

}  // namespace radyab::cli
