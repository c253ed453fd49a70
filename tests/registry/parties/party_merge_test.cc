#include "registry/parties/party_merge.h"

#include "tests/registry/parties/merge_world.h"

namespace radyab::parties {
namespace {

using tests::FieldIn;
using tests::ReasonIn;

class PartyMerge : public MergeWorld {
 protected:
  // The place a refusal names beside its reason.
  static std::string PlaceIn(const absl::Status& status) {
    const auto detail = ReasonOf(status);
    return detail && detail->metadata.contains("field") ? detail->metadata.at("field") : "";
  }
  void ExpectRefused(const access::Caller& caller, const MergeWanted& wanted, Reason reason,
                     const std::string& place) {
    const auto before = world_.Dump();
    const auto merged = Merge(caller, wanted);
    ASSERT_FALSE(merged.ok());
    EXPECT_EQ(ReasonIn(merged.status()), reason) << merged.status();
    EXPECT_EQ(PlaceIn(merged.status()), place) << merged.status();
    EXPECT_EQ(world_.Dump(), before);
    if (reason == Reason::kConflictingIdentifiers || reason == Reason::kStaleEtag) return;
    EXPECT_EQ(ReasonIn(Preview(caller, wanted).status()), reason) << "the preview tells it too";
  }
};

TEST_F(PartyMerge, TheSurvivorSaysWhatBothSaidAndTheOtherLeadsToIt) {
  v1::Party zahra = Person("Zahra Amiri");
  zahra.set_phone("09121234567");
  AddContact(zahra, "zahra@home.ir");
  AddConsent(zahra, "marketing", 100, 0);
  v1::Party again = Person("Z. Amiri");
  again.mutable_display_name()->set_fa("زهرا امیری");
  again.add_roles(v1::PARTY_ROLE_SUPPLIER);
  again.set_phone("09351112233");
  again.set_birth_date("1983-07-06");
  AddContact(again, "zahra@home.ir", true);
  AddConsent(again, "marketing", 0, 50);
  const std::string survivor = Make(zahra), absorbed = Make(again);

  const auto merged = Merge(maker_key_, Pair(absorbed, survivor));
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(merged->merge.survivor(), survivor);
  EXPECT_EQ(merged->merge.absorbed(), absorbed);
  const v1::Party now = Read(survivor);
  EXPECT_EQ(now.SerializeAsString(), merged->survivor.SerializeAsString());
  EXPECT_EQ(now.display_name().en(), "Zahra Amiri");
  EXPECT_EQ(now.display_name().fa(), "زهرا امیری");
  EXPECT_EQ(now.phone(), "+989121234567");
  EXPECT_EQ(now.birth_date(), "1983-07-06");
  EXPECT_EQ(now.roles_size(), 2);
  ASSERT_EQ(now.contact_points_size(), 2);
  EXPECT_TRUE(now.contact_points(0).verified()) << "one of the two had verified it";
  EXPECT_EQ(now.contact_points(1).value(), "+989351112233");
  ASSERT_EQ(now.consents_size(), 1);
  EXPECT_TRUE(now.consents(0).has_withdrawn_time()) << "the stricter consent counts";
  const v1::Party gone = Read(absorbed);
  EXPECT_EQ(gone.life().state(), v1::LIFE_STATE_MERGED);
  EXPECT_EQ(gone.life().successor_code(), CodeOf(survivor));
  EXPECT_EQ(List(maker_key_, {"", "زهرا"})->rows.size(), 2u) << "the new name is found too";
}

TEST_F(PartyMerge, TakesWhatIsChosenFromTheAbsorbedParty) {
  v1::Party one = Person("Ali Karimi"), other = Person("Ali Karimy");
  one.set_phone("09121234567");
  other.set_phone("09351112233");
  const std::string survivor = Make(one), absorbed = Make(other);
  MergeWanted wanted = Pair(absorbed, survivor);
  wanted.take_from_absorbed = {"phone", "display_name"};
  ASSERT_TRUE(Merge(maker_key_, wanted).ok());
  const v1::Party now = Read(survivor);
  EXPECT_EQ(now.phone(), "+989351112233");
  EXPECT_EQ(now.display_name().en(), "Ali Karimy");
  ASSERT_EQ(now.contact_points_size(), 1) << "the number that gave way is kept";
  EXPECT_EQ(now.contact_points(0).value(), "+989121234567");
}

TEST_F(PartyMerge, AliasesMove) {
  const std::string survivor = Make(Person("Ali Karimi"));
  const std::string absorbed =
      Make(Person("Ali Karimy"), {tests::AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, "0499370899")});
  ASSERT_EQ(AliasesOf(absorbed).size(), 1u);
  ASSERT_TRUE(Merge(maker_key_, Pair(absorbed, survivor)).ok());
  EXPECT_EQ(AliasesOf(absorbed).size(), 0u);
  EXPECT_EQ(AliasesOf(survivor).size(), 1u);
}

TEST_F(PartyMerge, RefusesWhatCannotBeOneAndNamesThePlace) {
  const std::string ali = Make(Person("Ali Karimi")), reza = Make(Person("Reza Karimi"));
  v1::Party shop = Person("Karimi Ltd");
  shop.set_kind(v1::PARTY_KIND_ORGANISATION);
  const std::string firm = Make(shop);
  const std::string foreign = world_.MakeParty(shop_, "Ali Karimi").Digits();
  const std::string retired = Make(Person("Gone"));
  ASSERT_TRUE(ChangeLife(CodeOf(retired), v1::LIFE_STATE_RETIRED).ok());

  ExpectRefused(maker_key_, Pair(ali, ali), Reason::kInvalidSuccessor, "survivor");
  ExpectRefused(maker_key_, Pair(firm, ali), Reason::kInvalidSuccessor, "survivor");
  ExpectRefused(maker_key_, Pair(ali, retired), Reason::kInvalidSuccessor, "survivor");
  ExpectRefused(maker_key_, Pair(retired, ali), Reason::kIllegalTransition, "absorbed");
  ExpectRefused(maker_key_, Pair(world_.PartyOf(maker_).Digits(), firm), Reason::kIllegalTransition,
                "absorbed");
  ExpectRefused(maker_key_, Pair(foreign, ali), Reason::kNotFound, "");
  ExpectRefused(maker_key_, Pair(ali, foreign), Reason::kNotFound, "");
  ExpectRefused(tests::Admin(), Pair(foreign, ali), Reason::kInvalidSuccessor, "survivor");
  ExpectRefused(maker_key_, Pair("7000000017004271", ali), Reason::kNotFound, "");

  ASSERT_TRUE(Merge(maker_key_, Pair(ali, reza)).ok());
  ExpectRefused(maker_key_, Pair(ali, reza), Reason::kIllegalTransition, "absorbed");
  ExpectRefused(maker_key_, Pair(reza, ali), Reason::kInvalidSuccessor, "survivor");
}

TEST_F(PartyMerge, RefusesUnknownFieldsOldVersionsAndAMissingReason) {
  const std::string ali = Make(Person("Ali Karimi")), reza = Make(Person("Reza Karimi"));
  MergeWanted wanted = Pair(ali, reza);
  wanted.take_from_absorbed = {"phone", "nickname"};
  EXPECT_EQ(FieldIn(Merge(maker_key_, wanted).status()), "take_from_absorbed[1]");
  wanted = Pair(ali, reza);
  wanted.reason = "";
  EXPECT_EQ(FieldIn(Merge(maker_key_, wanted).status()), "reason");
  wanted = Pair(ali, reza);
  wanted.survivor_etag = "ffff";
  ExpectRefused(maker_key_, wanted, Reason::kStaleEtag, "");
  wanted = Pair(ali, reza);
  wanted.absorbed_etag = "ffff";
  ExpectRefused(maker_key_, wanted, Reason::kStaleEtag, "");
  wanted.absorbed_etag = Read(ali).etag();
  wanted.survivor_etag = Read(reza).etag();
  EXPECT_TRUE(Merge(maker_key_, wanted).ok());
}

TEST_F(PartyMerge, ConflictingIdentifiersAreToldAndWantAWord) {
  v1::Party one = Person("Ali Karimi"), other = Person("Ali Karimi");
  one.add_verified_schemes(v1::ALIAS_SCHEME_NATIONAL_ID);
  other.add_verified_schemes(v1::ALIAS_SCHEME_NATIONAL_ID);
  const auto id = [](const std::string& value) {
    return std::vector<v1::Alias>{tests::AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, value)};
  };
  const std::string survivor = Make(one, id("0499370899")),
                    absorbed = Make(other, id("0123456789"));
  MergeWanted wanted = Pair(absorbed, survivor);
  const auto preview = Preview(maker_key_, wanted);
  ASSERT_TRUE(preview.ok()) << preview.status();
  ASSERT_EQ(preview->conflicts_size(), 1);
  EXPECT_TRUE(preview->conflicts(0).survivor_verified());
  EXPECT_TRUE(preview->conflicts(0).absorbed_verified());
  ExpectRefused(maker_key_, wanted, Reason::kConflictingIdentifiers, "");
  wanted.despite_conflicts = true;
  ASSERT_TRUE(Merge(maker_key_, wanted).ok());
  EXPECT_EQ(Read(survivor).verified_schemes_size(), 0) << "nobody can tell which one was verified";
  ASSERT_TRUE(Unmerge(maker_key_, absorbed).ok());
  EXPECT_EQ(Read(survivor).verified_schemes_size(), 1);
}

