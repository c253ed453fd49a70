// What lies in the files of TLS, read and checked before anybody uses it.
#pragma once

#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grpc/tls/client_rules.h"

namespace radyab::rpc {

// The certificate a server shows, those that signed it, and its key; PEM.
struct ServerIdentity {
  std::string certificates;
  std::string key;
  std::string subject;
  std::string fingerprint;
  std::time_t last_moment = 0;
};

// Both refuse with FAILED_PRECONDITION: the file, and what is wrong with it.
//
// The key is readable by its owner alone and fits the certificate; the certificate is valid now,
// strong, and made for servers; each further one signed the one before.
absl::StatusOr<ServerIdentity> ReadServerIdentity(const std::string& certificate_file,
                                                  const std::string& key_file, std::time_t now);
// `deny_file` may be empty: nobody is denied.
absl::StatusOr<std::shared_ptr<const ClientRules>> ReadClientRules(
    const std::string& authority_file, const std::string& deny_file, std::time_t now);

// What is seen of files without reading them: equal while none of them was replaced or written.
std::vector<std::int64_t> MarksOf(const std::vector<std::string>& files);

}  // namespace radyab::rpc
