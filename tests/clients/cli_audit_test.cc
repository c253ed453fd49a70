// radyab admin audit verify and admin key rotate.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using client::FakeAnswers;
using client::FakeServer;
using testing::HasSubstr;
using testing::Not;

const std::string kHash(64, 'a');

ProgramEnd Ask(const FakeServer& server, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "admin");
  return RunRadyab(arguments, "", {{"RADYAB_SERVER", server.address()}});
}

// A trail of 20,000 rows, told in three pieces.
grpc::Status ThreePieces(const v1::VerifyAuditRequest& request, v1::AuditFinding& finding) {
  const std::int64_t seal = request.after().seal() + 4;
  finding.mutable_end()->set_seal(std::min<std::int64_t>(seal, 10));
  finding.mutable_end()->set_hash(kHash);
  finding.set_last_sequence(seal * 2'000);
  finding.set_row_count(seal > 10 ? 4'000 : 8'000);
  finding.set_last_seal(10);
  finding.set_done(seal > 10);
  finding.set_waiting_count(seal > 10 ? 3 : 0);
  return grpc::Status::OK;
}

TEST(AuditVerify, GoesOnToTheEndAndTellsTheLastSeal) {
  FakeAnswers answers;
  answers.verify_audit = ThreePieces;
  const FakeServer server(answers);
  const auto end = Ask(server, {"audit", "verify"});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_THAT(end.out, HasSubstr("sealed rows    20000\n"));
  EXPECT_THAT(end.out, HasSubstr("last seal      10:" + kHash + "\n"));
  EXPECT_THAT(end.out, HasSubstr("waiting rows   3\n"));
  const auto json = Ask(server, {"audit", "verify", "--json"});
  ASSERT_EQ(json.JsonLines().size(), 1u);
  EXPECT_EQ(json.JsonLines()[0]["row_count"], "20000");
}

TEST(AuditVerify, TellsWhatIsWrongAndEndsWithOne) {
  FakeAnswers answers;
  answers.verify_audit = [](const v1::VerifyAuditRequest&, v1::AuditFinding& finding) {
    finding.mutable_fault()->set_kind(v1::AUDIT_FAULT_KIND_CHANGED);
    finding.mutable_fault()->set_message("the audit row of change 7, number 0, was changed");
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto end = Ask(server, {"audit", "verify"});
  EXPECT_EQ(end.exit_code, 1);
  EXPECT_THAT(end.err, HasSubstr("change 7, number 0, was changed"));
}

TEST(AuditVerify, AsksForTheSealThatWasWrittenDown) {
  std::vector<v1::AuditSeal> asked;
  FakeAnswers answers;
  answers.verify_audit = [&](const v1::VerifyAuditRequest& request, v1::AuditFinding& finding) {
    asked.push_back(request.expected());
    return ThreePieces(request, finding);
  };
  const FakeServer server(answers);
  EXPECT_EQ(Ask(server, {"audit", "verify", "--expect", "7:" + kHash}).exit_code, 0);
  ASSERT_EQ(asked.size(), 3u) << "with every piece";
  EXPECT_EQ(asked[2].seal(), 7);
  EXPECT_EQ(asked[2].hash(), kHash);
  for (const char* wrong : {"7", ":aa", "x:aa", "0:aa", "-1:aa"}) {
    EXPECT_EQ(Ask(server, {"audit", "verify", "--expect", wrong}).exit_code, 2) << wrong;
  }
  EXPECT_EQ(asked.size(), 3u);
}

TEST(KeyRotate, WritesTheNewSecretToAFileAndSaysHowLongTheOldOneIsGood) {
  std::vector<v1::RotateKeyRequest> asked;
  FakeAnswers answers;
  answers.rotate_key = [&](const v1::RotateKeyRequest& request, v1::RotateKeyResponse& response) {
    asked.push_back(request);
    response.mutable_key()->set_name(request.name());
    response.set_secret("rk_new");
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const ScratchFolder folder;
  const auto end = Ask(server, {"key", "rotate", "7", "--out", folder.Path("new.key")});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_THAT(end.out + end.err, Not(HasSubstr("rk_new")));
  std::ifstream file(folder.Path("new.key"));
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "rk_new");
  EXPECT_THAT(Ask(server, {"key", "rotate", "keys/7", "--grace", "90m"}).out, HasSubstr("rk_new"));
  EXPECT_EQ(Ask(server, {"key", "rotate", "7", "--grace", "0"}).exit_code, 0);
  ASSERT_EQ(asked.size(), 3u);
  EXPECT_EQ(asked[0].name(), "keys/7");
  EXPECT_EQ(asked[0].grace().seconds(), 86'400);
  EXPECT_EQ(asked[1].grace().seconds(), 5'400);
  EXPECT_TRUE(asked[2].has_grace());
  EXPECT_EQ(asked[2].grace().seconds(), 0);
  EXPECT_FALSE(asked[0].request_id().empty());
  for (const char* wrong : {"1", "-1h", "1w", "h", "", "1.5h", "9999999999h"}) {
    EXPECT_EQ(Ask(server, {"key", "rotate", "7", "--grace", wrong}).exit_code, 2) << wrong;
  }
  EXPECT_EQ(asked.size(), 3u);
}

}  // namespace
}  // namespace radyab::cli
