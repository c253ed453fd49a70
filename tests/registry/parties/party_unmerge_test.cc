#include <map>
#include <random>

#include "tests/registry/parties/merge_world.h"

namespace radyab::parties {
namespace {

using tests::ReasonIn;

class PartyUnmerge : public MergeWorld {};

TEST_F(PartyUnmerge, BothAreAsTheyWere) {
  v1::Party one = Person("Ali Karimi"), other = Person("Aly Karimi");
  one.set_phone("09121234567");
  AddContact(one, "z@example.ir");
  AddContact(one, "a@example.ir");
  other.set_phone("09351112233");
  other.set_birth_date("1983");
  AddContact(other, "b@example.ir");
  AddConsent(one, "survey", 100, 0);
  AddConsent(other, "survey", 0, 50);
  const std::string survivor = Make(one);
  const std::string absorbed =
      Make(other, {tests::AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, "0499370899")});
  const v1::Party one_before = Read(survivor), other_before = Read(absorbed);
  ASSERT_TRUE(Merge(maker_key_, Pair(absorbed, survivor)).ok());
  const auto parted = Unmerge(maker_key_, absorbed);
  ASSERT_TRUE(parted.ok()) << parted.status();
  EXPECT_TRUE(parted->kept_fields.empty());
  const auto comparable = [](v1::Party party) {
    party.clear_etag();
    party.clear_update_time();
    party.clear_life();
    return party.SerializeAsString();  // the order of lists too
  };
  EXPECT_EQ(comparable(Read(survivor)), comparable(one_before));
  EXPECT_EQ(comparable(Read(absorbed)), comparable(other_before));
  EXPECT_EQ(Read(absorbed).life().state(), v1::LIFE_STATE_ACTIVE);
  EXPECT_EQ(Read(absorbed).life().successor_code(), "");
  EXPECT_EQ(AliasesOf(absorbed).size(), 1u);
  EXPECT_EQ(AliasesOf(survivor).size(), 0u);
  EXPECT_TRUE(Merge(maker_key_, Pair(absorbed, survivor)).ok()) << "and it can be merged again";
}

TEST_F(PartyUnmerge, WhatWasChangedSinceStays) {
  v1::Party other = Person("Aly Karimi");
  other.set_birth_date("1983");
  other.set_email("ali@example.ir");
  const std::string survivor = Make(Person("Ali Karimi")), absorbed = Make(other);
  ASSERT_TRUE(Merge(maker_key_, Pair(absorbed, survivor)).ok());
  v1::Party change = Read(survivor);
  change.set_birth_date("1984");
  change.set_phone("09121234567");
  ASSERT_TRUE(Update(maker_key_, change, {"birth_date", "phone"}).ok());
  const auto parted = Unmerge(maker_key_, absorbed);
  ASSERT_TRUE(parted.ok()) << parted.status();
  EXPECT_EQ(parted->kept_fields, std::vector<std::string>{"birth_date"});
  const v1::Party now = Read(survivor);
  EXPECT_EQ(now.birth_date(), "1984");
  EXPECT_EQ(now.phone(), "+989121234567");
  EXPECT_EQ(now.email(), "");
  EXPECT_EQ(Read(absorbed).birth_date(), "1983");
}

TEST_F(PartyUnmerge, AWithdrawalWhileTheTwoWereOneCountsForBoth) {
  v1::Party one = Person("Ali Karimi"), other = Person("Aly Karimi");
  AddConsent(one, "survey", 100, 0);
  AddConsent(one, "news", 0, 70);
  AddConsent(other, "survey", 200, 0);
  AddConsent(other, "news", 60, 0);
  const std::string survivor = Make(one), absorbed = Make(other);
  ASSERT_TRUE(Merge(maker_key_, Pair(absorbed, survivor)).ok());
  v1::Party change = Read(survivor);
  change.mutable_consents(0)->mutable_withdrawn_time()->set_seconds(300);
  ASSERT_TRUE(Update(maker_key_, change, {"consents"}).ok());
  ASSERT_TRUE(Unmerge(maker_key_, absorbed).ok());
  const v1::Party woken = Read(absorbed);
  ASSERT_EQ(woken.consents_size(), 2);
  EXPECT_EQ(woken.consents(0).withdrawn_time().seconds(), 300) << "whose wish it was nobody knows";
  EXPECT_FALSE(woken.consents(1).has_withdrawn_time()) << "this one was withdrawn before";
}

TEST_F(PartyUnmerge, AnAliasThatWasEndedSinceStaysEnded) {
  const auto id = tests::AliasOf(v1::ALIAS_SCHEME_GLN, "6260123450005");
  v1::Party firm = Person("Karimi");
  firm.set_kind(v1::PARTY_KIND_ORGANISATION);
  const std::string survivor = Make(firm), absorbed = Make(firm, {id});
  ASSERT_TRUE(Merge(maker_key_, Pair(absorbed, survivor)).ok());
  ASSERT_EQ(AliasesOf(survivor).size(), 1u);
  ASSERT_TRUE(world_
                  .Write([&](storage::WriteTransaction& transaction) {
                    const catalog::AliasKey key{id.scheme(), maker_, id.value()};
                    auto ended =
                        catalog::EndHistory(transaction, key, *coding::ParseCode(CodeOf(survivor)));
                    if (!ended.ok()) return ended.status();
                    return transaction.Delete(keyspace::Alias(key.scheme, key.scope, key.value));
                  })
                  .ok());
  ASSERT_TRUE(Unmerge(maker_key_, absorbed).ok());
  EXPECT_EQ(AliasesOf(absorbed).size(), 0u);
  EXPECT_EQ(AliasesOf(survivor).size(), 0u);
}

TEST_F(PartyUnmerge, WhatTwoSaidIsNotLostWithTheFirstAndWhatWasClearedStaysCleared) {
  v1::Party one = Person("Aly"), other = Person("Alee");
  one.set_birth_date("1983");
  one.set_email("ali@example.ir");
  other.set_birth_date("1984");
  other.set_email("ali@example.ir");
  const std::string survivor = Make(Person("Ali"));
  const std::string first = Make(one), second = Make(other);
  ASSERT_TRUE(Merge(maker_key_, Pair(first, survivor)).ok());
  ASSERT_TRUE(Merge(maker_key_, Pair(second, survivor)).ok());
  v1::Party change = Read(survivor);
  change.set_birth_date("");
  ASSERT_TRUE(Update(maker_key_, change, {"birth_date"}).ok());
  ASSERT_TRUE(Unmerge(maker_key_, first).ok());
  EXPECT_EQ(Read(survivor).email(), "ali@example.ir") << "the second says it too";
  EXPECT_EQ(Read(survivor).birth_date(), "") << "somebody took it away after both merges";
  ASSERT_TRUE(Unmerge(maker_key_, second).ok());
  EXPECT_EQ(Read(survivor).email(), "");
  EXPECT_EQ(Read(survivor).birth_date(), "");
}

TEST_F(PartyUnmerge, RefusesWhatIsNotMergedAndWhatIsMergedFurther) {
  const std::string a = Make(Person("A")), b = Make(Person("B")), c = Make(Person("C"));
  EXPECT_EQ(ReasonIn(Unmerge(maker_key_, a).status()), Reason::kNotMerged);
  EXPECT_EQ(ReasonIn(Unmerge(shop_key_, a).status()), Reason::kNotFound);
  ASSERT_TRUE(Merge(maker_key_, Pair(a, b)).ok());
  ASSERT_TRUE(Merge(maker_key_, Pair(b, c)).ok());
  EXPECT_EQ(ReasonIn(Unmerge(maker_key_, a).status()), Reason::kNotActive);
  EXPECT_TRUE(Unmerge(maker_key_, b).ok());
  EXPECT_TRUE(Unmerge(maker_key_, a).ok());
}

// What a register of parties went through, told again without the merges that were taken back: the
// oracle of the test below. Values are never set twice, so that "changed since" has one meaning.
struct Step {
  bool merge = false;
  std::size_t one = 0;  // the survivor, or the party that is changed
  std::size_t other = 0;
  MergeRule rule;
  std::string fact;
  std::string value;  // empty: taken away
  bool gone = false;  // a merge that was taken back
};

std::vector<Facts> ToldAgain(std::vector<Facts> parties, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (step.merge) {
      if (!step.gone) {
        parties[step.one] = MergedFacts(parties[step.one], parties[step.other], step.rule);
      }
    } else if (step.value.empty()) {
      parties[step.one].erase(step.fact);
    } else {
      parties[step.one][step.fact] = step.value;
    }
  }
  return parties;
}

