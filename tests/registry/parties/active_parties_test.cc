#include "registry/parties/active_parties.h"

#include "registry/records/records.pb.h"
#include "tests/registry/parties/merge_world.h"

namespace radyab::parties {
namespace {

class ActiveParties : public MergeWorld {
 protected:
  absl::StatusOr<LinkageParties> ReadAll() {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return ReadLinkageParties(transaction, world_.environment(), maker_,
                                [] { return absl::OkStatus(); });
    });
  }
};

TEST_F(ActiveParties, AreThoseInUseButNotTheMemberItself) {
  const std::string ali = Make(Person("Ali")), reza = Make(Person("Reza")),
                    gone = Make(Person("Gone")), twin = Make(Person("Twin"));
  world_.MakeParty(shop_, "Of another");
  ASSERT_TRUE(ChangeLife(CodeOf(gone), v1::LIFE_STATE_SUSPENDED).ok());
  ASSERT_TRUE(Merge(maker_key_, Pair(twin, ali)).ok());
  const auto found = ReadAll();
  ASSERT_TRUE(found.ok()) << found.status();
  std::set<std::string> names;
  for (const coding::Code code : found->codes) names.insert(PartyName(code));
  EXPECT_EQ(names, (std::set<std::string>{ali, reza}));
  ASSERT_EQ(found->records.size(), 2u);
  EXPECT_EQ(found->records[0].id, found->codes[0].number());
  EXPECT_EQ(found->frequency.records(), 2u);
}

TEST_F(ActiveParties, ARecordHasAllThatIsCompared) {
  v1::Party party = Person("Ali Karimi");
  party.mutable_display_name()->set_fa("علی کریمی");
  party.set_phone("+989121234567");
  party.set_email("ali@home.ir");
  v1::ContactPoint& point = *party.add_contact_points();
  point.set_kind(v1::CONTACT_KIND_PHONE);
  point.set_value("+989351112233");
  AddContact(party, "ali@home.ir");  // the main one again, verified or not: once
  party.set_birth_date("1983-07");
  party.mutable_address()->set_postcode("1969713461");
  party.mutable_address()->set_unit("3");
  party.add_verified_schemes(v1::ALIAS_SCHEME_NATIONAL_ID);
  std::vector<records::AliasRecord> lines(2);
  lines[0].mutable_alias()->set_scheme(v1::ALIAS_SCHEME_GLN);
  lines[1].mutable_alias()->set_scheme(v1::ALIAS_SCHEME_NATIONAL_ID);
  lines[1].mutable_alias()->set_value("hash");
  const linkage::LinkageRecord record = LinkageRecordOf(party, 7, lines);
  EXPECT_EQ(record.id, 7u);
  EXPECT_FALSE(record.organisation);
  EXPECT_EQ(record.name_fa, "علی کریمی");
  EXPECT_EQ(record.name_en, "Ali Karimi");
  EXPECT_EQ(record.phones, (std::vector<std::string>{"+989121234567", "+989351112233"}));
  EXPECT_EQ(record.emails, (std::vector<std::string>{"ali@home.ir"}));
  ASSERT_EQ(record.ids.size(), 1u) << "a GLN names a place";
  EXPECT_TRUE(record.ids[0].verified);
  EXPECT_EQ(record.birth, (linkage::BirthDate{1983, 7, 0}));
  EXPECT_EQ(record.address.postcode, "1969713461");
  EXPECT_EQ(record.address.unit, "3");
}

TEST_F(ActiveParties, AStopEndsTheReading) {
  for (int i = 0; i < 3; ++i) Make(Person("Ali"));
  int seen = 0;
  const auto status = world_.Read([&](storage::ReadTransaction& transaction) {
    seen = 0;
    return VisitActiveParties(transaction, world_.environment(), maker_, [&](const v1::Party&) {
      return ++seen == 2 ? absl::UnavailableError("going down") : absl::OkStatus();
    });
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(seen, 2);
}

}  // namespace
}  // namespace radyab::parties
