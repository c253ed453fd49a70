// A scan read as it stands, before anything is repaired (scan_payload.h does that).
#pragma once

#include <string_view>

#include "coding/scan_payload.h"

namespace radyab::coding {

// Reads the text of a symbol; `symbology` is its AIM identifier, or empty. An ITF-14 or EAN/UPC
// symbol gives a GTIN of 14 digits.
ScanPayload ReadPlainScan(std::string_view symbology, std::string_view text, int current_year);

// Reads the text as the form that it is said to be (not kAny).
ScanPayload ReadScanAs(std::string_view symbology, std::string_view text, int current_year,
                       PayloadForm form);

}  // namespace radyab::coding
