// TLS: with a certificate of a small authority made for the test, and with client certificates.
#include <gtest/gtest.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <fstream>

#include "tests/grpc/api_world.h"
#include "tests/grpc/server_process.h"

namespace radyab::rpc {
namespace {

struct Identity {
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
};

// A fresh key and a certificate for it, signed by `issuer` or by itself.
Identity MakeIdentity(const std::string& name, const Identity* issuer) {
  static long serial = 0;
  Identity made{EVP_EC_gen("P-256"), X509_new()};
  X509* certificate = made.certificate;
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_set_pubkey(certificate, made.key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  const Identity& signer = issuer == nullptr ? made : *issuer;
  X509_set_issuer_name(certificate, X509_get_subject_name(signer.certificate));
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, signer.certificate, certificate, nullptr, nullptr, 0);
  const int type = issuer == nullptr ? NID_basic_constraints : NID_subject_alt_name;
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(
      nullptr, &context, type, issuer == nullptr ? "critical,CA:TRUE" : "IP:127.0.0.1");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  X509_sign(certificate, signer.key, EVP_sha256());
  return made;
}

std::string PemOf(BIO* bio) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio, &text);
  std::string pem(text, static_cast<std::size_t>(size));
  BIO_free(bio);
  return pem;
}
std::string CertificatePem(const Identity& identity) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, identity.certificate);
  return PemOf(bio);
}
std::string KeyPem(const Identity& identity) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, identity.key, nullptr, nullptr, 0, nullptr, nullptr);
  return PemOf(bio);
}

class Tls : public ::testing::Test {
 protected:
  ~Tls() override {
    for (const Identity* identity : {&authority_, &server_, &client_, &stranger_}) {
      EVP_PKEY_free(identity->key);
      X509_free(identity->certificate);
    }
  }
  std::string File(const std::string& name, const std::string& text) const {
    const auto path = folder_.path() / name;
    std::ofstream(path) << text;
    std::filesystem::permissions(path, std::filesystem::perms(0600));
    return path.string();
  }
  ServerSettings Settings() const {
    ServerSettings settings;
    settings.listen = "127.0.0.1:0";
    settings.tls_cert = File("server.crt", CertificatePem(server_));
    settings.tls_key = File("server.key", KeyPem(server_));
    return settings;
  }
  // How a call to this server ends for a client that trusts `trusted` and shows `shown`, if
  // anything.
  std::string Outcome(int port, const Identity& trusted, const Identity* shown) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = CertificatePem(trusted);
    if (shown != nullptr) {
      options.pem_cert_chain = CertificatePem(*shown);
      options.pem_private_key = KeyPem(*shown);
    }
    const RawClient client(
        grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::SslCredentials(options)));
    return client.CallBytes("CodeService.Check", "", "").Outcome();
  }

  ScratchFolder folder_;
  LiveServer plain_;
  Identity authority_ = MakeIdentity("Test authority", nullptr);
  Identity server_ = MakeIdentity("radyab", &authority_);
  Identity client_ = MakeIdentity("warehouse", &authority_);
  Identity stranger_ = MakeIdentity("Other authority", nullptr);
};

TEST_F(Tls, ServesClientsThatTrustItsAuthority) {
  const auto server =
      Server::Start(Settings(), SystemServing(plain_.store(), plain_.environment()));
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_EQ(Outcome((*server)->port(), authority_, nullptr), "OK");
  EXPECT_EQ(Outcome((*server)->port(), stranger_, nullptr), "UNAVAILABLE");
  const RawClient without_tls("127.0.0.1:" + std::to_string((*server)->port()));
  EXPECT_EQ(without_tls.CallBytes("CodeService.Check", "", "").Outcome(), "UNAVAILABLE");
}

TEST_F(Tls, WantsACertificateOfTheClientWhenToldSo) {
  ServerSettings settings = Settings();
  settings.tls_client_ca = File("authority.crt", CertificatePem(authority_));
  const auto server = Server::Start(settings, SystemServing(plain_.store(), plain_.environment()));
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_EQ(Outcome((*server)->port(), authority_, &client_), "OK");
  EXPECT_EQ(Outcome((*server)->port(), authority_, nullptr), "UNAVAILABLE");
  EXPECT_EQ(Outcome((*server)->port(), authority_, &stranger_), "UNAVAILABLE");
}

TEST_F(Tls, RefusesAKeyThatOthersMayRead) {
  const ServerSettings settings = Settings();
  std::filesystem::permissions(settings.tls_key, std::filesystem::perms(0640));
  const auto server = Server::Start(settings, SystemServing(plain_.store(), plain_.environment()));
  ASSERT_FALSE(server.ok());
  EXPECT_NE(std::string(server.status().message()).find(settings.tls_key), std::string::npos);
}

TEST_F(Tls, ServesOtherMachinesInTheClearOnlyWhenToldSo) {
  const auto serving = SystemServing(plain_.store(), plain_.environment());
  ServerSettings settings;
  for (const char* listen : {"0.0.0.0:0", "[::]:0", "192.0.2.7:0", "radyab.example:0"}) {
    settings.listen = listen;
    const auto refused = Server::Start(settings, serving);
    ASSERT_FALSE(refused.ok()) << listen;
    EXPECT_NE(std::string(refused.status().message()).find("plaintext"), std::string::npos);
  }
  settings.listen = "127.0.0.1:0";
  EXPECT_TRUE(Server::Start(settings, serving).ok());
  // Told so, the address is tried; this one is of nobody (RFC 5737).
  settings.listen = "192.0.2.7:0";
  settings.plaintext = true;
  const auto tried = Server::Start(settings, serving);
  ASSERT_FALSE(tried.ok());
  EXPECT_NE(std::string(tried.status().message()).find("cannot listen"), std::string::npos);
}

TEST_F(Tls, RefusesAKeyThatDoesNotFitItsCertificate) {
  ServerSettings settings = Settings();
  settings.tls_key = File("other.key", KeyPem(client_));
  const auto server = Server::Start(settings, SystemServing(plain_.store(), plain_.environment()));
  EXPECT_FALSE(server.ok());
}

}  // namespace
}  // namespace radyab::rpc
