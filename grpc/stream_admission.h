// Admits the caller of a stream at its begin, and again while it lasts.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "grpc/method_table.h"
#include "grpc/serving.h"
#include "grpcpp/server_context.h"

namespace radyab::rpc {

// A key that is revoked while a stream lasts ends it with the first message that comes so long
// after the last look.
inline constexpr std::int64_t kReadmitAfterUs = 1'000'000;

// One thread at a time.
class StreamAdmission {
 public:
  StreamAdmission(const Serving& serving, const Method& method,
                  const grpc::CallbackServerContext& context);
  // OK while the caller may go on; looks into the store at begin and every kReadmitAfterUs.
  absl::Status Check();
  // Of the last Check that was OK.
  const access::Caller& caller() const { return caller_; }

 private:
  const Serving& serving_;
  const Method& method_;
  absl::StatusOr<std::string> secret_;
  std::shared_ptr<const grpc::AuthContext> connection_;  // null: clients show no certificates
  access::Caller caller_;
  std::int64_t checked_us_ = 0;  // 0: never
};

}  // namespace radyab::rpc
