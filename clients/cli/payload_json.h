// What a scan payload holds, as one JSON object.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "coding/scan_payload.h"

namespace radyab::cli {

// The elements of the payload: as read, or AI 01 and AI 00 for a GTIN or SSCC that came alone.
std::vector<coding::Element> ElementsOf(const coding::ScanPayload& payload);

// The element string for people, FNC1 written as '^': "^010952123454321310ABC^21X". Empty without
// elements.
std::string CaretElementString(const std::vector<coding::Element>& elements);

// {"in":…,"ok":…,"kind":…,"symbology":…,"code":…,"gtin":…,"sscc":…,"lot":…,"serial":…,
// "production":…,"packaging":…,"best_before":…,"expiry":…,"elements":[{"ai":…,"value":…}],
// "element_string":…,"digital_link":…,"repairs":[{"name":…,"why":…}],
// "rules":[{"reason":…,"ai":…,"partners":…,"message":…}],
// "candidates":[{"scheme":…,"value":…,"why":…,"elements":[…],"element_string":…}],
// "refusal":{"reason":…,"at":…,"length":…,"message":…}}.
// "ok" speaks of the syntax and content of each element; rules of standing together that are broken
// stand under "rules" alone.
// The code has 16 digits, days are YYYY-MM-DD. Keys are always there; what is absent is null or an
// empty list. `in` is the text as given.
nlohmann::ordered_json PayloadJson(const std::string& in, const coding::ScanPayload& payload);

}  // namespace radyab::cli
