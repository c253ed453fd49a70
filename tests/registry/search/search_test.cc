#include "registry/search/search.h"

#include <gmock/gmock.h>

#include "tests/registry/search/search_world.h"

namespace radyab::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using Names = std::vector<std::string>;

constexpr char kByCode[] = "/1", kByContact[] = "/2", kByWords[] = "/3", kByBeginnings[] = "/4",
               kByStems[] = "/5";

std::string Hit(const std::string& name, const std::string& match) { return name + match; }

class Search : public SearchWorld {};

TEST_F(Search, FindsANameHoweverItIsTyped) {
  MakeItem("شیر کم‌چرب");
  MakeItem("می شود");
  MakeItem("کتاب يك");
  Index();
  for (const char* query : {"شير", "شیر كم چرب", "كمچرب", "کم‌چرب شیر", "چرب"}) {
    EXPECT_THAT(Hits(maker_key_, query), ElementsAre(Hit("شیر کم‌چرب", kByWords)))
        << query;
  }
  for (const char* query : {"میشود", "می‌شود", "می شود", "مي شود"}) {
    EXPECT_THAT(Hits(maker_key_, query), ElementsAre(Hit("می شود", kByWords))) << query;
  }
  EXPECT_THAT(Hits(maker_key_, "یک کتاب"), ElementsAre(Hit("کتاب يك", kByWords)));
}

TEST_F(Search, RanksWholeWordsBeforeBeginningsBeforeStems) {
  MakeItem("مشتریان");
  MakeItem("مشتری");
  MakeItem("مشتریمدار");
  Index();
  EXPECT_THAT(Hits(maker_key_, "مشتریان"),
              ElementsAre(Hit("مشتریان", kByWords), Hit("مشتری", kByStems)));
  EXPECT_THAT(Hits(maker_key_, "مشتری"),
              ElementsAre(Hit("مشتری", kByWords), Hit("مشتریان", kByBeginnings),
                          Hit("مشتریمدار", kByBeginnings)));
}

TEST_F(Search, TakesTheArabicArticleForNothing) {
  MakeItem("إدارة الزبون");
  MakeItem("زبون");
  Index();
  EXPECT_THAT(Hits(maker_key_, "الزبون"),
              ElementsAre(Hit("إدارة الزبون", kByWords), Hit("زبون", kByWords)));
  EXPECT_THAT(Hits(maker_key_, "زبون"),
              ElementsAre(Hit("إدارة الزبون", kByWords), Hit("زبون", kByWords)));
}

TEST_F(Search, WantsEveryWordOfALongQuery) {
  MakeItem("یکم دوم سوم چهارم پنجم ششم هفتم هشتم");
  MakeItem("یکم دوم سوم چهارم پنجم ششم هفتم");
  Index();
  for (const std::size_t page_size : {1u, 50u}) {
    EXPECT_THAT(Hits(maker_key_, "هشتم هفتم ششم پنجم چهارم سوم دوم یکم", {}, page_size),
                ElementsAre(Hit("یکم دوم سوم چهارم پنجم ششم هفتم هشتم", kByWords)));
    EXPECT_THAT(Hits(maker_key_, "یکم سوم پنجم هفتم نهم ششم دوم چهارم", {}, page_size), IsEmpty());
  }
}

TEST_F(Search, WantsBothWordsOfAShortQuery) {
  MakeItem("نان");
  MakeItem("سفید");
  MakeItem("نان سفید");
  MakeItem("سفید و نان");
  Index();
  for (const char* query : {"نان سفید", "سفید نان"}) {
    EXPECT_THAT(Hits(maker_key_, query),
                ElementsAre(Hit("نان سفید", kByWords), Hit("سفید و نان", kByWords)))
        << query;
  }
  EXPECT_THAT(Hits(maker_key_, "نان قند"), IsEmpty());
}

TEST_F(Search, APageGoesOnWithTheThingBehindTheLastOne) {
  for (int number = 0; number < 7; ++number) MakeItem("نان");
  Index();
  for (const std::size_t page_size : {1u, 2u, 3u, 7u, 8u}) {
    EXPECT_EQ(Hits(maker_key_, "نان", {}, page_size), Names(7, Hit("نان", kByWords))) << page_size;
  }
}

TEST_F(Search, HoldsALongBeginningAgainstTheNameItself) {
  MakeItem("کامپیوترهایی");
  MakeItem("کامپیوترها");
  Index();
  EXPECT_THAT(Hits(maker_key_, "کامپیوترهای"),
              ElementsAre(Hit("کامپیوترهایی", kByBeginnings), Hit("کامپیوترها", kByStems)));
}

