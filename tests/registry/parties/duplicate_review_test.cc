#include "registry/parties/duplicate_review.h"

#include "registry/parties/duplicate_rows.h"
#include "registry/storage/linkage_keys.h"
#include "tests/registry/parties/merge_world.h"

namespace radyab::parties {
namespace {

using tests::FieldIn;
using tests::ReasonIn;

class DuplicateReview : public MergeWorld {
 protected:
  DuplicateCounts Find() {
    const auto counts =
        FindPartyDuplicates(world_.store(), world_.environment(), maker_key_, "", [this] {
          ++checks_;
          return absl::OkStatus();
        });
    EXPECT_TRUE(counts.ok()) << counts.status();
    return counts.value_or(DuplicateCounts());
  }
  std::vector<v1::PartyDuplicate> Pairs(const DuplicateFilter& filter = {},
                                        std::size_t row_count_max = 50) {
    std::vector<v1::PartyDuplicate> pairs;
    PageRequest page{row_count_max, ""};
    do {
      const auto found = world_.Read([&](storage::ReadTransaction& transaction) {
        return ListPartyDuplicates(transaction, world_.environment(), maker_key_, filter, page);
      });
      EXPECT_TRUE(found.ok()) << found.status();
      if (!found.ok()) break;
      pairs.insert(pairs.end(), found->rows.begin(), found->rows.end());
      page.after = found->next;
    } while (!page.after.empty());
    return pairs;
  }
  absl::StatusOr<v1::PartyDuplicate> Judge(
      const std::string& first, const std::string& second,
      v1::DuplicateVerdict verdict = v1::DUPLICATE_VERDICT_NOT_THE_SAME) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return JudgePartyDuplicate(transaction, world_.environment(), maker_key_,
                                 {first, second, verdict, "cousins"});
    });
  }
  // A person typed twice: everything agrees but the spelling of the name.
  std::pair<std::string, std::string> MakeTwice(const std::string& given, int number) {
    const std::string family = number == 1 ? "Rahmani" : "Golshahi";
    v1::Party party = Person(given + " " + family + "nejad");
    party.set_phone("+98912" + std::to_string(1'000'000 + number));
    party.set_birth_date(std::to_string(1950 + 3 * number) + "-07-0" + std::to_string(1 + number));
    v1::Party again = party;
    again.mutable_display_name()->set_en(given + " " + family + " Nejad");
    return {Make(party), Make(again)};
  }
  static std::set<std::string> NamesOf(const v1::PartyDuplicate& pair) {
    return {pair.first(), pair.second()};
  }
  std::size_t CountRows(const std::string& prefix) {
    std::size_t count = 0;
    for (const auto& [key, value] : world_.Dump()) count += key.starts_with(prefix) ? 1 : 0;
    return count;
  }

  int checks_ = 0;
};

TEST_F(DuplicateReview, APersonTypedTwiceIsSuggestedWithTheReasons) {
  const auto [one, other] = MakeTwice("Siavash", 1);
  Make(Person("Ali Karimi"));
  const DuplicateCounts counts = Find();
  EXPECT_EQ(counts.parties, 3);
  EXPECT_EQ(counts.suggested, 1);
  EXPECT_EQ(counts.fresh, 1);
  EXPECT_GT(checks_, 0);
  const auto pairs = Pairs();
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(NamesOf(pairs[0]), (std::set<std::string>{one, other}));
  EXPECT_LT(pairs[0].first(), pairs[0].second());
  EXPECT_EQ(pairs[0].zone(), v1::DUPLICATE_ZONE_SUGGESTED);
  EXPECT_GE(pairs[0].probability(), 0.85);
  EXPECT_EQ(pairs[0].verdict(), v1::DUPLICATE_VERDICT_OPEN);
  EXPECT_NE(pairs[0].first_name().en(), "");
  std::map<std::string, std::string> agreements;
  for (const auto& field : pairs[0].fields()) {
    agreements[field.field()] = field.agreement();
    EXPECT_TRUE(field.field() != "phone" || field.weight() > 0);
  }
  EXPECT_EQ(agreements["phone"], "equal");
  EXPECT_EQ(agreements["birth"], "equal");
  EXPECT_EQ(agreements["given"], "equal");
}

