// labels: many labels by a template, from a table, a range or words, into files or to a printer.
#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "clients/cli/label_facts.h"
#include "clients/cli/labels/label_destination.h"
#include "clients/cli/labels/label_expiry.h"
#include "clients/cli/labels/label_range.h"
#include "clients/cli/labels/label_table.h"
#include "clients/cli/output/language.h"
#include "clients/cli/output/progress_bar.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"

namespace radyab::cli {
namespace {

using nlohmann::ordered_json;
using scanner::DocumentFormat;
using scanner::FaultKind;
using scanner::LabelContent;
using scanner::ScanFault;

constexpr scanner::Carrier kCarriers[] = {
    scanner::Carrier::kQrCode,     scanner::Carrier::kDataMatrix, scanner::Carrier::kBars,
    scanner::Carrier::kGs1QrCode,  scanner::Carrier::kEanBars,    scanner::Carrier::kItf14Bars,
    scanner::Carrier::kCodeMatrix, scanner::Carrier::kCodeBars};

struct LabelsArguments {
  std::vector<std::string> objects;
  std::string from;
  std::string first;
  std::string last;
  std::string label = "unit";
  std::string language = "fa";
  std::string format;
  std::string sheet = "label";
  std::vector<std::string> kinds;
  int dots_per_inch = scanner::kLabelDotsPerInch203;
  std::size_t per_file = scanner::kDocumentLabels;
  std::size_t skip = 0;
  std::string out;
  std::string printer;
  std::string printer_ca;
  std::string host;
  std::string name_fa;
  std::string name_en;
  std::string name_ar;
  bool offline = false;
};

// Made with the labels of one run: what is asked for, checked; then the run.
class LabelsRun {
 public:
  LabelsRun(Session& session, const LabelsArguments& arguments)
      : session_(session), arguments_(arguments), errors_(session.errors()) {}

  ExitCode Run() {
    for (const auto step :
         {&LabelsRun::TakeOptions, &LabelsRun::CollectLabels, &LabelsRun::SkipFirst,
          &LabelsRun::FillNames, &LabelsRun::CheckLabels}) {
      const ExitCode code = (this->*step)();
      if (code != ExitCode::kOk) return code;
    }
    return MakeLabels();
  }

 private:
  ExitCode TakeOptions();
  ExitCode CollectLabels();
  ExitCode ReadTable(std::istream& input);
  ExitCode SkipFirst();
  ExitCode FillNames();
  std::optional<ScanFault> WhyNot(const LabelContent& content);
  ExitCode CheckLabels();
  ExitCode MakeLabels();
  ExitCode TellFaults(const std::vector<TableFault>& faults, bool more) const;
  ExitCode TellEnd(const scanner::LabelRunEnd& end, const std::optional<ScanFault>& fault,
                   const LabelDestination& destination) const;
  ExitCode Usage(std::string_view message) const {
    return errors_.PrintFault(ExitCode::kUsage, message);
  }

