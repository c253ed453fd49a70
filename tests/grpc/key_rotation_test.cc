// RotateKey over the API: two secrets for a while, and the answer for a retry.
#include <gtest/gtest.h>

#include <atomic>

#include "radyab/v1/admin_service.pb.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

constexpr std::int64_t kHourUs = std::int64_t{3'600} * 1'000'000;

class KeyRotation : public ::testing::Test {
 protected:
  KeyRotation() {
    Serving serving = SystemServing(world_.server().store(), world_.server().environment());
    serving.now_us = [this] { return SystemNow() + ahead_us_.load(); };
    ServerSettings settings;
    settings.listen = "127.0.0.1:0";
    auto server = Server::Start(settings, serving);
    if (!server.ok()) std::abort();
    server_ = *std::move(server);
    client_ = std::make_unique<RawClient>("127.0.0.1:" + std::to_string(server_->port()));
  }
  static std::int64_t SystemNow() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }
  v1::CreateKeyResponse MakeDeskKey() {
    return world_
        .Call("AdminService.CreateKey",
              "key { role: ROLE_DESK member: '$member' display_name: 'desk' }", world_.admin())
        .As<v1::CreateKeyResponse>();
  }
  Answer Rotate(const std::string& request) {
    return world_.Call("AdminService.RotateKey", request, world_.admin());
  }
  std::string OutcomeOf(const std::string& secret) {
    return client_
        ->CallBytes("MemberService.GetMember",
                    RequestBytes("MemberService.GetMember",
                                 ApiWorld::Fill("name: '$member'", world_.own())),
                    secret)
        .Outcome();
  }

  ApiWorld world_;
  std::atomic<std::int64_t> ahead_us_ = 0;  // of the machine's clock, as the server sees it
  std::unique_ptr<Server> server_;
  std::unique_ptr<RawClient> client_;
};

TEST_F(KeyRotation, BothSecretsOpenUntilTheGraceIsOver) {
  const auto made = MakeDeskKey();
  const auto rotated = Rotate("name: '" + made.key().name() + "' grace { seconds: 7200 }")
                           .As<v1::RotateKeyResponse>();
  EXPECT_EQ(rotated.key().name(), made.key().name());
  EXPECT_EQ(OutcomeOf(made.secret()), "OK");
  EXPECT_EQ(OutcomeOf(rotated.secret()), "OK");
  ahead_us_ = kHourUs;
  EXPECT_EQ(OutcomeOf(made.secret()), "OK");
  ahead_us_ = 2 * kHourUs;
  EXPECT_EQ(OutcomeOf(made.secret()), "UNAUTHENTICATED/WRONG_KEY");
  EXPECT_EQ(OutcomeOf(rotated.secret()), "OK");
}

TEST_F(KeyRotation, WithoutAGraceTheOldSecretStaysGoodForADay) {
  const auto made = MakeDeskKey();
  ASSERT_TRUE(Rotate("name: '" + made.key().name() + "'").ok());
  ahead_us_ = 23 * kHourUs;
  EXPECT_EQ(OutcomeOf(made.secret()), "OK");
  ahead_us_ = 24 * kHourUs;
  EXPECT_EQ(OutcomeOf(made.secret()), "UNAUTHENTICATED/WRONG_KEY");
}

TEST_F(KeyRotation, ZeroEndsTheOldSecretWithTheNextCall) {
  const auto made = MakeDeskKey();
  EXPECT_EQ(OutcomeOf(made.secret()), "OK");
  const auto rotated =
      Rotate("name: '" + made.key().name() + "' grace { }").As<v1::RotateKeyResponse>();
  EXPECT_EQ(OutcomeOf(made.secret()), "UNAUTHENTICATED/WRONG_KEY");
  EXPECT_EQ(OutcomeOf(rotated.secret()), "OK");
}

TEST_F(KeyRotation, ARetryGetsTheSameSecret) {
  const std::string request =
      "name: '" + MakeDeskKey().key().name() + "' grace { } request_id: 'rotate-1'";
  const Answer first = Rotate(request);
  ASSERT_TRUE(first.ok()) << ::testing::PrintToString(first);
  const Answer retry = Rotate(request);
  EXPECT_EQ(retry.bytes, first.bytes);
  EXPECT_EQ(OutcomeOf(first.As<v1::RotateKeyResponse>().secret()), "OK");
}

TEST_F(KeyRotation, AStreamOfTheOldSecretEndsWithTheGrace) {
  const auto made = MakeDeskKey();
  ASSERT_TRUE(Rotate("name: '" + made.key().name() + "' grace { seconds: 3600 }").ok());
  grpc::ClientContext context;
  const auto stream = client_->Stream("CodeService.ResolveStream", context, made.secret());
  const auto request = Buffer(RequestBytes("CodeService.ResolveStream", "text: 'x'"));
  grpc::ByteBuffer reply;
  stream->Write(request);
  ASSERT_TRUE(stream->Read(&reply));
  ahead_us_ = kHourUs;
  stream->Write(request);
  EXPECT_FALSE(stream->Read(&reply));
  EXPECT_EQ(AnswerOf(stream->Finish()).Outcome(), "UNAUTHENTICATED/WRONG_KEY");
}

TEST_F(KeyRotation, RefusesADurationThatIsNone) {
  const std::string name = "name: '" + MakeDeskKey().key().name() + "' ";
  for (const char* grace :
       {"grace { seconds: -1 }", "grace { seconds: 2592001 }", "grace { seconds: 1 nanos: -1 }",
        "grace { nanos: 1000000000 }", "grace { seconds: 9223372036854775807 }"}) {
    const Answer answer = Rotate(name + grace);
    EXPECT_EQ(answer.Outcome(), "INVALID_ARGUMENT/INVALID_FIELD") << grace;
    EXPECT_EQ(answer.first_field(), "grace") << grace;
  }
}

}  // namespace
}  // namespace radyab::rpc