class RandomMerges : public MergeWorld {
 protected:
  static constexpr std::size_t kParties = 5;

  explicit RandomMerges() : engine_(0) {}
  std::size_t Below(std::size_t bound) { return engine_() % bound; }
  bool Half() { return Below(2) == 0; }
  std::string Year() { return std::to_string(1800 + ++fresh_); }

  void MakeParties() {
    for (std::size_t i = 0; i < kParties; ++i) {
      v1::Party party = Person("Party " + std::to_string(i));
      if (Half()) party.set_phone("+98912" + std::to_string(1'000'000 + ++fresh_));
      if (Half()) party.set_birth_date(Year());
      if (Half()) party.mutable_address()->set_street("Street " + std::to_string(++fresh_));
      if (Half()) AddContact(party, "m" + std::to_string(Below(4)) + "@example.ir", Half());
      if (Half()) AddConsent(party, "survey", static_cast<int>(1 + ++fresh_), 0);
      names_.push_back(Make(party));
      first_.push_back(FactsOf(Read(names_.back())));
      merged_.push_back(false);
    }
  }
  void MergeSome() {
    Step step;
    step.merge = true;
    step.one = Below(kParties), step.other = Below(kParties);
    // Only leaves are merged: what they say does not change while they are.
    if (step.one == step.other || merged_[step.one] || merged_[step.other] || Holds(step.other)) {
      return;
    }
    MergeWanted wanted = Pair(names_[step.other], names_[step.one]);
    for (const char* field : {"birth_date", "address", "display_name"}) {
      if (Below(3) == 0) wanted.take_from_absorbed.emplace_back(field);
    }
    step.rule.take_from_absorbed.insert(wanted.take_from_absorbed.begin(),
                                        wanted.take_from_absorbed.end());
    const auto done = Merge(maker_key_, wanted);
    ASSERT_TRUE(done.ok()) << done.status();
    merged_[step.other] = true;
    steps_.push_back(step);
  }
  bool Holds(std::size_t party) const {
    for (const Step& step : steps_) {
      if (step.merge && !step.gone && step.one == party) return true;
    }
    return false;
  }
  void ChangeSome() {
    Step step;
    step.one = Below(kParties);
    if (merged_[step.one]) return;
    v1::Party party = Read(names_[step.one]);
    if (Half()) {
      step.fact = "birth_date";
      if (Below(3) != 0) step.value = Year();
      party.set_birth_date(step.value);
    } else {
      step.fact = "display_name.en";
      step.value = "Renamed " + std::to_string(++fresh_);
      party.mutable_display_name()->set_en(step.value);
    }
    ASSERT_TRUE(Update(maker_key_, party, {step.fact}).ok());
    steps_.push_back(step);
  }
  void PartSome() {
    std::vector<std::size_t> standing;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (steps_[i].merge && !steps_[i].gone) standing.push_back(i);
    }
    if (standing.empty()) return;
    Step& step = steps_[standing[Below(standing.size())]];
    const auto done = Unmerge(maker_key_, names_[step.other]);
    ASSERT_TRUE(done.ok()) << done.status();
    step.gone = true;
    merged_[step.other] = false;
  }
  void Compare() {
    const std::vector<Facts> wanted = ToldAgain(first_, steps_);
    for (std::size_t i = 0; i < kParties; ++i) {
      ASSERT_EQ(FactsOf(Read(names_[i])), wanted[i]) << "party " << i;
    }
  }

  std::mt19937_64 engine_;
  int fresh_ = 0;
  std::vector<std::string> names_;
  std::vector<Facts> first_;
  std::vector<bool> merged_;
  std::vector<Step> steps_;
};

TEST_F(RandomMerges, PartingIsAsIfTheMergeHadNeverBeen) {
  const std::uint64_t seed = std::getenv("RADYAB_TEST_SEED") != nullptr
                                 ? std::strtoull(std::getenv("RADYAB_TEST_SEED"), nullptr, 10)
                                 : 1405;
  for (std::uint64_t round = seed; round < seed + 60; ++round) {
    SCOPED_TRACE("RADYAB_TEST_SEED=" + std::to_string(round));
    engine_.seed(round);
    fresh_ = 0;
    names_.clear(), first_.clear(), merged_.clear(), steps_.clear();
    MakeParties();
    for (int i = 0; i < 25 && !HasFatalFailure(); ++i) {
      const std::size_t dice = Below(10);
      if (dice < 4) {
        MergeSome();
      } else if (dice < 7) {
        ChangeSome();
      } else {
        PartSome();
      }
      Compare();
    }
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace radyab::parties
