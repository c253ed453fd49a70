// radyab admin key create: where the secret goes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using client::FakeAnswers;
using client::FakeServer;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kSecret = "rk_very-secret";

struct Keys {
  int created = 0;

  FakeAnswers Answers() {
    FakeAnswers answers;
    answers.create_key = [this](const v1::CreateKeyRequest& request, v1::CreateKeyResponse& made) {
      ++created;
      if (request.key().role() == v1::ROLE_PARTNER) {
        return client::StatusOf({.message = "key.member: missing", .reason = "MISSING_FIELD"});
      }
      *made.mutable_key() = request.key();
      made.mutable_key()->set_name("keys/7");
      made.set_secret(kSecret);
      return grpc::Status::OK;
    };
    return answers;
  }
};

ProgramEnd Ask(const FakeServer& server, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"admin", "key", "create", "--display-name", "gate 1"});
  return RunRadyab(arguments, "", {{"RADYAB_SERVER", server.address()}});
}

TEST(KeyCreate, ShowsTheSecretOnceWithoutAFile) {
  Keys keys;
  const FakeServer server(keys.Answers());
  const auto end = Ask(server, {"--role", "warehouse", "--member", "17", "--json"});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  ASSERT_EQ(end.JsonLines().size(), 1u);
  EXPECT_EQ(end.JsonLines()[0]["secret"], kSecret);
  EXPECT_EQ(end.JsonLines()[0]["key"]["member"], "members/00017");
}

TEST(KeyCreate, WritesTheSecretToAFileThatOnlyItsOwnerReads) {
  Keys keys;
  const FakeServer server(keys.Answers());
  const ScratchFolder folder;
  const auto path = folder.Path("gate.key");
  const auto end = Ask(server, {"--role", "warehouse", "--member", "17", "--out", path});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_THAT(end.out, HasSubstr("keys/7"));
  EXPECT_THAT(end.out + end.err, Not(HasSubstr(kSecret)));
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, kSecret);
  struct stat facts {};
  ASSERT_EQ(stat(path.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
}

TEST(KeyCreate, MakesNoKeyWhoseSecretHasNoPlace) {
  Keys keys;
  const FakeServer server(keys.Answers());
  const ScratchFolder folder;
  const auto taken = folder.Write("taken.key", "keep me");
  EXPECT_EQ(Ask(server, {"--role", "admin", "--out", taken}).exit_code, 2);
  EXPECT_EQ(Ask(server, {"--role", "admin", "--out", folder.Path("no/such/folder")}).exit_code, 2);
  EXPECT_EQ(keys.created, 0);
  std::ifstream file(taken);
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "keep me");
}

TEST(AuditList, TakesAResourceInAnyForm) {
  std::vector<std::string> resources;
  FakeAnswers answers;
  answers.list_audit = [&](const v1::ListAuditRequest& request, v1::ListAuditResponse&) {
    resources.push_back(request.resource());
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto list = [&](const std::string& resource) {
    return RunRadyab({"admin", "audit", "list", "--resource", resource}, "",
                     {{"RADYAB_SERVER", server.address()}})
        .exit_code;
  };
  EXPECT_EQ(list("۱۰۴۲ ۰۰۰۰ ۱۷۰۰ ۰۱۱۳"), 0);
  EXPECT_EQ(list("7000000017004271"), 0);
  EXPECT_EQ(list("8031000017000251"), 0);
  EXPECT_EQ(list("2050500017000710"), 0);
  EXPECT_EQ(list("members/00017"), 0);
  EXPECT_EQ(list("1042000017000114"), 1) << "a wrong check digit";
  EXPECT_THAT(resources, testing::ElementsAre("items/1042000017000113", "parties/7000000017004271",
                                              "services/8031000017000251", "cases/2050500017000710",
                                              "members/00017"));
}

TEST(KeyCreate, LeavesNoFileBehindWhenItIsRefused) {
  Keys keys;
  const FakeServer server(keys.Answers());
  const ScratchFolder folder;
  const auto path = folder.Path("gate.key");
  EXPECT_EQ(Ask(server, {"--role", "partner", "--out", path}).exit_code, 1);
  struct stat facts {};
  EXPECT_NE(stat(path.c_str(), &facts), 0);
}

}  // namespace
}  // namespace radyab::cli
