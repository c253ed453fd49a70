#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "registry/records/records.pb.h"
#include "registry/storage/rows.h"
#include "tests/registry/parties/party_world.h"

namespace radyab::parties {
namespace {

class PartyList : public PartyWorld {
 protected:
  // The codes of every page of `row_count_max` rows, in order.
  std::vector<std::string> Walk(const access::Caller& caller, const PartyFilter& filter,
                                std::size_t row_count_max) {
    std::vector<std::string> codes;
    PageRequest page{row_count_max, ""};
    for (int pages = 0; pages < 100; ++pages) {
      const auto found = List(caller, filter, page);
      EXPECT_TRUE(found.ok()) << found.status();
      EXPECT_LE(found->rows.size(), row_count_max);
      for (const v1::Party& party : found->rows) codes.push_back(party.code());
      if (found->next.empty()) return codes;
      EXPECT_EQ(found->rows.size(), row_count_max);
      page.after = found->next;
    }
    ADD_FAILURE() << "the pages do not end";
    return codes;
  }
};

TEST_F(PartyList, WalksEveryPartyOfTheMemberOnceInOrderOfCode) {
  std::vector<std::string> made = {world_.PartyOf(maker_).Digits()};
  for (int i = 0; i < 11; ++i)
    made.push_back(world_.MakeParty(maker_, "Customer " + std::to_string(i)).Digits());
  world_.MakeParty(shop_, "Of another");
  std::ranges::sort(made, {},
                    [](const std::string& digits) { return coding::ParseCode(digits)->serial(); });
  for (const std::size_t row_count_max : {1u, 5u, 11u, 12u, 13u, 50u})
    EXPECT_EQ(Walk(maker_key_, {}, row_count_max), made) << row_count_max;
  EXPECT_EQ(Walk(tests::Admin(), {catalog::MemberName(maker_), ""}, 5), made);
}

TEST_F(PartyList, WalksAllBlocksOfTheMember) {
  std::set<std::string> made = {world_.PartyOf(maker_).Digits()};
  const auto fill_block = [&](std::uint32_t block) {
    records::CounterRecord full;
    full.set_last(std::uint64_t{coding::kSerialMax} + 1);
    const std::string key = keyspace::Issued(coding::Kind::kParty, block);
    EXPECT_TRUE(world_
                    .Write([&](storage::WriteTransaction& transaction) {
                      return storage::PutRow(transaction, key, full);
                    })
                    .ok());
  };
  for (int block = 0; block < 3; ++block) {
    for (int i = 0; i < 3; ++i) made.insert(world_.MakeParty(maker_, "Customer").Digits());
    fill_block(static_cast<std::uint32_t>(
        std::stoul(world_.MemberRow(maker_).blocks(world_.MemberRow(maker_).blocks_size() - 1))));
    world_.MakeMember("Neighbour");  // takes the block between
  }
  ASSERT_EQ(world_.MemberRow(maker_).blocks_size(), 3);
  for (const std::size_t row_count_max : {1u, 4u, 5u, 9u, 10u, 11u}) {
    const auto codes = Walk(maker_key_, {}, row_count_max);
    EXPECT_EQ(codes.size(), made.size()) << row_count_max;
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()), made) << row_count_max;
  }
}

TEST_F(PartyList, FindsByFoldedPrefixOfEitherLanguage) {
  ASSERT_TRUE(Create(maker_key_, Zahra()).ok());
  world_.MakeParty(maker_, "Zahir");
  world_.MakeParty(shop_, "Zahra of the shop");
  EXPECT_EQ(Walk(maker_key_, {"", "ZAH"}, 1).size(), 2u);
  EXPECT_EQ(Walk(maker_key_, {"", "zahra a"}, 10).size(), 1u);
  EXPECT_EQ(Walk(maker_key_, {"", "زهرا امیري"}, 10).size(), 1u) << "an Arabic yeh finds it too";
  EXPECT_EQ(Walk(maker_key_, {"", "نیست"}, 10).size(), 0u);
  EXPECT_EQ(Walk(shop_key_, {"", "zah"}, 10).size(), 1u);
}

TEST_F(PartyList, ShowsAPartyOncePerPageThoughBothItsNamesBeginSo) {
  v1::Party party = Zahra();
  party.mutable_display_name()->set_fa("Zahra A.");
  ASSERT_TRUE(Create(maker_key_, party).ok());
  EXPECT_EQ(List(maker_key_, {"", "zahra"})->rows.size(), 1u);
}

TEST_F(PartyList, AnswersOnlyNamesThatBeginSoHoweverLongThePrefix) {
  const std::string common(keyspace::kNameBytesMax, 'z');  // all that the index keeps
  const std::string code = world_.MakeParty(maker_, common + "ab").Digits();
  world_.MakeParty(maker_, common);
  EXPECT_EQ(List(maker_key_, {"", common})->rows.size(), 2u);
  const auto found = List(maker_key_, {"", common + "a"});
  ASSERT_EQ(found->rows.size(), 1u);
  EXPECT_EQ(found->rows[0].code(), code);
  EXPECT_TRUE(List(maker_key_, {"", common + "b"})->rows.empty());
}

TEST_F(PartyList, OpensThePersonalPart) {
  ASSERT_TRUE(Create(maker_key_, Zahra()).ok());
  const auto found = List(maker_key_, {"", "zahra"});
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->rows.at(0).phone(), "+989121234567");
}

TEST_F(PartyList, RefusesAForeignMemberAsAMissingOneAndAsksAKeylessOneForAMember) {
  const auto foreign = List(maker_key_, {catalog::MemberName(shop_), ""});
  EXPECT_EQ(foreign.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(List(maker_key_, {"members/00999", ""}).status().code(), absl::StatusCode::kNotFound);
  const auto unnamed = List(tests::Admin(), {});
  EXPECT_EQ(tests::ReasonIn(unnamed.status()), Reason::kMissingField);
  EXPECT_EQ(tests::FieldIn(unnamed.status()), "member");
  const auto blank = List(maker_key_, {"", "  "});
  EXPECT_EQ(tests::ReasonIn(blank.status()), Reason::kInvalidField);
  EXPECT_EQ(tests::FieldIn(blank.status()), "name_prefix");
}

}  // namespace
}  // namespace radyab::parties
