#include "registry/resolver.h"

#include "radyab/v1/resolution.pb.h"
#include "registry/catalog/alias_registry.h"
#include "registry/catalog/life.h"
#include "registry/trace/event_capture.h"
#include "tests/support/registry_world.h"

namespace radyab {
namespace {

using tests::Admin;
using tests::AliasOf;
using tests::CallerFor;
using tests::ReasonIn;
using tests::RegistryWorld;

constexpr coding::CivilDate kToday{2026, 11, 22};
constexpr std::int64_t kNowUs = 1;
constexpr ReadableKinds kAllKinds{true, true, true};
constexpr char kGtin[] = "9521234567899";
constexpr char kCaseGtin[] = "19521234567896";

absl::StatusOr<v1::Resolution> Ask(RegistryWorld& world, const access::Caller& caller,
                                   const std::string& text,
                                   const ReadableKinds& readable = kAllKinds) {
  return world.Read([&](storage::ReadTransaction& transaction) -> absl::StatusOr<v1::Resolution> {
    const auto bytes =
        ResolveToBytes(transaction, world.environment(), caller, readable, text, {kToday, kNowUs});
    if (!bytes.ok()) return bytes.status();
    v1::Resolution answer;
    if (!answer.ParseFromString(*bytes)) return absl::InternalError("no v1::Resolution");
    return answer;
  });
}

// One member with an item that has a GTIN and a GTIN of a case of twelve.
struct Shop {
  RegistryWorld world;
  MemberId member = world.MakeMember("Maker");
  coding::Code item = world.MakeItem(
      member, "Milk",
      {AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin), AliasOf(v1::ALIAS_SCHEME_GTIN, kCaseGtin, 12)});
};

void AddTo(RegistryWorld& world, coding::Code code, const v1::Alias& alias) {
  const auto added = world.Write([&](storage::WriteTransaction& transaction) {
    return catalog::AddAlias(transaction, world.environment(), Admin(), code.Digits(), alias);
  });
  ASSERT_TRUE(added.ok()) << added.status();
}

void Suspend(RegistryWorld& world, coding::Code code) {
  const catalog::LifeChange change{code.Digits(), v1::LIFE_STATE_SUSPENDED, "leaking", "", ""};
  const auto changed = world.Write([&](storage::WriteTransaction& transaction) {
    return catalog::ChangeLifeState(transaction, Admin(), change);
  });
  ASSERT_TRUE(changed.ok()) << changed.status();
}

TEST(Resolver, AnswersACodeHoweverItIsTyped) {
  Shop shop;
  const std::string grouped = shop.item.Grouped();
  for (const std::string& typed : {shop.item.Digits(), grouped, " " + grouped + " "}) {
    const auto answer = Ask(shop.world, CallerFor(shop.member), typed);
    ASSERT_TRUE(answer.ok()) << typed << ": " << answer.status();
    EXPECT_EQ(answer->code(), shop.item.Digits());
    EXPECT_EQ(answer->item().display_name().en(), "Milk");
    EXPECT_TRUE(answer->usable());
    EXPECT_EQ(answer->contained_quantity(), 1);
  }
}

TEST(Resolver, AGtinAnswersTheGenericItemWithItsSuppliersItems) {
  Shop shop;
  const auto answer = Ask(shop.world, CallerFor(shop.member), kGtin);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->item().generic());
  ASSERT_EQ(answer->supplier_items_size(), 1);
  EXPECT_EQ(answer->supplier_items(0).code(), shop.item.Digits());
  EXPECT_EQ(answer->via_alias().scheme(), v1::ALIAS_SCHEME_GTIN);
}

TEST(Resolver, ACaseGtinMeansItsBaseUnits) {
  Shop shop;
  const auto answer = Ask(shop.world, CallerFor(shop.member), kCaseGtin);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->contained_quantity(), 12);
}

TEST(Resolver, AnElementStringNamesTheLotOfTheOnlySuppliersItem) {
  Shop shop;
  const std::string gs = "\x1D";
  const auto answer = Ask(shop.world, CallerFor(shop.member),
                          "]C1010" + std::string(kGtin) + "17270331" + "10L-7" + gs);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->object(), shop.item.Digits() + "/lot/L-7");
  EXPECT_EQ(answer->expiry_date(), "2027-03-31");
  EXPECT_TRUE(answer->usable());
}

