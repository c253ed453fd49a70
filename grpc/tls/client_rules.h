// Which client certificates are taken: those of our authority that are good and not denied.
#pragma once

#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "grpc/tls/certificate.h"
#include "grpc/tls/deny_list.h"
#include "registry/access/certificate_name.h"

namespace radyab::rpc {

// A certificate and what its bearer sent with it, PEM.
struct PresentedChain {
  std::string leaf;
  std::string others;  // may hold the leaf again; in any order
};

// Never changes; any thread.
class ClientRules {
 public:
  // FAILED_PRECONDITION in plain words: an authority that is none, that expired, whose key is weak.
  static absl::StatusOr<std::shared_ptr<const ClientRules>> Make(std::string_view authority_pem,
                                                                 DenyList denied, std::time_t now);

  // UNAUTHENTICATED (BAD_CERTIFICATE) with the one thing that is wrong first: damaged, its time,
  // its key, its use, its issuer, the deny list, its name.
  absl::StatusOr<access::ShownCertificate> Check(const PresentedChain& presented,
                                                 std::time_t now) const;

 private:
  struct FreeStore {
    void operator()(X509_STORE* store) const { X509_STORE_free(store); }
  };
  ClientRules() = default;
  absl::Status CheckChain(X509& leaf, const std::vector<Certificate>& others,
                          std::time_t now) const;

  std::unique_ptr<X509_STORE, FreeStore> authorities_;
  DenyList denied_;
};

}  // namespace radyab::rpc
