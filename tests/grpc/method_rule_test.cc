#include "grpc/method_rule.h"

#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include "grpc/handlers.h"
#include "radyab/v1/member_service.pb.h"

namespace radyab::rpc {
namespace {

// A service with one method that has this rule, or none.
class MethodRuleOption : public ::testing::Test {
 protected:
  const google::protobuf::MethodDescriptor* Describe(const v1::AccessRule* rule) {
    google::protobuf::FileDescriptorProto file;
    file.set_name("test" + std::to_string(++count_) + ".proto");
    file.set_package("test" + std::to_string(count_));
    file.add_message_type()->set_name("Nothing");
    auto* service = file.add_service();
    service->set_name("Lonely");
    auto* method = service->add_method();
    method->set_name("Call");
    method->set_input_type("Nothing");
    method->set_output_type("Nothing");
    if (rule != nullptr) *method->mutable_options()->MutableExtension(v1::access) = *rule;
    return pool_.BuildFile(file)->service(0)->method(0);
  }

  google::protobuf::DescriptorPool pool_;
  int count_ = 0;
};

TEST_F(MethodRuleOption, IsWantedOfEveryMethod) {
  EXPECT_EQ(RuleOf(*Describe(nullptr)).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(MethodRuleOption, MustNameRolesAndScope) {
  v1::AccessRule rule;
  EXPECT_FALSE(RuleOf(*Describe(&rule)).ok());
  rule.add_roles(v1::ROLE_ADMIN);
  EXPECT_FALSE(RuleOf(*Describe(&rule)).ok());
  rule.set_scope(v1::SCOPE_GLOBAL);
  EXPECT_TRUE(RuleOf(*Describe(&rule)).ok());
  rule.add_roles(v1::ROLE_UNSPECIFIED);
  EXPECT_FALSE(RuleOf(*Describe(&rule)).ok());
  rule.set_roles(1, static_cast<v1::Role>(40));
  EXPECT_FALSE(RuleOf(*Describe(&rule)).ok());
}

TEST_F(MethodRuleOption, AllowsTheNamedRolesOnly) {
  v1::AccessRule wanted;
  wanted.add_roles(v1::ROLE_DESK);
  wanted.add_roles(v1::ROLE_PUBLIC);
  wanted.set_scope(v1::SCOPE_GLOBAL);
  const auto rule = RuleOf(*Describe(&wanted));
  ASSERT_TRUE(rule.ok());
  EXPECT_EQ(rule->name, "Lonely.Call");
  EXPECT_TRUE(rule->Allows(v1::ROLE_DESK));
  EXPECT_TRUE(rule->Allows(v1::ROLE_PUBLIC));
  EXPECT_FALSE(rule->Allows(v1::ROLE_ADMIN));
  EXPECT_FALSE(rule->Allows(v1::ROLE_UNSPECIFIED));
  for (int number = v1::Role_ARRAYSIZE; number < 256; ++number) {
    EXPECT_FALSE(rule->Allows(static_cast<v1::Role>(number))) << number;
  }
}

absl::StatusOr<v1::Member> GetMember(const ReadCall&, const v1::GetMemberRequest&) {
  return v1::Member();
}
absl::StatusOr<v1::GetMemberRequest> WrongAnswer(const ReadCall&, const v1::GetMemberRequest&) {
  return v1::GetMemberRequest();
}

TEST(MethodTable, IsCompleteWithAllHandlers) { EXPECT_TRUE(AllMethods().CheckComplete().ok()); }

TEST(MethodTable, IsNotCompleteWhileAMethodOfAServiceLacksItsHandler) {
  MethodTable methods;
  methods.Read(&GetMember);
  EXPECT_FALSE(methods.CheckComplete().ok());
}

TEST(MethodTable, RefusesASecondHandlerAndAnAnswerOfAnotherType) {
  MethodTable methods = AllMethods();
  methods.Read(&GetMember);
  EXPECT_FALSE(methods.CheckComplete().ok());
  MethodTable others = AllMethods();
  others.Read(&WrongAnswer);
  EXPECT_FALSE(others.CheckComplete().ok());
}

TEST(DayOfTime, IsTheDayInUtc) {
  EXPECT_EQ(coding::WriteIsoDate(DayOf(0)), "1970-01-01");
  EXPECT_EQ(coding::WriteIsoDate(DayOf(1'700'000'000'000'000)), "2023-11-14");
  EXPECT_EQ(coding::WriteIsoDate(DayOf(std::int64_t{86'400} * 1'000'000 - 1)), "1970-01-01");
  EXPECT_EQ(coding::WriteIsoDate(DayOf(std::int64_t{86'400} * 1'000'000)), "1970-01-02");
}

}  // namespace
}  // namespace radyab::rpc
