// Why a call failed, and a value-or-failure to carry it.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace radyab::client {

// The canonical codes of gRPC (doc/statuscodes.md of gRPC 1.51), with their numbers.
enum class ErrorCode : int {
  kCancelled = 1,
  kUnknown = 2,
  kInvalidArgument = 3,
  kDeadlineExceeded = 4,
  kNotFound = 5,
  kAlreadyExists = 6,
  kPermissionDenied = 7,
  kResourceExhausted = 8,
  kFailedPrecondition = 9,
  kAborted = 10,
  kOutOfRange = 11,
  kUnimplemented = 12,
  kInternal = 13,
  kUnavailable = 14,
  kDataLoss = 15,
  kUnauthenticated = 16,
};

// "NOT_FOUND" and so on; "UNKNOWN" for a number that is none of them.
std::string_view ErrorCodeName(ErrorCode code);

// One field of the request that broke its rule.
struct FieldError {
  std::string field;        // the path in the request: "item.attributes[2].unit"
  std::string description;  // what was wrong and what was wanted

  friend bool operator==(const FieldError&, const FieldError&) = default;
};

// A failed call. `reason` is the stable upper-case name of docs/errors.md ("STALE_ETAG"); it is
// empty when the failure comes from the way to the server. A plain value.
struct ClientError {
  ErrorCode code = ErrorCode::kUnknown;
  std::string message = {};
  std::string reason = {};
  std::map<std::string, std::string> metadata = {};  // facts beside the reason: "at", "length" …
  std::vector<FieldError> fields = {};
  // The server's word that the same call may be sent again, and when.
  std::optional<std::chrono::milliseconds> retry_after = std::nullopt;
  int attempts = 1;  // how often the call was sent; 0 when it never left this process
};

// A value, or why there is none.
template <class T>
class Answer {
 public:
  Answer(T value) : outcome_(std::move(value)) {}            // NOLINT: a value is an answer
  Answer(ClientError error) : outcome_(std::move(error)) {}  // NOLINT: an error is an answer
  bool ok() const { return std::holds_alternative<T>(outcome_); }
  explicit operator bool() const { return ok(); }
  const T& value() const& { return std::get<T>(outcome_); }
  T&& value() && { return std::get<T>(std::move(outcome_)); }
  const T& operator*() const& { return value(); }
  const T* operator->() const { return &value(); }
  const ClientError& error() const { return std::get<ClientError>(outcome_); }

 private:
  std::variant<T, ClientError> outcome_;
};

}  // namespace radyab::client
