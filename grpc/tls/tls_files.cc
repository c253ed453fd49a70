#include "grpc/tls/tls_files.h"

#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace radyab::rpc {
namespace {

absl::Status Wrong(const std::string& file, std::string_view words) {
  return absl::FailedPreconditionError(file + ": " + std::string(words));
}
absl::Status Wrong(const std::string& file, const absl::Status& why) {
  return Wrong(file, std::string(why.message()));
}

absl::StatusOr<std::string> ReadWhole(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text;
  if (stream) {
    text.resize(kPemBytesMax + 1);
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
  }
  if (!stream.is_open() || stream.bad()) {
    return Wrong(file, "cannot be read: " + std::generic_category().message(errno));
  }
  return text;
}

// The key of the certificate, as our own secrets: whoever reads it can be this server.
absl::Status CheckMode(const std::string& file) {
  struct stat facts {};
  if (stat(file.c_str(), &facts) != 0 || (facts.st_mode & 0077) == 0) return absl::OkStatus();
  return Wrong(file, "others may read it; want mode 0600");
}

absl::Status CheckIdentity(const std::vector<Certificate>& chain, std::time_t now) {
  auto status = CheckTime(*chain.front(), now);
  if (status.ok()) status = CheckStrength(*chain.front());
  if (status.ok()) status = CheckUsage(*chain.front(), NID_server_auth);
  for (std::size_t at = 1; at < chain.size() && status.ok(); ++at) {
    if (X509_check_issued(chain[at].get(), chain[at - 1].get()) != X509_V_OK) {
      return absl::FailedPreconditionError("the chain is broken: certificate " +
                                           std::to_string(at + 1) + " did not sign certificate " +
                                           std::to_string(at));
    }
    status = CheckTime(*chain[at], now);
    if (status.ok()) status = CheckStrength(*chain[at]);
  }
  return status;
}

}  // namespace

absl::StatusOr<ServerIdentity> ReadServerIdentity(const std::string& certificate_file,
                                                  const std::string& key_file, std::time_t now) {
  ServerIdentity identity;
  auto certificates = ReadWhole(certificate_file);
  if (!certificates.ok()) return certificates.status();
  auto chain = ReadCertificates(*certificates);
  if (!chain.ok()) return Wrong(certificate_file, chain.status());
  if (auto status = CheckMode(key_file); !status.ok()) return status;
  auto key_text = ReadWhole(key_file);
  if (!key_text.ok()) return key_text.status();
  auto key = ReadPrivateKey(*key_text);
  if (!key.ok()) return Wrong(key_file, key.status());
  const X509& leaf = *chain->front();
  if (EVP_PKEY_eq(X509_get0_pubkey(&leaf), key->get()) != 1) {
    return Wrong(key_file, "does not fit the certificate in " + certificate_file);
  }
  if (auto status = CheckIdentity(*chain, now); !status.ok())
    return Wrong(certificate_file, status);
  identity.certificates = *std::move(certificates);
  identity.key = *std::move(key_text);
  identity.subject = SubjectOf(leaf);
  identity.fingerprint = FingerprintOf(leaf);
  identity.last_moment = LastMomentOf(leaf);
  return identity;
}

absl::StatusOr<std::shared_ptr<const ClientRules>> ReadClientRules(
    const std::string& authority_file, const std::string& deny_file, std::time_t now) {
  DenyList denied;
  if (!deny_file.empty()) {
    auto text = ReadWhole(deny_file);
    if (!text.ok()) return text.status();
    auto parsed = DenyList::Parse(*text);
    if (!parsed.ok()) return Wrong(deny_file, parsed.status());
    denied = *std::move(parsed);
  }
  auto authority = ReadWhole(authority_file);
  if (!authority.ok()) return authority.status();
  auto rules = ClientRules::Make(*authority, std::move(denied), now);
  if (!rules.ok()) return Wrong(authority_file, rules.status());
  return rules;
}

std::vector<std::int64_t> MarksOf(const std::vector<std::string>& files) {
  std::vector<std::int64_t> marks;
  for (const std::string& file : files) {
    struct stat facts {};
    if (stat(file.c_str(), &facts) != 0) facts = {};
    marks.insert(marks.end(),
                 {static_cast<std::int64_t>(facts.st_ino), facts.st_size, facts.st_mtim.tv_sec,
                  facts.st_mtim.tv_nsec, facts.st_ctim.tv_sec, facts.st_ctim.tv_nsec});
  }
  return marks;
}

}  // namespace radyab::rpc