TEST_F(PartyMerge, APreviewTellsWhatWouldBecomeAndChangesNothing) {
  v1::Party one = Person("Ali Karimi"), other = Person("Aly Karimi");
  other.set_email("ali@example.ir");
  AddConsent(one, "survey", 100, 0);
  AddConsent(other, "survey", 50, 0);
  const std::string survivor = Make(one);
  const std::string absorbed =
      Make(other, {tests::AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, "0499370899")});
  const std::string older = Make(Person("Ali"));
  ASSERT_TRUE(Merge(maker_key_, Pair(older, absorbed)).ok());
  const auto before = world_.Dump();
  const auto preview = Preview(maker_key_, Pair(absorbed, survivor));
  ASSERT_TRUE(preview.ok()) << preview.status();
  EXPECT_EQ(world_.Dump(), before);
  EXPECT_EQ(preview->alias_count(), 1);
  EXPECT_EQ(preview->party_count(), 1);
  EXPECT_EQ(preview->stricter_consent_count(), 1);
  EXPECT_EQ(preview->conflicts_size(), 0);
  std::set<std::string> fields;
  for (const auto& difference : preview->differences()) fields.insert(difference.field());
  EXPECT_EQ(fields, (std::set<std::string>{"display_name.en", "email", "consents[survey sms]"}));
  ASSERT_TRUE(Merge(maker_key_, Pair(absorbed, survivor)).ok());
  EXPECT_EQ(FactsOf(Read(survivor)), FactsOf(preview->result()));
}

