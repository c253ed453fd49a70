// The parties verbs of one registry, as one key calls them.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "registry/access/sealed_part.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/party_registry.h"
#include "registry/parties/party_row.h"
#include "tests/support/registry_world.h"

namespace radyab::parties {

// A maker with a key of his own, and another member.
class PartyWorld : public ::testing::Test {
 protected:
  absl::StatusOr<v1::Party> Create(const access::Caller& caller, const v1::Party& wanted,
                                   const std::vector<v1::Alias>& aliases = {}) {
    const std::string fresh_key = tests::FreshBytes(access::kFreshKeyBytes);
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return CreateParty(transaction, world_.environment(), caller, wanted, aliases, fresh_key);
    });
  }
  absl::StatusOr<v1::Party> Get(const access::Caller& caller, const std::string& name) {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return GetParty(transaction, world_.environment(), caller, name);
    });
  }
  absl::StatusOr<v1::Party> Update(const access::Caller& caller, const v1::Party& wanted,
                                   const std::set<std::string>& fields) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return UpdateParty(transaction, world_.environment(), caller, wanted, fields);
    });
  }
  absl::StatusOr<Page<v1::Party>> List(const access::Caller& caller, const PartyFilter& filter,
                                       const PageRequest& page = {}) {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return ListParties(transaction, world_.environment(), caller, filter, page);
    });
  }
  absl::StatusOr<catalog::LifeOutcome> ChangeLife(const std::string& code, v1::LifeState state) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return catalog::ChangeLifeState(transaction, tests::Admin(),
                                      {code, state, "because", "", ""});
    });
  }
  // Every field a person can have.
  static v1::Party Zahra() {
    v1::Party party;
    party.set_kind(v1::PARTY_KIND_PERSON);
    party.add_roles(v1::PARTY_ROLE_CUSTOMER);
    party.mutable_display_name()->set_fa("زهرا امیری");
    party.mutable_display_name()->set_en("Zahra Amiri");
    party.set_phone("0912 123 4567");
    party.set_email("Zahra@Example.COM");
    return party;
  }

  tests::RegistryWorld world_;
  const MemberId maker_ = world_.MakeMember("Maker");
  const MemberId shop_ = world_.MakeMember("Shop");
  const access::Caller maker_key_ = tests::CallerFor(maker_);
  const access::Caller shop_key_ = tests::CallerFor(shop_);
};

}  // namespace radyab::parties
