#include "grpc/event_log.h"

#include <grpc/support/log.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>

#include "nlohmann/json.hpp"
#include "spdlog/fmt/chrono.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace radyab::rpc {
namespace {

std::atomic<LogForm> form_now = LogForm::kText;
std::atomic<LogLevel> refusal_level = spdlog::level::info;

std::string TimeText(std::int64_t time_us) {
  const std::chrono::sys_time<std::chrono::microseconds> time{std::chrono::microseconds(time_us)};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06}Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                     (time - seconds).count());
}

std::string_view NameOf(LogLevel level) {
  const auto name = spdlog::level::to_string_view(level);
  return {name.data(), name.size()};
}

// As JSON, which also makes line ends, quotes and broken UTF-8 harmless.
std::string Json(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool NeedsQuotes(std::string_view text) {
  return text.empty() || std::ranges::any_of(text, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte <= ' ' || byte >= 0x7F || c == '"' || c == '=' || c == '\\';
         });
}

std::string Written(LogForm form, const LogField& field) {
  if (const auto* number = std::get_if<std::int64_t>(&field.value)) return std::to_string(*number);
  const auto text = std::get<std::string_view>(field.value);
  return form == LogForm::kJson || NeedsQuotes(text) ? Json(text) : std::string(text);
}

void LogOfGrpc(gpr_log_func_args* said) {
  const LogLevel level = said->severity == GPR_LOG_SEVERITY_ERROR  ? spdlog::level::warn
                         : said->severity == GPR_LOG_SEVERITY_INFO ? spdlog::level::info
                                                                   : spdlog::level::debug;
  LogEvent(level, "grpc", {{"message", std::string_view(said->message)}});
}

}  // namespace

void OpenEventLog(LogLevel level, LogForm form) {
  form_now = form;
  auto logger = spdlog::stderr_logger_mt("radyabd");
  logger->set_pattern("%v");
  logger->set_level(level);
  logger->flush_on(spdlog::level::debug);
  spdlog::set_default_logger(std::move(logger));
  gpr_set_log_function(LogOfGrpc);
}

void SetRefusalLevel(LogLevel level) { refusal_level = level; }
LogLevel RefusalLevel() { return refusal_level; }

bool LogsAt(LogLevel level) { return spdlog::default_logger_raw()->should_log(level); }

void LogEvent(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (!LogsAt(level)) return;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto now_us = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  const std::string line = LogLine(form_now, now_us, level, event, fields);
  spdlog::default_logger_raw()->log(level, spdlog::string_view_t(line.data(), line.size()));
}

std::string LogLine(LogForm form, std::int64_t time_us, LogLevel level, std::string_view event,
                    std::initializer_list<LogField> fields) {
  std::string line;
  if (form == LogForm::kText) {
    line = fmt::format("{} {} {}", TimeText(time_us), NameOf(level), event);
    for (const LogField& field : fields) {
      line += fmt::format(" {}={}", field.name, Written(form, field));
    }
    return line;
  }
  line = fmt::format(R"({{"time":"{}","level":"{}","event":{})", TimeText(time_us), NameOf(level),
                     Json(event));
  for (const LogField& field : fields) {
    line += fmt::format(",{}:{}", Json(field.name), Written(form, field));
  }
  return line + "}";
}

}  // namespace radyab::rpc
