// The cases verbs of one registry, as one key calls them.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "registry/access/sealed_part.h"
#include "registry/cases/case_registry.h"
#include "registry/cases/case_transitions.h"
#include "registry/catalog/member_registry.h"
#include "tests/support/registry_world.h"

namespace radyab::cases {

inline std::set<std::string> FieldsOf(const absl::Status& status) {
  std::set<std::string> fields;
  const auto detail = ReasonOf(status);
  if (!detail) return fields;
  for (const FieldFault& fault : detail->fields) fields.insert(fault.field);
  return fields;
}

// A shop whose desk takes complaints, the maker of the goods, and a stranger.
class CaseWorld : public ::testing::Test {
 protected:
  absl::StatusOr<OpenedCase> Create(const access::Caller& caller, const v1::Case& wanted) {
    const FreshCaseSecrets fresh{tests::FreshBytes(access::kFreshKeyBytes),
                                 tests::FreshBytes(kTokenBytes)};
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return CreateCase(transaction, world_.environment(), caller, wanted, fresh);
    });
  }
  absl::StatusOr<v1::Case> Get(const access::Caller& caller, const std::string& name) {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return GetCase(transaction, world_.environment(), caller, name);
    });
  }
  absl::StatusOr<Page<v1::Case>> List(const access::Caller& caller, const CaseFilter& filter,
                                      const PageRequest& page = {}) {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return ListCases(transaction, world_.environment(), caller, filter, page);
    });
  }
  absl::StatusOr<v1::Case> Advance(const access::Caller& caller, const CaseStep& step) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return AdvanceCase(transaction, world_.environment(), caller, step);
    });
  }
  absl::StatusOr<DraftedResponse> Draft(const access::Caller& caller, const v1::Case& seen,
                                        const std::string& text) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return DraftResponse(transaction, world_.environment(), caller, seen.name(), text,
                           seen.etag());
    });
  }
  absl::StatusOr<Page<v1::Response>> Responses(const access::Caller& caller,
                                               const std::string& name,
                                               const PageRequest& page = {}) {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return ListResponses(transaction, world_.environment(), caller, name, page);
    });
  }
  absl::StatusOr<Page<v1::TimelineEntry>> Timeline(const access::Caller& caller,
                                                   const std::string& name,
                                                   const PageRequest& page = {}) {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return ListTimeline(transaction, world_.environment(), caller, name, page);
    });
  }
  absl::StatusOr<v1::CaseStatus> Track(const std::string& code, const std::string& token) {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return TrackCase(transaction, world_.environment(), code, token);
    });
  }

  static v1::CaseSubject Subject(const std::string& object,
                                 v1::SubjectMatch match = v1::SUBJECT_MATCH_TYPED) {
    v1::CaseSubject subject;
    subject.set_object(object);
    subject.set_match(match);
    return subject;
  }
  // A complaint of the shop's customer about the maker's item.
  v1::Case Complaint() const {
    v1::Case wanted;
    wanted.set_type(v1::CASE_TYPE_COMPLAINT);
    wanted.set_channel(v1::CASE_CHANNEL_PHONE);
    wanted.set_language("fa");
    wanted.set_narrative("در ظرف شکسته بود");
    wanted.set_complainant_party(customer_.Digits());
    *wanted.add_subjects() = Subject(item_.Digits());
    return wanted;
  }
  v1::Case Opened() {
    auto opened = Create(desk_, Complaint());
    EXPECT_TRUE(opened.ok()) << opened.status();
    return opened->opened;
  }
  // A step with everything its stage needs.
  static CaseStep StepTo(const v1::Case& seen, v1::CaseState state) {
    CaseStep step;
    step.name = seen.name();
    step.etag = seen.etag();
    step.state = state;
    step.reason = "because";
    if (state == v1::CASE_STATE_INVESTIGATING) step.owner = "Quality team";
    if (state == v1::CASE_STATE_ACKNOWLEDGED) step.delivery_id = "sms-17";
    if (state == v1::CASE_STATE_DECISION_COMMUNICATED) {
      step.delivery_id = "mail-18";
      step.channel = v1::CASE_CHANNEL_EMAIL;
    }
    return step;
  }
  // A fresh case brought to `state`.
  v1::Case CaseIn(v1::CaseState state) {
    v1::Case seen = Opened();
    for (const v1::CaseState next : {v1::CASE_STATE_ACKNOWLEDGED, v1::CASE_STATE_INVESTIGATING,
                                     v1::CASE_STATE_RESPONSE_DRAFTED,
                                     v1::CASE_STATE_DECISION_COMMUNICATED, v1::CASE_STATE_CLOSED}) {
      if (seen.state() == state) return seen;
      const bool drafts = next == v1::CASE_STATE_RESPONSE_DRAFTED;
      auto moved = drafts ? Drafted(seen) : Advance(desk_, StepTo(seen, next));
      EXPECT_TRUE(moved.ok()) << moved.status();
      seen = *std::move(moved);
    }
    return seen;
  }

  tests::RegistryWorld world_;
  const MemberId shop_ = world_.MakeMember("Shop");
  const MemberId maker_ = world_.MakeMember("Maker");
  const MemberId stranger_ = world_.MakeMember("Stranger");
  const access::Caller desk_ = tests::CallerFor(shop_, v1::ROLE_DESK);
  const access::Caller maker_key_ = tests::CallerFor(maker_, v1::ROLE_PARTNER);
  const access::Caller stranger_key_ = tests::CallerFor(stranger_, v1::ROLE_QUALITY);
  const coding::Code item_ = world_.MakeItem(maker_, "Jam");
  const coding::Code customer_ = world_.MakeParty(shop_, "Customer");

 private:
  absl::StatusOr<v1::Case> Drafted(const v1::Case& seen) {
    auto drafted = Draft(desk_, seen, "We replace it.");
    if (!drafted.ok()) return drafted.status();
    return drafted->drafted_in;
  }
};

}  // namespace radyab::cases
