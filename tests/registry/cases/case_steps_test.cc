#include <string>
#include <vector>

#include "tests/registry/cases/case_world.h"

namespace radyab::cases {
namespace {

using tests::FieldIn;
using tests::ReasonIn;

constexpr v1::CaseState kStates[] = {v1::CASE_STATE_RECEIVED,
                                     v1::CASE_STATE_ACKNOWLEDGED,
                                     v1::CASE_STATE_INVESTIGATING,
                                     v1::CASE_STATE_RESPONSE_DRAFTED,
                                     v1::CASE_STATE_DECISION_COMMUNICATED,
                                     v1::CASE_STATE_CLOSED};

class CaseSteps : public CaseWorld {
 protected:
  void ExpectRefused(const CaseStep& step, absl::StatusCode code, Reason reason,
                     const std::set<std::string>& fields = {}) {
    const auto before = world_.Dump();
    const auto refused = Advance(desk_, step);
    EXPECT_EQ(refused.status().code(), code) << refused.status();
    EXPECT_EQ(ReasonIn(refused.status()), reason) << refused.status();
    EXPECT_EQ(FieldsOf(refused.status()), fields) << refused.status();
    EXPECT_EQ(world_.Dump(), before);
  }
  void ExpectMissing(const CaseStep& step, const std::set<std::string>& fields) {
    ExpectRefused(step, absl::StatusCode::kInvalidArgument, Reason::kMissingField, fields);
  }
  void ExpectInvalid(const CaseStep& step, const std::set<std::string>& fields) {
    ExpectRefused(step, absl::StatusCode::kInvalidArgument, Reason::kInvalidField, fields);
  }
};

TEST_F(CaseSteps, AdvancesAlongTheArrowsAndNowhereElse) {
  for (const v1::CaseState from : kStates) {
    for (const v1::CaseState to : kStates) {
      const v1::Case seen = CaseIn(from);
      const auto* transition = FindTransition(from, to);
      const bool advances = transition != nullptr && transition->verb == StepVerb::kAdvance;
      const auto before = world_.Dump();
      const auto moved = Advance(desk_, StepTo(seen, to));
      const std::string arrow = StateName(from) + " -> " + StateName(to);
      if (advances) {
        ASSERT_TRUE(moved.ok()) << arrow << moved.status();
        EXPECT_EQ(moved->state(), to) << arrow;
        EXPECT_NE(moved->etag(), seen.etag()) << arrow;
        continue;
      }
      EXPECT_EQ(moved.status().code(), absl::StatusCode::kFailedPrecondition) << arrow;
      EXPECT_EQ(ReasonIn(moved.status()), Reason::kIllegalTransition) << arrow;
      const auto metadata = ReasonOf(moved.status())->metadata;
      EXPECT_EQ(metadata.at("state"), StateName(from));
      EXPECT_EQ(metadata.at("wanted"), StateName(to));
      EXPECT_EQ(metadata.at("allowed"), AllowedStates(from));
      EXPECT_NE(std::string(moved.status().message()).find(AllowedStates(from)), std::string::npos);
      EXPECT_EQ(world_.Dump(), before) << arrow;
    }
  }
}

TEST_F(CaseSteps, DraftsWhileInvestigatingOrDraftedOnly) {
  for (const v1::CaseState from : kStates) {
    const v1::Case seen = CaseIn(from);
    const auto before = world_.Dump();
    const auto drafted = Draft(desk_, seen, "An answer");
    const bool allowed =
        from == v1::CASE_STATE_INVESTIGATING || from == v1::CASE_STATE_RESPONSE_DRAFTED;
    ASSERT_EQ(drafted.ok(), allowed) << StateName(from) << drafted.status();
    if (allowed) {
      EXPECT_EQ(drafted->drafted_in.state(), v1::CASE_STATE_RESPONSE_DRAFTED);
      EXPECT_EQ(drafted->response.text(), "An answer");
      EXPECT_EQ(drafted->response.number(), from == v1::CASE_STATE_INVESTIGATING ? 1 : 2);
    } else {
      EXPECT_EQ(ReasonIn(drafted.status()), Reason::kIllegalTransition);
      EXPECT_EQ(ReasonOf(drafted.status())->metadata.at("allowed"), AllowedStates(from));
      EXPECT_EQ(world_.Dump(), before);
    }
  }
}

TEST_F(CaseSteps, SaysThatAnAnswerIsDraftedByDraftResponse) {
  const auto refused =
      Advance(desk_, StepTo(CaseIn(v1::CASE_STATE_INVESTIGATING), v1::CASE_STATE_RESPONSE_DRAFTED));
  EXPECT_NE(std::string(refused.status().message()).find("DraftResponse"), std::string::npos);
}

TEST_F(CaseSteps, WantsWhatTheStageNeeds) {
  CaseStep step = StepTo(Opened(), v1::CASE_STATE_ACKNOWLEDGED);
  step.delivery_id.clear();
  ExpectMissing(step, {"delivery_id"});
  step = StepTo(CaseIn(v1::CASE_STATE_ACKNOWLEDGED), v1::CASE_STATE_INVESTIGATING);
  step.owner.clear();
  ExpectMissing(step, {"owner"});
  step = StepTo(CaseIn(v1::CASE_STATE_RESPONSE_DRAFTED), v1::CASE_STATE_INVESTIGATING);
  step.reason.clear();
  ExpectMissing(step, {"reason"});
  step = StepTo(CaseIn(v1::CASE_STATE_RESPONSE_DRAFTED), v1::CASE_STATE_DECISION_COMMUNICATED);
  step.delivery_id.clear();
  step.channel = v1::CASE_CHANNEL_UNSPECIFIED;
  ExpectMissing(step, {"delivery_id", "channel"});
  step = StepTo(CaseIn(v1::CASE_STATE_DECISION_COMMUNICATED), v1::CASE_STATE_CLOSED);
  step.reason.clear();
  ExpectMissing(step, {"reason"});
  step.reason = "the complainant is content";
  EXPECT_TRUE(Advance(desk_, step).ok()) << "the next good call succeeds";
}

TEST_F(CaseSteps, TakesNoBlankForAReasonAnOwnerOrAnId) {
  for (const std::string& blank : {std::string(" "), std::string("\t\r\n"), std::string("\u00a0"),
                                   std::string("\u200c\u200f"), std::string("\u3000 \ufeff")}) {
    CaseStep step = StepTo(CaseIn(v1::CASE_STATE_DECISION_COMMUNICATED), v1::CASE_STATE_CLOSED);
    step.reason = blank;
    ExpectMissing(step, {"reason"});
    step = StepTo(CaseIn(v1::CASE_STATE_ACKNOWLEDGED), v1::CASE_STATE_INVESTIGATING);
    step.owner = blank;
    ExpectMissing(step, {"owner"});
    step = StepTo(Opened(), v1::CASE_STATE_ACKNOWLEDGED);
    step.delivery_id = blank;
    ExpectInvalid(step, {"delivery_id"});
  }
  CaseStep step = StepTo(CaseIn(v1::CASE_STATE_DECISION_COMMUNICATED), v1::CASE_STATE_CLOSED);
  step.reason = " - ";
  EXPECT_TRUE(Advance(desk_, step).ok()) << "something can be read in it";
}

TEST_F(CaseSteps, TakesPrintableAsciiAsADeliveryId) {
  for (const char* bad : {"sms 17", "پیام-۱۷", "sms\n", "sms\x7f", "\xFF"}) {
    CaseStep step = StepTo(Opened(), v1::CASE_STATE_ACKNOWLEDGED);
    step.delivery_id = bad;
    ExpectInvalid(step, {"delivery_id"});
  }
  CaseStep step = StepTo(Opened(), v1::CASE_STATE_ACKNOWLEDGED);
  step.delivery_id = "<20261125.!~@mail.example>";
  EXPECT_TRUE(Advance(desk_, step).ok());
}

TEST_F(CaseSteps, TakesTheOwnerThatStandsAndLetsAnotherTakeOver) {
  v1::Case wanted = Complaint();
  wanted.set_owner("Desk one");
  const auto opened = Create(desk_, wanted);
  ASSERT_TRUE(opened.ok());
  auto seen = Advance(desk_, StepTo(opened->opened, v1::CASE_STATE_ACKNOWLEDGED));
  CaseStep step = StepTo(*seen, v1::CASE_STATE_INVESTIGATING);
  step.owner.clear();
  seen = Advance(desk_, step);
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_EQ(seen->owner(), "Desk one");
  const auto drafted = Draft(desk_, *seen, "text");
  step = StepTo(drafted->drafted_in, v1::CASE_STATE_INVESTIGATING);
  step.owner = "Desk two";
  EXPECT_EQ(Advance(desk_, step)->owner(), "Desk two");
}

TEST_F(CaseSteps, RefusesAMissingAndAStaleEtag) {
  const v1::Case seen = Opened();
  CaseStep step = StepTo(seen, v1::CASE_STATE_ACKNOWLEDGED);
  step.etag.clear();
  ExpectMissing(step, {"etag"});
  step.etag = "0";
  ExpectRefused(step, absl::StatusCode::kAborted, Reason::kStaleEtag);
  step.etag = seen.etag();
  ASSERT_TRUE(Advance(desk_, step).ok());
  ExpectRefused(step, absl::StatusCode::kAborted, Reason::kStaleEtag);

  v1::Case investigated = CaseIn(v1::CASE_STATE_INVESTIGATING);
  ASSERT_TRUE(Draft(desk_, investigated, "first").ok());
  const auto before = world_.Dump();
  const auto stale = Draft(desk_, investigated, "second");
  EXPECT_EQ(stale.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonIn(stale.status()), Reason::kStaleEtag);
  investigated.set_etag("");
  const auto missing = Draft(desk_, investigated, "second");
  EXPECT_EQ(ReasonIn(missing.status()), Reason::kMissingField);
  EXPECT_EQ(FieldIn(missing.status()), "etag");
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(CaseSteps, RefusesStagesThatDoNotExistYet) {
  CaseStep step = StepTo(Opened(), v1::CASE_STATE_ACKNOWLEDGED);
  for (const int number : {0, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 17, -1}) {
    step.state = static_cast<v1::CaseState>(number);
    step.delivery_id.clear();
    ExpectInvalid(step, {"state"});
  }
}

TEST_F(CaseSteps, RefusesWhatDoesNotBelongToTheStage) {
  const v1::Case seen = Opened();
  CaseStep step = StepTo(seen, v1::CASE_STATE_ACKNOWLEDGED);
  step.owner = "Desk one";
  step.channel = v1::CASE_CHANNEL_SMS;
  ExpectInvalid(step, {"owner", "channel"});
  step = StepTo(seen, v1::CASE_STATE_CLOSED);
  step.delivery_id = "sms-1";
  ExpectInvalid(step, {"delivery_id"});
}

TEST_F(CaseSteps, KeepsTextsOfTheLimitAndRefusesOneMore) {
  const v1::Case seen = CaseIn(v1::CASE_STATE_ACKNOWLEDGED);
  CaseStep step = StepTo(seen, v1::CASE_STATE_INVESTIGATING);
  step.reason = std::string(kReasonCharactersMax + 1, 'r');
  step.owner = std::string(kOwnerCharactersMax + 1, 'o');
  ExpectInvalid(step, {"reason", "owner"});
  step.reason = "\xFF";
  step.owner = "\xC0";
  ExpectInvalid(step, {"reason", "owner"});
  step.reason = std::string(kReasonCharactersMax, 'r');
  step.owner = std::string(kOwnerCharactersMax, 'o');
  EXPECT_TRUE(Advance(desk_, step).ok());
  step = StepTo(Opened(), v1::CASE_STATE_ACKNOWLEDGED);
  step.delivery_id = std::string(kDeliveryIdCharactersMax + 1, 'd');
  ExpectInvalid(step, {"delivery_id"});
  step.delivery_id.pop_back();
  EXPECT_TRUE(Advance(desk_, step).ok());
  step = StepTo(CaseIn(v1::CASE_STATE_RESPONSE_DRAFTED), v1::CASE_STATE_DECISION_COMMUNICATED);
  step.channel = static_cast<v1::CaseChannel>(99);
  ExpectInvalid(step, {"channel"});
}

TEST_F(CaseSteps, DraftsOnlyATextWithinItsLimit) {
  const v1::Case seen = CaseIn(v1::CASE_STATE_INVESTIGATING);
  const auto before = world_.Dump();
  for (const std::string& text : {std::string(), std::string(" \n"), std::string("\xFF"),
                                  std::string(kTextCharactersMax + 1, 'x')}) {
    const auto refused = Draft(desk_, seen, text);
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(FieldIn(refused.status()), "text");
  }
  EXPECT_EQ(world_.Dump(), before);
  EXPECT_TRUE(Draft(desk_, seen, std::string(kTextCharactersMax, 'x')).ok());
}

TEST_F(CaseSteps, MarksTheLastResponseCommunicated) {
  v1::Case seen = CaseIn(v1::CASE_STATE_RESPONSE_DRAFTED);
  seen = Draft(desk_, seen, "A better answer")->drafted_in;
  const auto told = Advance(desk_, StepTo(seen, v1::CASE_STATE_DECISION_COMMUNICATED));
  ASSERT_TRUE(told.ok()) << told.status();
  const auto responses = Responses(desk_, seen.name());
  ASSERT_TRUE(responses.ok()) << responses.status();
  ASSERT_EQ(responses->rows.size(), 2u);
  EXPECT_EQ(responses->rows[0].text(), "We replace it.");
  EXPECT_EQ(responses->rows[0].channel(), v1::CASE_CHANNEL_UNSPECIFIED);
  EXPECT_FALSE(responses->rows[0].has_communicate_time());
  EXPECT_EQ(responses->rows[1].text(), "A better answer");
  EXPECT_EQ(responses->rows[1].channel(), v1::CASE_CHANNEL_EMAIL);
  EXPECT_EQ(responses->rows[1].communicate_time().SerializeAsString(),
            told->update_time().SerializeAsString());
}

TEST_F(CaseSteps, WritesATimelineOfEveryTransitionAndResponse) {
  v1::Case seen = CaseIn(v1::CASE_STATE_RESPONSE_DRAFTED);
  CaseStep back = StepTo(seen, v1::CASE_STATE_INVESTIGATING);
  back.reason = "the batch number is wrong";
  seen = *Advance(desk_, back);
  seen = Draft(desk_, seen, "second")->drafted_in;
  seen = Draft(desk_, seen, "third")->drafted_in;
  seen = *Advance(desk_, StepTo(seen, v1::CASE_STATE_DECISION_COMMUNICATED));
  seen = *Advance(desk_, StepTo(seen, v1::CASE_STATE_CLOSED));
  const auto timeline = Timeline(desk_, seen.name());
  ASSERT_TRUE(timeline.ok()) << timeline.status();
  std::vector<std::string> lines;
  for (const v1::TimelineEntry& entry : timeline->rows) {
    EXPECT_EQ(entry.number(), static_cast<int>(lines.size()) + 1);
    EXPECT_EQ(entry.actor(), "keys/" + std::to_string(desk_.key_id));
    EXPECT_TRUE(entry.has_time());
    std::string line = entry.kind() == v1::TIMELINE_KIND_RESPONSE
                           ? "response"
                           : StateName(entry.from_state()) + ">" + StateName(entry.to_state());
    if (entry.response_number() != 0) line += " #" + std::to_string(entry.response_number());
    if (!entry.delivery_id().empty()) line += " " + entry.delivery_id();
    if (entry.reason() == back.reason) line += " !";
    lines.push_back(line);
  }
  const std::vector<std::string> wanted = {
      "UNSPECIFIED>RECEIVED",
      "RECEIVED>ACKNOWLEDGED sms-17",
      "ACKNOWLEDGED>INVESTIGATING",
      "response #1",
      "INVESTIGATING>RESPONSE_DRAFTED",
      "RESPONSE_DRAFTED>INVESTIGATING !",
      "response #2",
      "INVESTIGATING>RESPONSE_DRAFTED",
      "response #3",
      "RESPONSE_DRAFTED>DECISION_COMMUNICATED #3 mail-18",
      "DECISION_COMMUNICATED>CLOSED",
  };
  EXPECT_EQ(lines, wanted);
}

TEST_F(CaseSteps, KeepsNoWordOfReasonsAndResponsesInAnyValue) {
  v1::Case seen = CaseIn(v1::CASE_STATE_INVESTIGATING);
  seen = Draft(desk_, seen, "Secretanswer پاسخ محرمانه")->drafted_in;
  CaseStep back = StepTo(seen, v1::CASE_STATE_INVESTIGATING);
  back.reason = "Secretreason دلیل محرمانه";
  ASSERT_TRUE(Advance(desk_, back).ok());
  for (const auto& [key, value] : world_.Dump())
    for (const char* word : {"Secretanswer", "Secretreason", "محرمانه"})
      EXPECT_EQ(value.find(word), std::string::npos) << word;
}

TEST_F(CaseSteps, RefusesTheHundredAndFirstResponse) {
  v1::Case seen = CaseIn(v1::CASE_STATE_INVESTIGATING);
  for (std::size_t i = 0; i < kResponsesMax; ++i) {
    const auto drafted = Draft(desk_, seen, "answer " + std::to_string(i));
    ASSERT_TRUE(drafted.ok()) << drafted.status();
    seen = drafted->drafted_in;
  }
  const auto before = world_.Dump();
  const auto refused = Draft(desk_, seen, "one more");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kLimitExceeded);
  EXPECT_EQ(world_.Dump(), before);

  std::vector<std::string> texts;
  PageRequest page{7, ""};
  do {
    const auto found = Responses(desk_, seen.name(), page);
    ASSERT_TRUE(found.ok()) << found.status();
    for (const v1::Response& response : found->rows) texts.push_back(response.text());
    page.after = found->next;
  } while (!page.after.empty());
  ASSERT_EQ(texts.size(), kResponsesMax);
  EXPECT_EQ(texts.front(), "answer 0");
  EXPECT_EQ(texts.back(), "answer 99");

  std::size_t entries = 0;
  page = {10, ""};
  do {
    const auto found = Timeline(desk_, seen.name(), page);
    ASSERT_TRUE(found.ok()) << found.status();
    for (const v1::TimelineEntry& entry : found->rows)
      EXPECT_EQ(entry.number(), static_cast<int>(++entries));
    page.after = found->next;
  } while (!page.after.empty());
  EXPECT_EQ(entries, 3 + kResponsesMax + 1);
}

TEST_F(CaseSteps, EndsAPageOfResponsesWhenItIsLarge) {
  v1::Case seen = CaseIn(v1::CASE_STATE_INVESTIGATING);
  for (int i = 0; i < 60; ++i)
    seen = Draft(desk_, seen, std::string(kTextCharactersMax, 'x'))->drafted_in;
  const auto first = Responses(desk_, seen.name(), {1000, ""});
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->rows.size(), 50u) << "a million bytes at 20,000 and some";
  const auto rest = Responses(desk_, seen.name(), {1000, first->next});
  EXPECT_EQ(rest->rows.size(), 10u);
  EXPECT_EQ(rest->next, "");
}

TEST_F(CaseSteps, HidesForeignCasesFromEveryChange) {
  const v1::Case seen = Opened();
  for (const access::Caller& caller : {stranger_key_, maker_key_, tests::Public()}) {
    const auto before = world_.Dump();
    const auto step = Advance(caller, StepTo(seen, v1::CASE_STATE_ACKNOWLEDGED));
    EXPECT_EQ(step.status().code(), absl::StatusCode::kNotFound);
    EXPECT_EQ(Draft(caller, seen, "text").status(), step.status());
    EXPECT_EQ(world_.Dump(), before);
  }
  EXPECT_TRUE(Advance(tests::Admin(), StepTo(seen, v1::CASE_STATE_ACKNOWLEDGED)).ok());
}

}  // namespace
}  // namespace radyab::cases
