#include "clients/cpp/connection.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clients/cpp/client.h"

namespace radyab::client {
namespace {

// A port on which nobody listens.
int ClosedPort() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  socklen_t size = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  close(listener);
  return ntohs(address.sin_port);
}

TEST(Connection, RefusesAKeyThatCannotStandInAHeader) {
  for (const char* key : {"two words", "line\nbreak", "\xD9\x81", "\x01"}) {
    ConnectionOptions options;
    options.key = key;
    const auto connection = Connection::Open(options);
    ASSERT_FALSE(connection.ok()) << key;
    EXPECT_EQ(connection.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(connection.error().message.find(key), std::string::npos) << "the key is not shown";
  }
}

TEST(Connection, RefusesHalfAClientCertificate) {
  ConnectionOptions options;
  options.tls.enabled = true;
  options.tls.certificate = "-----BEGIN CERTIFICATE-----";
  EXPECT_FALSE(Connection::Open(options).ok());
}

TEST(Connection, RefusesLimitsBelowOne) {
  ConnectionOptions no_time;
  no_time.deadline = std::chrono::milliseconds(0);
  EXPECT_FALSE(Connection::Open(no_time).ok());
  ConnectionOptions no_attempt;
  no_attempt.retry.attempts_max = -1;
  EXPECT_FALSE(Connection::Open(no_attempt).ok());
  ConnectionOptions no_rows;
  no_rows.rows_in_flight_max = 0;
  EXPECT_FALSE(Connection::Open(no_rows).ok());
  ConnectionOptions no_answer;
  no_answer.answer_bytes_max = 0;
  EXPECT_FALSE(Connection::Open(no_answer).ok());
}

TEST(Connection, RefusesWhatIsNoAddress) {
  for (const char* address :
       {"", "nonsense", "localhost", "localhost:", ":7400", "localhost:0", "localhost:65536",
        "localhost:7x", "http://localhost:7400", "a b:7400", "::1:7400", "unix:"}) {
    ConnectionOptions options;
    options.address = address;
    const auto connection = Connection::Open(options);
    ASSERT_FALSE(connection.ok()) << address;
    EXPECT_EQ(connection.error().code, ErrorCode::kInvalidArgument);
  }
  for (const char* address : {"localhost:7400", "127.0.0.1:65535", "[::1]:7400",
                              "unix:/run/radyab.sock", "dns:///radyab.example:7400"}) {
    ConnectionOptions options;
    options.address = address;
    EXPECT_TRUE(Connection::Open(options).ok()) << address;
  }
}

TEST(Connection, RefusesTextsThatAreNoPem) {
  for (const auto member : {&TlsOptions::root_certificates, &TlsOptions::certificate}) {
    ConnectionOptions options;
    options.tls.enabled = true;
    options.tls.private_key = "-----BEGIN PRIVATE KEY-----";
    options.tls.certificate = "-----BEGIN CERTIFICATE-----";
    options.tls.*member = "no certificate at all";
    const auto connection = Connection::Open(options);
    ASSERT_FALSE(connection.ok());
    EXPECT_NE(connection.error().message.find("no PEM"), std::string::npos);
  }
}

TEST(Connection, TellsThatNobodyAnswers) {
  ConnectionOptions options;
  options.address = "127.0.0.1:" + std::to_string(ClosedPort());
  options.retry = {.attempts_max = 3,
                   .backoff_first = std::chrono::milliseconds(1),
                   .backoff_max = std::chrono::milliseconds(2)};
  const auto client = Client::Open(options);
  ASSERT_TRUE(client.ok());
  const auto item = client->catalog.GetItem({});
  ASSERT_FALSE(item.ok());
  EXPECT_EQ(item.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(item.error().attempts, 3);
}

}  // namespace
}  // namespace radyab::client
