#include "registry/parties/party_registry.h"

#include <algorithm>
#include <set>

#include "registry/catalog/name_index.h"
#include "registry/storage/keyspace.h"
#include "tests/registry/parties/party_world.h"

namespace radyab::parties {
namespace {

using tests::FieldIn;
using tests::ReasonIn;

std::set<std::string> FieldsOf(const absl::Status& status) {
  std::set<std::string> fields;
  const auto detail = ReasonOf(status);
  if (detail)
    for (const FieldFault& fault : detail->fields) fields.insert(fault.field);
  return fields;
}

class PartyRegistry : public PartyWorld {};

TEST_F(PartyRegistry, RegistersAPersonAndReadsItBack) {
  const auto made = Create(maker_key_, Zahra());
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->name(), "parties/" + made->code());
  EXPECT_EQ(made->code().size(), 16u);
  EXPECT_EQ(made->code().front(), '7');
  EXPECT_EQ(made->member(), catalog::MemberName(maker_));
  EXPECT_EQ(made->display_name().fa(), "زهرا امیری");
  EXPECT_EQ(made->phone(), "+989121234567");
  EXPECT_EQ(made->email(), "Zahra@example.com");
  EXPECT_EQ(made->life().state(), v1::LIFE_STATE_ACTIVE);
  EXPECT_TRUE(made->has_create_time());
  EXPECT_NE(made->etag(), "");
  const auto read = Get(maker_key_, made->name());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), made->SerializeAsString());
}

TEST_F(PartyRegistry, TakesNothingOverThatOnlyItSets) {
  v1::Party wanted = Zahra();
  wanted.set_code("7000000017004271");
  wanted.set_name("parties/7000000017004271");
  wanted.set_etag("ffff");
  wanted.mutable_life()->set_state(v1::LIFE_STATE_RETIRED);
  wanted.mutable_create_time()->set_seconds(7);
  wanted.GetReflection()->MutableUnknownFields(&wanted)->AddLengthDelimited(99, "stowaway");
  const auto made = Create(maker_key_, wanted);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_NE(made->code(), "7000000017004271");
  EXPECT_EQ(made->life().state(), v1::LIFE_STATE_ACTIVE);
  EXPECT_NE(made->etag(), "ffff");
  EXPECT_GT(made->create_time().seconds(), 7);
  for (const auto& [key, value] : world_.Dump())
    EXPECT_EQ(value.find("stowaway"), std::string::npos);
}

TEST_F(PartyRegistry, KeepsNoPersonalByteInAnyValue) {
  const auto made = Create(maker_key_, Zahra());
  ASSERT_TRUE(made.ok()) << made.status();
  v1::Party change = *made;
  change.mutable_display_name()->set_en("Zohreh Karimi");
  change.set_phone("+442079460018");
  change.set_email("zohreh@example.org");
  ASSERT_TRUE(Update(maker_key_, change, {"display_name", "phone", "email"}).ok());
  const std::string_view personal[] = {"زهرا",   "امیری",       "Zahra",  "zahra",      "Amiri",
                                       "amiri",  "Zohreh",      "zohreh", "912",        "karimi",
                                       "Karimi", "example.com", "207946", "example.org"};
  for (const auto& [key, value] : world_.Dump())
    for (const std::string_view word : personal)
      EXPECT_EQ(value.find(word), std::string::npos) << word;
}

TEST_F(PartyRegistry, TellsEveryFaultAtOnce) {
  v1::Party wanted;
  wanted.add_roles(v1::PARTY_ROLE_CUSTOMER);
  wanted.add_roles(v1::PARTY_ROLE_CUSTOMER);
  wanted.add_roles(static_cast<v1::PartyRole>(9));
  wanted.add_roles(v1::PARTY_ROLE_UNSPECIFIED);
  wanted.set_phone("12345");
  wanted.set_email("nobody");
  const auto before = world_.Dump();
  const auto refused = Create(maker_key_, wanted);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(
      FieldsOf(refused.status()),
      (std::set<std::string>{"party.kind", "party.roles[1]", "party.roles[2]", "party.roles[3]",
                             "party.display_name", "party.phone", "party.email"}));
  EXPECT_EQ(world_.Dump(), before);
  EXPECT_TRUE(Create(maker_key_, Zahra()).ok()) << "the next good call succeeds";
}

TEST_F(PartyRegistry, RefusesAPartyWithoutRoleOrWithAnUnknownKind) {
  v1::Party wanted = Zahra();
  wanted.clear_roles();
  auto refused = Create(maker_key_, wanted);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kMissingField);
  EXPECT_EQ(FieldIn(refused.status()), "party.roles");
  wanted = Zahra();
  wanted.set_kind(static_cast<v1::PartyKind>(7));
  refused = Create(maker_key_, wanted);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kInvalidField);
  EXPECT_EQ(FieldIn(refused.status()), "party.kind");
}