TEST_F(PartyMerge, KeepsNoPersonalByteInAnyValue) {
  v1::Party one = Person("Ali Karimi"), other = Person("Aly Karimi");
  one.set_phone("09121234567");
  other.set_phone("09351112233");
  other.set_email("qqqsecret@example.ir");
  other.mutable_address()->set_street("Qqqstreet");
  AddContact(other, "wwwsecret@example.ir");
  AddConsent(other, "qqqpurpose", 100, 0);
  const std::string survivor = Make(one), absorbed = Make(other);
  ASSERT_TRUE(Merge(maker_key_, Pair(absorbed, survivor)).ok());
  for (const auto& [key, value] : world_.Dump()) {
    for (const char* personal : {"Karimi", "9121234567", "9351112233", "qqqsecret", "wwwsecret",
                                 "Qqqstreet", "qqqpurpose"}) {
      EXPECT_EQ(value.find(personal), std::string::npos) << personal;
    }
  }
}

TEST_F(PartyMerge, AMergeThatWouldBearTooMuchIsRefused) {
  v1::Party one = Person("Ali Karimi"), other = Person("Aly Karimi");
  for (int i = 0; i < 12; ++i) {
    AddContact(one, "a" + std::to_string(i) + "@example.ir");
    AddContact(other, "b" + std::to_string(i) + "@example.ir");
  }
  ExpectRefused(maker_key_, Pair(Make(other), Make(one)), Reason::kLimitExceeded, "");
}

TEST_F(PartyMerge, ListsTheMergesInTheirOrderPageByPage) {
  const std::string survivor = Make(Person("Ali Karimi"));
  std::vector<std::string> absorbed;
  for (int i = 0; i < 5; ++i) {
    absorbed.push_back(Make(Person("Ali " + std::to_string(i))));
    ASSERT_TRUE(Merge(maker_key_, Pair(absorbed.back(), survivor)).ok());
  }
  std::vector<std::string> listed;
  PageRequest page{2, ""};
  do {
    const auto found = world_.Read([&](storage::ReadTransaction& transaction) {
      return ListMerges(transaction, maker_key_, survivor, page);
    });
    ASSERT_TRUE(found.ok()) << found.status();
    for (const v1::PartyMerge& merge : found->rows) listed.push_back(merge.absorbed());
    page.after = found->next;
  } while (!page.after.empty());
  EXPECT_EQ(listed, absorbed);
}

TEST_F(PartyMerge, ChangingTheLifeOfAPartyToMergedIsTheSame) {
  v1::Party other = Person("Aly Karimi");
  other.set_email("ali@example.ir");
  const std::string survivor = Make(Person("Ali Karimi")), absorbed = Make(other);
  const auto outcome = world_.Write([&](storage::WriteTransaction& transaction) {
    return parties::ChangeLife(
        transaction, world_.environment(), maker_key_,
        {CodeOf(absorbed), v1::LIFE_STATE_MERGED, "twice", CodeOf(survivor), ""});
  });
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->life.state(), v1::LIFE_STATE_MERGED);
  EXPECT_EQ(Read(survivor).email(), "ali@example.ir");
  const auto again = world_.Write([&](storage::WriteTransaction& transaction) {
    return parties::ChangeLife(
        transaction, world_.environment(), maker_key_,
        {CodeOf(survivor), v1::LIFE_STATE_MERGED, "twice", CodeOf(survivor), ""});
  });
  EXPECT_EQ(PlaceIn(again.status()), "successor_code");
}

}  // namespace
}  // namespace radyab::parties
