// The audit trail of a server that is killed again and again is sealed without a gap.
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "radyab/v1/admin_service.pb.h"
#include "tests/grpc/api_world.h"
#include "tests/grpc/server_process.h"

namespace radyab::rpc {
namespace {

class AuditSeals : public ::testing::Test {
 protected:
  std::string AdminKey() const {
    std::string key = WholeFile(folder_.path() / "data" / "admin.key");
    if (key.ends_with('\n')) key.pop_back();
    return key;
  }
  // Starts the server, lets `use` work with it, and ends it with `signal`.
  void WithServer(int signal, const std::function<void(const RawClient&)>& use) {
    ServerProcess process({"--data", (folder_.path() / "data").string(), "--listen", "127.0.0.1:0"},
                          folder_.path());
    const int port = process.WaitForPort();
    ASSERT_NE(port, 0) << process.errors();
    use(RawClient("127.0.0.1:" + std::to_string(port)));
    process.Signal(signal);
    process.WaitForEnd();
  }
  void CreateMembers(const RawClient& client, int count) {
    for (int i = 0; i < count; ++i) {
      const Answer made = client.CallBytes(
          "MemberService.CreateMember",
          RequestBytes("MemberService.CreateMember", "member { display_name { en: 'Sepid' } }"),
          AdminKey());
      ASSERT_TRUE(made.ok()) << ::testing::PrintToString(made);
      ++created_;
    }
  }
  v1::AuditFinding Verify(const RawClient& client, const v1::AuditSeal& expected = {}) {
    v1::VerifyAuditRequest request;
    *request.mutable_expected() = expected;
    const Answer answer = client.Call("AdminService.VerifyAudit", request, AdminKey());
    EXPECT_TRUE(answer.ok()) << ::testing::PrintToString(answer);
    return answer.As<v1::AuditFinding>();
  }
  // The finding once every row is sealed; the sealer does that by itself.
  v1::AuditFinding VerifyWhenSealed(const RawClient& client) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    v1::AuditFinding finding = Verify(client);
    while (finding.waiting_count() > 0 && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      finding = Verify(client);
    }
    return finding;
  }

  ScratchFolder folder_;
  int created_ = 0;
};

TEST_F(AuditSeals, GoOnAfterEveryKill) {
  v1::AuditSeal last;
  for (int round = 0; round < 4; ++round) {
    WithServer(SIGKILL, [&](const RawClient& client) {
      EXPECT_FALSE(Verify(client, last).has_fault());
      CreateMembers(client, 5);
      if (round % 2 == 0) {
        const auto finding = VerifyWhenSealed(client);
        EXPECT_EQ(finding.waiting_count(), 0);
        last = finding.end();
      }
      CreateMembers(client, 5);
    });
  }
  WithServer(SIGTERM, [&](const RawClient& client) {
    const auto finding = VerifyWhenSealed(client);
    EXPECT_FALSE(finding.has_fault()) << finding.fault().message();
    EXPECT_EQ(finding.row_count(), created_);
    CreateMembers(client, 3);
  });
  WithServer(SIGTERM, [&](const RawClient& client) {
    const auto finding = Verify(client, last);
    EXPECT_FALSE(finding.has_fault()) << finding.fault().message();
    EXPECT_EQ(finding.row_count(), created_) << "a server that ends seals what is left";
    EXPECT_EQ(finding.waiting_count(), 0);
  });
}

}  // namespace
}  // namespace radyab::rpc
