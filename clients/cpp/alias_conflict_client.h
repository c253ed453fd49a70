// Claims to identifiers that lead to another code already: radyab.v1.AliasConflictService.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/alias_conflict_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/alias_conflict_service.proto. Any thread.
class AliasConflictClient {
 public:
  explicit AliasConflictClient(std::shared_ptr<const Connection> connection);

  Answer<v1::AliasConflict> ClaimAlias(const v1::ClaimAliasRequest& request) const;
  PageRange<v1::AliasConflict> ListAliasConflicts(
      const v1::ListAliasConflictsRequest& request) const;
  Answer<v1::AliasConflict> SettleAliasConflict(
      const v1::SettleAliasConflictRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
