// A TLS client that shows whatever it is told to: weak keys, keys of other certificates, chains
// with holes. gRPC's own client would refuse to send most of that.
#pragma once

#include <openssl/evp.h>

#include <string>
#include <vector>

#include "tests/support/certificates.h"

namespace radyab::rpc {

// What is shown.
struct Probe {
  const tests::Issued* certificate = nullptr;  // none without
  EVP_PKEY* key = nullptr;                     // instead of the certificate's own
  std::vector<const tests::Issued*> others = {};
};

// "open" when the server began to speak HTTP/2 with it, "closed" when it ended the connection.
std::string Connect(int port, const Probe& probe);

// A key that says it belongs to `certificate` and signs with that of `other`; both P-256.
std::shared_ptr<EVP_PKEY> ForgedKey(const tests::Issued& certificate, const tests::Issued& other);

}  // namespace radyab::rpc
