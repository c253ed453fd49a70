#include "grpc/tls/tls_keeper.h"

#include <utility>

#include "grpc/event_log.h"
#include "grpc/tls/tls_files.h"
#include "grpcpp/security/tls_certificate_provider.h"
#include "grpcpp/security/tls_credentials_options.h"
#include "spdlog/common.h"

namespace radyab::rpc {
namespace {

constexpr unsigned kGrpcLooksEverySeconds = 1;  // the least it can
constexpr std::time_t kSoonSeconds = std::time_t{14} * 24 * 3'600;

void Tell(const ServerIdentity& identity, std::time_t now) {
  const std::time_t left = identity.last_moment - now;
  LogEvent(spdlog::level::info, "tls_shown",
           {{"subject", identity.subject},
            {"sha256", identity.fingerprint},
            {"days_left", std::int64_t{left / (24 * 3'600)}}});
  if (left < kSoonSeconds) {
    LogEvent(spdlog::level::warn, "tls_ends_soon",
             {{"message", "the server's certificate ends soon: replace it"}});
  }
}

// The key first: readers of certificates pass over it, and one file is replaced in one step.
std::string TextOf(const ServerIdentity& identity) {
  return identity.key + "\n" + identity.certificates;
}

grpc_ssl_client_certificate_request_type RequestOf(const ServerSettings& settings) {
  if (settings.tls_client_ca.empty()) return GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
  // The gate checks them.
  return settings.tls_client_optional
             ? GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_BUT_DONT_VERIFY
             : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_BUT_DONT_VERIFY;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TlsKeeper>> TlsKeeper::Start(const ServerSettings& settings,
                                                            std::function<std::int64_t()> now_us) {
  std::unique_ptr<TlsKeeper> keeper(new TlsKeeper(settings, std::move(now_us)));
  if (auto status = keeper->Begin(); !status.ok()) return status;
  return keeper;
}

TlsKeeper::TlsKeeper(const ServerSettings& settings, std::function<std::int64_t()> now_us)
    : settings_(settings), now_us_(std::move(now_us)) {
  identity_.files = {settings_.tls_cert, settings_.tls_key};
  if (!settings_.tls_client_ca.empty()) rules_.files = {settings_.tls_client_ca};
  if (!settings_.tls_deny_list.empty()) rules_.files.push_back(settings_.tls_deny_list);
}

absl::Status TlsKeeper::Begin() {
  identity_.marks = MarksOf(identity_.files);
  rules_.marks = MarksOf(rules_.files);
  auto status = TakeIdentity();
  if (status.ok() && !rules_.files.empty()) status = TakeRules();
  if (!status.ok()) return status;
  grpc::experimental::TlsServerCredentialsOptions options(
      std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(
          file_->path(), file_->path(), kGrpcLooksEverySeconds));
  options.watch_identity_key_cert_pairs();
  options.set_cert_request_type(RequestOf(settings_));
  options.set_check_call_host(false);
  if (gate_) options.set_certificate_verifier(ClientGate::VerifierOf(gate_));
  credentials_ = grpc::experimental::TlsServerCredentials(options);
  if (credentials_ == nullptr) return absl::FailedPreconditionError("gRPC takes no TLS settings");
  thread_ = std::thread([this] { Run(); });
  return absl::OkStatus();
}

TlsKeeper::~TlsKeeper() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void TlsKeeper::Reload() {
  {
    const std::lock_guard lock(mutex_);
    reloading_ = true;
  }
  changed_.notify_all();
}

void TlsKeeper::Run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    changed_.wait_for(lock, kTlsLookInterval, [this] { return ending_ || reloading_; });
    if (ending_) return;
    const bool anyway = std::exchange(reloading_, false);
    lock.unlock();
    Look(identity_, anyway, &TlsKeeper::TakeIdentity);
    if (!rules_.files.empty()) Look(rules_, anyway, &TlsKeeper::TakeRules);
    lock.lock();
  }
}

void TlsKeeper::Look(Group& group, bool anyway, absl::Status (TlsKeeper::*take)()) {
  // Before they are read: what is written meanwhile is seen the next time.
  auto marks = MarksOf(group.files);
  if (!anyway && marks == group.marks) return;
  group.marks = std::move(marks);
  if (const auto status = (this->*take)(); !status.ok()) {
    LogEvent(spdlog::level::err, "tls_kept",
             {{"message", "what was there before stays in use: " +
                              std::string(status.message().data(), status.message().size())}});
  }
}

absl::Status TlsKeeper::TakeIdentity() {
  auto identity = ReadServerIdentity(settings_.tls_cert, settings_.tls_key, now());
  if (!identity.ok()) return identity.status();
  if (file_ != nullptr) {
    if (auto status = file_->Replace(TextOf(*identity)); !status.ok()) return status;
  } else {
    auto made = MemoryFile::Make(TextOf(*identity));
    if (!made.ok()) return made.status();
    file_ = *std::move(made);
  }
  Tell(*identity, now());
  return absl::OkStatus();
}

absl::Status TlsKeeper::TakeRules() {
  auto rules = ReadClientRules(settings_.tls_client_ca, settings_.tls_deny_list, now());
  if (!rules.ok()) return rules.status();
  if (gate_ != nullptr) {
    gate_->SetRules(*std::move(rules));
    LogEvent(spdlog::level::info, "tls_rules",
             {{"message", "the authority and the deny list of clients were read again"}});
  } else {
    gate_ =
        std::make_shared<ClientGate>(now_us_, !settings_.tls_client_optional, *std::move(rules));
  }
  return absl::OkStatus();
}

}  // namespace radyab::rpc
