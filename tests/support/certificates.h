// Certificates for tests, made on the spot: good ones, and bad in every way that is wanted.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

namespace radyab::tests {

// What a certificate says. Unless told otherwise it is a good one of a client or a server, for
// 127.0.0.1 and an hour from an hour ago.
struct WantedCertificate {
  std::string subject = "test";
  std::vector<std::string> uris = {};  // among its names
  long begins_s = -3'600;              // from now
  long ends_s = 3'600;
  std::string key = "P-256";  // or another curve, "RSA-1024", "RSA-2048", "ED25519"
  std::string digest = "SHA256";
  std::string usage = "";  // extended key usage: "serverAuth,clientAuth"; empty: none is stated
  bool authority = false;
};

// A certificate and its key. Copies share them.
class Issued {
 public:
  // Signed by itself.
  static Issued BySelf(const WantedCertificate& wanted);
  Issued Issue(const WantedCertificate& wanted) const;

  std::string certificate_pem() const;
  std::string key_pem() const;
  X509* certificate() const { return certificate_.get(); }
  EVP_PKEY* key() const { return key_.get(); }

 private:
  std::shared_ptr<EVP_PKEY> key_;
  std::shared_ptr<X509> certificate_;
};

// An authority that signs itself, good for a day.
Issued NewAuthority(const std::string& subject);

}  // namespace radyab::tests
