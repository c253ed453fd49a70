#include "grpc/tls/client_rules.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <utility>

namespace radyab::rpc {
namespace {

constexpr int kChainLengthMax = 5;
constexpr int kSecurityLevel = 2;  // OpenSSL's: 112 bits of strength in every key and signature
constexpr std::int64_t kMicrosecondsASecond = 1'000'000;

struct FreeChecking {
  void operator()(X509_STORE_CTX* context) const { X509_STORE_CTX_free(context); }
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};

absl::Status Refused(const absl::Status& why) {
  return access::BadCertificate("it " + std::string(why.message()));
}

// What OpenSSL says of a chain, in our words where its own are for those who know it.
std::string WordsFor(int error) {
  switch (error) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "it is signed by itself and not by the authority";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return "it comes from another authority";
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "its chain does not reach the authority: an issuer is missing or another one";
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return "its signature is not its issuer's";
    default:
      return std::string("its chain is wrong: ") + X509_verify_cert_error_string(error);
  }
}

// The one name of ours, or an empty text when it has none.
absl::StatusOr<std::string> NameIn(const X509& certificate) {
  std::string name;
  for (const std::string& uri : UrisOf(certificate)) {
    if (!uri.starts_with(access::kCertificateScheme)) continue;
    if (!name.empty()) {
      return access::BadCertificate("it has two names of ours, " + name.substr(0, 80) + " and " +
                                    uri.substr(0, 80));
    }
    if (auto parsed = access::ParseCertificateName(uri); !parsed.ok()) return parsed.status();
    name = uri;
  }
  return name;
}

absl::Status CheckItself(const X509& certificate, std::time_t now) {
  auto status = CheckTime(certificate, now);
  if (status.ok()) status = CheckUsage(certificate, NID_client_auth);
  if (!status.ok()) return Refused(status);
  if (status = CheckStrength(certificate); !status.ok()) {
    return access::BadCertificate(std::string(status.message()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const ClientRules>> ClientRules::Make(std::string_view authority_pem,
                                                                     DenyList denied,
                                                                     std::time_t now) {
  auto authorities = ReadCertificates(authority_pem);
  if (!authorities.ok()) return authorities.status();
  std::shared_ptr<ClientRules> rules(new ClientRules);
  rules->denied_ = std::move(denied);
  rules->authorities_.reset(X509_STORE_new());
  for (const Certificate& authority : *authorities) {
    auto status = X509_check_ca(authority.get()) == 0
                      ? absl::FailedPreconditionError("is no authority: it may sign nothing")
                      : CheckTime(*authority, now);
    if (status.ok()) status = CheckStrength(*authority);
    if (!status.ok()) {
      return absl::FailedPreconditionError(SubjectOf(*authority) + ": " +
                                           std::string(status.message()));
    }
    if (X509_STORE_add_cert(rules->authorities_.get(), authority.get()) != 1) {
      return absl::ResourceExhaustedError("no memory for the authorities");
    }
  }
  return std::shared_ptr<const ClientRules>(std::move(rules));
}

absl::Status ClientRules::CheckChain(X509& leaf, const std::vector<Certificate>& others,
                                     std::time_t now) const {
  const std::unique_ptr<STACK_OF(X509), FreeChecking> sent(sk_X509_new_null());
  for (const Certificate& other : others) sk_X509_push(sent.get(), other.get());
  const std::unique_ptr<X509_STORE_CTX, FreeChecking> context(X509_STORE_CTX_new());
  if (context == nullptr ||
      X509_STORE_CTX_init(context.get(), authorities_.get(), &leaf, sent.get()) != 1) {
    return access::BadCertificate("there is no memory to check it");
  }
  X509_VERIFY_PARAM* wanted = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_purpose(wanted, X509_PURPOSE_SSL_CLIENT);
  X509_VERIFY_PARAM_set_auth_level(wanted, kSecurityLevel);
  X509_VERIFY_PARAM_set_depth(wanted, kChainLengthMax);
  X509_VERIFY_PARAM_set_time(wanted, now);
  const bool good = X509_verify_cert(context.get()) == 1;
  ERR_clear_error();
  if (!good) return access::BadCertificate(WordsFor(X509_STORE_CTX_get_error(context.get())));
  const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get());
  for (int at = 0; at < sk_X509_num(chain); ++at) {
    if (!denied_.Has(*sk_X509_value(chain, at))) continue;
    return access::BadCertificate(at == 0 ? "it was revoked: it is on the deny list"
                                          : "an issuer of it was revoked: it is on the deny list");
  }
  return absl::OkStatus();
}

absl::StatusOr<access::ShownCertificate> ClientRules::Check(const PresentedChain& presented,
                                                            std::time_t now) const {
  auto leaf = ReadCertificates(presented.leaf);
  if (!leaf.ok()) return Refused(leaf.status());
  std::vector<Certificate> others;
  if (!presented.others.empty()) {
    auto read = ReadCertificates(presented.others);
    if (!read.ok()) return Refused(read.status());
    others = *std::move(read);
  }
  X509& certificate = *leaf->front();
  if (auto status = CheckItself(certificate, now); !status.ok()) return status;
  if (auto status = CheckChain(certificate, others, now); !status.ok()) return status;
  auto name = NameIn(certificate);
  if (!name.ok()) return name.status();
  return access::ShownCertificate{*std::move(name), FingerprintOf(certificate),
                                  LastMomentOf(certificate) * kMicrosecondsASecond};
}

}  // namespace radyab::rpc
