#include "grpc/unary_call.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "grpc/call_log.h"
#include "grpc/call_start.h"
#include "grpc/caller_check.h"
#include "grpc/request_bytes.h"
#include "grpc/status_conversion.h"
#include "grpc/update_mask.h"
#include "registry/storage/row_overlay.h"

namespace radyab::rpc {
namespace {

// One change on its way through the store.
struct ChangeJob {
  std::unique_ptr<google::protobuf::Message> request;
  access::ChangeRequest change;
  std::string fresh;
  std::set<std::string> fields;
  std::string answer;
};

absl::StatusOr<std::string> RunRead(const Serving& serving, const Method& method,
                                    const access::Shown& shown, const grpc::ByteBuffer& bytes) {
  absl::StatusOr<std::string> answer = std::string();
  auto status = serving.store.Read([&](storage::ReadTransaction& transaction) {
    auto caller = Admit(transaction, serving.environment, method.rule, shown, serving.now_us());
    if (!caller.ok()) return caller.status();
    answer = AnswerRead(serving, method, transaction, *caller, bytes);
    return answer.status();
  });
  if (!status.ok()) return status;
  return answer;
}

absl::StatusOr<std::shared_ptr<ChangeJob>> PrepareChange(const Serving& serving,
                                                         const Method& method,
                                                         const access::Shown& shown,
                                                         const grpc::ByteBuffer& bytes) {
  auto caller = AdmitCaller(serving, method.rule, shown);
  if (!caller.ok()) return caller.status();
  auto request = ReadMessage(bytes, *method.request);
  if (!request.ok()) return request.status();
  auto job = std::make_shared<ChangeJob>();
  if (!method.changeable.empty()) {
    auto fields = FieldsToChange(MaskOf(**request), method.changeable);
    if (!fields.ok()) return fields.status();
    job->fields = *std::move(fields);
  }
  job->change = ChangeOf(serving.environment, method, **request);
  job->change.caller = *std::move(caller);
  job->request = *std::move(request);
  job->fresh = serving.random_bytes(method.fresh_bytes);
  return job;
}

absl::Status RunChangeJob(const Serving& serving, const Method& method, ChangeJob& job,
                          storage::WriteTransaction& change) {
  // What is only checked is done on an overlay that nobody takes over.
  std::optional<storage::RowOverlay> tried;
  if (IsToValidateOnly(*job.request)) tried.emplace(change);
  storage::WriteTransaction& transaction = tried ? *tried : change;
  auto answer = access::RunChange(
      transaction, serving.environment, job.change, [&](storage::WriteTransaction& inner) {
        const WriteCall call{inner, serving.environment, job.change.caller, job.fresh, job.fields};
        return method.write(call, *job.request);
      });
  if (!answer.ok()) return answer.status();
  job.answer = *std::move(answer);
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* StartUnary(const Serving& serving, const Method& method,
                                     grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request, grpc::ByteBuffer* answer) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto finish = [&method, context, reactor](const absl::Status& status) {
    const grpc::Status wire = ToGrpcStatus(status, method.descriptor->input_type());
    LogCall(method, *context, wire);
    reactor->Finish(wire);
  };
  const auto end = [&](const absl::Status& status) {
    finish(status);
    return reactor;
  };
  if (auto ending = serving.streams->Check(); !ending.ok()) return end(ending);
  if (auto late = CheckDeadline(*context); !late.ok()) return end(late);
  const auto shown = ShownIn(serving, *context);
  if (!shown.ok()) return end(shown.status());
  if (method.read) {
    auto bytes = RunRead(serving, method, *shown, *request);
    if (!bytes.ok()) return end(bytes.status());
    *answer = KeptByteBuffer(*std::move(bytes));
    return end(absl::OkStatus());
  }
  // First of all, so that what is refused under load costs next to nothing.
  const auto begin_before = BeginBefore(*context);
  if (auto busy = serving.store.CheckQueue(begin_before); !busy.ok()) return end(busy);
  auto prepared = PrepareChange(serving, method, *shown, *request);
  if (!prepared.ok()) return end(prepared.status());
  const std::shared_ptr<ChangeJob> job = *std::move(prepared);
  serving.store.WriteAsync(
      [&serving, &method, job](storage::WriteTransaction& transaction) {
        return RunChangeJob(serving, method, *job, transaction);
      },
      [job, finish, answer](const absl::Status& status) {
        if (status.ok()) *answer = ToByteBuffer(job->answer);
        finish(status);
      },
      {begin_before, [context] { return context->IsCancelled(); }});
  return reactor;
}

}  // namespace radyab::rpc
