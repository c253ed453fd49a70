// ListParties: one member's parties, by code or by name.
#include <algorithm>
#include <utility>

#include "coding/text_fold.h"
#include "registry/catalog/member_registry.h"
#include "registry/catalog/name_index.h"
#include "registry/parties/party_registry.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

using Records = std::vector<records::PartyRecord>;

// The member's blocks in the order of the keys.
absl::StatusOr<std::vector<std::uint32_t>> BlocksOf(storage::ReadTransaction& transaction,
                                                    MemberId owner) {
  auto member = catalog::GetMember(transaction, owner);
  if (!member.ok()) return member.status();
  std::vector<std::uint32_t> blocks;
  for (const std::string& digits : member->blocks())
    blocks.push_back(static_cast<std::uint32_t>(std::stoul(digits)));
  std::ranges::sort(blocks);
  return blocks;
}

absl::StatusOr<Page<records::PartyRecord>> PageByCode(storage::ReadTransaction& transaction,
                                                      MemberId owner, const PageRequest& page) {
  auto blocks = BlocksOf(transaction, owner);
  if (!blocks.ok()) return blocks.status();
  Page<records::PartyRecord> found;
  std::string last_key;
  for (const std::uint32_t block : *blocks) {
    const std::string prefix = keyspace::PartyPrefix(block);
    storage::KeyRange range{prefix, storage::PrefixEnd(prefix)};
    if (!page.after.empty()) range.begin = std::max(range.begin, page.after + '\0');
    if (!range.end.empty() && range.begin >= range.end) continue;
    auto status = storage::ScanRows<records::PartyRecord>(
        transaction, range, storage::Direction::kForward,
        page.row_count_max + 1 - found.rows.size(),
        [&](std::string_view key, records::PartyRecord record) {
          if (found.rows.size() == page.row_count_max) {
            found.next = last_key;
            return false;
          }
          found.rows.push_back(std::move(record));
          last_key = std::string(key);
          return true;
        });
    if (!status.ok()) return status;
    if (!found.next.empty()) break;
  }
  return found;
}

// A party whose two names both begin so comes once a page.
absl::StatusOr<Page<records::PartyRecord>> PageByName(storage::ReadTransaction& transaction,
                                                      MemberId owner, std::string_view prefix,
                                                      const PageRequest& page) {
  auto codes = catalog::FindNames(transaction, coding::Kind::kParty, owner, prefix, page);
  if (!codes.ok()) return codes.status();
  Page<records::PartyRecord> found;
  found.next = codes->next;
  std::set<coding::Code> seen;
  for (const coding::Code code : codes->rows) {
    if (!seen.insert(code).second) continue;
    auto record = ReadPartyRecord(transaction, code);
    if (!record.ok()) return record.status();
    if (!record->has_value()) return storage::CorruptRecord(keyspace::Party(code));
    found.rows.push_back(std::move(**record));
  }
  return found;
}

}  // namespace

absl::StatusOr<Page<v1::Party>> ListParties(storage::ReadTransaction& transaction,
                                            const Environment& environment,
                                            const access::Caller& caller, const PartyFilter& filter,
                                            const PageRequest& page) {
  auto owner = catalog::MemberMeant(transaction, caller, filter.member, "member");
  if (!owner.ok()) return owner.status();
  auto found = filter.name_prefix.empty()
                   ? PageByCode(transaction, *owner, page)
                   : PageByName(transaction, *owner, filter.name_prefix, page);
  if (!found.ok()) return found.status();
  Page<v1::Party> opened;
  opened.next = std::move(found->next);
  const std::string folded = coding::FoldText(filter.name_prefix);
  for (records::PartyRecord& record : found->rows) {
    auto party = OpenParty(transaction, environment, std::move(record));
    if (!party.ok()) return party.status();
    if (!catalog::NameBegins(party->display_name(), folded)) continue;
    opened.rows.push_back(*std::move(party));
  }
  return opened;
}

}  // namespace radyab::parties
