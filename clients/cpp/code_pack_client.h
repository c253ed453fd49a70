// Code packs: radyab.v1.CodePackService.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "radyab/v1/code_pack_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/code_pack_service.proto. Any thread.
class CodePackClient {
 public:
  explicit CodePackClient(std::shared_ptr<const Connection> connection);

  // Hands every message to `take`, false from which ends it. No deadline. While the server is busy
  // with another's pack (TOO_MANY_CALLS) and nothing was handed over, it is asked again until the
  // deadline of the connection. The error, or nothing; only a fetch whose last message has a pack
  // is whole.
  std::optional<ClientError> FetchCodePack(
      const v1::FetchCodePackRequest& request,
      const std::function<bool(const v1::FetchCodePackResponse&)>& take) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
