#include <string>

#include "registry/storage/keyspace.h"
#include "tests/registry/cases/case_world.h"

namespace radyab::cases {
namespace {

using tests::FieldIn;
using tests::ReasonIn;

class CaseReading : public CaseWorld {
 protected:
  // A case with everything in it that must not be seen by others, answered.
  v1::Case Answered() {
    v1::Case wanted = Complaint();
    wanted.set_contact("someone@example.com");
    const auto strange = world_.MakeItem(stranger_, "Glass");
    *wanted.add_subjects() = Subject(strange.Digits() + "/lot/G1");
    auto opened = Create(desk_, wanted);
    EXPECT_TRUE(opened.ok()) << opened.status();
    v1::Case seen = opened->opened;
    seen = *Advance(desk_, StepTo(seen, v1::CASE_STATE_ACKNOWLEDGED));
    seen = *Advance(desk_, StepTo(seen, v1::CASE_STATE_INVESTIGATING));
    return Draft(desk_, seen, "We replace it.")->drafted_in;
  }
  void Erase(const std::string& digits) {
    const auto code = coding::ParseCode(digits).value();
    EXPECT_TRUE(world_
                    .Write([&](storage::WriteTransaction& transaction) {
                      return transaction.Delete(keyspace::SealKey(code));
                    })
                    .ok());
  }
};

TEST_F(CaseReading, ShowsTheWholeCaseToItsMemberAndToAnAdmin) {
  const v1::Case seen = Answered();
  for (const access::Caller& caller : {desk_, tests::Admin()}) {
    const auto read = Get(caller, seen.name());
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->SerializeAsString(), seen.SerializeAsString());
    EXPECT_EQ(read->subjects_size(), 2);
  }
  EXPECT_EQ(Get(desk_, seen.code())->code(), seen.code()) << "the bare code names it too";
}

TEST_F(CaseReading, ShowsTheOwnerOfASubjectNothingPersonalAndNoOthersGoods) {
  const v1::Case seen = Answered();
  const auto shown = Get(maker_key_, seen.name());
  ASSERT_TRUE(shown.ok()) << shown.status();
  EXPECT_EQ(shown->complainant_party(), "");
  EXPECT_EQ(shown->contact(), "");
  EXPECT_EQ(shown->narrative(), "");
  EXPECT_EQ(shown->owner(), "");
  EXPECT_EQ(shown->state(), seen.state());
  EXPECT_EQ(shown->type(), seen.type());
  EXPECT_EQ(shown->member(), seen.member());
  ASSERT_EQ(shown->subjects_size(), 1);
  EXPECT_EQ(shown->subjects(0).object(), item_.Digits());
  ASSERT_EQ(shown->supplier_parties_size(), 1);
  EXPECT_EQ(shown->supplier_parties(0), world_.PartyOf(maker_).Digits());
  const auto other = Get(stranger_key_, seen.name());
  ASSERT_TRUE(other.ok()) << other.status();
  ASSERT_EQ(other->subjects_size(), 1);
  EXPECT_NE(other->subjects(0).object(), item_.Digits());
}

TEST_F(CaseReading, ShowsTheOwnerOfASubjectTheHistoryWithoutItsWords) {
  const v1::Case seen = Answered();
  const auto responses = Responses(maker_key_, seen.name());
  ASSERT_TRUE(responses.ok()) << responses.status();
  ASSERT_EQ(responses->rows.size(), 1u);
  EXPECT_EQ(responses->rows[0].number(), 1);
  EXPECT_EQ(responses->rows[0].text(), "");
  const auto timeline = Timeline(maker_key_, seen.name());
  ASSERT_TRUE(timeline.ok()) << timeline.status();
  EXPECT_EQ(timeline->rows.size(), 5u);
  for (const v1::TimelineEntry& entry : timeline->rows) EXPECT_EQ(entry.reason(), "");
  EXPECT_EQ(Timeline(desk_, seen.name())->rows[1].reason(), "because");
}

TEST_F(CaseReading, HidesForeignCasesExactlyAsMissingOnes) {
  const v1::Case seen = Opened();
  const auto unused = coding::Code::ForSerial(coding::Kind::kCase, 1, 12345678).value();
  const std::string missing_name = "cases/" + unused.Digits();
  for (const access::Caller& caller : {stranger_key_, tests::Public()}) {
    const auto foreign = Get(caller, seen.name());
    const auto missing = Get(caller, missing_name);
    ASSERT_EQ(foreign.status().code(), absl::StatusCode::kNotFound);
    ASSERT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
    std::string as_foreign(missing.status().message());
    as_foreign.replace(as_foreign.find(missing_name), missing_name.size(), seen.name());
    EXPECT_EQ(std::string(foreign.status().message()), as_foreign);
    EXPECT_EQ(ReasonIn(foreign.status()), ReasonIn(missing.status()));
    EXPECT_EQ(Responses(caller, seen.name()).status(), foreign.status());
    EXPECT_EQ(Timeline(caller, seen.name()).status(), foreign.status());
  }
}

TEST_F(CaseReading, RefusesNamesThatAreNoCase) {
  for (const std::string& name :
       {std::string(), std::string("cases/1"), std::string("items/2050500017000710"),
        item_.Digits(), "cases/" + customer_.Digits()}) {
    const auto refused = Get(desk_, name);
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kInvalidCode) << name;
    EXPECT_EQ(FieldIn(refused.status()), "name") << name;
  }
}

