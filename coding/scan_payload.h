// What a scanner sent: which of all the forms it is, and what it holds.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coding/civil_date.h"
#include "coding/code.h"
#include "coding/element_string.h"
#include "coding/refusal.h"

namespace radyab::coding {

inline constexpr std::size_t kScanPayloadBytesMax = 8192;

enum class PayloadKind {
  kUnknownText,    // none of the forms below; `text` holds it
  kOurCode,        // 16 digits that pass our check, bare or in AI 240
  kOurLink,        // https://HOST/c/CODE?…
  kObjectWord,     // CODE/lot/L, CODE/serial/S, sscc/N
  kElementString,  // GS1 elements, raw or bracketed
  kDigitalLink,    // GS1 Digital Link URI
  kGtin,           // a GTIN alone, known to be one by its symbology or because nothing else fits
  kSscc,           // an SSCC alone
  kDigits,         // digits that several schemes could claim: see candidates
};

// Stable lower-case name: "unknown_text", "our_code", "our_link", "object_word", "element_string",
// "digital_link", "gtin", "sscc", "digits".
std::string_view PayloadKindName(PayloadKind kind);

// One way to read the payload. Schemes are those of the alias table: code, gtin, gln, sscc,
// stuffid, irancode, irancode_service, national_id, legal_id, economic_code, uid20; and gs1 for
// elements (value in brackets; of a text in brackets that can be parted in several ways the raw
// element string, which tells them apart).
struct Candidate {
  std::string scheme;
  std::string value;  // normalised: GTIN as 14 digits, national id as 10
  std::string why;    // one sentence for people

  friend bool operator==(const Candidate&, const Candidate&) = default;
};

// What was sent. A payload that began like a form but broke its rules keeps that kind and has a
// refusal; what could still be read stays. Facts (gtin, lot …) are only set when they are certain:
// what is not stands in `candidates`, the likeliest first, by form alone; the registry puts its own
// rows first. Of a text in brackets the usual reading is taken as certain, and when values may hold
// brackets themselves it is the first candidate and the others follow.
struct ScanPayload {
  PayloadKind kind = PayloadKind::kUnknownText;
  std::string symbology;  // AIM symbology identifier as sent ("]d2"), or empty
  std::string text;  // the payload after it, line ends cut off; the bytes as sent, maybe no UTF-8
  std::vector<Element> elements;
  std::optional<Code> code;
  std::optional<std::string>
      gtin;  // 14 digits: of the thing itself (AI 01), not of its content (AI 02)
  std::optional<std::string> sscc;
  std::optional<std::string> lot;
  std::optional<std::string> serial;
  std::optional<CivilDate> production;   // AI 11
  std::optional<CivilDate> packaging;    // AI 13
  std::optional<CivilDate> best_before;  // AI 15
  std::optional<CivilDate> expiry;       // AI 17
  std::vector<Candidate> candidates;
  std::optional<Refusal> refusal;  // places count in `text`
};

// Reads one scan. Never fails: what cannot be read is kUnknownText or has a refusal. More than 8
// KiB is refused as kTooLong and not looked at. Nothing is repaired: a text is read as its form
// says or refused. `current_year` places the two-digit years of GS1 dates.
ScanPayload ParseScanPayload(std::string_view bytes, int current_year = kCenturyReferenceYear);

}  // namespace radyab::coding