TEST_F(DuplicateReview, FindingAgainAddsNothingAndForgetsWhatIsNoneAnyMore) {
  const auto [one, other] = MakeTwice("Siavash", 1);
  const auto [two, twin] = MakeTwice("Kiumars", 2);
  EXPECT_EQ(Find().fresh, 2);
  EXPECT_EQ(Find().fresh, 0);
  EXPECT_EQ(Pairs().size(), 2u);
  v1::Party change = Read(twin);
  change.mutable_display_name()->set_en("Reza Mohammadi");
  change.set_phone("");
  change.set_birth_date("1950-01-01");
  ASSERT_TRUE(Update(maker_key_, change, {"display_name.en", "phone", "birth_date"}).ok());
  EXPECT_EQ(Find().suggested, 1);
  const auto pairs = Pairs();
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(NamesOf(pairs[0]), (std::set<std::string>{one, other}));
  EXPECT_EQ(CountRows(keyspace::DuplicatePairPrefix(maker_)), 1u);
  EXPECT_EQ(CountRows(keyspace::DuplicateRankPrefix(maker_)), 1u);
}

TEST_F(DuplicateReview, ARejectedPairIsNeverSuggestedAgainUntilItIsReopened) {
  const auto [one, other] = MakeTwice("Siavash", 1);
  Find();
  const auto judged = Judge(other, one);
  ASSERT_TRUE(judged.ok()) << judged.status();
  EXPECT_EQ(judged->reason(), "cousins");
  EXPECT_EQ(Pairs().size(), 0u);
  const DuplicateCounts again = Find();
  EXPECT_EQ(again.judged, 1);
  EXPECT_EQ(again.suggested + again.fresh, 0);
  EXPECT_EQ(Pairs().size(), 0u);
  DuplicateFilter rejected;
  rejected.verdict = v1::DUPLICATE_VERDICT_NOT_THE_SAME;
  ASSERT_EQ(Pairs(rejected).size(), 1u);
  EXPECT_EQ(Pairs(rejected)[0].reason(), "cousins");
  ASSERT_TRUE(Judge(one, other, v1::DUPLICATE_VERDICT_OPEN).ok());
  EXPECT_EQ(Pairs().size(), 1u);
  EXPECT_EQ(Pairs(rejected).size(), 0u);
}

TEST_F(DuplicateReview, APairMayBeRejectedBeforeItIsFound) {
  const auto [one, other] = MakeTwice("Siavash", 1);
  ASSERT_TRUE(Judge(one, other).ok());
  EXPECT_EQ(Find().judged, 1);
  ASSERT_TRUE(Judge(one, other, v1::DUPLICATE_VERDICT_OPEN).ok());
  EXPECT_EQ(CountRows(keyspace::DuplicatePairPrefix(maker_)), 0u) << "nothing is left to keep";
  EXPECT_EQ(Find().fresh, 1);
}

TEST_F(DuplicateReview, MergingTakesThePairOffTheList) {
  const auto [one, other] = MakeTwice("Siavash", 1);
  Find();
  ASSERT_TRUE(Merge(maker_key_, Pair(other, one)).ok());
  EXPECT_EQ(Pairs().size(), 0u);
  EXPECT_EQ(CountRows(keyspace::DuplicatePairPrefix(maker_)), 0u);
  EXPECT_EQ(CountRows(keyspace::DuplicateRankPrefix(maker_)), 0u);
  EXPECT_EQ(Find().parties, 1);
}

TEST_F(DuplicateReview, APairOfWhichOneIsNotActiveIsNotShown) {
  const auto [one, other] = MakeTwice("Siavash", 1);
  Find();
  ASSERT_TRUE(ChangeLife(CodeOf(one), v1::LIFE_STATE_SUSPENDED).ok());
  EXPECT_EQ(Pairs().size(), 0u);
  ASSERT_TRUE(ChangeLife(CodeOf(one), v1::LIFE_STATE_ACTIVE).ok());
  EXPECT_EQ(Pairs().size(), 1u);
}

