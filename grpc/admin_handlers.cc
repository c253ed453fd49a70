#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "radyab/v1/admin_service.pb.h"
#include "registry/access/audit_check.h"
#include "registry/access/change.h"
#include "registry/access/key_registry.h"
#include "registry/reason.h"
#include "registry/stamp.h"

namespace radyab::rpc {
namespace {

absl::StatusOr<Changed<v1::CreateKeyResponse>> CreateKey(const WriteCall& call,
                                                         const v1::CreateKeyRequest& request) {
  auto created = access::CreateKey(call.transaction, call.environment, request.key(), call.fresh);
  if (!created.ok()) return created.status();
  Changed<v1::CreateKeyResponse> changed;
  changed.resource = created->key.name();
  *changed.response.mutable_key() = std::move(created->key);
  changed.response.set_secret(created->secret);
  return changed;
}

absl::StatusOr<v1::ListKeysResponse> ListKeys(const ReadCall& call, const v1::ListKeysRequest&) {
  auto page = access::ListKeys(call.transaction, call.page);
  if (!page.ok()) return page.status();
  v1::ListKeysResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_keys(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::Key>> RevokeKey(const WriteCall& call,
                                           const v1::RevokeKeyRequest& request) {
  auto changed =
      ChangedItself(access::RevokeKey(call.transaction, call.environment, request.name()));
  if (!changed.ok()) return changed.status();
  // Revoked before: nothing was changed.
  if (MicrosOf(changed->response.revoke_time()) != call.transaction.record_time_us()) {
    changed->resource.clear();
  }
  return changed;
}

// Whole microseconds of the duration; the registry knows its bounds.
absl::StatusOr<std::int64_t> GraceOf(const v1::RotateKeyRequest& request) {
  if (!request.has_grace()) return access::kGraceUsDefault;
  const std::int64_t seconds = request.grace().seconds();
  const std::int32_t nanos = request.grace().nanos();
  constexpr std::int64_t kSecondsMax = 315'576'000'000;  // of a Duration
  const bool one_sign = (seconds <= 0 || nanos >= 0) && (seconds >= 0 || nanos <= 0);
  if (seconds < -kSecondsMax || seconds > kSecondsMax || nanos <= -1'000'000'000 ||
      nanos >= 1'000'000'000 || !one_sign) {
    return RefuseField("grace", "is no duration: want seconds and nanos of one sign");
  }
  return seconds * 1'000'000 + nanos / 1'000;
}

absl::StatusOr<Changed<v1::RotateKeyResponse>> RotateKey(const WriteCall& call,
                                                         const v1::RotateKeyRequest& request) {
  auto grace_us = GraceOf(request);
  if (!grace_us.ok()) return grace_us.status();
  auto rotated =
      access::RotateKey(call.transaction, call.environment, request.name(), *grace_us, call.fresh);
  if (!rotated.ok()) return rotated.status();
  Changed<v1::RotateKeyResponse> changed;
  changed.resource = rotated->key.name();
  *changed.response.mutable_key() = std::move(rotated->key);
  changed.response.set_secret(rotated->secret);
  return changed;
}

absl::StatusOr<v1::AuditFinding> VerifyAudit(const ReadCall& call,
                                             const v1::VerifyAuditRequest& request) {
  return access::CheckAudit(call.transaction, call.environment,
                            {request.after(), request.expected()});
}

absl::StatusOr<v1::ListAuditResponse> ListAudit(const ReadCall& call,
                                                const v1::ListAuditRequest& request) {
  if (request.after_sequence() < 0) {
    return RefuseField("after_sequence",
                       std::to_string(request.after_sequence()) + " is negative; 0 means all");
  }
  auto page = access::ListAudit(call.transaction, request.resource(),
                                static_cast<std::uint64_t>(request.after_sequence()), call.page);
  if (!page.ok()) return page.status();
  v1::ListAuditResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_entries(), answer);
  return answer;
}

}  // namespace

void AddAdminMethods(MethodTable& methods) {
  methods.Write(&CreateKey, access::kSecretBytes);
  methods.Read(&ListKeys);
  methods.Write(&RotateKey, access::kSecretBytes);
  methods.Write(&RevokeKey);
  methods.Read(&ListAudit);
  methods.Read(&VerifyAudit);
}

}  // namespace radyab::rpc
