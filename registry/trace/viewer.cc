#include "registry/trace/viewer.h"

#include "coding/code.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/merge_group.h"
#include "registry/storage/record.h"

namespace radyab::trace {
namespace {

// A stored party number as a code.
absl::StatusOr<coding::Code> PartyCode(std::uint64_t party) {
  const auto code = coding::Code::FromNumber(party);
  if (!code.ok()) return storage::CorruptRecord("party " + std::to_string(party));
  return *code;
}

}  // namespace

std::string PartyDigits(std::uint64_t party) {
  return party == 0 ? std::string() : std::to_string(party);
}

Viewer::Viewer(storage::ReadTransaction& transaction, const access::Caller& caller,
               std::optional<MemberId> member)
    : transaction_(transaction), sees_all_(caller.ReachesEveryMember()), member_(member) {
  if (member_) member_name_ = catalog::MemberName(*member_);
}

absl::StatusOr<MemberId> Viewer::OwnerOfBlock(std::uint32_t block) {
  const auto known = owner_of_block_.find(block);
  if (known != owner_of_block_.end()) return known->second;
  auto owner = catalog::MemberOfBlock(transaction_, block);
  if (owner.ok()) owner_of_block_[block] = *owner;
  return owner;
}

absl::StatusOr<MemberId> Viewer::OwnerOfParty(std::uint64_t party) {
  const auto code = PartyCode(party);
  if (!code.ok()) return code.status();
  return OwnerOfBlock(code->block());
}

absl::StatusOr<std::uint64_t> Viewer::OwnPartyOf(MemberId member) {
  const auto known = own_party_.find(member);
  if (known != own_party_.end()) return known->second;
  auto row = catalog::GetMember(transaction_, member);
  if (!row.ok()) return row.status();
  const auto code = coding::ParseCode(row->party_code());
  if (!code.ok()) return storage::CorruptRecord(keyspace::Member(member));
  return own_party_[member] = code->number();
}

absl::StatusOr<bool> Viewer::IsPartner(MemberId other) {
  const auto known = partners_.find(other);
  if (known != partners_.end()) return known->second;
  auto row = transaction_.Get(keyspace::Partner(*member_, other));
  if (!row.ok()) return row.status();
  return partners_[other] = row->has_value();
}

absl::StatusOr<std::string> Viewer::PresentDigits(std::uint64_t party) {
  if (party == 0) return std::string();
  const auto known = present_.find(party);
  if (known != present_.end()) return known->second;
  const auto code = PartyCode(party);
  if (!code.ok()) return code.status();
  auto present = parties::PresentParty(transaction_, *code);
  if (!present.ok()) return present.status();
  return present_[party] = present->Digits();
}

absl::StatusOr<std::string> Viewer::PartyFor(std::uint64_t party) {
  if (party == 0) return std::string();
  if (sees_all_) return PresentDigits(party);
  if (!member_) return std::string();
  auto owner = OwnerOfParty(party);
  if (!owner.ok()) return owner.status();
  if (*owner == *member_) return PresentDigits(party);
  auto partner = IsPartner(*owner);
  if (!partner.ok()) return partner.status();
  if (!*partner) return std::string();
  auto own = OwnPartyOf(*owner);
  if (!own.ok()) return own.status();
  return PartyDigits(*own);
}

absl::StatusOr<Appearance> Viewer::Appear(const Whereabouts& where) {
  const auto as_it_is = [&]() -> absl::StatusOr<Appearance> {
    auto holder = PresentDigits(where.holder);
    if (!holder.ok()) return holder.status();
    auto destination = PresentDigits(where.destination);
    if (!destination.ok()) return destination.status();
    return Appearance{*std::move(holder), where.state, *std::move(destination), true};
  };
  if (sees_all_) return as_it_is();
  if (!member_) return Appearance{};
  auto owner = OwnerOfParty(where.holder);
  if (!owner.ok()) return owner.status();
  if (*owner == *member_) return as_it_is();
  if (where.destination != 0) {
    auto receiver = OwnerOfParty(where.destination);
    if (!receiver.ok()) return receiver.status();
    if (*receiver == *member_)
      return as_it_is();  // only a member's own party sends to another member
  }
  auto party = PartyFor(where.holder);
  if (!party.ok()) return party.status();
  return Appearance{*std::move(party), v1::CUSTODY_STATE_HELD, "", false};
}

absl::StatusOr<bool> Viewer::SeesEvent(const v1::Event& event) {
  if (sees_all_) return true;
  if (!member_) return false;
  if (event.member() == member_name_) return true;
  auto own = OwnPartyOf(*member_);
  if (!own.ok()) return own.status();
  const std::string digits = PartyDigits(*own);
  return event.source_party() == digits || event.destination_party() == digits;
}

}  // namespace radyab::trace
