#include "grpc/tls/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <optional>

namespace radyab::rpc {
namespace {

struct FreeParts {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
  void operator()(EXTENDED_KEY_USAGE* usage) const {
    sk_ASN1_OBJECT_pop_free(usage, ASN1_OBJECT_free);
  }
};
template <class Part>
using Owned = std::unique_ptr<Part, FreeParts>;

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::size_t kSubjectCharactersMax = 200;

absl::Status Wrong(const std::string& words) { return absl::FailedPreconditionError(words); }

std::size_t CountOf(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++count;
  return count;
}

// What can be seen of a PEM text before any block is read.
absl::Status CheckPem(std::string_view pem, const char* what) {
  if (pem.find_first_not_of(" \t\r\n") == pem.npos) return Wrong("is empty");
  if (pem.size() > kPemBytesMax) return Wrong("has more than 1 MiB");
  if (pem.find(kBegin) == pem.npos) return Wrong("is no PEM text");
  if (CountOf(pem, kBegin) != CountOf(pem, kEnd)) {
    return Wrong("ends in the middle of a PEM block: it was cut off");
  }
  if (pem.find(what) == pem.npos) return Wrong(std::string("holds no ") + what);
  return absl::OkStatus();
}

Owned<BIO> Reader(std::string_view text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// No pass phrase is ever asked for on the terminal.
int NoPassPhrase(char*, int, int, void*) { return -1; }

std::string HexOf(const unsigned char* bytes, std::size_t count) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (std::size_t at = 0; at < count; ++at) {
    hex.push_back(kDigits[bytes[at] >> 4]);
    hex.push_back(kDigits[bytes[at] & 15]);
  }
  return hex;
}

std::string TextOf(const ASN1_TIME* time) {
  std::tm parts{};
  std::array<char, 32> text{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "a time that cannot be read";
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

}  // namespace

absl::StatusOr<std::vector<Certificate>> ReadCertificates(std::string_view pem) {
  if (auto status = CheckPem(pem, "CERTIFICATE"); !status.ok()) return status;
  const auto reader = Reader(pem);
  std::vector<Certificate> certificates;
  ERR_clear_error();
  while (X509* certificate = PEM_read_bio_X509(reader.get(), nullptr, NoPassPhrase, nullptr)) {
    certificates.emplace_back(certificate);
    if (certificates.size() > kCertificatesMax) return Wrong("holds more than 100 certificates");
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!at_end || certificates.empty()) {
    return Wrong("certificate " + std::to_string(certificates.size() + 1) +
                 " cannot be read: it is damaged");
  }
  return certificates;
}

absl::StatusOr<PrivateKey> ReadPrivateKey(std::string_view pem) {
  if (auto status = CheckPem(pem, "PRIVATE KEY"); !status.ok()) return status;
  const auto reader = Reader(pem);
  PrivateKey key(PEM_read_bio_PrivateKey(reader.get(), nullptr, NoPassPhrase, nullptr));
  ERR_clear_error();
  if (key == nullptr) {
    return Wrong("the private key cannot be read: it is damaged, or sealed with a pass phrase");
  }
  return key;
}

absl::Status CheckTime(const X509& certificate, std::time_t now) {
  const ASN1_TIME* first = X509_get0_notBefore(&certificate);
  const ASN1_TIME* last = X509_get0_notAfter(&certificate);
  // -1 and 1 say before and after; -2, that the time in the certificate cannot be read.
  if (ASN1_TIME_cmp_time_t(first, now) > 0 || ASN1_TIME_cmp_time_t(first, now) == -2) {
    return Wrong("is not yet valid: it begins at " + TextOf(first));
  }
  if (ASN1_TIME_cmp_time_t(last, now) < 0) return Wrong("expired at " + TextOf(last));
  return absl::OkStatus();
}

absl::Status CheckStrength(const X509& certificate) {
  const EVP_PKEY* key = X509_get0_pubkey(&certificate);
  if (key == nullptr) return Wrong("its key cannot be read");
  const int bits = EVP_PKEY_get_bits(key);
  const bool rsa = EVP_PKEY_is_a(key, "RSA") != 0 || EVP_PKEY_is_a(key, "RSA-PSS") != 0;
  const int bits_min = rsa ? kRsaBitsMin : kEllipticBitsMin;
  const bool edwards = EVP_PKEY_is_a(key, "ED25519") != 0 || EVP_PKEY_is_a(key, "ED448") != 0;
  if (!rsa && !edwards && EVP_PKEY_is_a(key, "EC") == 0) {
    return Wrong("its key is of a kind that is not taken; want RSA, EC or Ed25519");
  }
  if (!edwards && bits < bits_min) {
    return Wrong("its key of " + std::to_string(bits) + " bits is weak; want " +
                 std::to_string(bits_min) + " or more");
  }
  if (X509_check_issued(const_cast<X509*>(&certificate), const_cast<X509*>(&certificate)) ==
      X509_V_OK) {
    return absl::OkStatus();
  }
  int digest = NID_undef;
  X509_get_signature_info(const_cast<X509*>(&certificate), &digest, nullptr, nullptr, nullptr);
  if (digest == NID_md5 || digest == NID_sha1 || digest == NID_md5_sha1) {
    return Wrong(std::string("it was signed over ") + OBJ_nid2sn(digest) +
                 ", which is broken; want SHA-256 or better");
  }
  return absl::OkStatus();
}

absl::Status CheckUsage(const X509& certificate, int usage) {
  int critical = 0;
  const Owned<EXTENDED_KEY_USAGE> usages(static_cast<EXTENDED_KEY_USAGE*>(
      X509_get_ext_d2i(&certificate, NID_ext_key_usage, &critical, nullptr)));
  if (usages == nullptr) {
    return critical == -1 ? absl::OkStatus() : Wrong("its extended key usage cannot be read");
  }
  for (int i = 0; i < sk_ASN1_OBJECT_num(usages.get()); ++i) {
    const int found = OBJ_obj2nid(sk_ASN1_OBJECT_value(usages.get(), i));
    if (found == usage || found == NID_anyExtendedKeyUsage) return absl::OkStatus();
  }
  return Wrong(std::string("is for another use: its extended key usage lacks ") +
               OBJ_nid2sn(usage));
}

std::string FingerprintOf(const X509& certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int count = 0;
  if (X509_digest(&certificate, EVP_sha256(), sum.data(), &count) != 1) return "";
  return HexOf(sum.data(), count);
}

std::string SerialOf(const X509& certificate) {
  const Owned<BIGNUM> number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(&certificate), nullptr));
  if (number == nullptr) return "";
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  auto* const data = reinterpret_cast<unsigned char*>(bytes.data());
  BN_bn2bin(number.get(), data);
  std::string hex = HexOf(data, bytes.size());
  hex.erase(0, hex.find_first_not_of('0'));
  return hex;
}

std::string SubjectOf(const X509& certificate) {
  const Owned<BIO> writer(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(writer.get(), X509_get_subject_name(&certificate), 0, XN_FLAG_RFC2253);
  char* data = nullptr;
  const long count = BIO_get_mem_data(writer.get(), &data);
  std::string subject(data, static_cast<std::size_t>(count));
  for (char& letter : subject) {
    if (letter < ' ' || letter > '~') letter = '?';
  }
  return subject.substr(0, kSubjectCharactersMax);
}

std::time_t LastMomentOf(const X509& certificate) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &parts) != 1) return 0;
  return timegm(&parts);
}

std::vector<std::string> UrisOf(const X509& certificate) {
  const Owned<GENERAL_NAMES> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> uris;
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
    uris.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                      static_cast<std::size_t>(ASN1_STRING_length(uri)));
  }
  return uris;
}

}  // namespace radyab::rpc
