#include "registry/parties/merge_pair.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "registry/catalog/alias_row.h"
#include "registry/catalog/member_registry.h"
#include "registry/fault_list.h"
#include "registry/parties/contact_check.h"
#include "registry/parties/merge_group.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"

namespace radyab::parties {
namespace {

// Schemes of which a party has one identifier.
constexpr v1::AliasScheme kStrongSchemes[] = {v1::ALIAS_SCHEME_NATIONAL_ID,
                                              v1::ALIAS_SCHEME_LEGAL_ID};

absl::Status WrongSurvivor(const MergeWanted& wanted, const std::string& message) {
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kInvalidSuccessor, message,
                {{"field", wanted.survivor_field}});
}

absl::Status WrongAbsorbed(const MergeWanted& wanted, const v1::Party& party,
                           const std::string& message) {
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kIllegalTransition, message,
                {{"field", wanted.absorbed_field},
                 {"from", catalog::LifeStateName(party.life().state())},
                 {"to", "MERGED"},
                 {"successor_code", party.life().successor_code()}});
}

absl::StatusOr<OpenedParty> OpenReached(storage::ReadTransaction& transaction,
                                        const Environment& environment,
                                        const access::Caller& caller, std::string_view name,
                                        std::string_view field) {
  auto code = ParsePartyName(name, field);
  if (!code.ok()) return code.status();
  auto found = FindParty(transaction, *code);
  if (!found.ok()) return found.status();
  if (!caller.ReachesPrivate(found->owner)) return NotFound(PartyName(*code));
  return OpenFound(transaction, environment, *std::move(found));
}

absl::Status CheckTakenFields(const MergeWanted& wanted) {
  FaultList faults;
  for (std::size_t i = 0; i < wanted.take_from_absorbed.size(); ++i) {
    const std::string& field = wanted.take_from_absorbed[i];
    const std::string place = "take_from_absorbed[" + std::to_string(i) + "]";
    if (!MergeFieldNames().contains(field)) {
      std::string names;
      for (const std::string& name : MergeFieldNames()) names += (names.empty() ? "" : ", ") + name;
      faults.Add(place, "\"" + field.substr(0, 80) + "\" cannot be chosen; want one of " + names);
    }
    if (i >= MergeFieldNames().size()) {
      faults.Add(place, "a field twice");
      break;
    }
  }
  return faults.status();
}

// Whether these two may be one at all.
absl::Status CheckPair(storage::ReadTransaction& transaction, const MergeWanted& wanted,
                       const OpenedParty& survivor, const OpenedParty& absorbed) {
  const std::string from = absorbed.code.Digits(), into = survivor.code.Digits();
  if (absorbed.code == survivor.code) {
    return WrongSurvivor(wanted, from + " cannot be merged into itself");
  }
  if (absorbed.owner != survivor.owner) {
    return WrongSurvivor(wanted, from + " is a party of " + absorbed.party.member() + ", " + into +
                                     " of " + survivor.party.member() + "; want two of one member");
  }
  if (absorbed.party.kind() != survivor.party.kind()) {
    return WrongSurvivor(wanted, "one of " + from + " and " + into +
                                     " is a person and the other an organisation; want two of one "
                                     "kind");
  }
  const v1::Life& life = absorbed.party.life();
  if (life.state() != v1::LIFE_STATE_ACTIVE && life.state() != v1::LIFE_STATE_SUSPENDED) {
    std::string message = from + " is " + catalog::LifeStateName(life.state());
    if (!life.successor_code().empty()) message += " into " + life.successor_code();
    return WrongAbsorbed(wanted, absorbed.party, message + ", want one that is not");
  }
  if (survivor.party.life().state() != v1::LIFE_STATE_ACTIVE) {
    return WrongSurvivor(wanted, into + " is " +
                                     catalog::LifeStateName(survivor.party.life().state()) +
                                     ", want an active party");
  }
  auto member = catalog::GetMember(transaction, absorbed.owner);
  if (!member.ok()) return member.status();
  if (member->party_code() == from) {
    return WrongAbsorbed(wanted, absorbed.party, from + " is " + member->name() + " itself");
  }
  return absl::OkStatus();
}

using Values = std::map<int, std::set<std::string>>;

