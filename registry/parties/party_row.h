// The stored form of a party: what all may lie in the clear, and the personal part sealed beside
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/party.pb.h"
#include "registry/environment.h"
#include "registry/records/records.pb.h"
#include "registry/storage/store.h"

namespace radyab::parties {

// "parties/7000000017004271".
std::string PartyName(coding::Code code);
// Reads a party's name or its bare code; INVALID_ARGUMENT (INVALID_CODE) naming `field` for
// anything else. Says nothing about existence.
absl::StatusOr<coding::Code> ParsePartyName(std::string_view name, std::string_view field);

// The row as stored, the personal part closed; nothing when there is none.
absl::StatusOr<std::optional<records::PartyRecord>> ReadPartyRecord(
    storage::ReadTransaction& transaction, coding::Code code);
// Puts the personal fields into `record`'s party. Those of an erased person stay empty.
absl::StatusOr<v1::Party> OpenParty(storage::ReadTransaction& transaction,
                                    const Environment& environment, records::PartyRecord record);
// Writes `party` under its code with its personal fields sealed. Its seal key must stand.
absl::Status WriteParty(storage::WriteTransaction& transaction, const Environment& environment,
                        coding::Code code, const v1::Party& party);

}  // namespace radyab::parties
