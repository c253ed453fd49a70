// What a scanner sent: which of all the forms it is, and what it holds.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coding/civil_date.h"
#include "coding/code.h"
#include "coding/element_rules.h"
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
// gsrn, gsin, stuffid, nsn, irancode, irc, irancode_service, national_id, legal_id, economic_code,
// imei, uid20, authenticity16; and gs1 for elements (value in brackets; of a text that can be
// parted in several ways the raw element string, which tells them apart).
struct Candidate {
  std::string scheme;
  std::string value;                   // normalised: GTIN as 14 digits, national id as 10
  std::string why;                     // one sentence for people
  std::vector<Element> elements = {};  // of scheme gs1

  friend bool operator==(const Candidate&, const Candidate&) = default;
};

// A fault of the way from the label to us that was mended. Names are stable: eci_escapes,
// keyboard_layout_fa, keyboard_layout_ar, brackets, spaces, separator_stand_in, separator_lost,
// alt_029_text, letter_case, keys_y_z_swapped.
struct Repair {
  std::string name;
  std::string why;  // one sentence for people

  friend bool operator==(const Repair&, const Repair&) = default;
};

// What was sent. A payload that began like a form but broke its rules keeps that kind and has a
// refusal; what could still be read stays. Facts (gtin, lot …) are only set when they are certain:
// what is not stands in `candidates`, the likeliest first, by form alone; the registry puts its own
// rows first. A text that reads as it stands is taken so; when it could also have lost separators,
// or its values may hold brackets themselves, the reading taken is the first candidate and the
// others follow. A text that only reads after repairs is taken when they lead to one reading; when
// they lead to several, all are candidates and none is taken.
struct ScanPayload {
  PayloadKind kind = PayloadKind::kUnknownText;
  std::string symbology;  // AIM symbology identifier as sent ("]d2"), or empty
  // The payload after it, line ends cut off, its ECI escapes read (eci_text.h), repaired; maybe no
  // UTF-8.
  std::string text;
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
  std::vector<Repair> repairs;     // in the order in which they were done
  std::vector<BrokenRule> rules;   // that the elements break together
  std::optional<Refusal> refusal;  // places count in `text`; the first broken rule is one, too

  // True when every element is right by itself, whether or not they may stand together.
  bool content_ok() const { return !refusal || !rules.empty(); }
};

// What a text is taken for.
enum class PayloadForm {
  kAny,          // whatever it turns out to be, repaired where needed
  kDigitalLink,  // a GS1 Digital Link; nothing is repaired
  kBracketed,    // elements in brackets, exactly (bracketed_elements.h); nothing is repaired
};

// Reads one scan. Never fails: what cannot be read is kUnknownText or has a refusal. More than 8
// KiB is refused as kTooLong and not looked at; more than kRepairBytesMax are not repaired.
// `current_year` places the two-digit years of GS1 dates.
inline constexpr std::size_t kRepairBytesMax = 1024;
ScanPayload ParseScanPayload(std::string_view bytes, int current_year = kCenturyReferenceYear,
                             PayloadForm form = PayloadForm::kAny);

}  // namespace radyab::coding
