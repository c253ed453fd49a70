#include "registry/catalog/member_registry.h"

#include <charconv>

#include "coding/gs1_keys.h"
#include "registry/catalog/code_issuer.h"
#include "registry/catalog/name_index.h"
#include "registry/fault_list.h"
#include "registry/page_scan.h"
#include "registry/parties/party_registry.h"
#include "registry/records/records.pb.h"
#include "registry/stamp.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

using storage::GetRow;
using storage::PutRow;

constexpr std::string_view kNamePrefix = "members/";
constexpr std::size_t kBlockDigits = 5;

absl::Status PrefixTaken(std::string_view wanted, std::string_view other) {
  return Refuse(absl::StatusCode::kAlreadyExists, Reason::kAlreadyExists,
                "member.gs1_company_prefix: \"" + std::string(wanted) + "\" overlaps \"" +
                    std::string(other) + "\" of another member",
                {{"field", "member.gs1_company_prefix"}});
}

// Claims a GS1 prefix. Two prefixes overlap when one begins with the other.
absl::Status ClaimGs1Prefix(storage::WriteTransaction& transaction, MemberId member,
                            const std::string& prefix) {
  for (std::size_t length = coding::kGs1CompanyPrefixDigitsMin; length < prefix.size(); ++length) {
    auto shorter = transaction.Get(keyspace::Gs1Prefix(prefix.substr(0, length)));
    if (!shorter.ok()) return shorter.status();
    if (shorter->has_value()) return PrefixTaken(prefix, prefix.substr(0, length));
  }
  const std::string begin = keyspace::Gs1PrefixPrefix(prefix);
  std::string other;
  auto status = transaction.Scan({begin, storage::PrefixEnd(begin)}, storage::Direction::kForward,
                                 1, [&](std::string_view key, std::string_view) {
                                   other = storage::OrderedKeyReader(key.substr(1)).Text();
                                   return false;
                                 });
  if (!status.ok()) return status;
  if (!other.empty()) return PrefixTaken(prefix, other);
  records::BlockRecord record;
  record.set_member(static_cast<std::uint32_t>(member));
  return PutRow(transaction, keyspace::Gs1Prefix(prefix), record);
}

// The normalised prefix of a request, or its faults.
absl::StatusOr<std::string> CheckedPrefix(const std::string& wanted) {
  if (wanted.empty()) return std::string();
  auto prefix = coding::ParseGs1CompanyPrefix(wanted);
  if (!prefix.ok()) return RefuseText("member.gs1_company_prefix", prefix.refusal());
  return *prefix;
}

bool Selects(const std::set<std::string>& fields, std::string_view field) {
  return fields.contains(std::string(field));
}

// Whether any SSCC was minted from the prefix: then it is in the world and cannot change.
absl::StatusOr<bool> HasMinted(storage::ReadTransaction& transaction, MemberId member,
                               const std::string& prefix) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    auto row = transaction.Get(keyspace::SsccCounter(member, prefix, digit));
    if (!row.ok()) return row.status();
    if (row->has_value()) return true;
  }
  return false;
}

absl::Status ChangeGs1Prefix(storage::WriteTransaction& transaction, MemberId id,
                             v1::Member& member, const std::string& prefix) {
  if (prefix == member.gs1_company_prefix()) return absl::OkStatus();
  if (!member.gs1_company_prefix().empty()) {
    auto minted = HasMinted(transaction, id, member.gs1_company_prefix());
    if (!minted.ok()) return minted.status();
    if (*minted) {
      return RefuseField(
          "member.gs1_company_prefix",
          "\"" + member.gs1_company_prefix() + "\" has minted numbers and cannot be changed");
    }
    auto status = transaction.Delete(keyspace::Gs1Prefix(member.gs1_company_prefix()));
    if (!status.ok()) return status;
  }
  member.set_gs1_company_prefix(prefix);
  return prefix.empty() ? absl::OkStatus() : ClaimGs1Prefix(transaction, id, prefix);
}

absl::StatusOr<v1::Member> StoreNewMember(storage::WriteTransaction& transaction,
                                          const Environment& environment, MemberId id,
                                          v1::Member member, std::string_view fresh_key) {
  member.set_name(MemberName(id));
  member.add_blocks(BlockDigits(static_cast<std::uint32_t>(id)));
  Stamp(transaction, member);
  // The row stands before the party is made: the party's code comes from the member's block.
  if (auto status = PutRow(transaction, keyspace::Member(id), member); !status.ok()) return status;
  auto party =
      parties::CreateMemberParty(transaction, environment, id, member.display_name(), fresh_key);
  if (!party.ok()) return party.status();
  member.set_party_code(party->Digits());
  if (auto status = PutRow(transaction, keyspace::Member(id), member); !status.ok()) return status;
  return member;
}

}  // namespace

std::string MemberName(MemberId member) {
  return std::string(kNamePrefix) + BlockDigits(static_cast<std::uint32_t>(member));
}

absl::StatusOr<MemberId> ParseMemberName(std::string_view name, std::string_view field) {
  std::string_view digits = name;
  if (digits.starts_with(kNamePrefix)) digits.remove_prefix(kNamePrefix.size());
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || digits.size() > kBlockDigits || error != std::errc() ||
      end != digits.data() + digits.size()) {
    return RefuseField(
        field, "\"" + std::string(name).substr(0, 80) + "\" is no member; want members/00017");
  }
  return static_cast<MemberId>(number);
}