TEST_F(PartyRegistry, RefusesAWrongAliasAndKeepsNothing) {
  const auto before = world_.Dump();
  const auto refused =
      Create(maker_key_, Zahra(), {tests::AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, "0123456780")});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FieldIn(refused.status()).substr(0, 10), "aliases[0]");
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(PartyRegistry, RefusesAForeignAndAMissingMemberAlike) {
  v1::Party wanted = Zahra();
  wanted.set_member(catalog::MemberName(shop_));
  const auto foreign = Create(maker_key_, wanted);
  wanted.set_member("members/00999");
  const auto missing = Create(maker_key_, wanted);
  EXPECT_EQ(foreign.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(Create(tests::Admin(),
                     [&] {
                       auto party = Zahra();
                       party.set_member(catalog::MemberName(shop_));
                       return party;
                     }())
                  .ok());
  const auto nobody = Create(tests::Admin(), Zahra());
  EXPECT_EQ(ReasonIn(nobody.status()), Reason::kMissingField);
  EXPECT_EQ(FieldIn(nobody.status()), "party.member");
}

TEST_F(PartyRegistry, HidesForeignPartiesExactlyAsMissingOnes) {
  const auto own = Create(maker_key_, Zahra());
  ASSERT_TRUE(own.ok());
  const auto foreign = Get(shop_key_, own->name());
  coding::Code unused = coding::Code::ForSerial(coding::Kind::kParty, 1, 12345678).value();
  const auto missing = Get(shop_key_, PartyName(unused));
  ASSERT_EQ(foreign.status().code(), absl::StatusCode::kNotFound);
  ASSERT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonIn(foreign.status()), ReasonIn(missing.status()));
  std::string as_missing(missing.status().message());
  as_missing.replace(as_missing.find(PartyName(unused)), own->name().size(), own->name());
  EXPECT_EQ(std::string(foreign.status().message()), as_missing);
  EXPECT_EQ(ReasonOf(foreign.status())->metadata, ReasonOf(missing.status())->metadata);
  EXPECT_TRUE(Get(tests::Admin(), own->name()).ok());
  v1::Party change = *own;
  change.set_etag("");
  EXPECT_EQ(Update(shop_key_, change, {"phone"}).status(), foreign.status());
}

TEST_F(PartyRegistry, ShowsTheMembersOwnPartyToEveryKey) {
  const std::string name = PartyName(world_.PartyOf(maker_));
  const auto seen = Get(shop_key_, name);
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_EQ(seen->display_name().en(), "Maker");
  EXPECT_EQ(seen->kind(), v1::PARTY_KIND_ORGANISATION);
  EXPECT_EQ(seen->roles_size(), 2);
  EXPECT_EQ(Get(tests::Public(), name).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Update(shop_key_, *seen, {"phone"}).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(PartyRegistry, RefusesNamesThatAreNoParty) {
  for (const char* name : {"", "parties/123", "items/7000000017004271", "1042000017000113"}) {
    const auto refused = Get(maker_key_, name);
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kInvalidCode) << name;
    EXPECT_EQ(FieldIn(refused.status()), "name") << name;
  }
}

TEST_F(PartyRegistry, ChangesOnlyTheFieldsOfTheMask) {
  const auto made = Create(maker_key_, Zahra());
  ASSERT_TRUE(made.ok());
  v1::Party change;
  change.set_name(made->name());
  change.set_etag(made->etag());
  change.mutable_display_name()->set_fa("زهره");
  change.set_phone("+442079460018");
  const auto changed = Update(maker_key_, change, {"display_name.fa"});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->display_name().fa(), "زهره");
  EXPECT_EQ(changed->display_name().en(), "Zahra Amiri");
  EXPECT_EQ(changed->phone(), "+989121234567");
  EXPECT_NE(changed->etag(), made->etag());
  EXPECT_EQ(changed->create_time().SerializeAsString(), made->create_time().SerializeAsString());
  EXPECT_EQ(Get(maker_key_, made->name())->SerializeAsString(), changed->SerializeAsString());

  change.set_etag("");  // any version may be overwritten
  change.clear_roles();
  change.add_roles(v1::PARTY_ROLE_SUPPLIER);
  change.set_email("");
  const auto again = Update(maker_key_, change, {"roles", "phone", "email"});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->roles(0), v1::PARTY_ROLE_SUPPLIER);
  EXPECT_EQ(again->phone(), "+442079460018");
  EXPECT_EQ(again->email(), "");
  EXPECT_EQ(again->display_name().fa(), "زهره");
}

TEST_F(PartyRegistry, IsFoundByItsNewNameOnly) {
  const auto made = Create(maker_key_, Zahra());
  ASSERT_TRUE(made.ok());
  v1::Party change = *made;
  change.mutable_display_name()->set_en("Simin");
  ASSERT_TRUE(Update(maker_key_, change, {"display_name.en"}).ok());
  EXPECT_EQ(List(maker_key_, {"", "zahra"})->rows.size(), 0u);
  EXPECT_EQ(List(maker_key_, {"", "simin"})->rows.size(), 1u);
  EXPECT_EQ(List(maker_key_, {"", "زهرا"})->rows.size(), 1u);
}

