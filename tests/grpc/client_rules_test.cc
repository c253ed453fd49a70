// Which client certificates are taken, and what is said of those that are not.
#include "grpc/tls/client_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "tests/support/certificates.h"
#include "tests/support/registry_world.h"

namespace radyab::rpc {
namespace {

using ::testing::HasSubstr;
using tests::Issued;
using tests::NewAuthority;
using tests::WantedCertificate;

class ClientRulesOfTest : public ::testing::Test {
 protected:
  std::shared_ptr<const ClientRules> Rules(const std::string& denied = "") {
    auto list = DenyList::Parse(denied);
    EXPECT_TRUE(list.ok()) << list.status();
    auto rules = ClientRules::Make(authority_.certificate_pem(), *list, std::time(nullptr));
    EXPECT_TRUE(rules.ok()) << rules.status();
    return *rules;
  }
  // "" when it is taken, else the words.
  static std::string Refusal(const ClientRules& rules, const PresentedChain& presented,
                             long later_s = 0) {
    const auto found = rules.Check(presented, std::time(nullptr) + later_s);
    if (found.ok()) return "";
    EXPECT_EQ(found.status().code(), absl::StatusCode::kUnauthenticated);
    EXPECT_EQ(tests::ReasonIn(found.status()), Reason::kBadCertificate);
    return std::string(found.status().message());
  }
  std::string Refusal(const Issued& certificate) {
    return Refusal(*Rules(), {certificate.certificate_pem(), ""});
  }
  std::string RefusalOf(const WantedCertificate& wanted) {
    return Refusal(authority_.Issue(wanted));
  }
  static WantedCertificate Named(const std::string& uri) { return {.uris = {uri}}; }

