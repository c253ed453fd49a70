#include <algorithm>
#include <set>
#include <string>

#include "registry/catalog/item_registry.h"
#include "registry/storage/keyspace.h"
#include "registry/trace/event_capture.h"
#include "tests/registry/cases/case_world.h"

namespace radyab::cases {
namespace {

using tests::FieldIn;
using tests::ReasonIn;

class CaseOpening : public CaseWorld {
 protected:
  // Refused with INVALID_ARGUMENT at exactly these fields; no row changed.
  void ExpectFields(const v1::Case& wanted, const std::set<std::string>& fields) {
    const auto before = world_.Dump();
    const auto refused = Create(desk_, wanted);
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument) << refused.status();
    EXPECT_EQ(FieldsOf(refused.status()), fields) << refused.status();
    EXPECT_EQ(world_.Dump(), before);
  }
  void ExpectNotFound(const access::Caller& caller, const v1::Case& wanted) {
    const auto before = world_.Dump();
    const auto refused = Create(caller, wanted);
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kNotFound) << refused.status();
    EXPECT_EQ(world_.Dump(), before);
  }
  v1::Case About(const std::string& object) {
    v1::Case wanted = Complaint();
    wanted.mutable_subjects(0)->set_object(object);
    return wanted;
  }
  // The maker commissions a lot that came from `source`.
  void Commission(const std::string& lot_word, const std::string& source) {
    v1::Event event;
    event.set_kind(v1::EVENT_KIND_COMMISSION);
    event.mutable_event_time()->set_seconds(1'700'000'000);
    event.set_source_party(source);
    v1::EventObject& object = *event.add_objects();
    object.set_object(lot_word);
    object.mutable_quantity()->set_amount("10");
    object.mutable_quantity()->set_unit("KGM");
    const auto taken = world_.Write([&](storage::WriteTransaction& transaction) {
      return trace::CaptureEvent(transaction, world_.environment(), tests::CallerFor(maker_),
                                 event);
    });
    ASSERT_TRUE(taken.ok()) << taken.status();
  }
};

TEST_F(CaseOpening, FilesAComplaintAndGivesItsToken) {
  v1::Case wanted = Complaint();
  wanted.set_contact("0912 123 4567");
  wanted.set_owner("Desk one");
  wanted.mutable_occurred_time()->set_seconds(1'700'000'000);
  wanted.mutable_subjects(0)->mutable_quantity()->set_amount("۲");
  wanted.mutable_subjects(0)->mutable_quantity()->set_unit("C62");
  const auto opened = Create(desk_, wanted);
  ASSERT_TRUE(opened.ok()) << opened.status();
  const v1::Case& filed = opened->opened;
  EXPECT_EQ(filed.name(), "cases/" + filed.code());
  EXPECT_EQ(filed.code().front(), '2');
  EXPECT_EQ(filed.member(), catalog::MemberName(shop_));
  EXPECT_EQ(filed.state(), v1::CASE_STATE_RECEIVED);
  EXPECT_EQ(filed.contact(), "+989121234567");
  EXPECT_EQ(filed.narrative(), "در ظرف شکسته بود");
  EXPECT_EQ(filed.owner(), "Desk one");
  EXPECT_EQ(filed.complainant_party(), customer_.Digits());
  EXPECT_EQ(filed.subjects(0).quantity().amount(), "2");
  ASSERT_EQ(filed.supplier_parties_size(), 1);
  EXPECT_EQ(filed.supplier_parties(0), world_.PartyOf(maker_).Digits());
  EXPECT_NE(filed.etag(), "");
  EXPECT_EQ(opened->token.size(), 16u);
  EXPECT_EQ(Get(desk_, filed.name())->SerializeAsString(), filed.SerializeAsString());
  EXPECT_EQ(Track(filed.code(), opened->token)->state(), v1::CASE_STATE_RECEIVED);
}

TEST_F(CaseOpening, KeepsNeitherTheWordsNorTheTokenInAnyValue) {
  v1::Case wanted = Complaint();
  wanted.set_narrative("Secretword شکایت");
  wanted.set_contact("someone@example.com");
  const auto opened = Create(desk_, wanted);
  ASSERT_TRUE(opened.ok()) << opened.status();
  for (const auto& [key, value] : world_.Dump()) {
    for (const std::string& word :
         {std::string("Secretword"), std::string("شکایت"), std::string("someone"),
          std::string("example.com"), opened->token}) {
      EXPECT_EQ(value.find(word), std::string::npos) << word;
      EXPECT_EQ(key.find(word), std::string::npos) << word;
    }
  }
}

TEST_F(CaseOpening, TakesNothingOverThatOnlyItSets) {
  v1::Case wanted = Complaint();
  wanted.set_code("2050500017000710");
  wanted.set_state(v1::CASE_STATE_CLOSED);
  wanted.set_etag("ffff");
  wanted.add_supplier_parties("7000000017004271");
  wanted.mutable_create_time()->set_seconds(7);
  wanted.GetReflection()->MutableUnknownFields(&wanted)->AddLengthDelimited(99, "stowaway");
  const auto opened = Create(desk_, wanted);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_NE(opened->opened.code(), "2050500017000710");
  EXPECT_EQ(opened->opened.state(), v1::CASE_STATE_RECEIVED);
  EXPECT_NE(opened->opened.etag(), "ffff");
  EXPECT_EQ(opened->opened.supplier_parties_size(), 1);
  EXPECT_GT(opened->opened.create_time().seconds(), 7);
  for (const auto& [key, value] : world_.Dump())
    EXPECT_EQ(value.find("stowaway"), std::string::npos);
}

TEST_F(CaseOpening, TellsEveryFaultAtOnce) {
  v1::Case wanted;
  wanted.set_type(static_cast<v1::CaseType>(99));
  wanted.set_language("de");
  wanted.set_narrative(" \n");
  wanted.mutable_occurred_time()->set_seconds(253'402'300'799);
  ExpectFields(wanted, {"case.type", "case.channel", "case.language", "case.narrative",
                        "case.occurred_time", "case.complainant_party", "case.subjects"});
  EXPECT_TRUE(Create(desk_, Complaint()).ok()) << "the next good call succeeds";
}

TEST_F(CaseOpening, TellsTheFaultsOfEachSubject) {
  v1::Case wanted = Complaint();
  wanted.mutable_subjects(0)->set_match(v1::SUBJECT_MATCH_UNSPECIFIED);
  *wanted.add_subjects() = Subject("1042000017000114");  // wrong check
  *wanted.add_subjects() = Subject("sscc/123");
  *wanted.add_subjects() = Subject(customer_.Digits());
  *wanted.add_subjects() = Subject(customer_.Digits() + "/lot/L1");
  *wanted.add_subjects() = Subject(item_.Digits());
  v1::CaseSubject nothing = Subject(item_.Digits() + "/lot/L1");
  nothing.mutable_quantity()->set_amount("0");
  nothing.mutable_quantity()->set_unit("XYZ");
  *wanted.add_subjects() = nothing;
  ExpectFields(wanted,
               {"case.subjects[0].match", "case.subjects[1].object", "case.subjects[2].object",
                "case.subjects[3].object", "case.subjects[4].object", "case.subjects[5].object",
                "case.subjects[6].quantity.amount", "case.subjects[6].quantity.unit"});
}

TEST_F(CaseOpening, RefusesTheCodesOfPartiesAndCasesAsSubjects) {
  ExpectFields(About(customer_.Digits()), {"case.subjects[0].object"});
  ExpectFields(About(Opened().code()), {"case.subjects[0].object"});
  const auto service = world_.MakeService(maker_, "Repair");
  ExpectFields(About(service.Digits() + "/serial/1"), {"case.subjects[0].object"});
  EXPECT_TRUE(Create(desk_, About(service.Digits())).ok());
}

TEST_F(CaseOpening, RefusesSubjectsTogetherWithSubjectUnknown) {
  v1::Case wanted = Complaint();
  wanted.set_subject_unknown(true);
  ExpectFields(wanted, {"case.subject_unknown"});
  wanted.clear_subjects();
  const auto opened = Create(desk_, wanted);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->opened.supplier_parties_size(), 0);
}

TEST_F(CaseOpening, TakesTwentySubjectsAndRefusesOneMore) {
  v1::Case wanted = Complaint();
  wanted.clear_subjects();
  for (std::size_t i = 0; i < kSubjectsMax; ++i)
    *wanted.add_subjects() = Subject(item_.Digits() + "/lot/L" + std::to_string(i));
  EXPECT_TRUE(Create(desk_, wanted).ok());
  *wanted.add_subjects() = Subject(item_.Digits());
  ExpectFields(wanted, {"case.subjects"});
}

TEST_F(CaseOpening, AnswersNotFoundForAMissingSubject) {
  const auto unknown = coding::Code::ForCatalog(coding::Kind::kItem, 412, 1, 9999).value();
  ExpectNotFound(desk_, About(unknown.Digits()));
  ExpectNotFound(desk_, About(unknown.Digits() + "/lot/L1"));
  const auto no_block = coding::Code::ForCatalog(coding::Kind::kService, 412, 99999, 1).value();
  ExpectNotFound(desk_, About(no_block.Digits()));
}

TEST_F(CaseOpening, AnswersNotFoundForAForeignAndAMissingComplainant) {
  v1::Case wanted = Complaint();
  wanted.set_complainant_party(world_.MakeParty(maker_, "Of the maker").Digits());
  ExpectNotFound(desk_, wanted);
  wanted.set_complainant_party(
      coding::Code::ForSerial(coding::Kind::kParty, 1, 12345678).value().Digits());
  ExpectNotFound(desk_, wanted);
  wanted.set_complainant_party("parties/x");
  ExpectFields(wanted, {"case.complainant_party"});
  wanted.set_complainant_party(world_.PartyOf(maker_).Digits());
  EXPECT_TRUE(Create(desk_, wanted).ok()) << "another member may complain as itself";
  wanted.set_complainant_party("parties/" + customer_.Grouped());
  const auto opened = Create(desk_, wanted);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->opened.complainant_party(), customer_.Digits());
}

TEST_F(CaseOpening, TakesOnlyAComplainantOfTheMemberThatAnswersWhoeverOpensIt) {
  const coding::Code of_maker = world_.MakeParty(maker_, "Of the maker");
  v1::Case wanted = Complaint();  // the shop's customer
  wanted.set_member(catalog::MemberName(maker_));
  ExpectNotFound(tests::Admin(), wanted);
  wanted.clear_member();  // the maker owns the first subject
  ExpectNotFound(tests::Admin(), wanted);
  wanted.set_complainant_party(of_maker.Digits());
  EXPECT_TRUE(Create(tests::Admin(), wanted).ok());
  wanted.set_member(catalog::MemberName(shop_));
  ExpectNotFound(tests::Admin(), wanted);
  wanted.set_complainant_party(customer_.Digits());
  EXPECT_TRUE(Create(tests::Admin(), wanted).ok());
  wanted.set_complainant_party(world_.PartyOf(stranger_).Digits());
  EXPECT_TRUE(Create(tests::Admin(), wanted).ok()) << "a member complains as itself anywhere";
}

TEST_F(CaseOpening, TellsABadComplainantAlsoWhenNobodyAnswers) {
  v1::Case wanted = Complaint();
  wanted.set_member("nobody");
  wanted.set_complainant_party("x");
  ExpectFields(wanted, {"case.member", "case.complainant_party"});
}

TEST_F(CaseOpening, RefusesABlankOwner) {
  v1::Case wanted = Complaint();
  wanted.set_owner(" \u200c ");
  const auto refused = Create(desk_, wanted);
  EXPECT_EQ(FieldsOf(refused.status()), std::set<std::string>{"case.owner"}) << refused.status();
}

TEST_F(CaseOpening, WantsAPartyAContactOrAnonymous) {
  v1::Case wanted = Complaint();
  wanted.set_anonymous(true);
  ExpectFields(wanted, {"case.anonymous"});
  wanted.clear_complainant_party();
  EXPECT_TRUE(Create(desk_, wanted).ok());
  wanted.set_anonymous(false);
  ExpectFields(wanted, {"case.complainant_party"});
  wanted.set_contact("Ali@Example.COM");
  const auto opened = Create(desk_, wanted);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->opened.contact(), "Ali@example.com");
  for (const char* contact : {"somewhere", "a@b", "12"}) {
    wanted.set_contact(contact);
    ExpectFields(wanted, {"case.contact"});
  }
}

