// Commands that are printed as barcodes, so that nobody touches a screen while he scans.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace radyab::warehouse {

enum class CommandKind : std::uint8_t {
  kReceive,    // what begins now is goods that arrive
  kShip,       // … goods that leave
  kPack,       // … goods that go into a container
  kCount,      // … goods that are here
  kTimes,      // the next label counts so many times
  kUndo,       // the last count is taken back
  kAccept,     // what was set aside last counts nevertheless
  kRemove,     // the next label is taken off what was counted
  kContainer,  // pack: the next SSCC is the container that is filled
  kFinish,     // all is scanned
};

struct ScanCommand {
  CommandKind kind = CommandKind::kFinish;
  int times = 1;  // of kTimes: 1..kTimesMax

  friend bool operator==(const ScanCommand&, const ScanCommand&) = default;
};

inline constexpr int kTimesMax = 99'999;

// Every command begins so. No code, GTIN, element string, object word or link does: none of them
// has a colon behind letters, but "http:" and "https:".
inline constexpr std::string_view kCommandPrefix = "RADYAB:";

// What a scan says as a command.
struct CommandReading {
  bool is_command = false;             // it begins like one
  std::optional<ScanCommand> command;  // absent when it is a bad one
  std::string fault;                   // why it is bad
};

// Reads "RADYAB:TIMES:12", exactly; a symbology identifier before it, blanks and line ends around
// it are passed over, and small letters and text typed under a Persian or Arabic keyboard layout
// are turned back. Pure; any thread.
CommandReading ReadCommand(std::string_view text);

// "RADYAB:UNDO", "RADYAB:TIMES:12": what is printed.
std::string WriteCommand(const ScanCommand& command);

// The word of a command: "receive", "times" … (stable; JSON).
std::string_view CommandWord(CommandKind kind);
std::span<const CommandKind> AllCommands();

}  // namespace radyab::warehouse