Values StrongIdsOf(const std::vector<records::AliasRecord>& lines) {
  Values values;
  for (const records::AliasRecord& line : lines) {
    const auto scheme = line.alias().scheme();
    if (std::ranges::count(kStrongSchemes, scheme) > 0) {
      values[scheme].insert(line.alias().value());
    }
  }
  return values;
}

bool IsVerified(const v1::Party& party, int scheme) {
  return std::ranges::count(party.verified_schemes(), scheme) > 0;
}

std::vector<v1::IdentifierConflict> ConflictsOf(
    const MergePair& pair, const std::vector<records::AliasRecord>& survivor_lines) {
  const Values own = StrongIdsOf(survivor_lines);
  std::vector<v1::IdentifierConflict> conflicts;
  for (const auto& [scheme, values] : StrongIdsOf(pair.absorbed_aliases)) {
    const auto found = own.find(scheme);
    if (found == own.end() || found->second == values) continue;
    v1::IdentifierConflict& conflict = conflicts.emplace_back();
    conflict.set_scheme(static_cast<v1::AliasScheme>(scheme));
    conflict.set_survivor_verified(IsVerified(pair.survivor.party, scheme));
    conflict.set_absorbed_verified(IsVerified(pair.absorbed.party, scheme));
  }
  return conflicts;
}

absl::Status TooMany(const std::string& what, std::size_t count, std::size_t limit) {
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                "the two have " + std::to_string(count) + " " + what + " together, want at most " +
                    std::to_string(limit),
                {{"limit", std::to_string(limit)}});
}

// What the merged party would have too much of.
absl::Status CheckRoom(storage::ReadTransaction& transaction, const MergePair& pair) {
  auto group = MergeGroup(transaction, pair.survivor.code);
  if (!group.ok()) return group.status();
  const std::size_t codes = group->size() + pair.absorbed_group.size();
  if (codes > kMergeGroupMax) return TooMany("codes merged into them", codes, kMergeGroupMax);
  v1::Party result = pair.survivor.party;
  PutFacts(pair.merged_facts, result);
  if (result.contact_points_size() > kContactPointsMax) {
    return TooMany("contact points", static_cast<std::size_t>(result.contact_points_size()),
                   kContactPointsMax);
  }
  if (result.consents_size() > kConsentsMax) {
    return TooMany("consents", static_cast<std::size_t>(result.consents_size()), kConsentsMax);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<MergePair> ReadMergePair(storage::ReadTransaction& transaction,
                                        const Environment& environment,
                                        const access::Caller& caller, const MergeWanted& wanted) {
  auto survivor =
      OpenReached(transaction, environment, caller, wanted.survivor, wanted.survivor_field);
  if (!survivor.ok()) return survivor.status();
  auto absorbed =
      OpenReached(transaction, environment, caller, wanted.absorbed, wanted.absorbed_field);
  if (!absorbed.ok()) return absorbed.status();
  if (auto status = CheckTakenFields(wanted); !status.ok()) return status;
  auto fitting = CheckPair(transaction, wanted, *survivor, *absorbed);
  if (!fitting.ok()) return fitting;

  MergePair pair{*std::move(survivor), *std::move(absorbed)};
  auto own_lines = catalog::LiveLines(transaction, pair.survivor.code);
  if (!own_lines.ok()) return own_lines.status();
  auto lines = catalog::LiveLines(transaction, pair.absorbed.code);
  if (!lines.ok()) return lines.status();
  pair.absorbed_aliases = *std::move(lines);
  pair.conflicts = ConflictsOf(pair, *own_lines);
  pair.rule.take_from_absorbed.insert(wanted.take_from_absorbed.begin(),
                                      wanted.take_from_absorbed.end());
  for (const v1::IdentifierConflict& conflict : pair.conflicts) {
    pair.rule.conflicting_schemes.insert(conflict.scheme());
  }
  pair.survivor_facts = FactsOf(pair.survivor.party);
  pair.absorbed_facts = FactsOf(pair.absorbed.party);
  pair.merged_facts = MergedFacts(pair.survivor_facts, pair.absorbed_facts, pair.rule);
  auto group = MergeGroup(transaction, pair.absorbed.code);
  if (!group.ok()) return group.status();
  pair.absorbed_group = *std::move(group);
  if (auto status = CheckRoom(transaction, pair); !status.ok()) return status;
  return pair;
}

}  // namespace radyab::parties
