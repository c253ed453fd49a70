// Lets clients in by their certificates: once when they connect, and again with every call.
//
// gRPC's own check of client certificates is switched off and this one stands in its place, behind
// the handshake and before the first byte of HTTP: it can say what is wrong, and it knows the deny
// list. A connection lasts up to a day, so a call looks again: whose certificate expired, was
// denied, or lost its authority meanwhile is refused with words.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/status/statusor.h"
#include "grpc/tls/client_rules.h"
#include "grpcpp/security/auth_context.h"
#include "grpcpp/security/tls_certificate_verifier.h"

namespace radyab::rpc {

inline constexpr std::size_t kKnownCertificatesMax = 4'096;
inline constexpr int kRefusalsLoggedMax = 60;  // in a minute

// Thread safe.
class ClientGate {
 public:
  // With `required` nobody enters without a certificate.
  ClientGate(std::function<std::int64_t()> now_us, bool required,
             std::shared_ptr<const ClientRules> rules);

  // From now on these rules hold, for open connections too.
  void SetRules(std::shared_ptr<const ClientRules> rules);

  // Whether a connection may be. A refusal is logged, with the certificate's subject and
  // fingerprint. An empty leaf: the client showed none.
  absl::Status Enter(const PresentedChain& presented);

  // The certificate of the connection a call came on; nothing when it has none. UNAUTHENTICATED
  // (BAD_CERTIFICATE) when it is not good any more.
  absl::StatusOr<std::optional<access::ShownCertificate>> Shown(const grpc::AuthContext& context);

  // `gate` as gRPC takes it.
  static std::shared_ptr<grpc::experimental::CertificateVerifier> VerifierOf(
      std::shared_ptr<ClientGate> gate);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  struct Known {
    std::uint64_t version = 0;  // of the rules that found so
    absl::StatusOr<access::ShownCertificate> found = access::ShownCertificate();
  };

  // Checks and remembers; what was found is good for the rules of this moment.
  absl::StatusOr<access::ShownCertificate> Look(const PresentedChain& presented);
  void LogRefusal(const PresentedChain& presented, const absl::Status& why);

  const std::function<std::int64_t()> now_us_;
  const bool required_;
  std::mutex mutex_;
  std::shared_ptr<const ClientRules> rules_;  // guarded by mutex_, as is what follows
  std::uint64_t version_ = 1;
  std::unordered_map<std::string, Known, Hash, std::equal_to<>> known_;  // by the leaf's PEM
  std::int64_t logging_since_us_ = 0;
  int logged_count_ = 0;
};

}  // namespace radyab::rpc
