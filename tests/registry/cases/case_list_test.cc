#include <string>
#include <vector>

#include "registry/parties/party_merge.h"
#include "tests/registry/cases/case_world.h"

namespace radyab::cases {
namespace {

using tests::FieldIn;
using tests::ReasonIn;

class CaseList : public CaseWorld {
 protected:
  std::string Open(const v1::Case& wanted) {
    const auto opened = Create(desk_, wanted);
    EXPECT_TRUE(opened.ok()) << opened.status();
    return opened->opened.code();
  }
  std::string OpenAbout(const std::string& object) {
    v1::Case wanted = Complaint();
    wanted.mutable_subjects(0)->set_object(object);
    return Open(wanted);
  }
  static CaseFilter BySubject(const std::string& subject, const std::string& member = "") {
    CaseFilter filter;
    filter.member = member;
    filter.subject = subject;
    return filter;
  }
  static CaseFilter ByParty(coding::Code party, const std::string& member = "") {
    CaseFilter filter;
    filter.member = member;
    filter.complainant_party = party.Digits();
    return filter;
  }
  static CaseFilter ByState(v1::CaseState state) {
    CaseFilter filter;
    filter.state = state;
    return filter;
  }
  std::vector<std::string> Walk(const access::Caller& caller, const CaseFilter& filter,
                                std::size_t row_count_max = 50) {
    std::vector<std::string> codes;
    PageRequest page{row_count_max, ""};
    for (int pages = 0; pages < 1000; ++pages) {
      const auto found = List(caller, filter, page);
      EXPECT_TRUE(found.ok()) << found.status();
      if (!found.ok()) return codes;
      EXPECT_LE(found->rows.size(), row_count_max);
      for (const v1::Case& row : found->rows) codes.push_back(row.code());
      if (found->next.empty()) return codes;
      page.after = found->next;
    }
    ADD_FAILURE() << "the pages do not end";
    return codes;
  }
  using Codes = std::vector<std::string>;
};

TEST_F(CaseList, WalksTheCasesOfAMemberOldestFirst) {
  Codes opened;
  for (int i = 0; i < 7; ++i) opened.push_back(Open(Complaint()));
  for (const std::size_t row_count_max : {1u, 3u, 6u, 7u, 8u, 50u})
    EXPECT_EQ(Walk(desk_, {}, row_count_max), opened) << row_count_max;
  CaseFilter of_shop;
  of_shop.member = catalog::MemberName(shop_);
  EXPECT_EQ(Walk(tests::Admin(), of_shop), opened);
  EXPECT_EQ(Walk(maker_key_, {}), Codes{}) << "the maker answers none of them";
  EXPECT_EQ(Walk(stranger_key_, {}), Codes{});
}

TEST_F(CaseList, OpensWhatTheCallerMaySee) {
  Open(Complaint());
  EXPECT_EQ(List(desk_, {})->rows.at(0).narrative(), "در ظرف شکسته بود");
  const auto seen = List(maker_key_, BySubject(item_.Digits()));
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_EQ(seen->rows.at(0).narrative(), "");
  EXPECT_EQ(seen->rows.at(0).complainant_party(), "");
}

TEST_F(CaseList, NarrowsByCodeLotUnitAndContainer) {
  const std::string item = item_.Digits();
  const std::string bare = OpenAbout(item);
  const std::string lot = OpenAbout(item + "/lot/L1");
  const std::string unit = OpenAbout(item + "/serial/S1");
  const std::string container = OpenAbout("sscc/006141411234567890");
  EXPECT_EQ(Walk(desk_, BySubject(item), 1), (Codes{bare, lot, unit}));
  EXPECT_EQ(Walk(desk_, BySubject(item_.Grouped())), (Codes{bare, lot, unit}));
  EXPECT_EQ(Walk(desk_, BySubject(item + "/LOT/L1")), Codes{lot});
  EXPECT_EQ(Walk(desk_, BySubject(item + "/lot/L2")), Codes{});
  EXPECT_EQ(Walk(desk_, BySubject(item + "/serial/S1")), Codes{unit});
  EXPECT_EQ(Walk(desk_, BySubject("sscc/006141411234567890")), Codes{container});
  EXPECT_EQ(Walk(maker_key_, BySubject(item)), (Codes{bare, lot, unit}));
  EXPECT_EQ(Walk(maker_key_, BySubject(item + "/lot/L1")), Codes{lot});
  EXPECT_EQ(Walk(maker_key_, BySubject("sscc/006141411234567890")), Codes{});
  EXPECT_EQ(Walk(stranger_key_, BySubject(item)), Codes{});
  EXPECT_EQ(Walk(tests::Admin(), BySubject(item, catalog::MemberName(maker_))),
            (Codes{bare, lot, unit}));
}

TEST_F(CaseList, ListsACaseWithTwoLotsOfAnItemOnceUnderTheItem) {
  v1::Case wanted = Complaint();
  wanted.mutable_subjects(0)->set_object(item_.Digits() + "/lot/L1");
  *wanted.add_subjects() = Subject(item_.Digits() + "/lot/L2");
  const std::string code = Open(wanted);
  EXPECT_EQ(Walk(desk_, BySubject(item_.Digits())), Codes{code});
  EXPECT_EQ(Walk(maker_key_, BySubject(item_.Digits())), Codes{code});
}

TEST_F(CaseList, ListsUnderAnOwnerOnlyHisOwnCodes) {
  const auto glass = world_.MakeItem(stranger_, "Glass");
  v1::Case wanted = Complaint();
  *wanted.add_subjects() = Subject(glass.Digits());
  const std::string code = Open(wanted);
  EXPECT_EQ(Walk(maker_key_, BySubject(item_.Digits())), Codes{code});
  EXPECT_EQ(Walk(maker_key_, BySubject(glass.Digits())), Codes{});
  EXPECT_EQ(Walk(stranger_key_, BySubject(glass.Digits())), Codes{code});
}

TEST_F(CaseList, NarrowsByComplainant) {
  const auto other = world_.MakeParty(shop_, "Other");
  const std::string first = Open(Complaint());
  v1::Case wanted = Complaint();
  wanted.set_complainant_party(other.Digits());
  const std::string second = Open(wanted);
  EXPECT_EQ(Walk(desk_, ByParty(customer_)), Codes{first});
  EXPECT_EQ(Walk(desk_, ByParty(other)), Codes{second});
  EXPECT_EQ(Walk(tests::Admin(), ByParty(other)), Codes{second});
  EXPECT_EQ(Walk(tests::Admin(), ByParty(other, catalog::MemberName(maker_))), Codes{});
  const auto foreign = List(maker_key_, ByParty(customer_));
  EXPECT_EQ(foreign.status().code(), absl::StatusCode::kNotFound);
  const auto missing =
      List(desk_, ByParty(coding::Code::ForSerial(coding::Kind::kParty, 1, 12345678).value()));
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
}

// Else the owner of a subject could try party after party and learn who complained.
TEST_F(CaseList, NeverTellsTheOwnerOfASubjectWhoComplained) {
  v1::Case wanted = Complaint();
  wanted.set_complainant_party(world_.PartyOf(stranger_).Digits());
  Open(wanted);
  EXPECT_EQ(Walk(maker_key_, BySubject(item_.Digits())).size(), 1u);
  EXPECT_EQ(Walk(maker_key_, ByParty(world_.PartyOf(stranger_))), Codes{});
  EXPECT_EQ(Walk(desk_, ByParty(world_.PartyOf(stranger_))).size(), 1u);
}

TEST_F(CaseList, NarrowsByStage) {
  const std::string received = Open(Complaint());
  const std::string closed = CaseIn(v1::CASE_STATE_CLOSED).code();
  const std::string again = Open(Complaint());
  EXPECT_EQ(Walk(desk_, ByState(v1::CASE_STATE_RECEIVED), 1), (Codes{received, again}));
  EXPECT_EQ(Walk(desk_, ByState(v1::CASE_STATE_CLOSED)), Codes{closed});
  EXPECT_EQ(Walk(desk_, ByState(v1::CASE_STATE_INVESTIGATING)), Codes{});
  CaseFilter both = BySubject(item_.Digits());
  both.state = v1::CASE_STATE_CLOSED;
  EXPECT_EQ(Walk(maker_key_, both), Codes{closed});
}

TEST_F(CaseList, LooksAtABoundedNumberOfCasesAPage) {
  v1::Case wanted = Complaint();
  for (std::size_t i = 0; i < kListScanRowsMax; ++i) Open(wanted);
  const std::string closed = CaseIn(v1::CASE_STATE_CLOSED).code();
  const auto first = List(desk_, ByState(v1::CASE_STATE_CLOSED));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->rows.size(), 0u);
  EXPECT_NE(first->next, "") << "there is more to look at";
  EXPECT_EQ(Walk(desk_, ByState(v1::CASE_STATE_CLOSED)), Codes{closed});
}

TEST_F(CaseList, EndsAPageWhenItIsLarge) {
  v1::Case wanted = Complaint();
  wanted.set_narrative(std::string(kTextCharactersMax, 'x'));
  for (int i = 0; i < 60; ++i) Open(wanted);
  const auto first = List(desk_, {}, {1000, ""});
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->rows.size(), 50u) << "a million bytes at 20,000 and some";
  EXPECT_EQ(Walk(desk_, {}, 1000).size(), 60u);
}

