// Walks every method x caller x {own, foreign, missing} against the written table.
#include <gtest/gtest.h>

#include <algorithm>

#include "grpc/handlers.h"
#include "grpc/method_rule.h"
#include "radyab/v1/code_service.pb.h"
#include "radyab/v1/import.pb.h"
#include "tests/grpc/access_table.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

const std::vector<std::string> kCallers = {"ADMIN",  "REGISTRAR", "MEMBER",  "WAREHOUSE",
                                           "DESK",   "QUALITY",   "PARTNER", "OPERATOR",
                                           "no key", "wrong key"};

const std::map<std::string, AccessRow>& Table() {
  static const auto table = ReadAccessTable(RADYAB_SOURCE_DIR "/tests/grpc/access_table.txt");
  return table;
}

std::vector<const google::protobuf::MethodDescriptor*> EveryMethod() {
  std::vector<const google::protobuf::MethodDescriptor*> methods;
  for (const auto* service : AllMethods().services()) {
    for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i));
  }
  return methods;
}

std::string NameOf(const google::protobuf::MethodDescriptor& method) {
  return method.service()->name() + "." + method.name();
}

// "OK", the reason, or the bare code of a refusal without one.
std::string Short(const Answer& answer) {
  if (answer.ok()) return "OK";
  return answer.reason.empty() ? answer.Outcome() : answer.reason;
}

class AccessWalk : public ::testing::Test {
 protected:
  std::string SecretOf(const std::string& caller) const {
    if (caller == "no key") return "";
    if (caller == "wrong key") return "rk_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    return world_.Key(caller);
  }

  // One message on a stream, and what came back.
  std::string StreamOutcome(const std::string& method, const std::string& request,
                            const std::string& secret) const {
    grpc::ClientContext context;
    const auto stream = world_.client().Stream(method, context, secret);
    stream->Write(Buffer(request));
    stream->WritesDone();
    grpc::ByteBuffer reply;
    std::string outcome = "OK";
    if (stream->Read(&reply)) {
      v1::RowVerdict verdict;
      v1::Resolution resolution;
      const std::string bytes = TextOf(reply);
      if (method == "CodeService.ResolveStream") {
        EXPECT_TRUE(resolution.ParseFromString(bytes));
        if (resolution.has_refusal()) outcome = "ROW " + resolution.refusal().reason();
      } else {
        EXPECT_TRUE(verdict.ParseFromString(bytes));
        if (verdict.faults_size() > 0) outcome = "ROW " + verdict.faults(0).reason();
      }
    }
    const Answer end = AnswerOf(stream->Finish());
    return end.ok() ? outcome : Short(end);
  }

  std::string Outcome(const google::protobuf::MethodDescriptor& method, const AccessRow& row,
                      const std::string& caller, const Things& things) {
    const std::string request = RequestBytes(NameOf(method), ApiWorld::Fill(row.request, things));
    if (method.client_streaming()) {
      return StreamOutcome(NameOf(method), request, SecretOf(caller));
    }
    return Short(world_.client().CallBytes(NameOf(method), request, SecretOf(caller)));
  }

  static std::string Expected(const AccessRow& row, const std::string& caller,
                              const std::string& target) {
    if (caller == "wrong key") return "WRONG_KEY";
    if (caller == "no key") {
      if (!row.roles.contains("PUBLIC")) return "NO_KEY";
    } else if (!row.roles.contains(caller)) {
      return "ROLE_NOT_ALLOWED";
    }
    const bool reaches_all = caller == "ADMIN" || caller == "REGISTRAR";
    if (target == "missing") return row.missing;
    return target == "own" || reaches_all ? row.own : row.foreign;
  }

  ApiWorld world_;
};

TEST(AccessTable, HasARowForEveryMethodAndNoOther) {
  std::set<std::string> described;
  for (const auto* method : EveryMethod()) described.insert(NameOf(*method));
  std::set<std::string> written;
  for (const auto& [name, row] : Table()) written.insert(name);
  EXPECT_EQ(described, written);
}

TEST(AccessTable, AgreesWithTheOptionOfEveryMethod) {
  for (const auto* method : EveryMethod()) {
    const auto rule = RuleOf(*method);
    ASSERT_TRUE(rule.ok()) << rule.status();
    const auto found = Table().find(NameOf(*method));
    ASSERT_NE(found, Table().end()) << NameOf(*method);
    for (int role = v1::ROLE_ADMIN; role <= v1::ROLE_PUBLIC; ++role) {
      const std::string name = v1::Role_Name(static_cast<v1::Role>(role)).substr(5);
      EXPECT_EQ(rule->Allows(static_cast<v1::Role>(role)), found->second.roles.contains(name))
          << NameOf(*method) << " " << name;
    }
    EXPECT_EQ(v1::Scope_Name(rule->scope), "SCOPE_" + found->second.scope) << NameOf(*method);
  }
}

TEST_F(AccessWalk, EveryMethodAnswersEveryCallerAsTheTableSays) {
  const Rows before = world_.server().store().Dump();
  const std::pair<std::string, const Things*> targets[] = {
      {"own", &world_.own()}, {"foreign", &world_.foreign()}, {"missing", &world_.missing()}};
  int cells = 0;
  for (const auto* method : EveryMethod()) {
    const AccessRow& row = Table().at(NameOf(*method));
    for (const std::string& caller : kCallers) {
      for (const auto& [target, things] : targets) {
        const std::string expected = Expected(row, caller, target);
        EXPECT_EQ(Outcome(*method, row, caller, *things), expected)
            << NameOf(*method) << " by " << caller << " on " << target;
        ++cells;
        if (world_.server().store().Dump() == before) continue;
        EXPECT_EQ(expected, "OK") << "a refused call changed rows: " << NameOf(*method) << " by "
                                  << caller << " on " << target;
        world_.server().store().Restore(before);
      }
    }
  }
  EXPECT_EQ(cells, static_cast<int>(EveryMethod().size()) * 30);
}

TEST_F(AccessWalk, AForeignThingAndAMissingOneAnswerWithTheSameWords) {
  const std::string secret = world_.Key("MEMBER");
  const auto answer = [&](const std::string& method, const std::string& request,
                          const Things& things) {
    Answer got = world_.client().CallBytes(
        method, RequestBytes(method, ApiWorld::Fill(request, things)), secret);
    std::string words = got.Outcome() + " " + got.status.error_message();
    for (const std::string word : {"party", "case", "event", "lot", "member"}) {
      const std::size_t at = words.find(things.at(word));
      if (at != std::string::npos) words.replace(at, things.at(word).size(), "it");
    }
    return words;
  };
  for (const auto& [method, request] :
       std::map<std::string, std::string>{{"PartyService.GetParty", "name: 'parties/$party'"},
                                          {"CaseService.GetCase", "name: 'cases/$case'"},
                                          {"TraceService.GetEvent", "name: '$event'"},
                                          {"CodeService.Resolve", "text: '$party'"},
                                          {"TraceService.ListDeliveries", "party: '$party'"}}) {
    const std::string foreign = answer(method, request, world_.foreign());
    EXPECT_EQ(foreign, answer(method, request, world_.missing()));
    EXPECT_TRUE(foreign.starts_with("NOT_FOUND/NOT_FOUND")) << foreign;
  }
}

}  // namespace
}  // namespace radyab::rpc