TEST_F(DuplicateReview, ComesTheLikeliestFirstPageByPage) {
  for (int i = 0; i < 7; ++i) MakeTwice(std::string("Abcdefg").substr(0, 3) + char('a' + i), i);
  Find();
  const auto whole = Pairs();
  ASSERT_GE(whole.size(), 7u);
  for (std::size_t i = 1; i < whole.size(); ++i) {
    EXPECT_GE(whole[i - 1].probability() + 1e-6, whole[i].probability());
  }
  const auto paged = Pairs({}, 2);
  ASSERT_EQ(paged.size(), whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_EQ(paged[i].first(), whole[i].first());
}

TEST_F(DuplicateReview, ConflictingVerifiedIdentifiersAreNeverSuggested) {
  v1::Party party = Person("Siavash Rahmaninejad");
  party.set_phone("09121234567");
  party.set_birth_date("1983-07-06");
  party.add_verified_schemes(v1::ALIAS_SCHEME_NATIONAL_ID);
  Make(party, {tests::AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, "0499370899")});
  Make(party, {tests::AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, "0123456789")});
  EXPECT_EQ(Find().suggested, 0);
}

TEST_F(DuplicateReview, KeepsNoNameInAnyValue) {
  MakeTwice("Siavash", 1);
  Find();
  for (const auto& [key, value] : world_.Dump()) {
    EXPECT_EQ(value.find("Siavash"), std::string::npos);
  }
}

TEST_F(DuplicateReview, AStopIsHeardAndNothingIsHalfKept) {
  MakeTwice("Siavash", 1);
  const auto stopped = FindPartyDuplicates(world_.store(), world_.environment(), maker_key_, "",
                                           [] { return absl::UnavailableError("going down"); });
  EXPECT_EQ(stopped.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Pairs().size(), 0u);
}

TEST_F(DuplicateReview, AListIsNarrowedToAZoneAndRefusesOneThatIsNone) {
  MakeTwice("Siavash", 1);
  Find();
  DuplicateFilter filter;
  filter.zone = v1::DUPLICATE_ZONE_SUGGESTED;
  EXPECT_EQ(Pairs(filter).size(), 1u);
  filter.zone = v1::DUPLICATE_ZONE_REVIEW;
  EXPECT_EQ(Pairs(filter).size(), 0u);
  for (const bool zone : {true, false}) {
    filter = {};
    if (zone) filter.zone = static_cast<v1::DuplicateZone>(77);
    if (!zone) filter.verdict = static_cast<v1::DuplicateVerdict>(77);
    const auto refused = world_.Read([&](storage::ReadTransaction& transaction) {
      return ListPartyDuplicates(transaction, world_.environment(), maker_key_, filter, {});
    });
    EXPECT_EQ(FieldIn(refused.status()), zone ? "zone" : "verdict");
  }
}

TEST_F(DuplicateReview, RefusesAForeignMemberAndPairsThatAreNone) {
  const std::string ali = Make(Person("Ali Karimi"));
  const std::string foreign = world_.MakeParty(shop_, "Ali Karimi").Digits();
  EXPECT_EQ(ReasonIn(Judge(ali, foreign).status()), Reason::kNotFound);
  EXPECT_EQ(FieldIn(Judge(ali, ali).status()), "second");
  EXPECT_EQ(FieldIn(Judge(ali, ali, v1::DUPLICATE_VERDICT_UNSPECIFIED).status()), "verdict");
  const auto counts =
      FindPartyDuplicates(world_.store(), world_.environment(), maker_key_,
                          catalog::MemberName(shop_), [] { return absl::OkStatus(); });
  EXPECT_EQ(ReasonIn(counts.status()), Reason::kNotFound);
}

}  // namespace
}  // namespace radyab::parties
