#include "registry/access/certificate_name.h"

#include <openssl/sha.h>

#include <array>

#include "registry/catalog/member_registry.h"
#include "registry/reason.h"

namespace radyab::access {
namespace {

constexpr std::string_view kBeginning = "radyab://";
constexpr std::string_view kMembers = "/members/";
constexpr std::size_t kMemberDigits = 5;
constexpr std::size_t kShownCharactersMax = 80;
constexpr std::uint64_t kNoKeyBit = std::uint64_t{1} << 63;  // keys count from 1

// Roles as the words of a name.
struct RoleWord {
  std::string_view word;
  v1::Role role;
  bool has_member;
};
constexpr std::array kRoleWords = {RoleWord{"admin", v1::ROLE_ADMIN, false},
                                   RoleWord{"registrar", v1::ROLE_REGISTRAR, false},
                                   RoleWord{"operator", v1::ROLE_OPERATOR, false},
                                   RoleWord{"member", v1::ROLE_MEMBER, true},
                                   RoleWord{"warehouse", v1::ROLE_WAREHOUSE, true},
                                   RoleWord{"desk", v1::ROLE_DESK, true},
                                   RoleWord{"quality", v1::ROLE_QUALITY, true},
                                   RoleWord{"partner", v1::ROLE_PARTNER, true}};

absl::Status WrongName(std::string_view uri, const char* wanted) {
  return BadCertificate("its name \"" + std::string(uri.substr(0, kShownCharactersMax)) +
                        "\" is none of ours; want " + wanted);
}

// Requests of one bearer are told apart from everybody else's by a number, as those of a key are:
// the beginning of the hash of his name, which a renewed certificate keeps.
std::uint64_t NumberOf(const std::string& name) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> sum;
  SHA256(reinterpret_cast<const unsigned char*>(name.data()), name.size(), sum.data());
  std::uint64_t number = 0;
  for (std::size_t at = 0; at < sizeof number; ++at) number = number << 8 | sum[at];
  return number | kNoKeyBit;
}

}  // namespace

absl::Status BadCertificate(std::string_view words) {
  return Refuse(absl::StatusCode::kUnauthenticated, Reason::kBadCertificate,
                "the client certificate is refused: " + std::string(words));
}

absl::StatusOr<CertificateName> ParseCertificateName(std::string_view uri) {
  constexpr const char* kForm = "radyab://ROLE or radyab://ROLE/members/00017";
  if (!uri.starts_with(kBeginning)) return WrongName(uri, kForm);
  const std::string_view rest = uri.substr(kBeginning.size());
  const std::string_view word = rest.substr(0, rest.find('/'));
  for (const RoleWord& known : kRoleWords) {
    if (known.word != word) continue;
    std::string_view tail = rest.substr(word.size());
    if (!known.has_member) {
      if (!tail.empty()) return WrongName(uri, "no member with this role");
      return CertificateName{known.role, std::nullopt};
    }
    const bool has_digits =
        tail.starts_with(kMembers) && tail.size() == kMembers.size() + kMemberDigits;
    if (!has_digits) return WrongName(uri, "/members/ and five digits with this role");
    auto member = catalog::ParseMemberName(tail.substr(1), "name");
    if (!member.ok()) return WrongName(uri, "/members/ and five digits with this role");
    return CertificateName{known.role, *member};
  }
  return WrongName(uri,
                   "a role: admin, registrar, operator, member, warehouse, desk, quality, "
                   "partner");
}

absl::StatusOr<Caller> CallerOfCertificate(storage::ReadTransaction& transaction,
                                           const ShownCertificate& certificate) {
  Caller caller;
  caller.certificate = certificate.fingerprint;
  caller.valid_until_us = certificate.valid_until_us;
  if (certificate.name.empty()) return caller;
  auto name = ParseCertificateName(certificate.name);
  if (!name.ok()) return name.status();
  if (name->member) {
    auto member = catalog::GetMember(transaction, *name->member);
    if (absl::IsNotFound(member.status())) {
      return BadCertificate("the member in its name " + certificate.name + " is not there");
    }
    if (!member.ok()) return member.status();
  }
  caller.key_id = NumberOf(certificate.name);
  caller.certificate_name = certificate.name;
  caller.role = name->role;
  caller.member = name->member;
  return caller;
}

}  // namespace radyab::access
