// Whole catalogues and party books: radyab.v1.ExportService.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "radyab/v1/export_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/export_service.proto. Any thread.
class ExportClient {
 public:
  explicit ExportClient(std::shared_ptr<const Connection> connection);

  // Hands every message to `take`, false from which ends it. No deadline. The error, or nothing;
  // only an export whose last message has a row_count is whole.
  std::optional<ClientError> ExportRows(
      const v1::ExportRowsRequest& request,
      const std::function<bool(const v1::ExportRowsResponse&)>& take) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