TEST_F(PartyRegistry, RefusesAStaleEtag) {
  const auto made = Create(maker_key_, Zahra());
  v1::Party change = *made;
  change.set_phone("");
  ASSERT_TRUE(Update(maker_key_, change, {"phone"}).ok());
  const auto before = world_.Dump();
  const auto stale = Update(maker_key_, change, {"phone"});
  EXPECT_EQ(stale.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonIn(stale.status()), Reason::kStaleEtag);
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(PartyRegistry, RefusesUnknownFieldsAndAnEmptyMask) {
  const auto made = Create(maker_key_, Zahra());
  const auto before = world_.Dump();
  for (const char* field : {"code", "kind", "member", "life", "display_name.ar", "phone "}) {
    const auto refused = Update(maker_key_, *made, {"phone", field});
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kUnknownField) << field;
    EXPECT_EQ(FieldIn(refused.status()), "update_mask") << field;
  }
  EXPECT_EQ(ReasonIn(Update(maker_key_, *made, {}).status()), Reason::kMissingField);
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(PartyRegistry, RefusesABadChangeWithItsFields) {
  const auto made = Create(maker_key_, Zahra());
  v1::Party change = *made;
  change.clear_roles();
  change.clear_display_name();
  change.set_phone("1");
  const auto before = world_.Dump();
  const auto refused = Update(maker_key_, change, {"roles", "display_name", "phone"});
  EXPECT_EQ(FieldsOf(refused.status()),
            (std::set<std::string>{"party.roles", "party.display_name", "party.phone"}));
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(PartyRegistry, RefusesToChangeWhatIsNotActive) {
  const auto made = Create(maker_key_, Zahra());
  ASSERT_TRUE(ChangeLife(made->code(), v1::LIFE_STATE_SUSPENDED).ok());
  v1::Party change = *made;
  change.set_etag("");
  const auto before = world_.Dump();
  const auto refused = Update(maker_key_, change, {"phone"});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kNotActive);
  EXPECT_EQ(world_.Dump(), before);
  EXPECT_EQ(Get(maker_key_, made->name())->display_name().en(), "Zahra Amiri")
      << "a suspended party is still readable";
}

TEST_F(PartyRegistry, RenamesTheMembersPartyWithTheMemberOnly) {
  const std::string name = PartyName(world_.PartyOf(maker_));
  v1::Party change = *Get(maker_key_, name);
  change.mutable_display_name()->set_en("Maker Incorporated");
  const auto before = world_.Dump();
  for (const char* field : {"display_name", "display_name.fa", "display_name.en"}) {
    const auto refused = Update(maker_key_, change, {field});
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kInvalidField);
    EXPECT_EQ(FieldIn(refused.status()), "party.display_name");
  }
  EXPECT_EQ(world_.Dump(), before);
  change.set_phone("021 8888 1234");
  EXPECT_TRUE(Update(maker_key_, change, {"phone"}).ok());

  v1::LocalizedText renamed;
  renamed.set_fa("سازنده");
  const coding::Code code = world_.PartyOf(maker_);
  ASSERT_TRUE(world_
                  .Write([&](storage::WriteTransaction& transaction) {
                    return RenameMemberParty(transaction, world_.environment(), code, renamed);
                  })
                  .ok());
  EXPECT_EQ(Get(shop_key_, name)->display_name().fa(), "سازنده");
  EXPECT_EQ(Get(shop_key_, name)->display_name().en(), "");
  EXPECT_EQ(Get(shop_key_, name)->phone(), "+982188881234");
  EXPECT_EQ(List(maker_key_, {"", "سازنده"})->rows.size(), 1u);
  EXPECT_EQ(List(maker_key_, {"", "maker"})->rows.size(), 0u);
}

TEST_F(PartyRegistry, KnowsTheOwnerOfAParty) {
  const auto made = Create(maker_key_, Zahra());
  const auto code = coding::ParseCode(made->code()).value();
  const auto owner = [&](coding::Code party) {
    return world_.Read(
        [&](storage::ReadTransaction& transaction) { return OwnerOfParty(transaction, party); });
  };
  EXPECT_EQ(*owner(code), maker_);
  EXPECT_EQ(*owner(world_.PartyOf(shop_)), shop_);
  EXPECT_EQ(*owner(world_.PartyOf(MemberId::kRegistry)), MemberId::kRegistry);
  EXPECT_EQ(ReasonIn(owner(coding::Code::ForSerial(coding::Kind::kParty, 1, 5).value()).status()),
            Reason::kNotFound);
}

TEST_F(PartyRegistry, ShowsAnErasedPersonWithoutAnythingPersonal) {
  const auto made = Create(maker_key_, Zahra());
  const auto code = coding::ParseCode(made->code()).value();
  ASSERT_TRUE(world_
                  .Write([&](storage::WriteTransaction& transaction) {
                    return transaction.Delete(keyspace::SealKey(code));
                  })
                  .ok());
  const auto erased = Get(maker_key_, made->name());
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_EQ(erased->code(), made->code());
  EXPECT_EQ(
      erased->display_name().fa() + erased->display_name().en() + erased->phone() + erased->email(),
      "");
}

}  // namespace
}  // namespace radyab::parties