TEST(Resolver, AnExpiredScanMayNotMove) {
  Shop shop;
  const auto answer =
      Ask(shop.world, CallerFor(shop.member), "(01)0" + std::string(kGtin) + "(17)251231(10)L-7");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_FALSE(answer->usable());
  EXPECT_EQ(answer->unusable_reason(), "expired on 2025-12-31");
}

TEST(Resolver, TheExpiryOfACommissionedLotIsKnownWithoutTheLabelSayingIt) {
  Shop shop;
  v1::Event event;
  event.set_kind(v1::EVENT_KIND_COMMISSION);
  event.mutable_event_time()->set_seconds(1'760'000'000);
  auto* object = event.add_objects();
  object->set_object(shop.item.Digits() + "/lot/L-8");
  object->mutable_quantity()->set_amount("10");
  object->mutable_quantity()->set_unit("C62");
  object->set_expiry_date("2026-11-21");
  const auto captured = shop.world.Write([&](storage::WriteTransaction& transaction) {
    return trace::CaptureEvent(transaction, shop.world.environment(), CallerFor(shop.member),
                               event);
  });
  ASSERT_TRUE(captured.ok()) << captured.status();
  const auto answer = Ask(shop.world, CallerFor(shop.member), shop.item.Digits() + "/lot/L-8");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->unusable_reason(), "expired on 2026-11-21");
}

TEST(Resolver, ASuspendedCodeSaysWhyItMayNotMove) {
  Shop shop;
  Suspend(shop.world, shop.item);
  const auto answer = Ask(shop.world, CallerFor(shop.member), shop.item.Digits());
  ASSERT_TRUE(answer.ok());
  EXPECT_FALSE(answer->usable());
  EXPECT_EQ(answer->unusable_reason(), "SUSPENDED: leaking");
}

TEST(Resolver, AMergedCodeNamesItsLastSuccessor) {
  Shop shop;
  const coding::Code second = shop.world.MakeItem(shop.member, "second");
  const coding::Code third = shop.world.MakeItem(shop.member, "third");
  for (const auto& [from, to] : {std::pair(shop.item, second), std::pair(second, third)}) {
    const catalog::LifeChange change{from.Digits(), v1::LIFE_STATE_MERGED, "same", to.Digits(), ""};
    ASSERT_TRUE(shop.world
                    .Write([&](storage::WriteTransaction& transaction) {
                      return catalog::ChangeLifeState(transaction, Admin(), change);
                    })
                    .ok());
  }
  const auto answer = Ask(shop.world, CallerFor(shop.member), shop.item.Digits());
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->successor_code(), third.Digits());
  EXPECT_FALSE(answer->usable());
}

TEST(Resolver, AnEndedGtinStillLeadsToItsGenericItem) {
  Shop shop;
  ASSERT_TRUE(shop.world
                  .Write([&](storage::WriteTransaction& transaction) {
                    return catalog::EndAlias(transaction, shop.world.environment(), Admin(),
                                             shop.item.Digits(),
                                             AliasOf(v1::ALIAS_SCHEME_GTIN, kGtin));
                  })
                  .ok());
  const auto answer = Ask(shop.world, CallerFor(shop.member), kGtin);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->via_alias().has_end_time());
}

TEST(Resolver, ACodeOfOursThatIsAlsoAnotherNumberIsReadBothWays) {
  Shop shop;
  // Sixteen digits that pass our check and were given by somebody else, for another item.
  const coding::Code unissued = *coding::Code::ForCatalog(coding::Kind::kItem, 412, 99'999, 1);
  const coding::Code cheese = shop.world.MakeItem(
      shop.member, "Cheese", {AliasOf(v1::ALIAS_SCHEME_IRANCODE, unissued.Digits())});
  const auto found = Ask(shop.world, CallerFor(shop.member), unissued.Digits());
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->code(), cheese.Digits());
  EXPECT_EQ(found->via_alias().scheme(), v1::ALIAS_SCHEME_IRANCODE);
  EXPECT_EQ(found->via_alias().value(), unissued.Digits());
  // When the code is issued as well, both readings are told.
  shop.world.MakeItem(shop.member, "Kashk",
                      {AliasOf(v1::ALIAS_SCHEME_IRANCODE, shop.item.Digits())});
  const auto both = Ask(shop.world, CallerFor(shop.member), shop.item.Digits());
  ASSERT_TRUE(both.ok()) << both.status();
  EXPECT_EQ(both->code(), "");
  EXPECT_FALSE(both->usable());
  ASSERT_GE(both->candidates_size(), 2);
  EXPECT_EQ(both->candidates(0).code(), shop.item.Digits());
  EXPECT_FALSE(both->candidates(1).code().empty());
  // A code that is nothing else is answered without a choice.
  const auto plain = Ask(shop.world, CallerFor(shop.member), cheese.Digits());
  ASSERT_TRUE(plain.ok()) << plain.status();
  EXPECT_EQ(plain->candidates_size(), 0);
}

