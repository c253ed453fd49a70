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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = radyab::fuzz::Text(data, size);
  const ScanPayload payload = radyab::coding::ParseScanPayload(bytes);
  Expect(payload.text.size() + payload.symbology.size() <= bytes.size(), "nothing is added");
  ExpectGoodFacts(payload);
  if (payload.refusal) {
    radyab::fuzz::ExpectGoodRefusal(*payload.refusal, payload.text);
  } else if (payload.kind == PayloadKind::kElementString) {
    const auto again =
        radyab::coding::ParseElementString(radyab::coding::WriteElementString(payload.elements));
    Expect(again.ok() && again.value() == payload.elements, "read elements can be written");
  }
  return 0;
}
