#include "registry/catalog/item_registry.h"

#include <algorithm>

#include "coding/decimal_quantity.h"
#include "coding/text_fold.h"
#include "registry/catalog/alias_registry.h"
#include "registry/catalog/catalog_entry.h"
#include "registry/catalog/class_tree.h"
#include "registry/catalog/code_issuer.h"
#include "registry/catalog/code_reservations.h"
#include "registry/catalog/compared_entry.h"
#include "registry/catalog/identity.h"
#include "registry/catalog/item_duplicates.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/catalog/name_index.h"
#include "registry/fault_list.h"
#include "registry/page_scan.h"
#include "registry/search/name_notes.h"
#include "registry/stamp.h"

namespace radyab::catalog {
namespace {

using storage::PutRow;

constexpr char kUnitDefault[] = "C62";

template <class Entry>
std::string Field(std::string_view path) {
  return std::string(EntryKind<Entry>::kField) + "." + std::string(path);
}

// Name, class and attributes of a wanted entry; what it takes from its class when all is right.
template <class Entry>
absl::StatusOr<ClassFit> CheckEntry(storage::ReadTransaction& transaction, const Entry& wanted,
                                    FaultList& faults) {
  faults.AddAll(CheckName(wanted.display_name(), Field<Entry>("display_name")));
  auto fit = CheckAgainstClass(transaction, wanted.class_name(), wanted.attributes());
  faults.AddAll(fit.status(), Field<Entry>(""));
  if (!faults.empty()) return faults.status();
  return fit;
}

template <class Entry>
void TakeFromClass(const ClassFit& fit, Entry& entry) {
  const v1::LocalizedText& name = fit.approved_name;
  if (name.fa().empty() && name.en().empty()) {
    entry.clear_approved_name();
  } else {
    *entry.mutable_approved_name() = name;
  }
  entry.mutable_class_versions()->Assign(fit.versions.begin(), fit.versions.end());
}

absl::Status CheckUnit(const v1::Item& wanted) {
  if (wanted.unit().empty()) return absl::OkStatus();
  const auto unit = coding::ParseMeasureUnit(wanted.unit());
  return unit.ok() ? absl::OkStatus() : RefuseText("item.unit", unit.refusal());
}

void SetUnit(v1::Item& item) {
  if (item.unit().empty()) item.set_unit(kUnitDefault);
}
void SetUnit(v1::Service&) {}
absl::Status CheckUnit(const v1::Service&) { return absl::OkStatus(); }

// Nothing when nobody can be the same.
template <class Entry>
std::optional<IdentityClaim> ClaimOf(const Entry& entry, const ClassFit& fit, MemberId owner) {
  if (fit.identity.empty()) return std::nullopt;
  std::string_view key_code = entry.class_name();
  key_code.remove_prefix(key_code.find('/') + 1);
  return IdentityClaim{owner, std::string(key_code), fit.identity};
}

// The resource as it is stored: what the caller may give, and nothing of what only we set.
template <class Entry>
Entry FreshEntry(const Entry& wanted, coding::Code code, MemberId owner) {
  Entry entry;
  entry.set_name(std::string(EntryKind<Entry>::kNamePrefix) + code.Digits());
  entry.set_code(code.Digits());
  entry.set_member(MemberName(owner));
  entry.set_class_name(wanted.class_name());
  *entry.mutable_display_name() = wanted.display_name();
  *entry.mutable_attributes() = wanted.attributes();
  return entry;
}

v1::Item* ItemIn(v1::Item& item) { return &item; }
v1::Item* ItemIn(v1::Service&) { return nullptr; }

// Whether linking a GTIN puts the row of `entry`: then nobody needs to put it before.
bool IsPutByGtin(v1::Service&, const std::vector<v1::Alias>&) { return false; }
bool IsPutByGtin(v1::Item&, const std::vector<v1::Alias>& aliases) {
  return std::ranges::count(aliases, v1::ALIAS_SCHEME_GTIN, &v1::Alias::scheme) == 1;
}

void CopyUnit(const v1::Item& wanted, v1::Item& item) { item.set_unit(wanted.unit()); }
void CopyUnit(const v1::Service&, v1::Service&) {}

template <class Entry>
absl::StatusOr<Entry> Create(storage::WriteTransaction& transaction, const Environment& environment,
                             const access::Caller& caller, const Entry& wanted,
                             const std::vector<v1::Alias>& aliases, std::string_view reserved_code,
                             bool strict) {
  using Kind = EntryKind<Entry>;
  auto owner = MemberMeant(transaction, caller, wanted.member(), Field<Entry>("member"));
  if (!owner.ok()) return owner.status();
  FaultList faults;
  faults.AddAll(CheckUnit(wanted));
  auto fit = CheckEntry(transaction, wanted, faults);
  if (!fit.ok()) return fit.status();
  const auto claim = ClaimOf(wanted, *fit, *owner);
  if (claim) {
    if (auto same = CheckNotTheSame<Entry>(transaction, *claim); !same.ok()) return same;
  }
  auto code =
      reserved_code.empty()
          ? IssueCatalogCode(transaction, Kind::kKind, *owner, fit->birth_class)
          : UseReservedCode(transaction, reserved_code, {Kind::kKind, *owner, fit->birth_class});
  if (!code.ok()) return code.status();

  Entry entry = FreshEntry(wanted, *code, *owner);
  CopyUnit(wanted, entry);
  SetUnit(entry);
  TakeFromClass(*fit, entry);
  if (strict) {
    auto alone = CheckNothingAlike(transaction, environment, AsCompared(entry));
    if (!alone.ok()) return alone;
  }
  *entry.mutable_life() = NewLife(transaction.record_time_us());
  Stamp(transaction, entry);
  if (!IsPutByGtin(entry, aliases)) {
    if (auto status = PutRow(transaction, Kind::Key(*code), entry); !status.ok()) return status;
  }
  auto named = IndexName(transaction, *code, MemberId::kRegistry, entry.display_name());
  if (!named.ok()) return named;
  if (claim) {
    if (auto put = PutIdentity(transaction, *code, *claim); !put.ok()) return put;
  }
  auto noted = search::NoteNew(transaction, search::ThingOf(*code));
  if (!noted.ok()) return noted;
  if (aliases.empty()) return entry;
  auto added = AddFirstAliases(transaction, environment,
                               {*code, *owner, v1::PARTY_KIND_UNSPECIFIED, ItemIn(entry)}, aliases);
  if (!added.ok()) return added;
  return entry;
}

template <class Entry>
absl::StatusOr<Entry> GetEntry(storage::ReadTransaction& transaction, std::string_view name) {
  auto code = ParseEntryName<Entry>(name, "name");
  if (!code.ok()) return code.status();
  return ReadEntry<Entry>(transaction, *code);
}

// A generic item is found by the names of the items linked to it, not by its own.
bool IsNamed(const v1::Item& item) { return !item.generic(); }
bool IsNamed(const v1::Service&) { return true; }

// One page of a member's entries: its blocks in order of lease, each in order of counter. `after`
// is the last key.
template <class Entry>
absl::StatusOr<Page<Entry>> ListOfMember(storage::ReadTransaction& transaction,
                                         const v1::Member& member, const PageRequest& page) {
  using Kind = EntryKind<Entry>;
  Page<Entry> found;
  PageRequest rest = page;
  bool reached = page.after.empty();
  for (const std::string& digits : member.blocks()) {
    const std::string prefix = Kind::Prefix(static_cast<std::uint32_t>(std::stoul(digits)));
    if (!reached && !page.after.starts_with(prefix)) continue;
    reached = true;
    if (!rest.after.starts_with(prefix)) rest.after.clear();
    rest.row_count_max = page.row_count_max - found.rows.size();
    if (rest.row_count_max == 0) {
      // The page is full; there is a next one if this block has any row.
      auto more = PageOfRows<Entry>(transaction, prefix, {1, ""});
      if (!more.ok()) return more.status();
      if (more->rows.empty()) continue;
      const auto last = coding::ParseCode(found.rows.back().code());
      found.next = Kind::Key(*last);
      return found;
    }
    auto part = PageOfRows<Entry>(transaction, prefix, rest);
    if (!part.ok()) return part.status();
    for (Entry& entry : part->rows) found.rows.push_back(std::move(entry));
    if (!part->next.empty()) {
      found.next = part->next;
      return found;
    }
  }
  return found;
}

// One page of the entries one of whose names begins with the prefix. Rows of other members are left
// out, and an entry whose two names both begin so comes once, so a page may be short before the
// last.
template <class Entry>
absl::StatusOr<Page<Entry>> ListByName(storage::ReadTransaction& transaction,
                                       const CatalogFilter& filter, std::string_view member_name,
                                       const PageRequest& page) {
  auto codes = FindNames(transaction, EntryKind<Entry>::kKind, MemberId::kRegistry,
                         filter.name_prefix, page);
  if (!codes.ok()) return codes.status();
  Page<Entry> found;
  found.next = codes->next;
  const std::string folded = coding::FoldText(filter.name_prefix);
  std::set<coding::Code> seen;
  for (coding::Code code : codes->rows) {
    if (!seen.insert(code).second) continue;
    auto entry = ReadEntry<Entry>(transaction, code);
    if (!entry.ok()) return entry.status();
    if (!NameBegins(entry->display_name(), folded)) continue;
    if (member_name.empty() || entry->member() == member_name) {
      found.rows.push_back(*std::move(entry));
    }
  }
  return found;
}

template <class Entry>
absl::StatusOr<Page<Entry>> List(storage::ReadTransaction& transaction, const CatalogFilter& filter,
                                 const PageRequest& page) {
  std::optional<v1::Member> member;
  if (!filter.member.empty()) {
    auto id = ParseMemberName(filter.member, "member");
    if (!id.ok()) return id.status();
    auto row = GetMember(transaction, *id);
    if (!row.ok()) return row.status();
    member = *std::move(row);
  }
  if (!filter.name_prefix.empty()) {
    return ListByName<Entry>(transaction, filter, member ? member->name() : "", page);
  }
  if (member) return ListOfMember<Entry>(transaction, *member, page);
  return PageOfRows<Entry>(transaction, EntryKind<Entry>::Prefix(), page);
}

// Puts the selected fields of `wanted` over `entry`.
template <class Entry>
void ApplyFields(const Entry& wanted, const std::set<std::string>& fields, Entry& entry) {
  const v1::LocalizedText& name = wanted.display_name();
  if (fields.contains("display_name")) *entry.mutable_display_name() = name;
  if (fields.contains("display_name.fa")) entry.mutable_display_name()->set_fa(name.fa());
  if (fields.contains("display_name.en")) entry.mutable_display_name()->set_en(name.en());
  if (fields.contains("class_name")) entry.set_class_name(wanted.class_name());
  if (fields.contains("attributes")) *entry.mutable_attributes() = wanted.attributes();
  if (fields.contains("unit")) CopyUnit(wanted, entry);
}

// Of an entry as it stands; nothing when its class has changed so that it does not fit any more.
template <class Entry>
std::optional<IdentityClaim> ClaimNow(storage::ReadTransaction& transaction, const Entry& entry,
                                      MemberId owner) {
  auto fit = CheckAgainstClass(transaction, entry.class_name(), entry.attributes());
  return fit.ok() ? ClaimOf(entry, *fit, owner) : std::nullopt;
}

template <class Entry>
absl::Status MoveIdentity(storage::WriteTransaction& transaction, coding::Code code,
                          const std::optional<IdentityClaim>& old_claim,
                          const std::optional<IdentityClaim>& claim) {
  if (old_claim == claim) return absl::OkStatus();
  if (claim) {
    if (auto same = CheckNotTheSame<Entry>(transaction, *claim); !same.ok()) return same;
    if (auto put = PutIdentity(transaction, code, *claim); !put.ok()) return put;
  }
  return old_claim ? DropIdentity(transaction, code, *old_claim) : absl::OkStatus();
}

template <class Entry>
absl::StatusOr<Entry> Update(storage::WriteTransaction& transaction, const access::Caller& caller,
                             const Entry& wanted, const std::set<std::string>& fields) {
  using Kind = EntryKind<Entry>;
  auto code = ParseEntryName<Entry>(wanted.name(), Field<Entry>("name"));
  if (!code.ok()) return code.status();
  auto found = ReadEntry<Entry>(transaction, *code);
  if (!found.ok()) return found.status();
  Entry entry = *std::move(found);
  auto owner = ParseMemberName(entry.member(), "member");
  if (!owner.ok()) return owner.status();
  if (!caller.Reaches(*owner)) return NotFound(entry.name());
  if (auto status = CheckEtag(wanted.etag(), entry.etag(), entry.name()); !status.ok()) {
    return status;
  }
  if (auto status = RequireActive(*code, entry.life()); !status.ok()) return status;
  const v1::LocalizedText old_name = entry.display_name();
  const auto old_claim = ClaimNow(transaction, entry, *owner);
  ApplyFields(wanted, fields, entry);
  FaultList faults;
  faults.AddAll(CheckUnit(entry));
  auto fit = CheckEntry(transaction, entry, faults);
  if (!fit.ok()) return fit.status();
  SetUnit(entry);
  TakeFromClass(*fit, entry);
  auto moved = MoveIdentity<Entry>(transaction, *code, old_claim, ClaimOf(entry, *fit, *owner));
  if (!moved.ok()) return moved;
  Stamp(transaction, entry);
  const bool renamed =
      old_name.fa() != entry.display_name().fa() || old_name.en() != entry.display_name().en();
  if (renamed && IsNamed(entry)) {
    auto unindexed = UnindexName(transaction, *code, MemberId::kRegistry, old_name);
    if (!unindexed.ok()) return unindexed;
    auto indexed = IndexName(transaction, *code, MemberId::kRegistry, entry.display_name());
    if (!indexed.ok()) return indexed;
    auto noted = search::NoteRenamed(transaction, search::ThingOf(*code), old_name);
    if (!noted.ok()) return noted;
  }
  if (auto status = PutRow(transaction, Kind::Key(*code), entry); !status.ok()) return status;
  return entry;
}

}  // namespace

absl::StatusOr<v1::Item> CreateItem(storage::WriteTransaction& transaction,
                                    const Environment& environment, const access::Caller& caller,
                                    const v1::Item& wanted, const std::vector<v1::Alias>& aliases,
                                    std::string_view reserved_code, bool strict) {
  return Create<v1::Item>(transaction, environment, caller, wanted, aliases, reserved_code, strict);
}

absl::StatusOr<v1::Item> GetItem(storage::ReadTransaction& transaction, std::string_view name) {
  return GetEntry<v1::Item>(transaction, name);
}

absl::StatusOr<Page<v1::Item>> ListItems(storage::ReadTransaction& transaction,
                                         const CatalogFilter& filter, const PageRequest& page) {
  return List<v1::Item>(transaction, filter, page);
}

absl::StatusOr<v1::Item> UpdateItem(storage::WriteTransaction& transaction,
                                    const access::Caller& caller, const v1::Item& wanted,
                                    const std::set<std::string>& fields) {
  return Update<v1::Item>(transaction, caller, wanted, fields);
}

absl::StatusOr<v1::Service> CreateService(storage::WriteTransaction& transaction,
                                          const Environment& environment,
                                          const access::Caller& caller, const v1::Service& wanted,
                                          const std::vector<v1::Alias>& aliases,
                                          std::string_view reserved_code, bool strict) {
  return Create<v1::Service>(transaction, environment, caller, wanted, aliases, reserved_code,
                             strict);
}

absl::StatusOr<v1::Service> GetService(storage::ReadTransaction& transaction,
                                       std::string_view name) {
  return GetEntry<v1::Service>(transaction, name);
}

absl::StatusOr<Page<v1::Service>> ListServices(storage::ReadTransaction& transaction,
                                               const CatalogFilter& filter,
                                               const PageRequest& page) {
  return List<v1::Service>(transaction, filter, page);
}

absl::StatusOr<v1::Service> UpdateService(storage::WriteTransaction& transaction,
                                          const access::Caller& caller, const v1::Service& wanted,
                                          const std::set<std::string>& fields) {
  return Update<v1::Service>(transaction, caller, wanted, fields);
}

}  // namespace radyab::catalog
