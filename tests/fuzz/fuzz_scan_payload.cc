// Whatever a scanner sends is read: facts are well formed, refusals point into the text, elements
// round-trip.
#include <algorithm>

#include "coding/element_string.h"
#include "coding/scan_payload.h"
#include "tests/fuzz/fuzz_expect.h"

namespace {

using radyab::coding::PayloadKind;
using radyab::coding::ScanPayload;
using radyab::fuzz::Expect;

bool AreDigits(std::string_view text, std::size_t count) {
  return text.size() == count &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void ExpectGoodFacts(const ScanPayload& payload) {
  Expect(!payload.gtin || AreDigits(*payload.gtin, 14), "a GTIN has 14 digits");
  Expect(!payload.sscc || AreDigits(*payload.sscc, 18), "an SSCC has 18 digits");
  Expect(!payload.lot || (!payload.lot->empty() && payload.lot->size() <= 20), "a lot has 1 to 20");
  Expect(!payload.serial || (!payload.serial->empty() && payload.serial->size() <= 20),
         "a serial has 1 to 20");
  Expect(payload.kind != PayloadKind::kOurCode || payload.code || payload.refusal,
         "our code holds a code or says why not");
  Expect(!radyab::coding::PayloadKindName(payload.kind).empty(), "every kind has a name");
}

void ExpectGoodElements(const ScanPayload& payload) {
  if (payload.elements.empty()) return Expect(payload.rules.empty(), "no elements, no rules");
  const auto again =
      radyab::coding::ReadElementString(radyab::coding::WriteElementString(payload.elements));
  Expect(again.ok() && again.value().elements == payload.elements, "read elements can be written");
  Expect(radyab::coding::BrokenRules(payload.elements) == payload.rules, "broken rules are told");
  Expect(payload.rules.empty() || payload.refusal, "a broken rule is a refusal, too");
}

void ExpectGoodCandidates(const ScanPayload& payload) {
  for (const auto& candidate : payload.candidates) {
    Expect(!candidate.why.empty(), "a candidate says why");
    if (candidate.scheme != "gs1") continue;
    const std::string raw = radyab::coding::WriteElementString(candidate.elements);
    Expect(radyab::coding::ReadElementString(raw).ok(), "a candidate's elements are right");
  }
}

void ExpectGoodRepairs(const ScanPayload& payload) {
  for (const auto& repair : payload.repairs) {
    Expect(!repair.name.empty() && !repair.why.empty(), "repairs have names and reasons");
  }
  Expect(payload.repairs.empty() || payload.content_ok(), "what was repaired reads");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = radyab::fuzz::Text(data, size);
  const ScanPayload payload = radyab::coding::ParseScanPayload(bytes);
  // A byte of a character set that is named becomes three bytes of UTF-8 at most.
  Expect(payload.text.size() + payload.symbology.size() <= 3 * bytes.size(), "nothing is added");
  ExpectGoodFacts(payload);
  ExpectGoodElements(payload);
  ExpectGoodCandidates(payload);
  ExpectGoodRepairs(payload);
  if (payload.refusal) radyab::fuzz::ExpectGoodRefusal(*payload.refusal, payload.text);
  for (const auto form :
       {radyab::coding::PayloadForm::kDigitalLink, radyab::coding::PayloadForm::kBracketed}) {
    const ScanPayload said = radyab::coding::ParseScanPayload(bytes, 2026, form);
    Expect(said.repairs.empty(), "a text of a named form is not repaired");
    ExpectGoodElements(said);
  }
  return 0;
}
