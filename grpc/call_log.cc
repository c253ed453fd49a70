#include "grpc/call_log.h"

#include <string>

#include "google/protobuf/any.pb.h"
#include "grpc/event_log.h"
#include "radyab/error/v1/error_details.pb.h"

namespace radyab::rpc {
namespace {

std::string ReasonIn(const grpc::Status& status) {
  error::v1::Status wire;
  error::v1::ErrorInfo info;
  if (status.error_details().empty() || !wire.ParseFromString(status.error_details())) return "";
  // ErrorInfo is always the first of them (status_conversion).
  if (wire.details_size() == 0 || !info.ParseFromString(wire.details(0).value())) return "";
  return info.reason();
}

}  // namespace

void LogCall(const Method& method, const grpc::CallbackServerContext& context,
             const grpc::Status& status) {
  const LogLevel level = status.ok() ? spdlog::level::debug : RefusalLevel();
  if (level == spdlog::level::off || !LogsAt(level)) return;
  const std::string peer = context.peer();
  if (status.ok()) {
    return LogEvent(level, "call", {{"method", method.rule.name}, {"peer", peer}});
  }
  const std::string reason = ReasonIn(status);
  LogEvent(level, "refused_call",
           {{"method", method.rule.name},
            {"code", static_cast<std::int64_t>(status.error_code())},
            {"reason", reason},
            {"peer", peer}});
}

}  // namespace radyab::rpc
