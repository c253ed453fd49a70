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

const google::protobuf::MethodDescriptor& MethodNamed(const std::string& name) {
  for (const auto* method : EveryMethod()) {
    if (NameOf(*method) == name) return *method;
  }
  ADD_FAILURE() << "no method " << name;
  std::abort();
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

  // All answers of a method that answers with a stream.
  std::string AnswersOutcome(const std::string& method, const std::string& request,
                             const std::string& secret) const {
    grpc::ClientContext context;
    const auto stream = world_.client().Stream(method, context, secret);
    stream->Write(Buffer(request));
    stream->WritesDone();
    int answers = 0;
    for (grpc::ByteBuffer answer; stream->Read(&answer);) ++answers;
    const Answer end = AnswerOf(stream->Finish());
    EXPECT_EQ(answers > 0, end.ok()) << method;
    return Short(end);
  }

  std::string Outcome(const google::protobuf::MethodDescriptor& method, const AccessRow& row,
                      const std::string& caller, const Things& things) {
    const std::string request = RequestBytes(NameOf(method), ApiWorld::Fill(row.request, things));
    if (method.client_streaming()) {
      return StreamOutcome(NameOf(method), request, SecretOf(caller));
    }
    if (method.server_streaming()) {
      return AnswersOutcome(NameOf(method), request, SecretOf(caller));
    }
    const Answer answer = world_.client().CallBytes(NameOf(method), request, SecretOf(caller));
    if (answer.ok() && NameOf(method) == "CodeService.BatchResolve") {
      const auto first = answer.As<v1::BatchResolveResponse>().resolutions(0);
      if (first.has_refusal()) return "ROW " + first.refusal().reason();
    }
    return Short(answer);
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
    const std::string role = caller == "no key" ? "PUBLIC" : caller;
    if (!row.seen_by.empty() && !row.seen_by.contains(role)) return row.missing;
    if (target == "missing") return row.missing;
    return target == "own" || reaches_all ? row.own : row.foreign;
  }

  ApiWorld world_;
};

TEST(AccessTable, HasARowForEveryMethodAndNoOther) {
  std::set<std::string> described;
  for (const auto* method : EveryMethod()) described.insert(NameOf(*method));
  std::set<std::string> written;
  for (const auto& [name, row] : Table()) written.insert(row.method);
  EXPECT_EQ(described, written);
}

TEST(AccessTable, AgreesWithTheOptionOfEveryMethod) {
  for (const auto& [name, row] : Table()) {
    const auto rule = RuleOf(MethodNamed(row.method));
    ASSERT_TRUE(rule.ok()) << rule.status();
    for (int number = v1::ROLE_ADMIN; number <= v1::ROLE_PUBLIC; ++number) {
      const auto role = static_cast<v1::Role>(number);
      EXPECT_EQ(rule->Allows(role), row.roles.contains(v1::Role_Name(role).substr(5)))
          << name << " " << v1::Role_Name(role);
    }
    EXPECT_EQ(v1::Scope_Name(rule->scope), "SCOPE_" + row.scope) << name;
  }
}

TEST_F(AccessWalk, EveryMethodAnswersEveryCallerAsTheTableSays) {
  const Rows before = world_.server().store().Dump();
  const std::pair<std::string, const Things*> targets[] = {
      {"own", &world_.own()}, {"foreign", &world_.foreign()}, {"missing", &world_.missing()}};
  for (const auto& [name, row] : Table()) {
    for (const std::string& caller : kCallers) {
      for (const auto& [target, things] : targets) {
        const std::string expected = Expected(row, caller, target);
        EXPECT_EQ(Outcome(MethodNamed(row.method), row, caller, *things), expected)
            << name << " by " << caller << " on " << target;
        if (world_.server().store().Dump() == before) continue;
        EXPECT_EQ(expected, "OK") << "a refused call changed rows: " << name << " by " << caller
                                  << " on " << target;
        world_.server().store().Restore(before);
      }
    }
  }
}

TEST_F(AccessWalk, WhatIsKnownOfALotIsToldToThoseWhoMayTraceIt) {
  ASSERT_TRUE(world_
                  .Call("TraceService.CaptureEvent",
                        "event { kind: EVENT_KIND_COMMISSION event_time { seconds: 1700000000 } "
                        "  objects { object: '$item/lot/DATED' expiry_date: '2020-01-31' "
                        "    quantity { amount: '1' unit: 'C62' } } }",
                        world_.Key("MEMBER"))
                  .ok());
  for (const std::string& caller : kCallers) {
    if (caller == "wrong key") continue;
    const auto told =
        world_.Call("CodeService.Resolve", "text: '$item/lot/DATED'", SecretOf(caller))
            .As<v1::Resolution>();
    const bool traces = Table().at("TraceService.GetCustody").roles.contains(caller);
    EXPECT_EQ(told.expiry_date(), traces ? "2020-01-31" : "") << caller;
    EXPECT_EQ(told.usable(), !traces) << caller;
  }
}

TEST_F(AccessWalk, AForeignThingAndAMissingOneAnswerWithTheSameWords) {
  const std::string secret = world_.Key("MEMBER");
  const auto answer = [&](const std::string& method, const std::string& request,
                          const Things& things) {
    Answer got = world_.client().CallBytes(
        method, RequestBytes(method, ApiWorld::Fill(request, things)), secret);
    std::string words = got.Outcome() + " " + got.status.error_message();
    for (const std::string word : {"party", "case", "event", "notice", "lot", "member"}) {
      const std::size_t at = words.find(things.at(word));
      if (at != std::string::npos) words.replace(at, things.at(word).size(), "it");
    }
    return words;
  };
  for (const auto& [method, request] : std::map<std::string, std::string>{
           {"PartyService.GetParty", "name: 'parties/$party'"},
           {"CaseService.GetCase", "name: 'cases/$case'"},
           {"TraceService.GetEvent", "name: '$event'"},
           {"NoticeService.GetShippingNotice", "name: '$notice'"},
           {"AuthenticityService.GetAuthenticityNumber", "number: '$authenticity'"},
           {"CodeService.Resolve", "text: '$party'"},
           {"TraceService.ListDeliveries", "party: '$party'"}}) {
    const std::string foreign = answer(method, request, world_.foreign());
    EXPECT_EQ(foreign, answer(method, request, world_.missing()));
    EXPECT_TRUE(foreign.starts_with("NOT_FOUND/NOT_FOUND")) << foreign;
  }
}

}  // namespace
}  // namespace radyab::rpc
