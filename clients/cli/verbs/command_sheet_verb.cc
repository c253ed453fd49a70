// command-sheet: the commands of sessions as barcodes on paper.
#include <fstream>
#include <nlohmann/json.hpp>

#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/warehouse/scan_command.h"
#include "scanner/labels/caption_sheet.h"

namespace radyab::cli {
namespace {

using warehouse::CommandKind;
using warehouse::ScanCommand;

constexpr std::size_t kSheetCommandsMax = 100;

struct CommandCaption {
  CommandKind kind;
  const char* persian;
  const char* english;
};

constexpr CommandCaption kCaptions[] = {
    {CommandKind::kReceive, "دریافت", "Receive"},
    {CommandKind::kShip, "ارسال", "Ship"},
    {CommandKind::kPack, "بسته‌بندی", "Pack"},
    {CommandKind::kCount, "شمارش", "Count"},
    {CommandKind::kUndo, "لغو آخرین", "Undo the last"},
    {CommandKind::kAccept, "پذیرش با وجود خطا", "Accept in spite of it"},
    {CommandKind::kRemove, "کم کردن بعدی", "Remove the next"},
    {CommandKind::kContainer, "واحد لجستیکی بعدی", "Next container"},
    {CommandKind::kFinish, "پایان", "Finish"},
    {CommandKind::kTimes, "برابر", "times"},
};

struct SheetArguments {
  std::string out;
  std::string language = "fa";
  std::vector<std::string> times;
  int dots_per_inch = scanner::kLabelDotsPerInch300;
};

std::string InPersianDigits(int number) {
  std::string digits;
  for (const char digit : std::to_string(number)) {
    digits += '\xDB';  // U+06F0 and the nine behind it
    digits += static_cast<char>(0xB0 + (digit - '0'));
  }
  return digits;
}

scanner::CaptionedText CaptionedOf(const ScanCommand& command, const CommandCaption& caption,
                                   bool persian_first) {
  scanner::CaptionedText text;
  text.text = warehouse::WriteCommand(command);
  std::string persian = caption.persian;
  std::string english = caption.english;
  if (command.kind == CommandKind::kTimes) {
    persian = InPersianDigits(command.times) + " " + persian;
    english = std::to_string(command.times) + " " + english;
  }
  text.captions = {{persian, true}, {english, false}};
  if (!persian_first) std::swap(text.captions[0], text.captions[1]);
  return text;
}

ExitCode MakeSheet(Session& session, const SheetArguments& arguments) {
  const auto errors = session.errors();
  const bool persian = arguments.language == "fa";
  std::vector<std::string> times = arguments.times;
  if (times.empty()) times = {"2", "3", "5", "6", "10", "12", "20", "24", "50"};
  if (times.size() > kSheetCommandsMax) {
    return errors.PrintFault(
        ExitCode::kUsage, "want at most " + std::to_string(kSheetCommandsMax) + " times --times");
  }
  std::vector<scanner::CaptionedText> texts;
  for (const CommandCaption& caption : kCaptions) {
    if (caption.kind != CommandKind::kTimes) {
      texts.push_back(CaptionedOf({caption.kind, 1}, caption, persian));
      continue;
    }
    for (const std::string& number : times) {
      const auto reading =
          warehouse::ReadCommand(std::string(warehouse::kCommandPrefix) + "TIMES:" + number);
      if (!reading.command) return errors.PrintFault(ExitCode::kUsage, "--times: " + reading.fault);
      texts.push_back(CaptionedOf(*reading.command, caption, persian));
    }
  }
  scanner::DecodeWorker worker;
  const auto pdf = scanner::MakeCaptionSheet(texts, persian, arguments.dots_per_inch, worker);
  if (!pdf) {
    const bool missing = pdf.fault().kind == scanner::FaultKind::kWorkerMissing;
    return errors.PrintFault(missing ? ExitCode::kInternal : ExitCode::kRefused,
                             pdf.fault().message);
  }
  std::ofstream file(arguments.out, std::ios::binary | std::ios::trunc);
  file << *pdf;
  file.close();
  if (!file) {
    return errors.PrintFault(ExitCode::kRefused,
                             "file \"" + arguments.out + "\" cannot be written");
  }
  const Printer printer = session.printer();
  const nlohmann::ordered_json told = {{"file", arguments.out}, {"commands", texts.size()}};
  printer.PrintText((printer.json() ? told.dump() : arguments.out) + "\n");
  return ExitCode::kOk;
}

}  // namespace

void AddCommandSheetVerb(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<SheetArguments>();
  CLI::App& verb =
      AddVerb(app, "command-sheet", "the commands of scan --session as barcodes on A4, a PDF",
              session, [&session, arguments] { return MakeSheet(session, *arguments); });
  AddBytes(verb, "--out", arguments->out, "file to write").Required();
  AddWord(verb, "--language", arguments->language, "which captions are large")
      .OneOf({"fa", "en"})
      .ShowDefault();
  AddTexts(verb, "--times", arguments->times,
           "a number for a times barcode; without it 2, 3, 5, 6, 10, 12, 20, 24, 50");
  AddNumber(verb, "--dpi", arguments->dots_per_inch, "dots per inch of the printer")
      .OneOfNumbers({scanner::kLabelDotsPerInch203, scanner::kLabelDotsPerInch300})
      .ShowDefault();
}

}  // namespace radyab::cli
