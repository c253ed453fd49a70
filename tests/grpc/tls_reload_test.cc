// TLS files that are replaced while the server runs, and those that it does not start with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "tests/grpc/tls_world.h"

namespace radyab::rpc {
namespace {

using ::testing::HasSubstr;
using tests::Issued;

class TlsReload : public ::testing::Test {
 protected:
  TlsReload() : client_certificate_(tls_.Named("radyab://desk/$member")) {}

  // The subject of the certificate that a new connection sees; "" when the call failed.
  std::string SubjectSeen() {
    const RawClient client = tls_.ClientWith(&client_certificate_);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    const auto stream = client.Stream("CodeService.Check", context, "");
    stream->Write(Buffer(""));
    stream->WritesDone();
    grpc::ByteBuffer reply;
    stream->Read(&reply);
    if (!stream->Finish().ok()) return "";
    const auto names = context.auth_context()->FindPropertyValues("x509_common_name");
    return names.empty() ? "" : std::string(names[0].data(), names[0].size());
  }
  // Whether new connections see it within 20 seconds.
  bool WaitFor(const std::string& subject) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < until) {
      if (SubjectSeen() == subject) return true;
    }
    return false;
  }
  Issued NewIdentity(const std::string& subject) {
    return tls_.authority().Issue({.subject = subject});
  }

  TlsWorld tls_;
  const Issued client_certificate_;
};

TEST_F(TlsReload, NoCallIsLostWhileTheCertificateIsReplaced) {
  tls_.Start(tls_.Settings());
  std::atomic<bool> over = false;
  std::atomic<int> calls = 0, failed = 0, connections = 0, messages = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 2; ++i) {
    clients.emplace_back([&] {
      const RawClient client = tls_.ClientWith(&client_certificate_);
      while (!over) {
        ++calls;
        if (!tls_.GetMember(client).ok()) ++failed;
      }
    });
  }
  clients.emplace_back([&] {
    while (!over) {
      ++connections;
      if (SubjectSeen().empty()) ++failed;
    }
  });
  clients.emplace_back([&] {
    const RawClient client = tls_.ClientWith(&client_certificate_);
    grpc::ClientContext context;
    const auto stream = client.Stream("CodeService.ResolveStream", context, "");
    const auto request = Buffer(RequestBytes("CodeService.ResolveStream", "text: 'x'"));
    grpc::ByteBuffer reply;
    while (!over) {
      ++messages;
      if (!stream->Write(request) || !stream->Read(&reply)) ++failed;
    }
    stream->WritesDone();
    if (!stream->Finish().ok()) ++failed;
  });
  for (const char* subject : {"server 2", "server 3", "server 4"}) {
    tls_.ShowOf(NewIdentity(subject));
    EXPECT_TRUE(WaitFor(subject)) << subject;
  }
  over = true;
  for (auto& client : clients) client.join();
  EXPECT_EQ(failed, 0);
  EXPECT_GT(calls, 100);
  EXPECT_GT(connections, 10);
  EXPECT_GT(messages, 100);
}

TEST_F(TlsReload, ABadFileNeverTakesThePlaceOfAGoodOne) {
  tls_.Start(tls_.Settings());
  EXPECT_EQ(SubjectSeen(), "server 1");
  const Issued next = NewIdentity("server 2");
  const Issued over = tls_.authority().Issue({.subject = "over", .begins_s = -99, .ends_s = -9});
  const std::string pem = next.certificate_pem();
  const std::pair<std::string, const char*> rows[] = {
      {"", "server.crt: is empty"},
      {pem.substr(0, pem.size() / 2), "server.crt: ends in the middle"},
      {pem, "does not fit the certificate"},
      {over.certificate_pem(), "does not fit the certificate"},
  };
  for (const auto& [content, words] : rows) {
    tls_.Write("server.crt", content);
    EXPECT_TRUE(tls_.WaitForLog(words)) << tls_.log();
    tls_.server().ReloadTls();
    EXPECT_EQ(SubjectSeen(), "server 1") << words;
  }
  tls_.ShowOf(over);
  EXPECT_TRUE(tls_.WaitForLog("server.crt: expired at")) << tls_.log();
  tls_.Write("clients.crt", "");
  EXPECT_TRUE(tls_.WaitForLog("clients.crt: is empty")) << tls_.log();
  tls_.Write("denied", "everybody");
  EXPECT_TRUE(tls_.WaitForLog("denied: line 1")) << tls_.log();
  EXPECT_EQ(SubjectSeen(), "server 1");
  tls_.ShowOf(next);
  EXPECT_TRUE(WaitFor("server 2")) << tls_.log();
}

