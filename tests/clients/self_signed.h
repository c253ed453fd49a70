// Certificates for tests, made on the spot.
#pragma once

#include <string>

namespace radyab::client {

// A certificate that trusts itself, and its private key, both PEM.
struct SelfSigned {
  std::string certificate;
  std::string private_key;
};

// For the name `host`, valid for an hour; both texts empty when OpenSSL refuses.
SelfSigned MakeSelfSigned(const std::string& host);

}  // namespace radyab::client