  const Issued authority_ = NewAuthority("Our authority");
  const Issued stranger_ = NewAuthority("Another authority");
};

TEST_F(ClientRulesOfTest, TakesTheCertificatesOfItsAuthority) {
  for (const char* key : {"P-256", "P-384", "RSA-2048", "ED25519"}) {
    EXPECT_EQ(RefusalOf({.key = key}), "") << key;
  }
  EXPECT_EQ(RefusalOf({.usage = "clientAuth"}), "");
  EXPECT_EQ(RefusalOf({.usage = "serverAuth,clientAuth"}), "");
  const Issued good = authority_.Issue(Named("radyab://desk/members/00017"));
  const auto found = Rules()->Check({good.certificate_pem(), ""}, std::time(nullptr));
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->name, "radyab://desk/members/00017");
  EXPECT_EQ(found->fingerprint, FingerprintOf(*good.certificate()));
  EXPECT_NEAR(static_cast<double>(found->valid_until_us) / 1e6,
              static_cast<double>(std::time(nullptr)) + 3'600, 60);
}

TEST_F(ClientRulesOfTest, TakesOneWithoutANameOfOurs) {
  const Issued other = authority_.Issue(Named("spiffe://example/desk"));
  const auto found = Rules()->Check({other.certificate_pem(), ""}, std::time(nullptr));
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->name, "");
}

TEST_F(ClientRulesOfTest, RefusesOneThatIsExpiredOrNotYetValid) {
  EXPECT_THAT(RefusalOf({.begins_s = -7'200, .ends_s = -60}), HasSubstr("it expired at 20"));
  EXPECT_THAT(RefusalOf({.begins_s = 60}), HasSubstr("it is not yet valid: it begins at 20"));
  const Issued good = authority_.Issue({});
  EXPECT_EQ(Refusal(*Rules(), {good.certificate_pem(), ""}, 3'500), "");
  EXPECT_THAT(Refusal(*Rules(), {good.certificate_pem(), ""}, 3'700), HasSubstr("it expired"));
}

TEST_F(ClientRulesOfTest, RefusesThoseOfOtherAuthoritiesAndOfNone) {
  EXPECT_THAT(Refusal(stranger_.Issue({})), HasSubstr("does not reach the authority"));
  EXPECT_THAT(
      Refusal(*Rules(), {stranger_.Issue({}).certificate_pem(), stranger_.certificate_pem()}),
      HasSubstr("it comes from another authority"));
  EXPECT_THAT(Refusal(Issued::BySelf({})), HasSubstr("it is signed by itself"));
  // The authority's name alone makes no authority.
  const Issued namesake = NewAuthority("Our authority");
  EXPECT_THAT(Refusal(namesake.Issue({})), HasSubstr("its signature is not its issuer's"));
}

TEST_F(ClientRulesOfTest, RefusesABrokenChain) {
  const Issued between = authority_.Issue({.subject = "Between", .authority = true});
  const Issued leaf = between.Issue({});
  EXPECT_EQ(Refusal(*Rules(), {leaf.certificate_pem(), between.certificate_pem()}), "");
  EXPECT_THAT(Refusal(*Rules(), {leaf.certificate_pem(), ""}),
              HasSubstr("its chain does not reach the authority"));
  EXPECT_THAT(Refusal(*Rules(), {leaf.certificate_pem(), stranger_.certificate_pem()}),
              HasSubstr("its chain does not reach the authority"));
  const Issued no_authority = authority_.Issue({.subject = "Between"});
  EXPECT_THAT(
      Refusal(*Rules(), {no_authority.Issue({}).certificate_pem(), no_authority.certificate_pem()}),
      HasSubstr("its chain is wrong"));
  const Issued over = authority_.Issue(
      {.subject = "Between", .begins_s = -7'200, .ends_s = -60, .authority = true});
  EXPECT_THAT(Refusal(*Rules(), {over.Issue({}).certificate_pem(), over.certificate_pem()}),
              HasSubstr("certificate has expired"));
}

TEST_F(ClientRulesOfTest, RefusesAWeakKeyAndABrokenDigest) {
  EXPECT_THAT(RefusalOf({.key = "RSA-1024"}), HasSubstr("its key of 1024 bits is weak; want 2048"));
  EXPECT_THAT(RefusalOf({.key = "P-224"}), HasSubstr("its key of 224 bits is weak; want 256"));
  EXPECT_THAT(RefusalOf({.digest = "SHA1"}), HasSubstr("SHA1, which is broken"));
  const Issued rsa = Issued::BySelf({.subject = "RSA", .key = "RSA-2048", .authority = true});
  EXPECT_THAT(Refusal(rsa.Issue({.digest = "MD5"})), HasSubstr("MD5, which is broken"));
  const Issued weak =
      authority_.Issue({.subject = "Between", .key = "RSA-1024", .authority = true});
  EXPECT_THAT(Refusal(*Rules(), {weak.Issue({}).certificate_pem(), weak.certificate_pem()}),
              HasSubstr("key too weak"));
}

TEST_F(ClientRulesOfTest, RefusesAnotherUse) {
  EXPECT_THAT(RefusalOf({.usage = "serverAuth"}), HasSubstr("it is for another use"));
  EXPECT_THAT(RefusalOf({.usage = "emailProtection,codeSigning"}), HasSubstr("clientAuth"));
}

TEST_F(ClientRulesOfTest, RefusesANameThatIsWrong) {
  for (const char* uri :
       {"radyab:admin", "radyab://", "radyab://root", "radyab://ADMIN", "radyab://public",
        "radyab://admin/", "radyab://admin/members/00017", "radyab://desk", "radyab://desk/",
        "radyab://desk/members/17", "radyab://desk/members/000017", "radyab://desk/members/1234x",
        "radyab://desk/members/+0017", "radyab://desk/members/00017/x",
        "radyab://desk@example/members/00017"}) {
    EXPECT_THAT(RefusalOf(Named(uri)), HasSubstr(std::string("its name \"") + uri + "\" is none"));
  }
  EXPECT_THAT(RefusalOf({.uris = {"radyab://admin", "radyab://desk/members/00017"}}),
              HasSubstr("two names of ours"));
  EXPECT_THAT(RefusalOf({.uris = {"radyab://admin", "radyab://admin"}}),
              HasSubstr("two names of ours"));
}

TEST_F(ClientRulesOfTest, RefusesWhatIsOnTheDenyList) {
  const Issued between = authority_.Issue({.subject = "Between", .authority = true});
  const Issued leaf = between.Issue({});
  const PresentedChain presented = {leaf.certificate_pem(), between.certificate_pem()};
  const std::string fingerprint = FingerprintOf(*leaf.certificate());
  std::string with_colons, upper;
  for (std::size_t at = 0; at < fingerprint.size(); at += 2) {
    with_colons += (at == 0 ? "" : ":") + fingerprint.substr(at, 2);
  }
  for (const char letter : fingerprint) upper += static_cast<char>(std::toupper(letter));
  for (const std::string& line :
       {"sha256:" + fingerprint, "sha256:" + with_colons,
        "# lost\n\n  sha256:" + upper + " # at\r\n", "serial:" + SerialOf(*leaf.certificate()),
        "serial:00" + SerialOf(*leaf.certificate())}) {
    EXPECT_THAT(Refusal(*Rules(line), presented), HasSubstr("it was revoked: it is on the deny"))
        << line;
  }
  EXPECT_THAT(Refusal(*Rules("sha256:" + FingerprintOf(*between.certificate())), presented),
              HasSubstr("an issuer of it was revoked"));
  EXPECT_EQ(Refusal(*Rules("sha256:" + std::string(64, '0') + "\nserial:7"), presented), "");
}

TEST_F(ClientRulesOfTest, RefusesADenyListThatItCannotRead) {
  for (const char* line : {"sha256:12", "md5:00", "0123", "serial:", "serial:xyz",
                           "serial:00000000000000000000000000000000000000001", "sha256"}) {
    const auto list = DenyList::Parse(std::string("# first\n") + line + "\n");
    EXPECT_THAT(std::string(list.status().message()), HasSubstr("line 2: ")) << line;
  }
  EXPECT_TRUE(DenyList::Parse("").ok());
  EXPECT_TRUE(DenyList::Parse("# nobody yet\n\n").ok());
}

TEST_F(ClientRulesOfTest, RefusesWhatIsNoCertificate) {
  const std::string good = authority_.Issue({}).certificate_pem();
  std::string damaged = good;
  damaged.replace(damaged.size() / 2, 8, "AAAAAAAA");
  EXPECT_THAT(Refusal(*Rules(), {"", ""}), HasSubstr("is empty"));
  EXPECT_THAT(Refusal(*Rules(), {good.substr(0, good.size() / 2), ""}), HasSubstr("cut off"));
  EXPECT_NE(Refusal(*Rules(), {damaged, ""}), "");
  EXPECT_THAT(Refusal(*Rules(), {good, "x"}), HasSubstr("no PEM"));
}

TEST_F(ClientRulesOfTest, TakesNoAuthorityThatIsNone) {
  const auto refusal = [](const std::string& pem) {
    return std::string(ClientRules::Make(pem, {}, std::time(nullptr)).status().message());
  };
  EXPECT_THAT(refusal(""), HasSubstr("is empty"));
  EXPECT_THAT(refusal(authority_.key_pem()), HasSubstr("holds no CERTIFICATE"));
  EXPECT_THAT(refusal(authority_.Issue({}).certificate_pem()), HasSubstr("is no authority"));
  EXPECT_THAT(
      refusal(
          Issued::BySelf({.begins_s = -7'200, .ends_s = -60, .authority = true}).certificate_pem()),
      HasSubstr("expired"));
  EXPECT_THAT(refusal(Issued::BySelf({.key = "RSA-1024", .authority = true}).certificate_pem()),
              HasSubstr("weak"));
  EXPECT_EQ(refusal(authority_.certificate_pem() + stranger_.certificate_pem()), "");
}

}  // namespace
}  // namespace radyab::rpc
