#include "grpc/call_start.h"

#include <grpc/support/time.h>

#include <chrono>
#include <cstdint>

#include "grpc/caller_check.h"
#include "grpc/page_token.h"
#include "grpc/request_bytes.h"
#include "registry/page_scan.h"
#include "registry/reason.h"

namespace radyab::rpc {
namespace {

// A deadline so far away is none; nanoseconds of the steady clock could not hold every one.
constexpr std::int64_t kNoDeadlineSeconds = std::int64_t{10} * 365 * 24 * 3600;

// A request that cannot be read is refused; where a method answers each message by itself, so is
// this one.
absl::StatusOr<std::string> Unread(const Method& method, const absl::Status& refusal) {
  if (!method.refused) return refusal;
  return method.refused(refusal);
}

}  // namespace

absl::Status CheckDeadline(const grpc::CallbackServerContext& context) {
  if (BeginBefore(context) > std::chrono::steady_clock::now()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kDeadlineExceeded, Reason::kDeadlinePassed,
                "the deadline passed before the call began: nothing was done");
}

// gRPC counts the deadline on the steady clock. Its deadline() tells it on the wall clock, by a
// look at both: when the wall clock jumps between the two, a call seems late that is not.
std::chrono::steady_clock::time_point BeginBefore(const grpc::CallbackServerContext& context) {
  using std::chrono::steady_clock;
  const gpr_timespec deadline = gpr_convert_clock_type(context.raw_deadline(), GPR_CLOCK_MONOTONIC);
  if (gpr_time_cmp(deadline, gpr_inf_future(GPR_CLOCK_MONOTONIC)) == 0) {
    return steady_clock::time_point::max();
  }
  const gpr_timespec left = gpr_time_sub(deadline, gpr_now(GPR_CLOCK_MONOTONIC));
  if (left.tv_sec > kNoDeadlineSeconds) return steady_clock::time_point::max();
  return steady_clock::now() + std::chrono::seconds(left.tv_sec) +
         std::chrono::nanoseconds(left.tv_nsec);
}

absl::StatusOr<access::Caller> AdmitCaller(const Serving& serving, const MethodRule& rule,
                                           const access::Shown& shown) {
  absl::StatusOr<access::Caller> caller = access::Caller();
  auto status = serving.store.Read([&](storage::ReadTransaction& transaction) {
    caller = Admit(transaction, serving.environment, rule, shown, serving.now_us());
    return caller.status();
  });
  if (!status.ok()) return status;
  return caller;
}

absl::StatusOr<std::string> AnswerRead(const Serving& serving, const Method& method,
                                       storage::ReadTransaction& transaction,
                                       const access::Caller& caller,
                                       const grpc::ByteBuffer& bytes) {
  auto request = ReadMessage(bytes, *method.request);
  if (!request.ok()) return Unread(method, request.status());
  const std::int64_t now_us = serving.now_us();
  ReadCall call{transaction, serving.environment, caller, DayOf(now_us), now_us, {}, {}};
  if (method.asks_for_page) {
    call.list = ListIdentity(method.rule.name, **request, caller);
    auto page = ReadPageRequest(serving.environment.keyed_hash, call.list, **request);
    if (!page.ok()) return page.status();
    call.page = *std::move(page);
  }
  auto answer = method.read(call, **request);
  // Lists end their pages by bytes where they scan rows; what gathers its rows otherwise is asked
  // again for fewer.
  while (answer.ok() && method.asks_for_page && answer->size() > kAnswerBytesMax &&
         call.page.row_count_max > 1) {
    call.page.row_count_max /= 2;
    answer = method.read(call, **request);
  }
  return answer;
}

bool IsToValidateOnly(const google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName(kValidateOnlyName);
  return field != nullptr && request.GetReflection()->GetBool(request, field);
}

access::ChangeRequest ChangeOf(const Environment& environment, const Method& method,
                               const google::protobuf::Message& request) {
  access::ChangeRequest change;
  change.method = method.rule.name;
  change.request_id = TextField(request, "request_id");
  // Without a request_id nothing is kept, so no digest is wanted.
  if (!change.request_id.empty()) {
    change.digest = access::RequestDigest(environment, change.method,
                                          BytesWithout(request, {"request_id", kValidateOnlyName}));
  }
  return change;
}

}  // namespace radyab::rpc