TEST_F(CaseOpening, KeepsTextsOfTheLimitAndRefusesOneMore) {
  v1::Case wanted = Complaint();
  std::string narrative;
  for (std::size_t i = 0; i < kTextCharactersMax; ++i) narrative += "ش";
  wanted.set_narrative(narrative);
  EXPECT_TRUE(Create(desk_, wanted).ok());
  wanted.set_narrative(narrative + "ش");
  ExpectFields(wanted, {"case.narrative"});
  wanted.set_narrative("\xFF");
  ExpectFields(wanted, {"case.narrative"});
  wanted = Complaint();
  wanted.set_owner(std::string(kOwnerCharactersMax, 'o'));
  EXPECT_TRUE(Create(desk_, wanted).ok());
  wanted.set_owner(std::string(kOwnerCharactersMax + 1, 'o'));
  ExpectFields(wanted, {"case.owner"});
}

TEST_F(CaseOpening, FitsIntoItsRowWithEverythingAtItsLimit) {
  v1::Case wanted = Complaint();
  std::string emoji;
  for (std::size_t i = 0; i < kTextBytesMax / 4; ++i) emoji += "🍓";
  wanted.set_narrative(emoji);
  wanted.set_contact(std::string(64, 'a') + "@" + std::string(63, 'b') + "." +
                     std::string(63, 'c') + "." + std::string(61, 'd'));
  std::string owner;
  for (std::size_t i = 0; i < kOwnerCharactersMax; ++i) owner += "🍓";
  wanted.set_owner(owner);
  wanted.clear_subjects();
  for (std::size_t i = 0; i < kSubjectsMax; ++i) {
    std::string lot = std::string(1, static_cast<char>('a' + i));
    for (int n = 0; n < 19; ++n) lot += "%2F";
    v1::CaseSubject subject = Subject(item_.Digits() + "/serial/" + lot);
    subject.mutable_quantity()->set_amount("123456789.123456789");
    subject.mutable_quantity()->set_unit("C62");
    *wanted.add_subjects() = subject;
  }
  const auto opened = Create(desk_, wanted);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(Get(desk_, opened->opened.name())->narrative(), emoji);
  wanted.set_narrative(emoji + "🍓");
  ExpectFields(wanted, {"case.narrative"});
}

