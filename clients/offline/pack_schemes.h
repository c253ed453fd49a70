// The schemes whose numbers a pack can have, and how a scan holds them. Inside the folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "coding/scan_payload.h"
#include "radyab/v1/catalog.pb.h"

namespace radyab::offline {

// A number as a pack has it.
struct PackKey {
  v1::AliasScheme scheme = v1::ALIAS_SCHEME_UNSPECIFIED;
  std::string value;  // normalised
};

// What a reading of a scan is looked for under; nothing for schemes of parties and single pieces,
// and for values that are none.
std::optional<PackKey> LookUpKey(const coding::Candidate& candidate);

// GS1 elements of further keys in a scan that holds no code, GTIN, SSCC or bare digits.
std::vector<coding::Candidate> OtherReadings(const coding::ScanPayload& payload);

}  // namespace radyab::offline
