#include "tests/scanner/labels/tls_stand_in.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "tests/scanner/labels/printer_stand_in.h"

namespace radyab::scanner {
namespace {

struct FreeTls {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* session) const { SSL_free(session); }
};

// Carries bytes both ways until one side ends.
void Carry(SSL* session, int connection, int inside) {
  for (;;) {
    pollfd wait[2] = {{connection, POLLIN, 0}, {inside, POLLIN, 0}};
    if (SSL_pending(session) == 0 && poll(wait, 2, -1) <= 0) return;
    char buffer[16384];
    if (SSL_pending(session) > 0 || (wait[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
      const int got = SSL_read(session, buffer, sizeof buffer);
      if (got <= 0) return;
      WriteAll(inside, std::string(buffer, static_cast<std::size_t>(got)));
    }
    if ((wait[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
      const ssize_t got = recv(inside, buffer, sizeof buffer, 0);
      if (got <= 0 || SSL_write(session, buffer, static_cast<int>(got)) <= 0) return;
    }
  }
}

}  // namespace

std::function<void(int)> BehindTls(const tests::Issued& own, std::function<void(int)> serve) {
  return [own, serve = std::move(serve)](int connection) {
    // Of this thread, which ends with the connection: OpenSSL writes without MSG_NOSIGNAL.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    const std::unique_ptr<SSL_CTX, FreeTls> context(SSL_CTX_new(TLS_server_method()));
    EXPECT_EQ(SSL_CTX_use_certificate(context.get(), own.certificate()), 1);
    EXPECT_EQ(SSL_CTX_use_PrivateKey(context.get(), own.key()), 1);
    const std::unique_ptr<SSL, FreeTls> session(SSL_new(context.get()));
    SSL_set_fd(session.get(), connection);
    // With TLS 1.3 the other side may still turn away after this.
    if (SSL_accept(session.get()) != 1) return;
    int ends[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    char first = 0;
    if (SSL_peek(session.get(), &first, 1) == 1) {
      std::thread inside([&] {
        serve(ends[1]);
        shutdown(ends[1], SHUT_RDWR);
      });
      Carry(session.get(), connection, ends[0]);
      shutdown(ends[0], SHUT_RDWR);
      inside.join();
      SSL_shutdown(session.get());
    }
    close(ends[0]);
    close(ends[1]);
  };
}

}  // namespace radyab::scanner
