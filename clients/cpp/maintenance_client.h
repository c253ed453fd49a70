// Backup, scrub, figures and the end of a server: radyab.v1.MaintenanceService.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "radyab/v1/maintenance_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/maintenance_service.proto. Any thread.
class MaintenanceClient {
 public:
  // Takes the next message of a stream; false ends it.
  template <class Message>
  using Take = std::function<bool(const Message& message)>;

  explicit MaintenanceClient(std::shared_ptr<const Connection> connection);

  // Hand every message to `take`. They have no deadline. The error, or nothing when the stream came
  // to its end, or `take` ended it.
  std::optional<ClientError> Backup(const v1::BackupRequest& request,
                                    const Take<v1::BackupResponse>& take) const;
  std::optional<ClientError> Scrub(const v1::ScrubRequest& request,
                                   const Take<v1::ScrubResponse>& take) const;
  // Asked to count rows it reads all of the store: then no deadline ends it.
  Answer<v1::ServerStats> GetStats(const v1::GetStatsRequest& request) const;
  Answer<v1::DrainResponse> Drain(const v1::DrainRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
