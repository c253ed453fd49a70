#include "registry/parties/party_change.h"

#include <utility>

#include "registry/catalog/member_registry.h"
#include "registry/catalog/name_index.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"
#include "registry/search/name_notes.h"
#include "registry/stamp.h"

namespace radyab::parties {

absl::StatusOr<FoundParty> FindParty(storage::ReadTransaction& transaction, coding::Code code) {
  auto record = ReadPartyRecord(transaction, code);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return NotFound(PartyName(code));
  auto owner = catalog::MemberOfBlock(transaction, code.block());
  if (!owner.ok()) return owner.status();
  return FoundParty{code, *owner, std::move(**record)};
}

absl::StatusOr<OpenedParty> OpenFound(storage::ReadTransaction& transaction,
                                      const Environment& environment, FoundParty found) {
  records::Sealed sealed = found.record.personal();
  auto party = OpenParty(transaction, environment, std::move(found.record));
  if (!party.ok()) return party.status();
  return OpenedParty{found.code, found.owner, *std::move(party), std::move(sealed)};
}

absl::StatusOr<v1::Party> StoreChanged(storage::WriteTransaction& transaction,
                                       const Environment& environment, const OpenedParty& before,
                                       v1::Party changed) {
  const coding::Code code = before.code;
  auto status = search::NoteChanged(transaction, search::ThingOf(code), before.sealed);
  if (!status.ok()) return status;
  Stamp(transaction, changed);
  status = WriteParty(transaction, environment, code, changed);
  if (!status.ok()) return status;
  status = catalog::UnindexName(transaction, code, before.owner, before.party.display_name());
  if (!status.ok()) return status;
  status = catalog::IndexName(transaction, code, before.owner, changed.display_name());
  if (!status.ok()) return status;
  return changed;
}

}  // namespace radyab::parties
