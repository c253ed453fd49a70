// Certificates and keys as OpenSSL has them, and what is asked of each.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace radyab::rpc {

inline constexpr std::size_t kPemBytesMax = std::size_t{1} << 20;
inline constexpr std::size_t kCertificatesMax = 100;  // in one file
inline constexpr int kRsaBitsMin = 2'048;
inline constexpr int kEllipticBitsMin = 256;  // Ed25519 has them too

struct FreeOpenssl {
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Certificate = std::unique_ptr<X509, FreeOpenssl>;
using PrivateKey = std::unique_ptr<EVP_PKEY, FreeOpenssl>;

// Every function below refuses with FAILED_PRECONDITION in plain words, without a name before them:
// "is empty", "ends in the middle of a PEM block".

// All certificates of a PEM text, in order; at least one.
absl::StatusOr<std::vector<Certificate>> ReadCertificates(std::string_view pem);
// The one private key of a PEM text; it may not be sealed with a pass phrase.
absl::StatusOr<PrivateKey> ReadPrivateKey(std::string_view pem);

// Not before its first moment, not after its last one.
absl::Status CheckTime(const X509& certificate, std::time_t now);
// RSA of 2,048 bits, elliptic curves of 256, and a signature over more than MD5 or SHA-1. Of a
// certificate that signs itself nobody looks at the signature.
absl::Status CheckStrength(const X509& certificate);
// Its extended key usage, if it has any, names this one (NID_server_auth, NID_client_auth).
absl::Status CheckUsage(const X509& certificate, int usage);

// SHA-256 of it, 64 hex digits in lower case.
std::string FingerprintOf(const X509& certificate);
// Its serial number, hex digits in lower case, without zeros before.
std::string SerialOf(const X509& certificate);
// Its subject for a line of the log: printable ASCII, at most 200 characters.
std::string SubjectOf(const X509& certificate);
// Its last moment, seconds since 1970.
std::time_t LastMomentOf(const X509& certificate);
// The URIs among its alternative names, in order.
std::vector<std::string> UrisOf(const X509& certificate);

}  // namespace radyab::rpc