TEST_F(Search, FindsPartiesOfItsMemberAndNobodyElses) {
  const auto mine = MakeParty(maker_, "زهرا امیری", "0912 123 4567", "Zahra@Example.com");
  MakeParty(shop_, "زهرا امیری", "0912 123 4567");
  Index();
  EXPECT_THAT(Hits(maker_key_, "امیری زهرا"), ElementsAre(Hit("زهرا امیری", kByWords)));
  for (const char* query : {"۰۹۱۲۱۲۳۴۵۶۷", "+98 912 123 4567", "zahra@example.COM"}) {
    EXPECT_THAT(Hits(maker_key_, query), ElementsAre(Hit("زهرا امیری", kByContact))) << query;
  }
  EXPECT_THAT(Hits(shop_key_, "zahra@example.com"), IsEmpty());
  EXPECT_THAT(Hits(maker_key_, mine.Grouped()), ElementsAre(Hit("زهرا امیری", kByCode)));
  EXPECT_THAT(Hits(shop_key_, mine.Digits()), IsEmpty());
  EXPECT_THAT(Hits(tests::Admin(), "زهرا"), IsEmpty());
  EXPECT_THAT(Hits(tests::Admin(), mine.Digits()), ElementsAre(Hit("زهرا امیری", kByCode)));
  EXPECT_THAT(Hits(maker_key_, "زهرا", {v1::SEARCH_KIND_ITEM}), IsEmpty());
}

TEST_F(Search, ShowsNoPartyToARoleThatReadsNone) {
  const auto party = MakeParty(maker_, "زهرا امیری", "0912 123 4567");
  Index();
  for (const std::string& query : Names{"زهرا", "09121234567", party.Digits()}) {
    const auto answer = FirstPage(maker_key_, {query, {}, ""}, false);
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_TRUE(answer->page.rows.empty()) << query;
  }
}

TEST_F(Search, ReachesAnotherMembersPartiesOnlyAsAdmin) {
  MakeParty(shop_, "زهرا امیری");
  Index();
  const std::string shop = catalog::MemberName(shop_);
  const auto as_admin = FirstPage(tests::Admin(), {"زهرا", {}, shop});
  ASSERT_TRUE(as_admin.ok()) << as_admin.status();
  EXPECT_EQ(as_admin->page.rows.size(), 1u);
  const auto as_maker = FirstPage(maker_key_, {"زهرا", {}, shop});
  EXPECT_EQ(tests::ReasonIn(as_maker.status()), Reason::kNotFound);
}

TEST_F(Search, FindsByIdentifiersOfOtherSchemes) {
  world_.MakeItem(maker_, "Tea",
                  {tests::AliasOf(v1::ALIAS_SCHEME_GTIN, "4006381333931"),
                   tests::AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "T-17")});
  MakeParty(maker_, "زهرا", "", "", {tests::AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, "0084575948")});
  Index();
  // The generic item bears the GTIN with the item that it was given.
  EXPECT_THAT(Hits(maker_key_, "4006381333931"),
              ElementsAre(Hit("Tea", kByCode), Hit("Tea", kByCode)));
  EXPECT_THAT(Hits(maker_key_, "T-17"), ElementsAre(Hit("Tea", kByCode)));
  EXPECT_THAT(Hits(shop_key_, "T-17"), IsEmpty());
  const auto answer = FirstPage(maker_key_, {"۰۰۸۴۵۷۵۹۴۸", {}, ""});
  ASSERT_TRUE(answer.ok() && answer->page.rows.size() == 1) << answer.status();
  EXPECT_EQ(answer->page.rows[0].via_alias().scheme(), v1::ALIAS_SCHEME_NATIONAL_ID);
  EXPECT_EQ(answer->page.rows[0].via_alias().value(), "");
}

TEST_F(Search, ShowsWhatTellsNamesakesApart) {
  MakeParty(maker_, "زهرا امیری", "0912 123 4567", "z@example.com");
  MakeItem("زهرا");
  Index();
  const auto answer = FirstPage(maker_key_, {"زهرا", {}, ""});
  ASSERT_TRUE(answer.ok() && answer->page.rows.size() == 2) << answer.status();
  const v1::SearchHit& item = answer->page.rows[0];
  EXPECT_EQ(item.kind(), v1::SEARCH_KIND_ITEM);
  EXPECT_EQ(item.class_display_name().en(), "class 0412");
  EXPECT_EQ(item.member_name().en(), "Maker");
  const v1::SearchHit& party = answer->page.rows[1];
  EXPECT_EQ(party.kind(), v1::SEARCH_KIND_PARTY);
  EXPECT_EQ(party.party_kind(), v1::PARTY_KIND_PERSON);
  EXPECT_EQ(party.phone_end(), "…4567");
  EXPECT_EQ(party.email_domain(), "example.com");
  EXPECT_THAT(party.roles(), ElementsAre(v1::PARTY_ROLE_CUSTOMER));
}

