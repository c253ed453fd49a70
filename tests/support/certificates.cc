#include "tests/support/certificates.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdlib>

namespace radyab::tests {
namespace {

// A test without its certificate tests nothing.
void Must(bool done) {
  if (!done) std::abort();
}

std::shared_ptr<EVP_PKEY> NewKey(const std::string& kind) {
  EVP_PKEY* key = nullptr;
  if (kind.starts_with("RSA-")) {
    key = EVP_RSA_gen(static_cast<unsigned>(std::stoi(kind.substr(4))));
  } else if (kind == "ED25519") {
    key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  } else {
    key = EVP_EC_gen(kind.c_str());
  }
  Must(key != nullptr);
  return {key, EVP_PKEY_free};
}

void AddExtension(X509& certificate, X509& issuer, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str());
  Must(extension != nullptr && X509_add_ext(&certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

template <class Write>
std::string PemOf(Write write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
  Must(write(memory.get()) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::shared_ptr<X509> Sign(const WantedCertificate& wanted, EVP_PKEY& key, EVP_PKEY& signing_key,
                           X509* signer) {
  static long serial = 0x1000;
  const std::shared_ptr<X509> made(X509_new(), X509_free);
  X509& certificate = *made;
  X509_set_version(&certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(&certificate), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(&certificate), wanted.begins_s);
  X509_gmtime_adj(X509_getm_notAfter(&certificate), wanted.ends_s);
  X509_set_pubkey(&certificate, &key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(&certificate), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(wanted.subject.c_str()), -1, -1,
                             0);
  X509& issuer = signer == nullptr ? certificate : *signer;
  X509_set_issuer_name(&certificate, X509_get_subject_name(&issuer));
  if (wanted.authority)
    AddExtension(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE");
  std::string names = "IP:127.0.0.1,DNS:localhost";
  for (const std::string& uri : wanted.uris) names += ",URI:" + uri;
  AddExtension(certificate, issuer, NID_subject_alt_name, names);
  if (!wanted.usage.empty()) AddExtension(certificate, issuer, NID_ext_key_usage, wanted.usage);
  const bool edwards = EVP_PKEY_is_a(&signing_key, "ED25519") != 0;
  const EVP_MD* digest = edwards ? nullptr : EVP_get_digestbyname(wanted.digest.c_str());
  Must(X509_sign(&certificate, &signing_key, digest) > 0);
  return made;
}

}  // namespace

Issued Issued::BySelf(const WantedCertificate& wanted) {
  Issued made;
  made.key_ = NewKey(wanted.key);
  made.certificate_ = Sign(wanted, *made.key_, *made.key_, nullptr);
  return made;
}

Issued Issued::Issue(const WantedCertificate& wanted) const {
  Issued made;
  made.key_ = NewKey(wanted.key);
  made.certificate_ = Sign(wanted, *made.key_, *key_, certificate_.get());
  return made;
}

std::string Issued::certificate_pem() const {
  return PemOf([this](BIO* memory) { return PEM_write_bio_X509(memory, certificate_.get()); });
}

std::string Issued::key_pem() const {
  return PemOf([this](BIO* memory) {
    return PEM_write_bio_PrivateKey(memory, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

Issued NewAuthority(const std::string& subject) {
  return Issued::BySelf({.subject = subject, .ends_s = 86'400, .authority = true});
}

}  // namespace radyab::tests