absl::StatusOr<v1::Member> CreateMember(storage::WriteTransaction& transaction,
                                        const Environment& environment, const v1::Member& wanted,
                                        std::string_view fresh_key) {
  FaultList faults;
  faults.AddAll(CheckName(wanted.display_name(), "member.display_name"));
  auto prefix = CheckedPrefix(wanted.gs1_company_prefix());
  faults.AddAll(prefix.status());
  if (!faults.empty()) return faults.status();

  // LeaseBlock finds no member row yet and only leases.
  auto next = NextBlock(transaction);
  if (!next.ok()) return next.status();
  const auto id = static_cast<MemberId>(*next);
  if (auto block = LeaseBlock(transaction, id); !block.ok()) return block.status();
  if (!prefix->empty()) {
    if (auto status = ClaimGs1Prefix(transaction, id, *prefix); !status.ok()) return status;
  }
  v1::Member member;
  *member.mutable_display_name() = wanted.display_name();
  member.set_gs1_company_prefix(*prefix);
  return StoreNewMember(transaction, environment, id, std::move(member), fresh_key);
}

absl::StatusOr<v1::Member> GetMember(storage::ReadTransaction& transaction, MemberId member) {
  auto row = GetRow<v1::Member>(transaction, keyspace::Member(member));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return NotFound(MemberName(member));
  return std::move(**row);
}

absl::StatusOr<Page<v1::Member>> ListMembers(storage::ReadTransaction& transaction,
                                             const PageRequest& page) {
  return PageOfRows<v1::Member>(transaction, keyspace::MemberPrefix(), page);
}

absl::StatusOr<v1::Member> UpdateMember(storage::WriteTransaction& transaction,
                                        const Environment& environment, const v1::Member& wanted,
                                        const std::set<std::string>& fields) {
  auto id = ParseMemberName(wanted.name(), "member.name");
  if (!id.ok()) return id.status();
  auto found = GetMember(transaction, *id);
  if (!found.ok()) return found.status();
  v1::Member member = *std::move(found);
  if (auto status = CheckEtag(wanted.etag(), member.etag(), member.name()); !status.ok()) {
    return status;
  }
  const v1::LocalizedText& name = wanted.display_name();
  if (Selects(fields, "display_name")) *member.mutable_display_name() = name;
  if (Selects(fields, "display_name.fa")) member.mutable_display_name()->set_fa(name.fa());
  if (Selects(fields, "display_name.en")) member.mutable_display_name()->set_en(name.en());
  FaultList faults;
  faults.AddAll(CheckName(member.display_name(), "member.display_name"));
  auto prefix = CheckedPrefix(wanted.gs1_company_prefix());
  if (Selects(fields, "gs1_company_prefix")) faults.AddAll(prefix.status());
  if (!faults.empty()) return faults.status();
  if (Selects(fields, "gs1_company_prefix")) {
    if (auto status = ChangeGs1Prefix(transaction, *id, member, *prefix); !status.ok()) {
      return status;
    }
  }
  Stamp(transaction, member);
  if (auto status = PutRow(transaction, keyspace::Member(*id), member); !status.ok()) return status;
  const auto party = coding::ParseCode(member.party_code());
  if (!party.ok()) return storage::CorruptRecord(keyspace::Member(*id));
  auto renamed =
      parties::RenameMemberParty(transaction, environment, *party, member.display_name());
  if (!renamed.ok()) return renamed;
  return member;
}

absl::StatusOr<MemberId> MemberOfBlock(storage::ReadTransaction& transaction, std::uint32_t block) {
  auto row = GetRow<records::BlockRecord>(transaction, keyspace::Block(block));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return NotFound("block " + BlockDigits(block));
  return static_cast<MemberId>((*row)->member());
}

absl::StatusOr<std::optional<MemberId>> MemberOfGs1Number(storage::ReadTransaction& transaction,
                                                          std::string_view digits) {
  // No prefix begins with another, so the one that `digits` begin with is the last up to them.
  std::optional<MemberId> member;
  auto status = storage::ScanRows<records::BlockRecord>(
      transaction, {keyspace::Gs1PrefixPrefix(""), keyspace::Gs1Prefix(digits) + '\0'},
      storage::Direction::kBackward, 1, [&](std::string_view key, records::BlockRecord record) {
        const std::string prefix = storage::OrderedKeyReader(key.substr(1)).Text();
        if (digits.starts_with(prefix)) member = static_cast<MemberId>(record.member());
        return false;
      });
  if (!status.ok()) return status;
  return member;
}

absl::StatusOr<MemberId> MemberMeant(storage::ReadTransaction& transaction,
                                     const access::Caller& caller, std::string_view name,
                                     std::string_view field) {
  if (name.empty()) {
    if (caller.member) return *caller.member;
    return RefuseField(field, "missing; a key without member must name one (members/00017)",
                       Reason::kMissingField);
  }
  auto member = ParseMemberName(name, field);
  if (!member.ok()) return member.status();
  if (!caller.Reaches(*member)) return NotFound(MemberName(*member));
  if (auto row = GetMember(transaction, *member); !row.ok()) return row.status();
  return *member;
}

absl::Status CreateRegistryMember(storage::WriteTransaction& transaction,
                                  const Environment& environment, std::string_view fresh_key) {
  records::BlockRecord record;
  record.set_member(static_cast<std::uint32_t>(MemberId::kRegistry));
  if (auto status = PutRow(transaction, keyspace::Block(0), record); !status.ok()) return status;
  v1::Member registry;
  registry.mutable_display_name()->set_fa("مرکز کدگذاری");
  registry.mutable_display_name()->set_en("Registry");
  return StoreNewMember(transaction, environment, MemberId::kRegistry, std::move(registry),
                        fresh_key)
      .status();
}

}  // namespace radyab::catalog
