// Which other schemes a scan may hold a number of, when it holds no code, GTIN, SSCC or bare
// digits.
#pragma once

#include <vector>

#include "coding/scan_payload.h"

namespace radyab::catalog {

// GS1 elements of further keys in their order (AI 8004: giai); of a text with letters the schemes
// that write their numbers so (vin, lei). Their names are those of alias schemes. Any thread.
std::vector<coding::Candidate> OtherReadings(const coding::ScanPayload& payload);

}  // namespace radyab::catalog