TEST_F(CaseReading, ShowsAnErasedComplainantsCaseWithoutWords) {
  const v1::Case seen = Answered();
  Erase(seen.code());
  const auto read = Get(desk_, seen.name());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->narrative(), "");
  EXPECT_EQ(read->contact(), "");
  EXPECT_EQ(read->state(), seen.state());
  EXPECT_EQ(Responses(desk_, seen.name())->rows.at(0).text(), "");
  EXPECT_EQ(Timeline(desk_, seen.name())->rows.at(1).reason(), "");
  CaseStep step = StepTo(seen, v1::CASE_STATE_DECISION_COMMUNICATED);
  step.reason.clear();
  EXPECT_TRUE(Advance(desk_, step).ok()) << "it can still be brought to its end";
}

TEST_F(CaseReading, TracksEveryStageByCodeAndToken) {
  const auto opened = Create(desk_, Complaint());
  ASSERT_TRUE(opened.ok());
  v1::Case seen = opened->opened;
  const auto expect_state = [&](v1::CaseState state) {
    const auto status = Track(seen.code(), opened->token);
    ASSERT_TRUE(status.ok()) << status.status();
    EXPECT_EQ(status->code(), seen.code());
    EXPECT_EQ(status->state(), state);
    EXPECT_EQ(status->create_time().SerializeAsString(), seen.create_time().SerializeAsString());
    EXPECT_EQ(status->next_step().SerializeAsString(), NextStep(state).SerializeAsString());
  };
  expect_state(v1::CASE_STATE_RECEIVED);
  for (const v1::CaseState state : {v1::CASE_STATE_ACKNOWLEDGED, v1::CASE_STATE_INVESTIGATING}) {
    seen = *Advance(desk_, StepTo(seen, state));
    expect_state(state);
    EXPECT_EQ(Track(seen.code(), opened->token)->state_time().SerializeAsString(),
              seen.update_time().SerializeAsString());
  }
  seen = Draft(desk_, seen, "first")->drafted_in;
  expect_state(v1::CASE_STATE_RESPONSE_DRAFTED);
  const std::string drafted_at =
      Track(seen.code(), opened->token)->state_time().SerializeAsString();
  seen = Draft(desk_, seen, "second")->drafted_in;
  EXPECT_EQ(Track(seen.code(), opened->token)->state_time().SerializeAsString(), drafted_at)
      << "another draft is no other stage";
}

TEST_F(CaseReading, TracksHoweverCodeAndTokenAreTyped) {
  const auto opened = Create(desk_, Complaint());
  ASSERT_TRUE(opened.ok());
  std::string token;
  for (const char c : opened->token) {
    token.push_back(static_cast<char>(std::tolower(c)));
    if (token.size() % 5 == 4) token.push_back('-');
  }
  const auto code = coding::ParseCode(opened->opened.code()).value();
  EXPECT_TRUE(Track(code.Grouped(), " " + token + "\n").ok());
}

TEST_F(CaseReading, AnswersEveryMissOfTheTrackingPageAlike) {
  const auto opened = Create(desk_, Complaint());
  const auto other = Create(desk_, Complaint());
  ASSERT_TRUE(opened.ok() && other.ok());
  const std::string& code = opened->opened.code();
  const std::string& token = opened->token;
  const auto unused = coding::Code::ForSerial(coding::Kind::kCase, 1, 12345678).value();
  std::string wrong = token;
  wrong[0] = wrong[0] == 'A' ? 'B' : 'A';
  const auto miss = Track(unused.Digits(), token).status();
  EXPECT_EQ(miss.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonIn(miss), Reason::kNotFound);
  const std::pair<std::string, std::string> misses[] = {
      {code, wrong},
      {code, other->token},
      {code, ""},
      {code, token + "0"},
      {code, token.substr(1)},
      {"", token},
      {"x", token},
      {code.substr(1), token},
      {item_.Digits(), token},
      {"", ""},
      {customer_.Digits(), token},
      {code, std::string(100'000, 'A')},
      {code, "زهرا"},
      {"\xFF", "\xFF"},
      {std::string(100'000, '2'), token},
  };
  for (const auto& [typed_code, typed_token] : misses)
    EXPECT_EQ(Track(typed_code, typed_token).status(), miss) << typed_code << " " << typed_token;
  EXPECT_TRUE(Track(code, token).ok());
}

TEST_F(CaseReading, StillTracksTheCaseOfAnErasedComplainant) {
  const auto opened = Create(desk_, Complaint());
  Erase(opened->opened.code());
  EXPECT_TRUE(Track(opened->opened.code(), opened->token).ok());
}

}  // namespace
}  // namespace radyab::cases
