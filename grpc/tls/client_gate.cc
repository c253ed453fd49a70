#include "grpc/tls/client_gate.h"

#include <grpc/grpc_security_constants.h>

#include <utility>

#include "grpc/event_log.h"
#include "spdlog/common.h"

namespace radyab::rpc {
namespace {

constexpr std::int64_t kMicrosecondsASecond = 1'000'000;
constexpr std::int64_t kMinuteUs = 60 * kMicrosecondsASecond;

class Verifier final : public grpc::experimental::ExternalCertificateVerifier {
 public:
  explicit Verifier(std::shared_ptr<ClientGate> gate) : gate_(std::move(gate)) {}

  bool Verify(grpc::experimental::TlsCustomVerificationCheckRequest* request,
              std::function<void(grpc::Status)>, grpc::Status* answer) override {
    const auto text = [](grpc::string_ref part) { return std::string(part.data(), part.size()); };
    const auto status =
        gate_->Enter({text(request->peer_cert()), text(request->peer_cert_full_chain())});
    if (!status.ok()) {
      *answer = {grpc::StatusCode::UNAUTHENTICATED, std::string(status.message())};
    }
    return true;
  }
  void Cancel(grpc::experimental::TlsCustomVerificationCheckRequest*) override {}

 private:
  const std::shared_ptr<ClientGate> gate_;
};

std::string_view FirstValue(const std::vector<grpc::string_ref>& values) {
  if (values.empty()) return {};
  return {values.front().data(), values.front().size()};
}

}  // namespace

ClientGate::ClientGate(std::function<std::int64_t()> now_us, bool required,
                       std::shared_ptr<const ClientRules> rules)
    : now_us_(std::move(now_us)), required_(required), rules_(std::move(rules)) {}

void ClientGate::SetRules(std::shared_ptr<const ClientRules> rules) {
  const std::lock_guard lock(mutex_);
  rules_ = std::move(rules);
  ++version_;
}

absl::StatusOr<access::ShownCertificate> ClientGate::Look(const PresentedChain& presented) {
  std::shared_ptr<const ClientRules> rules;
  Known known;
  {
    const std::lock_guard lock(mutex_);
    rules = rules_;
    known.version = version_;
  }
  known.found = rules->Check(presented, static_cast<std::time_t>(now_us_() / kMicrosecondsASecond));
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kKnownCertificatesMax) known_.clear();
  known_.insert_or_assign(presented.leaf, known);
  return std::move(known.found);
}

absl::Status ClientGate::Enter(const PresentedChain& presented) {
  if (presented.leaf.empty()) {
    if (!required_) return absl::OkStatus();
    const auto status = access::BadCertificate("there is none, and this server wants one");
    LogRefusal(presented, status);
    return status;
  }
  const auto found = Look(presented);
  if (!found.ok()) LogRefusal(presented, found.status());
  return found.status();
}

absl::StatusOr<std::optional<access::ShownCertificate>> ClientGate::Shown(
    const grpc::AuthContext& context) {
  const auto leaves = context.FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  const std::string_view leaf = FirstValue(leaves);
  if (leaf.empty()) {
    if (required_) return access::BadCertificate("there is none, and this server wants one");
    return std::optional<access::ShownCertificate>();
  }
  {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(leaf);
    if (known != known_.end() && known->second.version == version_) {
      const auto& found = known->second.found;
      if (!found.ok()) return found.status();
      if (now_us_() < found->valid_until_us) return std::optional(*found);
    }
  }
  const auto chains = context.FindPropertyValues(GRPC_X509_PEM_CERT_CHAIN_PROPERTY_NAME);
  auto found = Look({std::string(leaf), std::string(FirstValue(chains))});
  if (!found.ok()) return found.status();
  return std::optional(*std::move(found));
}

void ClientGate::LogRefusal(const PresentedChain& presented, const absl::Status& why) {
  {
    const std::lock_guard lock(mutex_);
    const std::int64_t now_us = now_us_();
    const bool new_minute = now_us - logging_since_us_ >= kMinuteUs || now_us < logging_since_us_;
    if (new_minute) {
      if (logged_count_ > kRefusalsLoggedMax) {
        LogEvent(spdlog::level::warn, "certificates_refused",
                 {{"not_logged", std::int64_t{logged_count_ - kRefusalsLoggedMax}}});
      }
      logging_since_us_ = now_us;
      logged_count_ = 0;
    }
    if (++logged_count_ > kRefusalsLoggedMax) return;
  }
  std::string who = "nobody";
  if (const auto leaf = ReadCertificates(presented.leaf); leaf.ok()) {
    who = SubjectOf(*leaf->front()) + " sha256:" + FingerprintOf(*leaf->front());
  }
  LogEvent(spdlog::level::warn, "certificate_refused",
           {{"certificate", who},
            {"message", std::string_view(why.message().data(), why.message().size())}});
}

std::shared_ptr<grpc::experimental::CertificateVerifier> ClientGate::VerifierOf(
    std::shared_ptr<ClientGate> gate) {
  return grpc::experimental::ExternalCertificateVerifier::Create<Verifier>(std::move(gate));
}

}  // namespace radyab::rpc
