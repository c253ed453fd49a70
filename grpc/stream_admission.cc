#include "grpc/stream_admission.h"

#include <optional>
#include <utility>

#include "grpc/call_start.h"
#include "grpc/caller_check.h"
#include "grpc/tls/client_gate.h"

namespace radyab::rpc {

StreamAdmission::StreamAdmission(const Serving& serving, const Method& method,
                                 const grpc::CallbackServerContext& context)
    : serving_(serving), method_(method), secret_(SecretIn(context.client_metadata())) {
  if (serving.gate != nullptr) connection_ = context.auth_context();
}

absl::Status StreamAdmission::Check() {
  if (!secret_.ok()) return secret_.status();
  const std::int64_t now_us = serving_.now_us();
  // A clock that was set back says nothing of how long ago the last look was.
  const bool fresh = now_us >= checked_us_ && now_us - checked_us_ < kReadmitAfterUs;
  if (checked_us_ != 0 && fresh) return absl::OkStatus();
  access::Shown shown{*secret_, std::nullopt};
  if (connection_ != nullptr) {
    auto certificate = serving_.gate->Shown(*connection_);
    if (!certificate.ok()) return certificate.status();
    shown.certificate = *std::move(certificate);
  }
  auto caller = AdmitCaller(serving_, method_.rule, shown);
  if (!caller.ok()) return caller.status();
  caller_ = *caller;
  checked_us_ = now_us;
  return absl::OkStatus();
}

}  // namespace radyab::rpc