// A customer is known by each of the telephones and addresses he ever gave, until he takes it back.
TEST_F(Search, FindsAPartyByEachOfItsContactPoints) {
  const auto change = [&](coding::Code code, const std::vector<std::string>& values) {
    v1::Party wanted;
    wanted.set_name("parties/" + code.Digits());
    for (const std::string& value : values) {
      v1::ContactPoint& point = *wanted.add_contact_points();
      const bool email = value.find('@') != std::string::npos;
      point.set_kind(email ? v1::CONTACT_KIND_EMAIL : v1::CONTACT_KIND_PHONE);
      point.set_value(value);
    }
    const auto changed = world_.Write([&](storage::WriteTransaction& transaction) {
      return parties::UpdateParty(transaction, world_.environment(), tests::Admin(), wanted,
                                  {"contact_points"})
          .status();
    });
    EXPECT_TRUE(changed.ok()) << changed;
  };
  const auto code = MakeParty(maker_, "زهرا امیری", "0912 123 4567", "z@example.com");
  MakeParty(maker_, "زهرا امیری", "0912 123 4568");
  Index();
  change(code, {"0935 765 4321", "021 8888 7777", "Zahra@work.example"});
  for (const char* when : {"noted", "indexed"}) {
    for (const std::string& query : Names{"09357654321", "+98 21 88887777", "zahra@work.example",
                                          "09121234567", "Z@example.com"}) {
      EXPECT_THAT(Hits(maker_key_, query), ElementsAre(Hit("زهرا امیری", kByContact)))
          << query << " " << when;
      EXPECT_THAT(Hits(shop_key_, query), IsEmpty()) << query;
    }
    Index();
  }
  change(code, {"021 8888 7777"});
  for (const char* when : {"noted", "indexed"}) {
    EXPECT_THAT(Hits(maker_key_, "09357654321"), IsEmpty()) << when;
    EXPECT_THAT(Hits(maker_key_, "zahra@work.example"), IsEmpty()) << when;
    EXPECT_THAT(Hits(maker_key_, "02188887777"), ElementsAre(Hit("زهرا امیری", kByContact)))
        << when;
    Index();
  }
}

TEST_F(Search, ShowsTheCityAndTheQuarterOfAParty) {
  const auto code = MakeParty(maker_, "زهرا امیری");
  v1::Party wanted;
  wanted.set_name("parties/" + code.Digits());
  wanted.mutable_address()->set_city("شیراز");
  wanted.mutable_address()->set_postcode("19697-13461");
  wanted.mutable_address()->set_street("حافظ");
  const auto changed = world_.Write([&](storage::WriteTransaction& transaction) {
    return parties::UpdateParty(transaction, world_.environment(), tests::Admin(), wanted,
                                {"address"})
        .status();
  });
  ASSERT_TRUE(changed.ok()) << changed;
  Index();
  const auto answer = FirstPage(maker_key_, {"زهرا", {}, ""});
  ASSERT_TRUE(answer.ok() && answer->page.rows.size() == 1) << answer.status();
  EXPECT_EQ(answer->page.rows[0].city(), "شیراز");
  EXPECT_EQ(answer->page.rows[0].postcode_begin(), "19697…");
  // No more of the address than that.
  EXPECT_EQ(answer->page.rows[0].SerializeAsString().find("حافظ"), std::string::npos);
}

TEST_F(Search, FindsServicesAndClassesToo) {
  world_.MakeItem(maker_, "Repair kit");
  world_.MakeService(maker_, "Repair");
  Index();
  EXPECT_THAT(Hits(maker_key_, "repair"),
              ElementsAre(Hit("Repair kit", kByWords), Hit("Repair", kByWords)));
  EXPECT_THAT(Hits(maker_key_, "class"),
              ElementsAre(Hit("class 04", kByWords), Hit("class 0412", kByWords)));
  EXPECT_THAT(Hits(maker_key_, "repair", {v1::SEARCH_KIND_SERVICE, v1::SEARCH_KIND_CLASS}),
              ElementsAre(Hit("Repair", kByWords)));
}