TEST_F(CaseList, RefusesFiltersThatMeanNothing) {
  CaseFilter filter = BySubject(item_.Digits());
  filter.complainant_party = customer_.Digits();
  EXPECT_EQ(FieldIn(List(desk_, filter).status()), "complainant_party");
  EXPECT_EQ(FieldIn(List(desk_, ByState(static_cast<v1::CaseState>(3))).status()), "state");
  EXPECT_EQ(FieldIn(List(desk_, BySubject(customer_.Digits())).status()), "subject");
  EXPECT_EQ(ReasonIn(List(desk_, BySubject("x")).status()), Reason::kInvalidCode);
  filter = {};
  filter.complainant_party = item_.Digits();
  EXPECT_EQ(ReasonIn(List(desk_, filter).status()), Reason::kInvalidCode);
  EXPECT_EQ(ReasonIn(List(tests::Admin(), {}).status()), Reason::kMissingField);
  filter = {};
  filter.member = catalog::MemberName(shop_);
  EXPECT_EQ(List(maker_key_, filter).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(CaseList, CasesOfAllThatBecameOnePartyAreOneListOldestFirst) {
  const coding::Code other = world_.MakeParty(shop_, "Typed twice");
  std::vector<std::string> all, own, others;
  for (int i = 0; i < 7; ++i) {
    v1::Case wanted = Complaint();
    const bool is_own = i % 3 == 1;
    if (!is_own) wanted.set_complainant_party(other.Digits());
    all.push_back(Open(wanted));
    (is_own ? own : others).push_back(all.back());
  }
  EXPECT_EQ(Walk(desk_, ByParty(customer_)), own);
  parties::MergeWanted merge;
  merge.absorbed = other.Digits();
  merge.survivor = customer_.Digits();
  merge.reason = "typed twice";
  const auto preview = world_.Read([&](storage::ReadTransaction& transaction) {
    return parties::PreviewMerge(transaction, world_.environment(), desk_, merge);
  });
  ASSERT_TRUE(preview.ok()) << preview.status();
  EXPECT_EQ(preview->case_count(), static_cast<std::int64_t>(others.size()));
  const auto merged = world_.Write([&](storage::WriteTransaction& transaction) {
    return parties::MergeParties(transaction, world_.environment(), desk_, merge);
  });
  ASSERT_TRUE(merged.ok()) << merged.status();
  for (const std::size_t rows : {1u, 2u, 3u, 50u}) {
    EXPECT_EQ(Walk(desk_, ByParty(customer_), rows), all) << rows;
  }
  EXPECT_EQ(Walk(desk_, ByParty(other)), others) << "the old code knows its own";
  const auto parted = world_.Write([&](storage::WriteTransaction& transaction) {
    return parties::UnmergeParties(transaction, world_.environment(), desk_, other.Digits(),
                                   "they are two");
  });
  ASSERT_TRUE(parted.ok()) << parted.status();
  EXPECT_EQ(Walk(desk_, ByParty(customer_)), own);
}

}  // namespace
}  // namespace radyab::cases
