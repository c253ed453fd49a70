// TLS of the library and of the program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"
#include "tests/clients/self_signed.h"

namespace radyab::client {
namespace {

constexpr const char* kItem = "1042000017000113";

FakeAnswers Answering() {
  FakeAnswers answers;
  answers.get_item = [](auto&, const v1::GetItemRequest& request, v1::Item& item) {
    item.set_name(request.name());
    return grpc::Status::OK;
  };
  return answers;
}

// Credentials of a server that shows `own`, and wants a certificate that `client` signed when it is
// not null.
std::shared_ptr<grpc::ServerCredentials> Showing(const SelfSigned& own, const SelfSigned* client) {
  grpc::SslServerCredentialsOptions options;
  options.pem_key_cert_pairs.push_back({own.private_key, own.certificate});
  if (client != nullptr) {
    options.pem_root_certs = client->certificate;
    options.client_certificate_request = GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
  }
  return grpc::SslServerCredentials(options);
}

cli::ProgramEnd Ask(const FakeServer& server, std::vector<std::string> arguments,
                    const std::string& timeout_seconds = "5") {
  arguments.insert(arguments.begin(), {"item", "get", kItem, "--json"});
  arguments.insert(arguments.end(), {"--timeout", timeout_seconds});
  return cli::RunRadyab(arguments, "", {{"RADYAB_SERVER", server.address()}});
}

TEST(Tls, ReachesAServerWhoseCertificateItTrusts) {
  const SelfSigned own = MakeSelfSigned("radyab.example");
  const FakeServer server(Answering(), Showing(own, nullptr));
  const cli::ScratchFolder folder;
  const auto root = folder.Write("root.pem", own.certificate);
  const auto good = Ask(server, {"--tls-root", root, "--tls-server-name", "radyab.example"});
  EXPECT_EQ(good.exit_code, 0) << good.err;
  const auto other = Ask(server, {"--tls-root", root}, "1");
  EXPECT_EQ(other.exit_code, 4) << "another name on the certificate";
  EXPECT_TRUE(nlohmann::json::accept(other.err)) << other.err;
  EXPECT_EQ(Ask(server, {"--tls", "--tls-server-name", "radyab.example"}, "1").exit_code, 4)
      << "nobody vouches for the certificate";
  EXPECT_EQ(Ask(server, {}, "1").exit_code, 4) << "no TLS at all";
}

TEST(Tls, ShowsItsOwnCertificateWhenTheServerWantsOne) {
  const SelfSigned own = MakeSelfSigned("radyab.example");
  const SelfSigned client = MakeSelfSigned("desk-1");
  const FakeServer server(Answering(), Showing(own, &client));
  const cli::ScratchFolder folder;
  const auto root = folder.Write("root.pem", own.certificate);
  const auto certificate = folder.Write("client.pem", client.certificate);
  const auto key = folder.Write("client.key", client.private_key);
  const std::vector<std::string> known = {"--tls-root", root, "--tls-server-name",
                                          "radyab.example"};
  EXPECT_EQ(Ask(server, known, "1").exit_code, 4);
  auto with_certificate = known;
  with_certificate.insert(with_certificate.end(), {"--tls-cert", certificate, "--tls-key", key});
  const auto good = Ask(server, with_certificate);
  EXPECT_EQ(good.exit_code, 0) << good.err;
  auto half = known;
  half.insert(half.end(), {"--tls-cert", certificate});
  EXPECT_EQ(Ask(server, half).exit_code, 2);
}

}  // namespace
}  // namespace radyab::client
