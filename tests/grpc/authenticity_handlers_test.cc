// Asking for a number over the wire: without a key, once, and again after a lost answer.
#include <gtest/gtest.h>

#include "radyab/v1/admin_service.pb.h"
#include "radyab/v1/authenticity_service.pb.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

constexpr auto kGenuine = v1::AUTHENTICITY_VERDICT_GENUINE;
constexpr auto kAskedBefore = v1::AUTHENTICITY_VERDICT_ASKED_BEFORE;

class AuthenticityHandlers : public ::testing::Test {
 protected:
  v1::AuthenticityAnswer Ask(const std::string& more, const std::string& secret = "") {
    const Answer answer = world_.Call("AuthenticityService.AskAuthenticity",
                                      "number: '$authenticity' " + more, secret);
    EXPECT_TRUE(answer.ok()) << answer.Outcome();
    return answer.As<v1::AuthenticityAnswer>();
  }

  ApiWorld world_;
};

TEST_F(AuthenticityHandlers, ACustomerAsksWithoutAKey) {
  const auto first = Ask("");
  EXPECT_EQ(first.verdict(), kGenuine);
  EXPECT_EQ(first.object(), world_.own().at("item"));
  EXPECT_TRUE(first.usable());
  const auto second = Ask("");
  EXPECT_EQ(second.verdict(), kAskedBefore);
  EXPECT_TRUE(second.object().empty());
}

TEST_F(AuthenticityHandlers, WhoLostTheAnswerGetsItAgainByItsRequestId) {
  const auto first = Ask("request_id: 'telephone 4711'");
  EXPECT_EQ(first.verdict(), kGenuine);
  const auto again = Ask("request_id: 'telephone 4711'");
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(Ask("request_id: 'another'").verdict(), kAskedBefore);
  // The same id with a key is another caller's.
  EXPECT_EQ(Ask("request_id: 'telephone 4711'", world_.Key("DESK")).verdict(), kAskedBefore);
  const Answer reused = world_.Call("AuthenticityService.AskAuthenticity",
                                    "number: '4711081526300999' request_id: 'telephone 4711'", "");
  EXPECT_EQ(reused.Outcome(), "ALREADY_EXISTS/REQUEST_ID_REUSED");
}

TEST_F(AuthenticityHandlers, LookingAtANumberDoesNotUseItUp) {
  for (int times = 0; times < 2; ++times) {
    const Answer looked = world_.Call("AuthenticityService.GetAuthenticityNumber",
                                      "number: '$authenticity'", world_.Key("DESK"));
    ASSERT_TRUE(looked.ok()) << looked.Outcome();
    EXPECT_EQ(looked.As<v1::AuthenticityNumber>().ask_count(), 0);
    const Answer resolved =
        world_.Call("CodeService.Resolve", "text: '$authenticity'", world_.Key("MEMBER"));
    EXPECT_EQ(resolved.Outcome(), "NOT_FOUND/NOT_FOUND") << "resolving says nothing of it";
  }
  EXPECT_EQ(Ask("").verdict(), kGenuine);
}

// Both what is registered and what is asked for stands in the trail of its item, without the
// number.
TEST_F(AuthenticityHandlers, LeavesATrailAtTheItem) {
  const auto trail = [&] {
    const Answer listed = world_.Call("AdminService.ListAudit",
                                      "resource: 'items/$item' page_size: 100", world_.admin());
    EXPECT_TRUE(listed.ok()) << listed.Outcome();
    return listed.As<v1::ListAuditResponse>();
  };
  const auto before = trail();
  Ask("");
  const auto after = trail();
  ASSERT_EQ(after.entries_size(), before.entries_size() + 1);
  EXPECT_EQ(after.DebugString().find(world_.own().at("authenticity")), std::string::npos);
}

}  // namespace
}  // namespace radyab::rpc