TEST_F(CaseOpening, TakesATimeUpToADayAhead) {
  v1::Case wanted = Complaint();
  const std::int64_t now = Opened().create_time().seconds();
  wanted.mutable_occurred_time()->set_seconds(now + 23 * 3600);
  EXPECT_TRUE(Create(desk_, wanted).ok());
  wanted.mutable_occurred_time()->set_seconds(now + 25 * 3600);
  ExpectFields(wanted, {"case.occurred_time"});
  wanted.mutable_occurred_time()->set_seconds(now);
  wanted.mutable_occurred_time()->set_nanos(-1);
  ExpectFields(wanted, {"case.occurred_time"});
}

TEST_F(CaseOpening, WritesSubjectsInTheirCanonicalForm) {
  const auto opened = Create(desk_, About(item_.Grouped() + "/LOT/a%41%2f"));
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->opened.subjects(0).object(), item_.Digits() + "/lot/aA%2F");
  const auto container = Create(desk_, About("SSCC/006141411234567890"));
  ASSERT_TRUE(container.ok()) << container.status();
  EXPECT_EQ(container->opened.subjects(0).object(), "sscc/006141411234567890");
  EXPECT_EQ(container->opened.supplier_parties_size(), 0) << "nobody can say who supplied it";
}

TEST_F(CaseOpening, NamesTheSupplierOfTheTraceAndFreezesIt) {
  const std::string farm =
      world_.MakeParty(maker_, "Farm", v1::PARTY_ROLE_SUPPLIER, v1::PARTY_KIND_ORGANISATION)
          .Digits();
  const std::string lot = item_.Digits() + "/lot/L1";
  const auto before = Create(tests::CallerFor(maker_), [&] {
    v1::Case wanted = About(lot);
    wanted.clear_complainant_party();
    wanted.set_anonymous(true);
    return wanted;
  }());
  ASSERT_TRUE(before.ok()) << before.status();
  Commission(lot, farm);
  v1::Case wanted = About(lot);
  wanted.clear_complainant_party();
  wanted.set_anonymous(true);
  *wanted.add_subjects() = Subject(item_.Digits());
  *wanted.add_subjects() = Subject(item_.Digits() + "/lot/older");
  const auto after = Create(tests::CallerFor(maker_), wanted);
  ASSERT_TRUE(after.ok()) << after.status();
  const std::string maker_party = world_.PartyOf(maker_).Digits();
  ASSERT_EQ(after->opened.supplier_parties_size(), 2) << "each once";
  EXPECT_EQ(after->opened.supplier_parties(0), farm);
  EXPECT_EQ(after->opened.supplier_parties(1), maker_party);
  const auto frozen = Get(tests::CallerFor(maker_), before->opened.name());
  EXPECT_EQ(frozen->supplier_parties(0), maker_party);

  // The shop does not deal with the farm: it learns only who sold it, also through an admin.
  for (const access::Caller& caller : {desk_, tests::Admin()}) {
    v1::Case of_shop = About(lot);
    of_shop.set_member(catalog::MemberName(shop_));
    const auto opened = Create(caller, of_shop);
    ASSERT_TRUE(opened.ok()) << opened.status();
    ASSERT_EQ(opened->opened.supplier_parties_size(), 1);
    EXPECT_EQ(opened->opened.supplier_parties(0), maker_party);
  }
}