TEST_F(TlsReload, AnotherAuthorityTakesThePlaceOfTheFirst) {
  tls_.Start(tls_.Settings());
  const Issued second = tests::NewAuthority("Second authority");
  const Issued theirs =
      second.Issue({.uris = {ApiWorld::Fill("radyab://desk/$member", tls_.world().own())}});
  const RawClient open = tls_.ClientWith(&client_certificate_);
  EXPECT_EQ(tls_.GetMember(open).Outcome(), "OK");
  EXPECT_EQ(tls_.GetMember(tls_.ClientWith(&theirs)).Outcome(), "UNAVAILABLE");
  tls_.Write("clients.crt", second.certificate_pem());
  ASSERT_TRUE(tls_.WaitForLog("authority and the deny list of clients were read again"));
  EXPECT_EQ(tls_.GetMember(tls_.ClientWith(&theirs)).Outcome(), "OK");
  EXPECT_EQ(tls_.GetMember(open).Outcome(), "UNAUTHENTICATED/BAD_CERTIFICATE");
  EXPECT_EQ(tls_.GetMember(tls_.ClientWith(&client_certificate_)).Outcome(), "UNAVAILABLE");
}

TEST_F(TlsReload, DoesNotStartWithABadFileAndSaysWhichAndWhy) {
  const Issued good = NewIdentity("server 1");
  const Issued other = NewIdentity("server 2");
  const Issued between = tls_.authority().Issue({.subject = "Between", .authority = true});
  const Issued child = between.Issue({});
  const auto refusal = [&](const std::string& certificate, const std::string& key) {
    tls_.Write("server.crt", certificate);
    tls_.Write("server.key", key);
    return std::string(tls_.TryStart(tls_.Settings()).message());
  };
  const auto refusal_of = [&](const tests::WantedCertificate& wanted) {
    const Issued made = tls_.authority().Issue(wanted);
    return refusal(made.certificate_pem(), made.key_pem());
  };
  const std::string crt = good.certificate_pem(), key = good.key_pem();
  const std::string crt_file = tls_.Path("server.crt"), key_file = tls_.Path("server.key");
  EXPECT_EQ(refusal("", key), crt_file + ": is empty");
  EXPECT_EQ(refusal(crt, ""), key_file + ": is empty");
  EXPECT_THAT(refusal(crt.substr(0, crt.size() - 40), key), HasSubstr(crt_file + ": ends in the"));
  EXPECT_THAT(refusal(crt, key.substr(0, key.size() - 40)), HasSubstr(key_file + ": ends in the"));
  EXPECT_THAT(refusal("hello", key), HasSubstr(crt_file + ": is no PEM"));
  EXPECT_THAT(refusal(key, key), HasSubstr(crt_file + ": holds no CERTIFICATE"));
  EXPECT_THAT(refusal(crt, crt), HasSubstr(key_file + ": holds no PRIVATE KEY"));
  EXPECT_EQ(refusal(crt, other.key_pem()),
            key_file + ": does not fit the certificate in " + crt_file);
  EXPECT_THAT(refusal_of({.begins_s = -99, .ends_s = -9}), HasSubstr(crt_file + ": expired at"));
  EXPECT_THAT(refusal_of({.begins_s = 99}), HasSubstr(crt_file + ": is not yet valid"));
  EXPECT_THAT(refusal_of({.key = "RSA-1024"}), HasSubstr("1024 bits is weak"));
  EXPECT_THAT(refusal_of({.digest = "SHA1"}), HasSubstr("SHA1, which is broken"));
  EXPECT_THAT(refusal_of({.usage = "clientAuth"}), HasSubstr("lacks serverAuth"));
  EXPECT_THAT(refusal(child.certificate_pem() + other.certificate_pem(), child.key_pem()),
              HasSubstr("the chain is broken: certificate 2 did not sign certificate 1"));
  ServerSettings missing = tls_.Settings();
  missing.tls_cert = tls_.Path("nowhere.crt");
  EXPECT_THAT(std::string(tls_.TryStart(missing).message()),
              HasSubstr("nowhere.crt: cannot be read: No such file"));
  EXPECT_EQ(refusal(child.certificate_pem() + between.certificate_pem(), child.key_pem()), "");
  EXPECT_EQ(refusal(crt, key), "");
}

TEST_F(TlsReload, ReadsItsFilesAgainAtSighup) {
  const auto settings = tls_.Settings();
  ServerProcess process({"--data", tls_.Path("data"), "--listen", "127.0.0.1:0", "--tls-cert",
                         settings.tls_cert, "--tls-key", settings.tls_key, "--tls-client-ca",
                         settings.tls_client_ca, "--tls-deny-list", settings.tls_deny_list},
                        tls_.Path(""));
  ASSERT_NE(process.WaitForPort(), 0) << process.errors();
  process.Signal(SIGHUP);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (process.errors().find("read again") == std::string::npos &&
         std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_THAT(process.errors(), HasSubstr("deny list of clients were read again"));
  process.Signal(SIGTERM);
  EXPECT_EQ(process.WaitForEnd(), 0);
}

}  // namespace
}  // namespace radyab::rpc
