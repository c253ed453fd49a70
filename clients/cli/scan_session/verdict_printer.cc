#include "clients/cli/scan_session/verdict_printer.h"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

#include "clients/cli/import/csv_writer.h"
#include "clients/cli/output/display_text.h"
#include "clients/cli/output/language.h"
#include "clients/cli/scan_session/local_reason.h"
#include "coding/code.h"
#include "coding/object_words.h"

namespace radyab::cli {
namespace {

using coding::Decimal;
using nlohmann::ordered_json;
using warehouse::ReportLine;
using warehouse::Verdict;
using warehouse::VerdictKind;
using warehouse::VerdictWord;

constexpr const char* kGreen = "\x1B[32m";
constexpr const char* kRed = "\x1B[1;31m";
constexpr const char* kPlain = "\x1B[0m";

std::string AmountText(const Decimal& amount) {
  return coding::WriteDecimal(coding::NormalizeDecimal(amount));
}

// "wrong lot" of "wrong_lot", in the language of the program.
std::string VerdictWords(VerdictKind kind) {
  std::string words(VerdictWord(kind));
  for (char& c : words) {
    if (c == '_') c = ' ';
  }
  return Local(words);
}

// An object as people read it: the code in groups, then lot or serial.
std::string ObjectText(const std::string& object) {
  const auto word = coding::ParseObjectWord(object);
  if (!word) return object;
  switch (word->type) {
    case coding::ObjectWord::Type::kCode:
      return word->code->Grouped();
    case coding::ObjectWord::Type::kLot:
      return word->code->Grouped() + "  " + Local("LOT") + " " + word->text;
    case coding::ObjectWord::Type::kUnit:
      return word->code->Grouped() + "  " + Local("SERIAL") + " " + word->text;
    case coding::ObjectWord::Type::kContainer:
      break;
  }
  return "SSCC " + word->text;
}

std::string CountText(const Verdict& verdict) {
  const bool of_goods = verdict.counted || verdict.expected || !verdict.faults.empty() ||
                        verdict.kind == VerdictKind::kUndone ||
                        verdict.kind == VerdictKind::kRemoved;
  if (verdict.kind == VerdictKind::kTimesSet) return AmountText(verdict.amount);
  if (!of_goods) return "";
  std::string text = AmountText(verdict.counted_so_far);
  if (verdict.expected) text += "/" + AmountText(*verdict.expected);
  return verdict.unit.empty() ? text : text + " " + verdict.unit;
}

}  // namespace

TerminalWays WaysOfStandardOutput() {
  if (::isatty(STDOUT_FILENO) == 0) return {};
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
  const bool unwanted = no_colour != nullptr && no_colour[0] != '\0';
  return {.isolates = true, .colour = !dumb && !unwanted, .bell = true};
}

std::string VerdictLine(const Verdict& verdict, const TerminalWays& ways) {
  const bool fault = warehouse::IsFault(verdict.kind) || !verdict.faults.empty();
  std::string head = VerdictWords(verdict.kind);
  for (const VerdictKind other : verdict.faults) {
    if (other != verdict.kind) head += ", " + VerdictWords(other);
  }
  if (verdict.counted && fault && verdict.kind != VerdictKind::kAccepted) {
    head += " (" + Local("counted") + ")";
  }
  std::string line;
  if (ways.bell && fault) line += '\a';
  line += ways.colour ? (fault ? kRed : kGreen) + head + kPlain : head;
  const auto add = [&](const std::string& part) {
    if (part.empty()) return;
    const std::string shown = Printable(part);
    line += "  " + (ways.isolates && HasRightToLeft(shown) ? Isolated(shown) : shown);
  };
  add(CountText(verdict));
  if (verdict.object.empty() && fault) {
    add(verdict.text);
  } else {
    add(ObjectText(verdict.object));
  }
  add(verdict.name);
  add(LocalReason(verdict.reason));
  return line;
}

std::string VerdictJson(const Verdict& verdict) {
  ordered_json json;
  json["scan"] = verdict.scan;
  json["at"] = verdict.moment_us == 0 ? "" : MomentText(verdict.moment_us);
  json["verdict"] = std::string(VerdictWord(verdict.kind));
  json["faults"] = ordered_json::array();
  for (const VerdictKind fault : verdict.faults) {
    json["faults"].push_back(std::string(VerdictWord(fault)));
  }
  json["counted"] = verdict.counted;
  json["text"] = verdict.text;
  json["object"] = verdict.object;
  json["code"] = verdict.code;
  json["name"] = verdict.name;
  json["amount"] = AmountText(verdict.amount);
  json["unit"] = verdict.unit;
  json["counted_so_far"] = AmountText(verdict.counted_so_far);
  json["expected"] =
      verdict.expected ? ordered_json(AmountText(*verdict.expected)) : ordered_json();
  json["expiry_date"] = verdict.expiry_date;
  json["reason"] = verdict.reason;
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string MomentText(std::int64_t moment_us) {
  using namespace std::chrono;
  const sys_time<microseconds> moment{microseconds(moment_us)};
  const auto day = floor<days>(moment);
  const year_month_day date(day);
  const hh_mm_ss time(moment - day);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return text.data();
}

std::string ReportText(const std::vector<ReportLine>& lines, bool json) {
  std::string table =
      CsvRecordText({"object", "name", "unit", "counted", "expected", "difference"}, ',');
  ordered_json array = ordered_json::array();
  for (const ReportLine& line : lines) {
    const std::string expected = line.expected ? AmountText(*line.expected) : "";
    const auto difference = line.expected ? coding::SubtractDecimal(line.counted, *line.expected)
                                          : std::optional<Decimal>();
    const std::string more = difference ? AmountText(*difference) : "";
    table += CsvRecordText(
        {line.object, line.name, line.unit, AmountText(line.counted), expected, more}, ',');
    array.push_back({{"object", line.object},
                     {"name", line.name},
                     {"unit", line.unit},
                     {"counted", AmountText(line.counted)},
                     {"expected", line.expected ? ordered_json(expected) : ordered_json()},
                     {"difference", difference ? ordered_json(more) : ordered_json()}});
  }
  return json ? array.dump(2) + "\n" : table;
}

}  // namespace radyab::cli
