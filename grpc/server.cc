#include "grpc/server.h"

#include <chrono>
#include <list>
#include <mutex>
#include <optional>
#include <utility>

#include "coding/absl_text.h"
#include "google/protobuf/stubs/logging.h"
#include "grpc/described_service.h"
#include "grpc/event_log.h"
#include "grpc/handlers.h"
#include "grpc/server_bounds.h"
#include "grpc/server_credentials.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "registry/access/sealer.h"

namespace radyab::rpc {
namespace {

// Bytes that are no UTF-8 are refused with their place; that a client sent some is no news for the
// log.
void QuietProtobuf() {
  google::protobuf::SetLogHandler(
      [](google::protobuf::LogLevel, const char* file, int line, const std::string& message) {
        LogEvent(spdlog::level::debug, "protobuf",
                 {{"file", file}, {"line", std::int64_t{line}}, {"message", message}});
      });
}

class RunningServer final : public Server {
 public:
  RunningServer(Serving serving, MethodTable methods, std::unique_ptr<TlsKeeper> tls)
      : serving_(std::move(serving)), methods_(std::move(methods)), tls_(std::move(tls)) {
    for (const auto* service : methods_.services()) {
      services_.emplace_back(*service, serving_, methods_);
    }
  }

  ~RunningServer() override { Drain(kDrainTimeMax); }

  absl::Status Listen(const std::string& address,
                      const std::shared_ptr<grpc::ServerCredentials>& credentials,
                      const HeartbeatTimes& heartbeat) {
    grpc::ServerBuilder builder;
    SetBounds(builder);
    builder.AddListeningPort(address, credentials, &port_);
    for (DescribedService& service : services_) builder.RegisterService(&service);
    server_ = builder.BuildAndStart();
    if (!server_ || port_ == 0) {
      return absl::FailedPreconditionError(
          "cannot listen on " + address +
          ": the port is in use, or the address is not of this machine");
    }
    if (heartbeat.interval.count() == 0) {
      SayServing(true);
      return absl::OkStatus();
    }
    SayServing(false);
    heartbeat_.emplace(serving_.store, heartbeat,
                       [this](const absl::Status& health) { TellHealth(health); });
    heartbeat_->WaitForFirst();
    return absl::OkStatus();
  }

  int port() const override { return port_; }

  void ReloadTls() override {
    if (tls_ != nullptr) tls_->Reload();
  }

  void Drain(std::chrono::milliseconds time_max) override {
    const std::lock_guard lock(drain_);
    if (!server_ || drained_) return;
    drained_ = true;
    heartbeat_.reset();  // it says nothing more
    SayServing(false);
    serving_.streams->EndAll();
    server_->Shutdown(std::chrono::system_clock::now() + time_max);
    server_->Wait();
    serving_.work->WaitForNone();
  }

  void RefuseCalls() override {
    SayServing(false);
    serving_.streams->EndAll();
  }

 private:
  void TellHealth(const absl::Status& health) {
    if (health.ok()) {
      LogEvent(spdlog::level::info, "healthy", {{"message", "changes get durable"}});
    } else {
      LogEvent(spdlog::level::err, "unhealthy", {{"message", StdText(health.message())}});
    }
    SayServing(health.ok());
  }

  void SayServing(bool serving) {
    auto* health = server_->GetHealthCheckService();
    if (health == nullptr) return;
    health->SetServingStatus(serving);
    for (const auto* service : methods_.services()) {
      health->SetServingStatus(service->full_name(), serving);
    }
  }

  const Serving serving_;
  const MethodTable methods_;
  const std::unique_ptr<TlsKeeper> tls_;
  std::list<DescribedService> services_;
  int port_ = 0;
  std::mutex drain_;
  bool drained_ = false;
  std::unique_ptr<grpc::Server> server_;
  std::optional<WriteHeartbeat> heartbeat_;  // last: ends before what it speaks of
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerSettings& settings,
                                                      Serving serving) {
  static std::once_flag plugins;
  std::call_once(plugins, [] {
    QuietProtobuf();
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
  MethodTable methods = AllMethods();
  if (auto status = methods.CheckComplete(); !status.ok()) return status;
  auto transport = TransportOf(settings, serving.now_us);
  if (!transport.ok()) return transport.status();
  if (transport->tls != nullptr) serving.gate = transport->tls->gate();
  auto server = std::make_unique<RunningServer>(std::move(serving), std::move(methods),
                                                std::move(transport->tls));
  const auto status = server->Listen(settings.listen, transport->credentials, settings.heartbeat);
  if (!status.ok()) return status;
  return std::unique_ptr<Server>(std::move(server));
}

Serving SystemServing(storage::Store& store, const Environment& environment) {
  Serving serving{store, environment,
                  [] {
                    return std::chrono::duration_cast<std::chrono::microseconds>(
                               std::chrono::system_clock::now().time_since_epoch())
                        .count();
                  },
                  [](std::size_t byte_count) {
                    return byte_count == 0 ? std::string() : access::RandomBytes(byte_count);
                  }};
  serving.facts->start_time_us = serving.now_us();
  return serving;
}

}  // namespace radyab::rpc