TEST_F(Search, FindsANameBeforeAndAfterItIsIndexed) {
  Index();
  const auto code = MakeItem("قند");
  EXPECT_THAT(Hits(maker_key_, "قند"), ElementsAre(Hit("قند", kByWords)));
  Index();
  const auto rename = [&](const std::string& name) {
    auto renamed = world_.Write([&](storage::WriteTransaction& transaction) {
      v1::Item item;
      item.set_name("items/" + code.Digits());
      item.mutable_display_name()->set_fa(name);
      return catalog::UpdateItem(transaction, tests::Admin(), item, {"display_name"});
    });
    EXPECT_TRUE(renamed.ok()) << renamed.status();
  };
  rename("شکر");
  for (const char* when : {"noted", "indexed"}) {
    EXPECT_THAT(Hits(maker_key_, "قند"), IsEmpty()) << when;
    EXPECT_THAT(Hits(maker_key_, "شکر"), ElementsAre(Hit("شکر", kByWords))) << when;
    Index();
  }
}

TEST_F(Search, FindsAPartyByItsNewTelephoneOnly) {
  const auto code = MakeParty(maker_, "زهرا", "0912 123 4567");
  Index();
  auto changed = world_.Write([&](storage::WriteTransaction& transaction) {
    v1::Party party;
    party.set_name("parties/" + code.Digits());
    party.set_phone("0912 765 4321");
    return parties::UpdateParty(transaction, world_.environment(), maker_key_, party, {"phone"});
  });
  ASSERT_TRUE(changed.ok()) << changed.status();
  for (const char* when : {"noted", "indexed"}) {
    EXPECT_THAT(Hits(maker_key_, "09121234567"), IsEmpty()) << when;
    EXPECT_THAT(Hits(maker_key_, "09127654321"), ElementsAre(Hit("زهرا", kByContact))) << when;
    EXPECT_THAT(Hits(maker_key_, "زهرا"), ElementsAre(Hit("زهرا", kByWords))) << when;
    Index();
  }
}

TEST_F(Search, SaysWhenNamesAreMissing) {
  MakeItem("قند");
  auto answer = FirstPage(maker_key_, {"قند", {}, ""});
  ASSERT_TRUE(answer.ok());
  EXPECT_TRUE(answer->incomplete);  // the index was never made
  Index();
  answer = FirstPage(maker_key_, {"قند", {}, ""});
  EXPECT_FALSE(answer->incomplete);
  for (int number = 0; number < 300; ++number) MakeItem("چای");
  answer = FirstPage(maker_key_, {"قند", {}, ""});
  EXPECT_TRUE(answer->incomplete);
  EXPECT_EQ(answer->page.rows.size(), 1u);
}

TEST_F(Search, KeepsNoNameOfAPartyInTheIndex) {
  MakeParty(maker_, "زهرا امیری", "0912 123 4567", "zahra@example.com");
  Index();
  std::size_t rows = 0;
  for (const auto& [key, value] : world_.Dump()) {
    if (key[0] != keyspace::SearchBlockPrefix()[0]) continue;
    ++rows;
    for (const char* word : {"زهرا", "امیری", "912", "zahra"}) {
      EXPECT_EQ((key + value).find(word), std::string::npos) << word;
    }
  }
  EXPECT_GT(rows, 10u);
}

TEST_F(Search, RefusesWhatIsNoQuery) {
  const auto refused = [&](const Wanted& wanted) { return FirstPage(maker_key_, wanted).status(); };
  std::string many_words;
  for (int word = 0; word < 17; ++word) many_words += "w" + std::to_string(word) + " ";
  EXPECT_EQ(tests::ReasonIn(refused({"", {}, ""})), Reason::kMissingField);
  EXPECT_EQ(tests::ReasonIn(refused({"؟!", {}, ""})), Reason::kInvalidField);
  EXPECT_EQ(tests::ReasonIn(refused({"\xFF", {}, ""})), Reason::kInvalidField);
  EXPECT_EQ(tests::ReasonIn(refused({many_words, {}, ""})), Reason::kLimitExceeded);
  EXPECT_EQ(tests::ReasonIn(refused({std::string(301, 'a'), {}, ""})), Reason::kLimitExceeded);
  EXPECT_EQ(tests::FieldIn(refused({"a", {v1::SEARCH_KIND_UNSPECIFIED}, ""})), "kinds");
  EXPECT_TRUE(refused({std::string(300, 'a'), {}, ""}).ok());
}

}  // namespace
}  // namespace radyab::search
