// Client certificates: who their bearers are, and which are turned away.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grpc/tls/certificate.h"
#include "radyab/v1/admin_service.pb.h"
#include "radyab/v1/catalog_service.pb.h"
#include "tests/grpc/tls_probe.h"
#include "tests/grpc/tls_world.h"

namespace radyab::rpc {
namespace {

using ::testing::HasSubstr;
using tests::Issued;
using tests::NewAuthority;

class MutualTls : public ::testing::Test {
 protected:
  std::string Outcome(const Issued* shown, const std::string& secret = "") {
    return tls_.GetMember(tls_.ClientWith(shown), secret).Outcome();
  }
  Answer Call(const RawClient& client, const std::string& method, const std::string& request,
              const std::string& secret = "") {
    return client.CallBytes(
        method, RequestBytes(method, ApiWorld::Fill(request, tls_.world().own())), secret);
  }

  TlsWorld tls_;
};

TEST_F(MutualTls, TheNameInACertificateSaysWhoCalls) {
  tls_.Start(tls_.Settings());
  const std::string create = "member { display_name { en: 'New' } }";
  const Issued admin = tls_.Named("radyab://admin");
  EXPECT_EQ(Outcome(&admin), "OK");
  EXPECT_EQ(Call(tls_.ClientWith(&admin), "MemberService.CreateMember", create).Outcome(), "OK");
  const Issued desk = tls_.Named("radyab://desk/$member");
  const RawClient by_desk = tls_.ClientWith(&desk);
  EXPECT_EQ(Call(by_desk, "PartyService.GetParty", "name: 'parties/$party'").Outcome(), "OK");
  EXPECT_EQ(Call(by_desk, "MemberService.CreateMember", create).Outcome(),
            "PERMISSION_DENIED/ROLE_NOT_ALLOWED");
  EXPECT_EQ(
      by_desk
          .CallBytes("PartyService.GetParty",
                     RequestBytes("PartyService.GetParty",
                                  ApiWorld::Fill("name: 'parties/$party'", tls_.world().foreign())),
                     "")
          .Outcome(),
      "NOT_FOUND/NOT_FOUND");
  const Issued nobodys = tls_.Named("radyab://desk/members/09999");
  const Answer missing = tls_.GetMember(tls_.ClientWith(&nobodys));
  EXPECT_EQ(missing.Outcome(), "UNAUTHENTICATED/BAD_CERTIFICATE");
  EXPECT_THAT(missing.status.error_message(), HasSubstr("radyab://desk/members/09999"));
}

TEST_F(MutualTls, ACertificateWithoutANameIsNobody) {
  tls_.Start(tls_.Settings());
  const Issued plain = tls_.authority().Issue({.uris = {"spiffe://example/desk"}});
  EXPECT_EQ(Outcome(&plain), "UNAUTHENTICATED/NO_KEY");
  EXPECT_EQ(Call(tls_.ClientWith(&plain), "CodeService.Check", "text: 'x'").Outcome(), "OK");
  EXPECT_EQ(Outcome(&plain, tls_.world().Key("DESK")), "OK") << "its key says who calls";
}

TEST_F(MutualTls, AKeyBesideANameIsOfTheSameRoleAndMember) {
  tls_.Start(tls_.Settings());
  const Issued desk = tls_.Named("radyab://desk/$member");
  EXPECT_EQ(Outcome(&desk, tls_.world().Key("DESK")), "OK");
  for (const char* role : {"ADMIN", "MEMBER", "OPERATOR"}) {
    EXPECT_EQ(Outcome(&desk, tls_.world().Key(role)), "UNAUTHENTICATED/BAD_CERTIFICATE") << role;
  }
  const Issued member = tls_.Named("radyab://member/$member");
  EXPECT_EQ(Outcome(&member, tls_.world().ForeignKey()), "UNAUTHENTICATED/BAD_CERTIFICATE");
  EXPECT_EQ(Outcome(&member, "rk_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), "UNAUTHENTICATED/WRONG_KEY");
}

TEST_F(MutualTls, WithoutACertificateNobodyEntersUnlessItIsOptional) {
  tls_.Start(tls_.Settings());
  EXPECT_EQ(Outcome(nullptr, tls_.world().admin()), "UNAVAILABLE");
  EXPECT_EQ(Connect(tls_.port(), {}), "closed");
  ServerSettings settings = tls_.Settings();
  settings.tls_client_optional = true;
  tls_.Start(settings);
  EXPECT_EQ(Outcome(nullptr, tls_.world().admin()), "OK");
  EXPECT_EQ(Outcome(nullptr), "UNAUTHENTICATED/NO_KEY");
  const Issued desk = tls_.Named("radyab://desk/$member");
  EXPECT_EQ(Outcome(&desk), "OK");
  const Issued self_signed = Issued::BySelf({.uris = {"radyab://admin"}});
  EXPECT_EQ(Outcome(&self_signed, tls_.world().admin()), "UNAVAILABLE");
}

// Each one is turned away and named in the log, and the server serves on.
TEST_F(MutualTls, TwelveBadCertificatesAreRefused) {
  tls_.Start(tls_.Settings());
  const Issued good = tls_.Named("radyab://desk/$member");
  const Issued stranger = NewAuthority("Another authority");
  const Issued between = tls_.authority().Issue({.subject = "Between", .authority = true});
  const Issued denied = tls_.authority().Issue({.subject = "denied"});
  tls_.Write("denied", "sha256:" + FingerprintOf(*denied.certificate()) + "\n");
  ASSERT_TRUE(tls_.WaitForLog("deny list of clients were read again"));
  const auto of = [&](const tests::WantedCertificate& wanted) {
    return tls_.authority().Issue(wanted);
  };
  const std::pair<Issued, const char*> rows[] = {
      {of({.subject = "expired", .begins_s = -7'200, .ends_s = -60}), "it expired at"},
      {of({.subject = "early", .begins_s = 600}), "it is not yet valid"},
      {stranger.Issue({.subject = "stranger"}), "its chain does not reach the authority"},
      {of({.subject = "misnamed", .uris = {"radyab://root"}}), "its name \\\"radyab://root\\\""},
      {Issued::BySelf({.subject = "alone"}), "it is signed by itself"},
      {denied, "it was revoked: it is on the deny list"},
      {of({.subject = "weak", .key = "RSA-1024"}), "its key of 1024 bits is weak"},
      {of({.subject = "old", .digest = "SHA1"}), "it was signed over SHA1"},
      {of({.subject = "mail", .usage = "emailProtection"}), "it is for another use"},
      {between.Issue({.subject = "orphan"}), "its chain does not reach the authority"},
  };
  for (const auto& [certificate, words] : rows) {
    EXPECT_EQ(Connect(tls_.port(), {&certificate}), "closed") << words;
    EXPECT_TRUE(tls_.WaitForLog("sha256:" + FingerprintOf(*certificate.certificate()) +
                                "\" message=\"the client certificate is refused: " + words))
        << words << "\n"
        << tls_.log();
    EXPECT_EQ(Connect(tls_.port(), {&good}), "open");
  }
  const Issued child = between.Issue({.subject = "child"});
  EXPECT_EQ(Connect(tls_.port(), {&child, nullptr, {&between}}), "open");
  // Who shows a certificate must have its key: the handshake fails before anybody looks at names.
  const auto forged = ForgedKey(good, denied);
  EXPECT_EQ(Connect(tls_.port(), {&good, forged.get()}), "closed");
  EXPECT_EQ(Connect(tls_.port(), {}), "closed");
  EXPECT_EQ(Outcome(&good), "OK");
}

TEST_F(MutualTls, OneThatIsDeniedEndsOnOpenConnectionsToo) {
  tls_.Start(tls_.Settings());
  const Issued desk = tls_.Named("radyab://desk/$member");
  const Issued other = tls_.Named("radyab://desk/$member");
  const RawClient client = tls_.ClientWith(&desk);
  const RawClient other_client = tls_.ClientWith(&other);
  EXPECT_EQ(tls_.GetMember(client).Outcome(), "OK");
  EXPECT_EQ(tls_.GetMember(other_client).Outcome(), "OK");
  tls_.Write("denied", "sha256:" + FingerprintOf(*desk.certificate()) + "\n");
  ASSERT_TRUE(tls_.WaitForLog("deny list of clients were read again"));
  const Answer denied = tls_.GetMember(client);
  EXPECT_EQ(denied.Outcome(), "UNAUTHENTICATED/BAD_CERTIFICATE");
  EXPECT_THAT(denied.status.error_message(), HasSubstr("deny list"));
  EXPECT_EQ(tls_.GetMember(other_client).Outcome(), "OK");
  tls_.Write("denied", "");
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!tls_.GetMember(client).ok() && std::chrono::steady_clock::now() < until) {
  }
  EXPECT_EQ(tls_.GetMember(client).Outcome(), "OK") << "taken off the list again";
}

TEST_F(MutualTls, TheAuditTrailTellsTheNameAndTheCertificate) {
  tls_.Start(tls_.Settings());
  const Issued member = tls_.Named("radyab://member/$member");
  const RawClient client = tls_.ClientWith(&member);
  const std::string create =
      "item { class_name: 'classes/0415' display_name { en: 'Butter' } } request_id: 'c1'";
  const Answer made = Call(client, "CatalogService.CreateItem", create);
  ASSERT_TRUE(made.ok()) << ::testing::PrintToString(made);
  const auto list = Call(tls_.world().client(), "AdminService.ListAudit",
                         "resource: '" + made.As<v1::Item>().name() + "'", tls_.world().admin())
                        .As<v1::ListAuditResponse>();
  ASSERT_EQ(list.entries_size(), 1);
  EXPECT_EQ(list.entries(0).key(), ApiWorld::Fill("radyab://member/$member", tls_.world().own()));
  EXPECT_EQ(list.entries(0).certificate(), "sha256:" + FingerprintOf(*member.certificate()));
}

TEST_F(MutualTls, ARequestIdBelongsToTheNameAndOutlivesTheCertificate) {
  tls_.Start(tls_.Settings());
  const std::string create =
      "item { class_name: 'classes/0415' display_name { en: 'Butter' } } request_id: 'c1'";
  const auto made_by = [&](const std::string& uri) {
    const Issued shown = tls_.Named(uri);
    return Call(tls_.ClientWith(&shown), "CatalogService.CreateItem", create);
  };
  const Answer first = made_by("radyab://member/$member");
  ASSERT_TRUE(first.ok()) << ::testing::PrintToString(first);
  EXPECT_EQ(made_by("radyab://member/$member").bytes, first.bytes) << "a renewed certificate";
  const Answer other = made_by("radyab://partner/$member");
  ASSERT_TRUE(other.ok()) << ::testing::PrintToString(other);
  EXPECT_NE(other.bytes, first.bytes);
}

}  // namespace
}  // namespace radyab::rpc
