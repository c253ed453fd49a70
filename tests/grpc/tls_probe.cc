#include "tests/grpc/tls_probe.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace radyab::rpc {
namespace {

constexpr timeval kPatience = {10, 0};

struct FreeParts {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* connection) const { SSL_free(connection); }
  void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
  void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(BIGNUM* number) const { BN_clear_free(number); }
};
template <class Part>
using Owned = std::unique_ptr<Part, FreeParts>;

void Must(bool done) {
  if (!done) std::abort();
}

class Socket {
 public:
  explicit Socket(int port) : file_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(file_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    Must(connect(file_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  ~Socket() { close(file_); }
  int file() const { return file_; }

 private:
  int file_;
};

}  // namespace

std::string Connect(int port, const Probe& probe) {
  const Owned<SSL_CTX> context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_security_level(context.get(), 0);
  if (probe.certificate != nullptr) {
    Must(SSL_CTX_use_certificate(context.get(), probe.certificate->certificate()) == 1);
    Must(SSL_CTX_use_PrivateKey(context.get(),
                                probe.key != nullptr ? probe.key : probe.certificate->key()) == 1);
  }
  for (const tests::Issued* other : probe.others) {
    Must(SSL_CTX_add1_chain_cert(context.get(), other->certificate()) == 1);
  }
  const Owned<SSL> connection(SSL_new(context.get()));
  constexpr std::array<unsigned char, 3> kHttp2 = {2, 'h', '2'};
  SSL_set_alpn_protos(connection.get(), kHttp2.data(), kHttp2.size());
  const Socket socket(port);
  SSL_set_fd(connection.get(), socket.file());
  std::array<char, 16> answer{};
  // With TLS 1.3 the client is done before the server has looked at its certificate.
  const bool open = SSL_connect(connection.get()) == 1 &&
                    SSL_read(connection.get(), answer.data(), answer.size()) > 0;
  ERR_clear_error();
  return open ? "open" : "closed";
}

std::shared_ptr<EVP_PKEY> ForgedKey(const tests::Issued& certificate, const tests::Issued& other) {
  std::array<unsigned char, 256> point{};
  std::size_t point_size = 0;
  Must(EVP_PKEY_get_octet_string_param(certificate.key(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size(), &point_size) == 1);
  BIGNUM* secret = nullptr;
  Must(EVP_PKEY_get_bn_param(other.key(), OSSL_PKEY_PARAM_PRIV_KEY, &secret) == 1);
  const Owned<BIGNUM> owned_secret(secret);
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point_size);
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret);
  const Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* forged = nullptr;
  Must(EVP_PKEY_fromdata_init(context.get()) == 1 &&
       EVP_PKEY_fromdata(context.get(), &forged, EVP_PKEY_KEYPAIR, parameters.get()) == 1);
  return {forged, EVP_PKEY_free};
}

}  // namespace radyab::rpc
