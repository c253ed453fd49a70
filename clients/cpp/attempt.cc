#include "clients/cpp/attempt.h"

#include <google/protobuf/any.pb.h>

#include <algorithm>
#include <random>
#include <string>
#include <thread>

#include "radyab/error/v1/error_details.pb.h"

namespace radyab::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

// The part of a type URL after its last slash: "google.rpc.ErrorInfo".
std::string TypeName(const std::string& type_url) {
  return type_url.substr(type_url.find_last_of('/') + 1);
}

void ReadDetail(const google::protobuf::Any& detail, ClientError& error) {
  const std::string type = TypeName(detail.type_url());
  if (type == "google.rpc.ErrorInfo") {
    error::v1::ErrorInfo info;
    if (!info.ParseFromString(detail.value())) return;
    error.reason = info.reason();
    error.metadata = {info.metadata().begin(), info.metadata().end()};
  } else if (type == "google.rpc.BadRequest") {
    error::v1::BadRequest bad;
    if (!bad.ParseFromString(detail.value())) return;
    for (const auto& violation : bad.field_violations()) {
      error.fields.push_back({violation.field(), violation.description()});
    }
  } else if (type == "google.rpc.RetryInfo") {
    error::v1::RetryInfo retry;
    if (!retry.ParseFromString(detail.value())) return;
    const auto& delay = retry.retry_delay();
    error.retry_after = milliseconds(
        std::max<std::int64_t>(0, delay.seconds() * 1'000 + delay.nanos() / 1'000'000));
  }
}

// A CANCELLED without a reason comes from a server that ends its connections: what this library
// cancels itself it tells of in another way.
bool MayRepeat(const ClientError& error) {
  return error.code == ErrorCode::kUnavailable ||
         (error.code == ErrorCode::kCancelled && error.reason.empty()) ||
         (error.code == ErrorCode::kResourceExhausted && error.retry_after.has_value());
}

// A random number from 0 to below 1.
double Draw() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(random);
}

// Whether the server could not serve a call in time, whatever the call says.
bool IsOverload(const ClientError& error) {
  return error.code == ErrorCode::kDeadlineExceeded ||
         (error.code == ErrorCode::kResourceExhausted && error.retry_after.has_value());
}

CallEnd EndOf(const ClientError& error) {
  if (IsOverload(error)) return CallEnd::kNotServed;
  const bool unknown = error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kCancelled;
  return unknown ? CallEnd::kUnknown : CallEnd::kServed;
}

ClientError HeldBack() {
  return {.code = ErrorCode::kResourceExhausted,
          .message = "held back: the server turns most calls away at this moment",
          .retry_after = milliseconds(0)};
}

// From half of `whole` to all of it, so that clients which failed together do not come back
// together.
milliseconds Jittered(milliseconds whole) {
  thread_local std::mt19937_64 random{std::random_device{}()};
  const auto most = whole.count();
  return milliseconds(std::uniform_int_distribution<milliseconds::rep>(most / 2, most)(random));
}

// One attempt, unless it is held back. Whether the server is there at all is gRPC's to find out. It
// waits half of the time it has for others to end: what is sent later than that would be too late.
std::optional<ClientError> SendOnce(Throttle& throttle, const Attempt& attempt,
                                    grpc::ClientContext& context) {
  const auto left = context.deadline() - system_clock::now();
  if (!throttle.LetsBy(Throttle::Clock::now() + left / 2, Draw())) return HeldBack();
  const grpc::Status status = attempt(context);
  if (status.ok()) {
    throttle.Ended(Throttle::Clock::now(), CallEnd::kServed);
    return std::nullopt;
  }
  ClientError error = ErrorOf(status);
  throttle.Ended(Throttle::Clock::now(), EndOf(error));
  return error;
}

}  // namespace

ClientError ErrorOf(const grpc::Status& status) {
  ClientError error{.code = static_cast<ErrorCode>(status.error_code()),
                    .message = status.error_message()};
  error::v1::Status whole;
  if (!status.error_details().empty() && whole.ParseFromString(status.error_details())) {
    for (const auto& detail : whole.details()) ReadDetail(detail, error);
  }
  return error;
}

std::optional<milliseconds> WaitBeforeRepeat(const RetryPolicy& policy, const ClientError& error,
                                             int attempt) {
  const bool last = policy.attempts_max > 0 && attempt >= policy.attempts_max;
  if (last || !MayRepeat(error)) return std::nullopt;
  milliseconds backoff = policy.backoff_first;
  for (int i = 1; i < attempt && backoff < policy.backoff_max; ++i) backoff *= 2;
  const milliseconds wait = Jittered(std::min(backoff, policy.backoff_max));
  return std::max(wait, error.retry_after.value_or(milliseconds(0)));
}

void PrepareContext(const Connection& connection, std::optional<system_clock::time_point> deadline,
                    grpc::ClientContext& context) {
  if (deadline) context.set_deadline(*deadline);
  if (!connection.options().key.empty()) {
    context.AddMetadata("authorization", "Bearer " + connection.options().key);
  }
}

std::optional<ClientError> SendCall(const Connection& connection, const Attempt& attempt) {
  const auto deadline = system_clock::now() + connection.options().deadline;
  for (int number = 1;; ++number) {
    grpc::ClientContext context;
    PrepareContext(connection, deadline, context);
    auto failure = SendOnce(connection.throttle(), attempt, context);
    if (!failure) return std::nullopt;
    ClientError error = *std::move(failure);
    error.attempts = number;
    const auto wait = WaitBeforeRepeat(connection.options().retry, error, number);
    if (!wait || system_clock::now() + *wait >= deadline) return error;
    std::this_thread::sleep_for(*wait);
  }
}

}  // namespace radyab::client