  Session& session_;
  const LabelsArguments& arguments_;
  ErrorPrinter errors_;
  scanner::LabelRunOptions options_;
  std::optional<scanner::PrinterAddress> printer_;
  std::vector<WantedLabel> labels_;
  std::set<std::array<std::string, 3>> tried_names_;
};

ExitCode LabelsRun::TakeOptions() {
  const int sources = (arguments_.objects.empty() ? 0 : 1) + (arguments_.from.empty() ? 0 : 1) +
                      (arguments_.first.empty() && arguments_.last.empty() ? 0 : 1);
  if (sources != 1) return Usage("want objects, or --from FILE, or --first and --last");
  if (arguments_.first.empty() != arguments_.last.empty())
    return Usage("--first and --last stand together");
  if (arguments_.out.empty() == arguments_.printer.empty())
    return Usage("want --out or --printer, and not both");
  scanner::DocumentOptions& document = options_.document;
  document.label.label = *scanner::TemplateOfWord(arguments_.label);
  document.label.language = *scanner::LanguageOfWord(arguments_.language);
  document.label.dots_per_inch = arguments_.dots_per_inch;
  for (const std::string& kind : arguments_.kinds)
    document.label.carriers.push_back(*scanner::CarrierOfWord(kind));
  const auto grid = scanner::GridOfWord(arguments_.sheet, document.label.label);
  if (!grid)
    return Usage("--sheet \"" + arguments_.sheet + "\": want label, or a4-COLUMNSxROWS as a4-3x8");
  document.grid = *grid;
  options_.labels_per_document = arguments_.per_file;
  document.format = DocumentFormat::kPdf;
  if (!arguments_.printer.empty()) {
    auto address = scanner::ParsePrinterAddress(arguments_.printer);
    if (!address) return Usage("--printer: " + address.fault().message);
    printer_ = std::move(address).value();
    if (!arguments_.printer_ca.empty() && !printer_->tls)
      return Usage("--printer-ca goes with --printer ipps://HOST");
    const bool raw = printer_->protocol == scanner::PrinterProtocol::kRaw;
    if (raw) {
      document.format = DocumentFormat::kZpl;
      // So that labels can be counted as they arrive.
      options_.labels_per_document = 1;
    }
    if (!arguments_.format.empty()) document.format = *scanner::FormatOfWord(arguments_.format);
    const bool printable =
        raw ? document.format == DocumentFormat::kZpl || document.format == DocumentFormat::kEpl
            : !scanner::HoldsOneLabel(document.format);
    if (!printable)
      return Usage("--format: a socket:// printer takes zpl or epl, ipp:// and ipps:// also pdf");
  } else if (!arguments_.format.empty()) {
    document.format = *scanner::FormatOfWord(arguments_.format);
  } else if (const std::size_t dot = arguments_.out.rfind('.'); dot != std::string::npos) {
    document.format =
        scanner::FormatOfWord(arguments_.out.substr(dot + 1)).value_or(DocumentFormat::kPdf);
    if (scanner::HoldsOneLabel(document.format))
      return Usage("--out: PNG and SVG hold one label each: name a folder, and --format");
  }
  return ExitCode::kOk;
}

ExitCode LabelsRun::TellFaults(const std::vector<TableFault>& faults, bool more) const {
  for (const TableFault& fault : faults) {
    std::string where = fault.row > 0 ? "row " + std::to_string(fault.row) : "titles";
    if (fault.line > 0) where += " (line " + std::to_string(fault.line) + ")";
    if (!fault.column.empty()) where += ", column " + fault.column;
    errors_.PrintFault(ExitCode::kRefused, where + ": " + fault.what);
  }
  if (more) errors_.PrintFault(ExitCode::kRefused, "there are more faults than these");
  return faults.empty() ? ExitCode::kOk : ExitCode::kRefused;
}

ExitCode LabelsRun::ReadTable(std::istream& input) {
  LabelTable table = ReadLabelTable(input, scanner::kRunLabelsMax);
  labels_ = std::move(table.labels);
  return TellFaults(table.faults, table.more_faults);
}

ExitCode LabelsRun::CollectLabels() {
  if (arguments_.from == "-") return ReadTable(std::cin);
  if (!arguments_.from.empty()) {
    std::ifstream file(arguments_.from, std::ios::binary);
    if (!file || file.peek() == std::ifstream::traits_type::eof())
      return Usage("file \"" + arguments_.from + "\" cannot be read, or is empty");
    return ReadTable(file);
  }
  std::vector<coding::ObjectWord> words;
  if (!arguments_.first.empty()) {
    auto range = ObjectsBetween(arguments_.first, arguments_.last, scanner::kRunLabelsMax);
    if (!range) return errors_.PrintRefusal("--first", range.refusal());
    words = std::move(range).value();
  }
  for (const std::string& text : arguments_.objects) {
    const auto word = coding::ParseObjectWord(text);
    if (!word) return errors_.PrintRefusal("object", word.refusal());
    words.push_back(*word);
  }
  for (const coding::ObjectWord& word : words) {
    labels_.push_back({static_cast<std::int64_t>(labels_.size()) + 1, 0, word, ContentOf(word)});
  }
  return ExitCode::kOk;
}

ExitCode LabelsRun::SkipFirst() {
  if (arguments_.skip >= labels_.size()) {
    return Usage("--skip " + std::to_string(arguments_.skip) + ": there are " +
                 std::to_string(labels_.size()) + " labels");
  }
  labels_.erase(labels_.begin(), labels_.begin() + static_cast<std::ptrdiff_t>(arguments_.skip));
  return ExitCode::kOk;
}

// Names and GTIN of each code once, from the server; what is given stands over them.
// Names, GTINs and expiry dates that are not given.
ExitCode LabelsRun::FillNames() {
  std::map<coding::Code, LabelContent> known;
  for (WantedLabel& label : labels_) {
    LabelContent& content = label.content;
    if (content.name_fa.empty()) content.name_fa = arguments_.name_fa;
    if (content.name_en.empty()) content.name_en = arguments_.name_en;
    if (content.name_ar.empty()) content.name_ar = arguments_.name_ar;
    if (!arguments_.host.empty()) content.link_host = arguments_.host;
    if (arguments_.offline || !content.code) continue;
    auto found = known.find(*content.code);
    if (found == known.end()) {
      const auto connection = session_.Connect();
      if (connection == nullptr) return session_.exit_code;
      LabelContent facts;
      const auto word = coding::ObjectWord::ForCode(*content.code);
      if (const auto error = FillFromServer(connection, word, facts)) return errors_.Print(*error);
      found = known.emplace(*content.code, std::move(facts)).first;
    }
    if (content.name_fa.empty()) content.name_fa = found->second.name_fa;
    if (content.name_en.empty()) content.name_en = found->second.name_en;
    if (!content.gtin) content.gtin = found->second.gtin;
  }
  if (arguments_.offline || !LacksExpiryDates(labels_)) return ExitCode::kOk;
  const auto connection = session_.Connect();
  if (connection == nullptr) return session_.exit_code;
  const auto error = FillExpiryDates(client::CodeClient(connection), labels_);
  return error ? errors_.Print(*error) : ExitCode::kOk;
}

// Why a label cannot be made, without making it. Names that were seen before have been tried for
// their room.
std::optional<ScanFault> LabelsRun::WhyNot(const LabelContent& content) {
  const scanner::TemplateOptions& options = options_.document.label;
  if (tried_names_.insert({content.name_fa, content.name_en, content.name_ar}).second) {
    const auto sheet = scanner::LayOutTemplate(content, options);
    return sheet ? std::nullopt : std::optional(sheet.fault());
  }
  const auto plan = scanner::PlanTemplate(content, options);
  return plan ? std::nullopt : std::optional(plan.fault());
}

// What can be refused before anything is drawn, of all labels at once.
ExitCode LabelsRun::CheckLabels() {
  std::vector<TableFault> faults;
  bool more = false;
  std::int64_t last_row = 0;
  for (const WantedLabel& label : labels_) {
    if (label.row == last_row) continue;  // a copy
    last_row = label.row;
    const auto fault = WhyNot(label.content);
    if (!fault) continue;
    if (faults.size() == kTableFaultsMax) {
      more = true;
      break;
    }
    faults.push_back({label.row, label.line, "", fault->message});
  }
  return TellFaults(faults, more);
}

ExitCode LabelsRun::MakeLabels() {
  std::vector<LabelContent> contents;
  contents.reserve(labels_.size());
  for (const WantedLabel& label : labels_) contents.push_back(label.content);
  std::unique_ptr<LabelDestination> destination;
  FileDestination* files = nullptr;
  if (printer_) {
    auto opened = OpenPrinter(*printer_, options_.document.format, arguments_.printer_ca);
    if (!opened) return errors_.PrintFault(ExitCode::kUnreachable, opened.fault().message);
    destination = std::move(opened).value();
  } else {
    const std::size_t documents =
        (labels_.size() + options_.labels_per_document - 1) / options_.labels_per_document;
    auto owned = std::make_unique<FileDestination>(
        FileDestination::Options{arguments_.out, options_.document.format, documents}, labels_);
    files = owned.get();
    destination = std::move(owned);
  }
  std::optional<ScanFault> fault;
  ProgressBar bar("labels", static_cast<std::int64_t>(2 * labels_.size()));
  const scanner::LabelRunEnd end = scanner::RunLabels(
      contents, options_,
      [&](scanner::RunDocument&& document) {
        fault = destination->Take(document);
        if (!fault && files != nullptr && session_.printer().json()) {
          session_.printer().PrintText(
              ordered_json{{"file", files->files().back()},
                           {"first", document.first + 1},
                           {"labels", document.count}}
                  .dump(-1, ' ', false, ordered_json::error_handler_t::replace) +
              "\n");
        }
        return !fault;
      },
      [&](std::size_t drawn, std::size_t proved) {
        bar.Show(static_cast<std::int64_t>(drawn + proved),
                 std::to_string(proved) + " / " + std::to_string(labels_.size()));
      });
  if (!fault && !end.fault) fault = destination->Finish();
  bar.Clear();
  if (files != nullptr && !session_.printer().json()) {
    for (const std::string& file : files->files()) session_.printer().PrintText(file + "\n");
  }
  return TellEnd(end, fault, *destination);
}

ExitCode CodeOf(FaultKind kind) {
  switch (kind) {
    case FaultKind::kPrinterUnreachable:
    case FaultKind::kPrinterLost:
    case FaultKind::kPrinterStalled:
      return ExitCode::kUnreachable;
    case FaultKind::kWorkerMissing:
    case FaultKind::kOutOfMemory:
      return ExitCode::kInternal;
    default:
      return ExitCode::kRefused;
  }
}

ExitCode LabelsRun::TellEnd(const scanner::LabelRunEnd& end, const std::optional<ScanFault>& fault,
                            const LabelDestination& destination) const {
  const std::size_t arrived = destination.arrived();
  const std::string all = std::to_string(labels_.size());
  if (!fault && !end.fault) {
    const std::string sentence =
        LocalSentence(printer_ ? "{1} labels sent to the printer" : "{1} labels, each read back",
                      {std::to_string(arrived)});
    std::fprintf(stderr, "%s\n", sentence.c_str());
    return ExitCode::kOk;
  }
  std::string message = fault ? fault->message : end.fault->message;
  if (!fault) {
    const WantedLabel& label = labels_[std::min(end.faulty, labels_.size() - 1)];
    message = "row " + std::to_string(label.row) + ", " + coding::WriteObjectWord(label.object) +
              ": " + message;
  }
  message += printer_ ? ": " + std::to_string(arrived) + " of " + all +
                            " labels are known to have reached the printer; go on with --skip " +
                            std::to_string(arguments_.skip + arrived)
                      : ": " + std::to_string(arrived) + " of " + all + " labels were written";
  return errors_.PrintFault(CodeOf(fault ? fault->kind : end.fault->kind), message);
}

template <class Words, class WordOf>
std::vector<std::string> WordsOf(const Words& things, WordOf word_of) {
  std::vector<std::string> words;
  for (const auto thing : things) words.emplace_back(word_of(thing));
  return words;
}

}  // namespace

void AddLabelsVerb(CLI::App& app, Session& session) {
  auto labels = std::make_shared<LabelsArguments>();
  CLI::App& verb =
      AddVerb(app, "labels", "draws or prints many labels by a template, each read back", session,
              [&session, labels] { return LabelsRun(session, *labels).Run(); });
  AddTexts(verb, "objects", labels->objects, "CODE, CODE/lot/L, CODE/serial/S or sscc/N");
  AddBytes(verb, "--from", labels->from, "table (CSV) with a label a row; -: standard input");
  AddText(verb, "--first", labels->first, "first object of a range");
  AddText(verb, "--last", labels->last, "last object of the range");
  AddText(verb, "--template", labels->label, "what the labels are for; without it unit")
      .OneOf(WordsOf(scanner::kLabelTemplates, scanner::TemplateWord));
  AddText(verb, "--language", labels->language, "language of the labels; without it fa")
      .OneOf({"fa", "ar", "en"});
  AddWords(verb, "--kind", labels->kinds, "which symbols; without it those of the template")
      .OneOf(WordsOf(kCarriers, scanner::CarrierWord))
      .OneEach();
  AddText(verb, "--format", labels->format, "without it by --out or --printer, else pdf")
      .OneOf({"pdf", "zpl", "epl", "png", "svg"});
  AddText(verb, "--sheet", labels->sheet,
          "PDF pages: label (one each), or a4-COLUMNSxROWS as a4-3x8");
  AddNumber(verb, "--dpi", labels->dots_per_inch, "dots per inch of the printer")
      .OneOfNumbers({203, 300});
  AddNumber(verb, "--per-file", labels->per_file, "labels in one file or print job")
      .Between(1, static_cast<int>(scanner::kDocumentLabelsMax));
  AddNumber(verb, "--skip", labels->skip, "labels to leave out at the beginning");
  AddBytes(verb, "--out", labels->out, "file; of PNG and SVG a folder");
  AddText(verb, "--printer", labels->printer,
          "socket://HOST:9100, ipp://HOST:631/PATH or ipps://HOST:631/PATH");
  AddBytes(verb, "--printer-ca", labels->printer_ca,
           "PEM file with the certificates to trust with ipps; without it those of the system");
  AddText(verb, "--host", labels->host, "host of the link in QR codes");
  AddText(verb, "--name-fa", labels->name_fa, "Persian name of labels that have none");
  AddText(verb, "--name-en", labels->name_en, "English name of labels that have none");
  AddText(verb, "--name-ar", labels->name_ar, "Arabic name of labels that have none");
  AddFlag(verb, "--offline", labels->offline, "print only what is given here");
}

}  // namespace radyab::cli
