// Parties that are made one and parted again.
#pragma once

#include <string>
#include <vector>

#include "registry/catalog/alias_row.h"
#include "registry/parties/party_facts.h"
#include "registry/parties/party_merge.h"
#include "tests/registry/parties/party_world.h"

namespace radyab::parties {

class MergeWorld : public PartyWorld {
 protected:
  static MergeWanted Pair(const std::string& absorbed, const std::string& survivor) {
    MergeWanted wanted;
    wanted.absorbed = absorbed;
    wanted.survivor = survivor;
    wanted.reason = "typed twice";
    return wanted;
  }
  absl::StatusOr<Merged> Merge(const access::Caller& caller, const MergeWanted& wanted) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return MergeParties(transaction, world_.environment(), caller, wanted);
    });
  }
  absl::StatusOr<v1::MergePreview> Preview(const access::Caller& caller,
                                           const MergeWanted& wanted) {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return PreviewMerge(transaction, world_.environment(), caller, wanted);
    });
  }
  absl::StatusOr<Unmerged> Unmerge(const access::Caller& caller, const std::string& absorbed) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return UnmergeParties(transaction, world_.environment(), caller, absorbed, "they are two");
    });
  }
  // A party made of what `said` says; its name.
  std::string Make(const v1::Party& said, const std::vector<v1::Alias>& aliases = {}) {
    const auto made = Create(maker_key_, said, aliases);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? made->name() : "";
  }
  v1::Party Read(const std::string& name) {
    auto party = Get(maker_key_, name);
    EXPECT_TRUE(party.ok()) << party.status();
    return party.ok() ? *std::move(party) : v1::Party();
  }
  static v1::Party Person(const std::string& name_en) {
    v1::Party party;
    party.set_kind(v1::PARTY_KIND_PERSON);
    party.add_roles(v1::PARTY_ROLE_CUSTOMER);
    party.mutable_display_name()->set_en(name_en);
    return party;
  }
  static void AddContact(v1::Party& party, const std::string& email, bool verified = false) {
    v1::ContactPoint& point = *party.add_contact_points();
    point.set_kind(v1::CONTACT_KIND_EMAIL);
    point.set_value(email);
    point.set_verified(verified);
  }
  // Times are seconds; 0: none.
  static void AddConsent(v1::Party& party, const std::string& purpose, int given, int withdrawn) {
    v1::Consent& consent = *party.add_consents();
    consent.set_purpose(purpose);
    consent.set_channel(v1::CONTACT_CHANNEL_SMS);
    if (given != 0) consent.mutable_given_time()->set_seconds(given);
    if (withdrawn != 0) consent.mutable_withdrawn_time()->set_seconds(withdrawn);
  }
  static std::string CodeOf(const std::string& name) { return name.substr(name.find('/') + 1); }
  std::vector<std::string> AliasesOf(const std::string& name) {
    std::vector<std::string> values;
    EXPECT_TRUE(world_
                    .Read([&](storage::ReadTransaction& transaction) {
                      auto lines =
                          catalog::LiveLines(transaction, *coding::ParseCode(CodeOf(name)));
                      if (!lines.ok()) return lines.status();
                      for (const auto& line : *lines) values.push_back(line.alias().value());
                      return absl::OkStatus();
                    })
                    .ok());
    return values;
  }
};

}  // namespace radyab::parties
