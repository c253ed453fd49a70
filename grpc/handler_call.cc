#include "grpc/handler_call.h"

#include <chrono>

#include "grpc/page_token.h"

namespace radyab::rpc {

std::string ReadCall::NextPageToken(std::string_view next) const {
  return WritePageToken(environment.keyed_hash, list, next);
}

coding::CivilDate DayOf(std::int64_t time_us) {
  const auto days = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(time_us)));
  const std::chrono::year_month_day date(days);
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

}  // namespace radyab::rpc
