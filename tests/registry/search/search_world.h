// A registry whose names are in the search index, and searches in it.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "registry/access/sealed_part.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/party_registry.h"
#include "registry/search/index_upkeep.h"
#include "registry/search/row_budget.h"
#include "registry/search/search.h"
#include "tests/support/counting_store.h"
#include "tests/support/registry_world.h"

namespace radyab::search {

// Steps of the index until nothing is left to do; how many names that were.
inline std::size_t IndexAll(storage::Store& store, const Environment& environment,
                            std::size_t thing_count_max = kIndexedThingsMax) {
  std::size_t done = 0;
  for (bool work = true; work;) {
    auto step = IndexSome(store, environment, thing_count_max);
    EXPECT_TRUE(step.ok()) << step.status();
    if (step.ok()) done += step->taken;
    auto status = store.Read([&](storage::ReadTransaction& transaction) {
      auto has_work = HasWork(transaction);
      work = has_work.ok() && *has_work;
      return has_work.status();
    });
    EXPECT_TRUE(status.ok()) << status;
  }
  return done;
}

// "NAME/MATCH" of every hit of every page, the name in Persian or else in English. Each page is
// held against the bound on its rows.
inline std::vector<std::string> AllHits(storage::Store& store, const Environment& environment,
                                        const access::Caller& caller, const Wanted& wanted,
                                        std::size_t page_size = kPageRowsDefault) {
  constexpr int kPagesMax = 1'000'000;
  std::vector<std::string> hits;
  tests::CountingStore counting(store);
  PageRequest page{page_size, ""};
  for (int number = 0; number < kPagesMax; ++number) {
    counting.Reset();
    auto status = counting.Read([&](storage::ReadTransaction& transaction) {
      auto answer = Search(transaction, environment, caller, true, wanted, page);
      if (!answer.ok()) return answer.status();
      for (const v1::SearchHit& hit : answer->page.rows) {
        const auto& name = hit.display_name();
        hits.push_back((name.fa().empty() ? name.en() : name.fa()) + "/" +
                       std::to_string(hit.match()));
      }
      EXPECT_LE(answer->page.rows.size(), page_size);
      page.after = answer->page.next;
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_LE(counting.count().rows(), kRowsPerHitMax * page_size)
        << wanted.query << " page " << number;
    if (!status.ok() || page.after.empty()) return hits;
  }
  ADD_FAILURE() << "the pages of " << wanted.query << " do not end";
  return hits;
}

class SearchWorld : public ::testing::Test {
 protected:
  void Index() { IndexAll(world_.store(), world_.environment()); }
  std::vector<std::string> Hits(const access::Caller& caller, const std::string& query,
                                const std::vector<v1::SearchKind>& kinds = {},
                                std::size_t page_size = kPageRowsDefault) {
    return AllHits(world_.store(), world_.environment(), caller, {query, kinds, ""}, page_size);
  }
  absl::StatusOr<Answer> FirstPage(const access::Caller& caller, const Wanted& wanted,
                                   bool parties_readable = true) {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return Search(transaction, world_.environment(), caller, parties_readable, wanted, {});
    });
  }
  coding::Code MakeItem(const std::string& name_fa) {
    world_.MakeClass("0412");
    v1::Item wanted;
    wanted.set_member(catalog::MemberName(maker_));
    wanted.set_class_name("classes/0412");
    wanted.mutable_display_name()->set_fa(name_fa);
    auto item = world_.Write([&](storage::WriteTransaction& transaction) {
      return catalog::CreateItem(transaction, world_.environment(), tests::Admin(), wanted, {});
    });
    EXPECT_TRUE(item.ok()) << item.status();
    return *coding::ParseCode(item->code());
  }
  coding::Code MakeParty(MemberId owner, const std::string& name_fa, const std::string& phone = "",
                         const std::string& email = "",
                         const std::vector<v1::Alias>& aliases = {}) {
    v1::Party wanted;
    wanted.set_member(catalog::MemberName(owner));
    wanted.set_kind(v1::PARTY_KIND_PERSON);
    wanted.add_roles(v1::PARTY_ROLE_CUSTOMER);
    wanted.mutable_display_name()->set_fa(name_fa);
    wanted.set_phone(phone);
    wanted.set_email(email);
    const std::string fresh_key = tests::FreshBytes(access::kFreshKeyBytes);
    auto party = world_.Write([&](storage::WriteTransaction& transaction) {
      return parties::CreateParty(transaction, world_.environment(), tests::Admin(), wanted,
                                  aliases, fresh_key);
    });
    EXPECT_TRUE(party.ok()) << party.status();
    return *coding::ParseCode(party->code());
  }

  tests::RegistryWorld world_;
  const MemberId maker_ = world_.MakeMember("Maker");
  const MemberId shop_ = world_.MakeMember("Shop");
  const access::Caller maker_key_ = tests::CallerFor(maker_);
  const access::Caller shop_key_ = tests::CallerFor(shop_);
};

}  // namespace radyab::search
