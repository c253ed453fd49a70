// The log of the server: one line a fact, to be read by people and by programs.
//
//   text  2026-11-26T03:04:05.123456Z info start address=127.0.0.1:7400 version=0.1.0
//   json  {"time":"2026-11-26T03:04:05.123456Z","level":"info","event":"start","address":…}
//
// Never a personal value, never a key. Rotation is left to who reads standard error.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "spdlog/common.h"

namespace radyab::rpc {

enum class LogForm { kText, kJson };
using LogLevel = spdlog::level::level_enum;

struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;
};

// From now on events of `level` and above go to standard error, gRPC's own words among them. Call
// it before any other thread runs; until then they go to standard output as text.
void OpenEventLog(LogLevel level, LogForm form);

// At which level refused and failed calls are told; off: never. Info unless set.
void SetRefusalLevel(LogLevel level);
LogLevel RefusalLevel();

bool LogsAt(LogLevel level);
// Thread safe; costs next to nothing below the level.
void LogEvent(LogLevel level, std::string_view event, std::initializer_list<LogField> fields);

// The line itself. What is no UTF-8 is shown as U+FFFD, and no value ends a line.
std::string LogLine(LogForm form, std::int64_t time_us, LogLevel level, std::string_view event,
                    std::initializer_list<LogField> fields);

}  // namespace radyab::rpc
