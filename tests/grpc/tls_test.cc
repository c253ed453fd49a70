// TLS: with a certificate of a small authority made for the test, and with client certificates.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/grpc/api_world.h"
#include "tests/grpc/server_process.h"
#include "tests/support/certificates.h"

namespace radyab::rpc {
namespace {

class Tls : public ::testing::Test {
 protected:
  std::string File(const std::string& name, const std::string& text) const {
    const auto path = folder_.path() / name;
    std::ofstream(path) << text;
    std::filesystem::permissions(path, std::filesystem::perms(0600));
    return path.string();
  }
  ServerSettings Settings() const {
    ServerSettings settings;
    settings.listen = "127.0.0.1:0";
    settings.tls_cert = File("server.crt", server_.certificate_pem());
    settings.tls_key = File("server.key", server_.key_pem());
    return settings;
  }
  // How a call to this server ends for a client that trusts `trusted` and shows `shown`, if
  // anything.
  std::string Outcome(int port, const tests::Issued& trusted, const tests::Issued* shown) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = trusted.certificate_pem();
    if (shown != nullptr) {
      options.pem_cert_chain = shown->certificate_pem();
      options.pem_private_key = shown->key_pem();
    }
    const RawClient client(
        grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::SslCredentials(options)));
    return client.CallBytes("CodeService.Check", "", "").Outcome();
  }

  ScratchFolder folder_;
  LiveServer plain_;
  const tests::Issued authority_ = tests::NewAuthority("Test authority");
  const tests::Issued server_ = authority_.Issue({.subject = "radyab"});
  const tests::Issued client_ = authority_.Issue({.subject = "warehouse"});
  const tests::Issued stranger_ = tests::NewAuthority("Other authority");
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
  settings.tls_client_ca = File("authority.crt", authority_.certificate_pem());
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
  settings.tls_key = File("other.key", client_.key_pem());
  const auto server = Server::Start(settings, SystemServing(plain_.store(), plain_.environment()));
  EXPECT_FALSE(server.ok());
}

}  // namespace
}  // namespace radyab::rpc
