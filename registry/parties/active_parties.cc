#include "registry/parties/active_parties.h"

#include <algorithm>
#include <string>

#include "registry/catalog/alias_row.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

constexpr std::size_t kCheckEvery = 1'000;

// "1983-07-06", "1983-07", "1983" as they were checked.
linkage::BirthDate BirthDateOf(const std::string& text) {
  linkage::BirthDate birth;
  if (text.size() >= 4) birth.year = std::stoi(text.substr(0, 4));
  if (text.size() >= 7) birth.month = std::stoi(text.substr(5, 2));
  if (text.size() >= 10) birth.day = std::stoi(text.substr(8, 2));
  return birth;
}

void AddContact(std::vector<std::string>& list, const std::string& value) {
  if (!value.empty() && std::ranges::find(list, value) == list.end()) list.push_back(value);
}

std::string SchemeName(v1::AliasScheme scheme) {
  return scheme == v1::ALIAS_SCHEME_NATIONAL_ID ? "national_id" : "legal_id";
}

}  // namespace

absl::Status VisitActiveParties(storage::ReadTransaction& transaction,
                                const Environment& environment, MemberId owner,
                                absl::FunctionRef<absl::Status(const v1::Party&)> visit) {
  auto member = catalog::GetMember(transaction, owner);
  if (!member.ok()) return member.status();
  std::vector<std::string> blocks(member->blocks().begin(), member->blocks().end());
  std::ranges::sort(blocks);
  for (const std::string& block : blocks) {
    const std::string prefix = keyspace::PartyPrefix(static_cast<std::uint32_t>(std::stoul(block)));
    absl::Status fault = absl::OkStatus();
    auto status = storage::ScanRows<records::PartyRecord>(
        transaction, {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
        storage::kNoRowLimit, [&](std::string_view, records::PartyRecord record) {
          if (record.party().life().state() != v1::LIFE_STATE_ACTIVE) return true;
          if (record.party().code() == member->party_code()) return true;
          auto party = OpenParty(transaction, environment, std::move(record));
          fault = party.ok() ? visit(*party) : party.status();
          return fault.ok();
        });
    if (!fault.ok()) return fault;
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

linkage::LinkageRecord LinkageRecordOf(const v1::Party& party, std::uint64_t id,
                                       const std::vector<records::AliasRecord>& lines) {
  linkage::LinkageRecord record;
  record.id = id;
  record.organisation = party.kind() == v1::PARTY_KIND_ORGANISATION;
  record.name_fa = party.display_name().fa();
  record.name_en = party.display_name().en();
  AddContact(record.phones, party.phone());
  AddContact(record.emails, party.email());
  for (const v1::ContactPoint& point : party.contact_points()) {
    const bool phone = point.kind() == v1::CONTACT_KIND_PHONE;
    AddContact(phone ? record.phones : record.emails, point.value());
  }
  for (const records::AliasRecord& line : lines) {
    const v1::AliasScheme scheme = line.alias().scheme();
    if (scheme != v1::ALIAS_SCHEME_NATIONAL_ID && scheme != v1::ALIAS_SCHEME_LEGAL_ID) continue;
    const bool verified = std::ranges::count(party.verified_schemes(), scheme) > 0;
    record.ids.push_back({SchemeName(scheme), line.alias().value(), verified});
  }
  record.birth = BirthDateOf(party.birth_date());
  record.address = {party.address().postcode(), party.address().street(), party.address().number(),
                    party.address().unit()};
  return record;
}

absl::StatusOr<LinkageParties> ReadLinkageParties(storage::ReadTransaction& transaction,
                                                  const Environment& environment, MemberId owner,
                                                  absl::FunctionRef<absl::Status()> check) {
  LinkageParties found;
  auto status = VisitActiveParties(
      transaction, environment, owner, [&](const v1::Party& party) -> absl::Status {
        if (found.codes.size() == kLinkagePartiesMax) {
          return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                        "the member has more than " + std::to_string(kLinkagePartiesMax) +
                            " active parties, the most that are compared",
                        {{"limit", std::to_string(kLinkagePartiesMax)}});
        }
        const auto code = coding::ParseCode(party.code());
        if (!code.ok()) return storage::CorruptRecord(party.name());
        auto lines = catalog::LiveLines(transaction, *code);
        if (!lines.ok()) return lines.status();
        found.codes.push_back(*code);
        found.records.push_back(linkage::Prepare(LinkageRecordOf(party, code->number(), *lines)));
        found.frequency.Add(found.records.back());
        return found.codes.size() % kCheckEvery == 0 ? check() : absl::OkStatus();
      });
  if (!status.ok()) return status;
  return found;
}

}  // namespace radyab::parties