TEST_F(CaseOpening, NamesNoSupplierForAGenericItem) {
  const auto item = world_.MakeItem(maker_, "With GTIN",
                                    {tests::AliasOf(v1::ALIAS_SCHEME_GTIN, "4006381333931")});
  const auto generic = world_.Read([&](storage::ReadTransaction& transaction) {
    return catalog::GetItem(transaction, item.Digits());
  });
  ASSERT_TRUE(generic.ok());
  ASSERT_NE(generic->generic_item(), "");
  const auto opened = Create(desk_, About(generic->generic_item().substr(6)));
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->opened.supplier_parties_size(), 0);
}

TEST_F(CaseOpening, BelongsToTheMemberNamedElseTheCallersElseTheFirstSubjectsElseTheRegistry) {
  v1::Case wanted = Complaint();
  wanted.clear_complainant_party();
  wanted.set_anonymous(true);
  wanted.set_member(catalog::MemberName(maker_));
  ExpectNotFound(desk_, wanted);
  EXPECT_EQ(Create(tests::Admin(), wanted)->opened.member(), catalog::MemberName(maker_));
  wanted.clear_member();
  EXPECT_EQ(Create(desk_, wanted)->opened.member(), catalog::MemberName(shop_));
  EXPECT_EQ(Create(tests::Admin(), wanted)->opened.member(), catalog::MemberName(maker_));
  wanted.clear_subjects();
  *wanted.add_subjects() = Subject("sscc/006141411234567890");
  EXPECT_EQ(Create(tests::Admin(), wanted)->opened.member(), "members/00000");
  *wanted.add_subjects() = Subject(item_.Digits());
  EXPECT_EQ(Create(tests::Admin(), wanted)->opened.member(), catalog::MemberName(maker_));
  wanted.clear_subjects();
  wanted.set_subject_unknown(true);
  EXPECT_EQ(Create(tests::Admin(), wanted)->opened.member(), "members/00000");
}

TEST_F(CaseOpening, IssuesEveryCodeOnce) {
  std::set<std::string> codes;
  for (int i = 0; i < 50; ++i) codes.insert(Opened().code());
  EXPECT_EQ(codes.size(), 50u);
}

}  // namespace
}  // namespace radyab::cases
