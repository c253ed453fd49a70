// What every call does first, whatever its kind: deadline, key, role, request.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "grpc/method_table.h"
#include "grpc/serving.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "registry/access/caller_shown.h"

namespace radyab::rpc {

// DEADLINE_EXCEEDED (DEADLINE_PASSED) when the call's deadline has passed already: then nothing is
// done at all.
absl::Status CheckDeadline(const grpc::CallbackServerContext& context);

// The call's deadline on the clock that does not jump.
std::chrono::steady_clock::time_point BeginBefore(const grpc::CallbackServerContext& context);

// Admits the caller in a read transaction of its own (writes and streams).
absl::StatusOr<access::Caller> AdmitCaller(const Serving& serving, const MethodRule& rule,
                                           const access::Shown& shown);

// Runs the reading handler on an open transaction: reads `bytes`, finds the page, answers bytes.
absl::StatusOr<std::string> AnswerRead(const Serving& serving, const Method& method,
                                       storage::ReadTransaction& transaction,
                                       const access::Caller& caller, const grpc::ByteBuffer& bytes);

// Of requests that can be tried without being done.
inline constexpr char kValidateOnlyName[] = "validate_only";

// Whether the request is only to be checked: false where it has no such field.
bool IsToValidateOnly(const google::protobuf::Message& request);

// The change that a request asks for; who asks is for the caller of this to say.
access::ChangeRequest ChangeOf(const Environment& environment, const Method& method,
                               const google::protobuf::Message& request);

}  // namespace radyab::rpc
