#include "registry/stamp.h"

#include <cstdio>

#include "registry/reason.h"

namespace radyab {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int32_t kNanosPerMicro = 1'000;

}  // namespace

google::protobuf::Timestamp TimestampOf(std::int64_t time_us) {
  google::protobuf::Timestamp time;
  std::int64_t seconds = time_us / kMicrosPerSecond;
  std::int64_t rest_us = time_us % kMicrosPerSecond;
  if (rest_us < 0) {
    rest_us += kMicrosPerSecond;
    --seconds;
  }
  time.set_seconds(seconds);
  time.set_nanos(static_cast<std::int32_t>(rest_us) * kNanosPerMicro);
  return time;
}

std::int64_t MicrosOf(const google::protobuf::Timestamp& time) {
  return time.seconds() * kMicrosPerSecond + time.nanos() / kNanosPerMicro;
}

std::string EtagOf(const storage::WriteTransaction& transaction) {
  char text[17];
  std::snprintf(text, sizeof(text), "%llx",
                static_cast<unsigned long long>(transaction.commit_sequence()));
  return text;
}

absl::Status CheckEtag(std::string_view wanted, std::string_view present,
                       std::string_view resource) {
  if (wanted.empty() || wanted == present) return absl::OkStatus();
  return Refuse(absl::StatusCode::kAborted, Reason::kStaleEtag,
                std::string(resource) + ": etag \"" + std::string(wanted).substr(0, 40) +
                    "\" is not the present one; read it again and repeat the change",
                {{"resource", std::string(resource)}, {"present_etag", std::string(present)}});
}

}  // namespace radyab
