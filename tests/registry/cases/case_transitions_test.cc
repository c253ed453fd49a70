#include "registry/cases/case_transitions.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

namespace radyab::cases {
namespace {

TEST(CaseTransitions, AreTheArrowsOfTheDesk) {
  std::set<std::pair<std::string, std::string>> arrows;
  for (const CaseTransition& row : CaseTransitions())
    arrows.emplace(StateName(row.from), StateName(row.to));
  const std::set<std::pair<std::string, std::string>> wanted = {
      {"RECEIVED", "ACKNOWLEDGED"},          {"ACKNOWLEDGED", "INVESTIGATING"},
      {"INVESTIGATING", "RESPONSE_DRAFTED"}, {"RESPONSE_DRAFTED", "RESPONSE_DRAFTED"},
      {"RESPONSE_DRAFTED", "INVESTIGATING"}, {"RESPONSE_DRAFTED", "DECISION_COMMUNICATED"},
      {"DECISION_COMMUNICATED", "CLOSED"},
  };
  EXPECT_EQ(arrows, wanted);
}

TEST(CaseTransitions, NamesTheStagesThatMayFollow) {
  EXPECT_EQ(AllowedStates(v1::CASE_STATE_RECEIVED), "ACKNOWLEDGED");
  EXPECT_EQ(AllowedStates(v1::CASE_STATE_RESPONSE_DRAFTED),
            "RESPONSE_DRAFTED, INVESTIGATING, DECISION_COMMUNICATED");
  EXPECT_EQ(AllowedStates(v1::CASE_STATE_CLOSED), "none");
}

// The numbers are stored and sent: they stay as docs/cases.md says.
TEST(CaseTransitions, KeepsTheNumbersOfTheStages) {
  EXPECT_EQ(v1::CASE_STATE_RECEIVED, 1);
  EXPECT_EQ(v1::CASE_STATE_ACKNOWLEDGED, 2);
  EXPECT_EQ(v1::CASE_STATE_INVESTIGATING, 4);
  EXPECT_EQ(v1::CASE_STATE_RESPONSE_DRAFTED, 6);
  EXPECT_EQ(v1::CASE_STATE_DECISION_COMMUNICATED, 7);
  EXPECT_EQ(v1::CASE_STATE_CLOSED, 16);
}

TEST(CaseTransitions, KnowsEveryStageOfTheApiAndNoOther) {
  for (int number = -1; number <= 20; ++number) {
    const bool known = v1::CaseState_IsValid(number) && number != 0;
    EXPECT_EQ(IsCaseState(number), known) << number;
    const auto words = NextStep(static_cast<v1::CaseState>(number));
    EXPECT_EQ(!words.fa().empty(), known) << number;
    EXPECT_EQ(!words.en().empty(), known) << number;
  }
}

}  // namespace
}  // namespace radyab::cases
