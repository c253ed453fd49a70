#include <charconv>
#include <string>

#include "coding/absl_text.h"
#include "coding/code.h"
#include "grpc/handlers.h"
#include "grpc/readable_kinds.h"
#include "radyab/v1/code_service.pb.h"
#include "registry/page_scan.h"
#include "registry/reason.h"
#include "registry/resolver.h"
#include "registry/wire_fields.h"

namespace radyab::rpc {
namespace {

constexpr int kTextsMax = 1000;  // of one BatchResolve, announced in the proto

absl::StatusOr<v1::CheckResponse> Check(const ReadCall&, const v1::CheckRequest& request) {
  v1::CheckResponse answer;
  const auto code = coding::ParseCode(request.text());
  answer.set_valid(code.ok());
  if (code.ok()) {
    answer.set_code(code->Digits());
    answer.set_kind(std::string(coding::KindName(code->kind())));
    return answer;
  }
  const coding::Refusal& refusal = code.refusal();
  v1::CodeRefusal& told = *answer.mutable_refusal();
  told.set_reason(std::string(coding::RefusalReasonName(refusal.reason)));
  told.set_at(static_cast<int>(refusal.at));
  told.set_length(static_cast<int>(refusal.length));
  told.set_message(refusal.message);
  return answer;
}

int NumberIn(const ReasonDetail& detail, const std::string& name) {
  const auto found = detail.metadata.find(name);
  int number = 0;
  if (found != detail.metadata.end()) {
    const std::string& text = found->second;
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return number;
}

v1::ResolveRefusal RefusalOf(const absl::Status& status, const ReasonDetail& detail) {
  const std::string message(StdText(status.message()));
  v1::ResolveRefusal refusal;
  refusal.set_reason(std::string(ReasonName(detail.reason)));
  refusal.set_message(message);
  if (const auto found = detail.metadata.find("refusal"); found != detail.metadata.end()) {
    v1::CodeRefusal& place = *refusal.mutable_code_refusal();
    place.set_reason(found->second);
    place.set_at(NumberIn(detail, "at"));
    place.set_length(NumberIn(detail, "length"));
    place.set_message(detail.fields.empty() ? message : detail.fields.front().description);
  }
  return refusal;
}

absl::StatusOr<std::string> ResolveText(const ReadCall& call, std::string_view text) {
  return ResolveToBytes(call.transaction, call.environment, call.caller,
                        ReadableBy(call.caller.role), text, call.today);
}

// The resolution of one text of many: a text that leads nowhere is answered, not refused.
absl::StatusOr<std::string> ResolveOne(const ReadCall& call, const std::string& text) {
  auto resolution = ResolveText(call, text);
  if (resolution.ok()) return resolution;
  const absl::Status& status = resolution.status();
  const auto detail = ReasonOf(status);
  if (!detail || !(absl::IsNotFound(status) || absl::IsInvalidArgument(status))) return status;
  v1::Resolution answer;
  answer.set_text(text.size() <= kResolveTextBytesMax ? text : "");
  *answer.mutable_refusal() = RefusalOf(status, *detail);
  return answer.SerializeAsString();
}

absl::StatusOr<std::string> Resolve(const ReadCall& call, const v1::ResolveRequest& request) {
  return ResolveText(call, request.text());
}

absl::StatusOr<std::string> ResolveNext(const ReadCall& call, const v1::ResolveRequest& request) {
  return ResolveOne(call, request.text());
}

// A message of a stream that is no text at all.
v1::Resolution Unreadable(const absl::Status& status) {
  v1::Resolution answer;
  *answer.mutable_refusal() = RefusalOf(status, ReasonOf(status).value_or(ReasonDetail()));
  return answer;
}

absl::StatusOr<std::string> BatchResolve(const ReadCall& call,
                                         const v1::BatchResolveRequest& request) {
  if (request.texts_size() > kTextsMax) {
    return RefuseField(
        "texts",
        std::to_string(request.texts_size()) + " texts, want at most " + std::to_string(kTextsMax),
        Reason::kLimitExceeded);
  }
  std::string answer;
  int answered = 0;
  for (const std::string& text : request.texts()) {
    auto resolution = ResolveOne(call, text);
    if (!resolution.ok()) return resolution.status();
    AppendMessageField(v1::BatchResolveResponse::kResolutionsFieldNumber, *resolution, answer);
    if (answer.size() > kAnswerBytesMax) {
      return RefuseField("texts",
                         "the answers to the first " + std::to_string(answered) + " fill " +
                             std::to_string(kAnswerBytesMax) + " bytes; ask for fewer at once",
                         Reason::kLimitExceeded);
    }
    ++answered;
  }
  return answer;
}

}  // namespace

void AddCodeMethods(MethodTable& methods) {
  methods.Read(&Check);
  methods.ReadBytes<v1::Resolution>(&Resolve);
  methods.ReadBytes<v1::BatchResolveResponse>(&BatchResolve);
  methods.AnswerEach(&ResolveNext, &Unreadable);
}

}  // namespace radyab::rpc