TEST(Resolver, SaysByWhichAliasOfAnySchemeItWasFound) {
  Shop shop;
  const v1::Alias stuffid = AliasOf(v1::ALIAS_SCHEME_STUFFID, "2720000012345");
  const coding::Code item = shop.world.MakeItem(shop.member, "Cheese", {stuffid});
  const auto answer = Ask(shop.world, CallerFor(shop.member), stuffid.value());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->code(), item.Digits());
  EXPECT_EQ(answer->via_alias().scheme(), v1::ALIAS_SCHEME_STUFFID);
  const v1::Alias id = AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, "0084575948");
  const coding::Code person = shop.world.MakeParty(shop.member, "Someone");
  AddTo(shop.world, person, id);
  const auto personal = Ask(shop.world, CallerFor(shop.member), id.value());
  ASSERT_TRUE(personal.ok()) << personal.status();
  EXPECT_EQ(personal->code(), person.Digits());
  EXPECT_EQ(personal->via_alias().scheme(), v1::ALIAS_SCHEME_NATIONAL_ID);
  EXPECT_EQ(personal->via_alias().value(), "") << "never told, not even hashed";
}

TEST(Resolver, APartyOfTheRegistryItselfIsNotEverybodys) {
  Shop shop;
  const v1::Alias id = AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, "0084575948");
  const coding::Code person = shop.world.MakeParty(MemberId::kRegistry, "Someone");
  AddTo(shop.world, person, id);
  EXPECT_EQ(Ask(shop.world, Admin(), id.value())->code(), person.Digits());
  const auto foreign = Ask(shop.world, CallerFor(shop.member), id.value());
  EXPECT_EQ(ReasonIn(foreign.status()), Reason::kNotFound) << foreign.status();
  // Word for word as for a number that nobody has.
  const auto missing = Ask(shop.world, CallerFor(shop.member), "0012345679");
  EXPECT_EQ(foreign.status().message(), "\"" + id.value() + "\": not found");
  EXPECT_EQ(missing.status().message(), "\"0012345679\": not found");
}

TEST(Resolver, ALotBesideTheGtinOfASuspendedItemMayNotMove) {
  Shop shop;
  Suspend(shop.world, shop.item);
  for (const char* beside : {"(10)L-7", "(21)0042"}) {
    const auto answer = Ask(shop.world, CallerFor(shop.member),
                            "(01)0" + std::string(kGtin) + "(17)270331" + beside);
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_FALSE(answer->usable()) << beside;
    EXPECT_EQ(answer->unusable_reason(), "SUSPENDED: leaking");
  }
}

TEST(Resolver, OnlyItemsHaveLotsAndSerials) {
  Shop shop;
  const std::string service = shop.world.MakeService(shop.member, "Delivery").Digits();
  const std::string party = shop.world.PartyOf(shop.member).Digits();
  const auto caller = CallerFor(shop.member);
  for (const std::string& text : {service + "/lot/L-7", service + "/serial/1", party + "/lot/L-7",
                                  "https://radyab.example/c/" + service + "?lot=L-7"}) {
    const auto refused = Ask(shop.world, caller, text);
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kInvalidField) << text;
    EXPECT_EQ(tests::FieldIn(refused.status()), "text") << text;
  }
  EXPECT_TRUE(Ask(shop.world, caller, service).ok());
  EXPECT_TRUE(Ask(shop.world, caller, shop.item.Digits() + "/lot/L-7").ok());
}

TEST(Resolver, PartiesAndCasesOfOthersAnswerAsIfMissing) {
  Shop shop;
  const MemberId other = shop.world.MakeMember("Other");
  const coding::Code party = shop.world.MakeParty(shop.member, "Someone");
  EXPECT_TRUE(Ask(shop.world, CallerFor(shop.member), party.Digits()).ok());
  const auto foreign = Ask(shop.world, CallerFor(other), party.Digits());
  const auto anonymous = Ask(shop.world, tests::Public(), party.Digits());
  EXPECT_EQ(ReasonIn(foreign.status()), Reason::kNotFound);
  EXPECT_EQ(foreign.status().ToString(), anonymous.status().ToString());
}

