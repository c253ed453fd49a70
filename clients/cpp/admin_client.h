// Keys and the audit trail: radyab.v1.AdminService.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/admin_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/admin_service.proto. Any thread.
class AdminClient {
 public:
  explicit AdminClient(std::shared_ptr<const Connection> connection);

  // The secret stands in this answer only.
  Answer<v1::CreateKeyResponse> CreateKey(const v1::CreateKeyRequest& request) const;
  // So does the new secret.
  Answer<v1::RotateKeyResponse> RotateKey(const v1::RotateKeyRequest& request) const;
  PageRange<v1::Key> ListKeys(const v1::ListKeysRequest& request) const;
  Answer<v1::Key> RevokeKey(const v1::RevokeKeyRequest& request) const;
  // One piece; the next one goes on after its end.
  Answer<v1::AuditFinding> VerifyAudit(const v1::VerifyAuditRequest& request) const;
  PageRange<v1::AuditEntry> ListAudit(const v1::ListAuditRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
