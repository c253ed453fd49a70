#include "clients/warehouse/scan_command.h"

#include <array>
#include <charconv>
#include <cstddef>

#include "coding/keyboard_layouts.h"
#include "coding/symbology.h"

namespace radyab::warehouse {
namespace {

constexpr std::size_t kCommandBytesMax = 64;  // of a text that is looked at at all

constexpr std::array kCommands = {
    CommandKind::kReceive,   CommandKind::kShip,  CommandKind::kPack,   CommandKind::kCount,
    CommandKind::kTimes,     CommandKind::kUndo,  CommandKind::kAccept, CommandKind::kRemove,
    CommandKind::kContainer, CommandKind::kFinish};
constexpr std::array<std::string_view, kCommands.size()> kWords = {
    "receive", "ship", "pack", "count", "times", "undo", "accept", "remove", "container", "finish"};

std::string_view Trimmed(std::string_view text) {
  const std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string InCapitals(std::string_view text) {
  std::string capitals(text);
  for (char& c : capitals) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return capitals;
}

// The text as the label has it, when it begins like a command; else empty.
std::string AsPrinted(std::string_view text) {
  text = Trimmed(text);
  if (text.size() > kCommandBytesMax) return "";
  text.remove_prefix(coding::SymbologyOf(text).size());
  if (std::string capitals = InCapitals(text); capitals.starts_with(kCommandPrefix)) {
    return capitals;
  }
  for (const auto layout : {coding::KeyboardLayout::kPersian, coding::KeyboardLayout::kArabic}) {
    const auto typed = coding::TypedOnUsKeys(layout, text);
    if (!typed) continue;
    if (std::string capitals = InCapitals(*typed); capitals.starts_with(kCommandPrefix)) {
      return capitals;
    }
  }
  return "";
}

CommandReading Bad(std::string fault) {
  return {.is_command = true, .command = std::nullopt, .fault = std::move(fault)};
}

CommandReading ReadTimes(std::string_view number) {
  int times = 0;
  const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), times);
  const bool whole = fault == std::errc() && end == number.data() + number.size() &&
                     number.front() != '0' && times >= 1;
  if (!whole || times > kTimesMax) {
    return Bad("times \"" + std::string(number) + "\": want a whole number, 1 to " +
               std::to_string(kTimesMax));
  }
  return {.is_command = true, .command = ScanCommand{CommandKind::kTimes, times}, .fault = ""};
}

}  // namespace

CommandReading ReadCommand(std::string_view text) {
  const std::string printed = AsPrinted(text);
  if (printed.empty()) return {};
  const std::string_view words = std::string_view(printed).substr(kCommandPrefix.size());
  constexpr std::string_view kTimes = "TIMES:";
  if (words.starts_with(kTimes) && words.size() > kTimes.size()) {
    return ReadTimes(words.substr(kTimes.size()));
  }
  for (const CommandKind kind : kCommands) {
    if (kind == CommandKind::kTimes || words != InCapitals(CommandWord(kind))) continue;
    return {.is_command = true, .command = ScanCommand{kind, 1}, .fault = ""};
  }
  return Bad("\"" + printed + "\" is no command");
}

std::string WriteCommand(const ScanCommand& command) {
  std::string text = std::string(kCommandPrefix) + InCapitals(CommandWord(command.kind));
  if (command.kind == CommandKind::kTimes) text += ":" + std::to_string(command.times);
  return text;
}

std::string_view CommandWord(CommandKind kind) { return kWords[static_cast<std::size_t>(kind)]; }

std::span<const CommandKind> AllCommands() { return kCommands; }

}  // namespace radyab::warehouse