TEST(Resolver, ThePartyOfAMemberIsForCallersWithAKey) {
  Shop shop;
  const MemberId other = shop.world.MakeMember("Other");
  const std::string party = shop.world.PartyOf(shop.member).Digits();
  EXPECT_TRUE(Ask(shop.world, CallerFor(other), party).ok());
  EXPECT_EQ(ReasonIn(Ask(shop.world, tests::Public(), party).status()), Reason::kNotFound);
}

TEST(Resolver, KindsThatARoleMayNotReadLeadNowhere) {
  Shop shop;
  const coding::Code party = shop.world.MakeParty(shop.member, "Someone");
  const auto caller = CallerFor(shop.member);
  EXPECT_TRUE(Ask(shop.world, caller, party.Digits(), {.parties = true}).ok());
  EXPECT_EQ(ReasonIn(Ask(shop.world, caller, party.Digits(), {.cases = true}).status()),
            Reason::kNotFound);
  EXPECT_TRUE(Ask(shop.world, caller, shop.item.Digits(), {}).ok());
}

TEST(Resolver, ARegistrarReachesNobodysParty) {
  Shop shop;
  const coding::Code party = shop.world.MakeParty(shop.member, "Someone");
  access::Caller registrar;
  registrar.role = v1::ROLE_REGISTRAR;
  EXPECT_EQ(ReasonIn(Ask(shop.world, registrar, party.Digits()).status()), Reason::kNotFound);
}

TEST(Resolver, ThePublicReadsItemsWithoutAKey) {
  Shop shop;
  EXPECT_TRUE(Ask(shop.world, tests::Public(), shop.item.Digits()).ok());
  EXPECT_TRUE(Ask(shop.world, tests::Public(), kGtin).ok());
}

TEST(Resolver, RefusesWrongTextsWithPlaceAndLength) {
  Shop shop;
  std::string wrong = shop.item.Digits();
  wrong[15] = wrong[15] == '9' ? '8' : static_cast<char>(wrong[15] + 1);
  const auto refused = Ask(shop.world, CallerFor(shop.member), "(01)09521234567891");
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kInvalidCode);
  EXPECT_EQ(ReasonOf(refused.status())->metadata.at("refusal"), "WRONG_CHECK_DIGIT");
  EXPECT_FALSE(Ask(shop.world, CallerFor(shop.member), wrong).ok());
  const auto long_text = Ask(shop.world, CallerFor(shop.member), std::string(1 << 20, '1'));
  EXPECT_EQ(ReasonIn(long_text.status()), Reason::kInvalidCode);
  EXPECT_EQ(ReasonIn(Ask(shop.world, Admin(), "\xff\xfe").status()), Reason::kNotFound);
}

TEST(Resolver, AMistypedNumberSaysWhereItsCheckFails) {
  Shop shop;
  for (const auto& [mistyped, place] :
       {std::pair("1042000017000114", "15"), std::pair("9521234567891", "13"),
        std::pair("095212340000000007", "18")}) {
    const auto refused = Ask(shop.world, CallerFor(shop.member), mistyped);
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kInvalidCode) << refused.status();
    EXPECT_EQ(ReasonOf(refused.status())->metadata.at("refusal"), "WRONG_CHECK_DIGIT");
    EXPECT_EQ(ReasonOf(refused.status())->metadata.at("at"), place) << mistyped;
  }
}

TEST(Resolver, AnUnknownNumberIsNotFound) {
  Shop shop;
  EXPECT_EQ(ReasonIn(Ask(shop.world, Admin(), "1042000017000113").status()), Reason::kNotFound);
  EXPECT_EQ(ReasonIn(Ask(shop.world, Admin(), "9521234567882").status()), Reason::kNotFound);
}

TEST(Resolver, DigitsOfTwoKnownSchemesAnswerBothReadings) {
  Shop shop;
  // Thirteen digits that are the GTIN of one item and the stuffid of another.
  shop.world.MakeItem(shop.member, "Cheese", {AliasOf(v1::ALIAS_SCHEME_STUFFID, kGtin)});
  const auto answer = Ask(shop.world, CallerFor(shop.member), kGtin);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->code(), "");
  EXPECT_FALSE(answer->usable());
  std::vector<std::string> known;
  for (const auto& candidate : answer->candidates()) {
    if (!candidate.code().empty()) known.push_back(candidate.scheme());
  }
  EXPECT_EQ(known.size(), 2u);
  EXPECT_EQ(answer->candidates(0).code().empty(), false);
}

}  // namespace
}  // namespace radyab
