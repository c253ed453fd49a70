#include "registry/mistyped_code.h"

#include <optional>
#include <string>

#include "coding/code.h"
#include "coding/code_repairs.h"
#include "coding/gs1_keys.h"
#include "coding/scan_candidates.h"
#include "registry/catalog/code_reservations.h"
#include "registry/reason.h"

namespace radyab {
namespace {

constexpr std::size_t kCodeDigits = 16, kSsccDigits = 18;

// The fault of a text of so many digits.
std::optional<coding::Refusal> FaultOf(std::string_view digits, std::size_t count) {
  if (count == kCodeDigits) {
    if (const auto code = coding::ParseCode(digits); !code.ok()) return code.refusal();
  } else if (count == kSsccDigits) {
    if (const auto sscc = coding::ParseSscc(digits); !sscc.ok()) return sscc.refusal();
  } else if (const auto gtin = coding::ParseGtin(digits); !gtin.ok()) {
    return gtin.refusal();
  }
  return std::nullopt;
}

// Whether the code names something that the caller may see, or waits to be used.
absl::StatusOr<bool> IsThere(storage::ReadTransaction& transaction, const Asking& asking,
                             coding::Code code) {
  const auto thing =
      ReadCodedThing(transaction, asking.environment, asking.caller, asking.readable, code);
  if (thing.ok()) return true;
  if (!absl::IsNotFound(thing.status())) return thing.status();
  const auto reserved = catalog::FindReservation(transaction, code, asking.now_us);
  if (!reserved.ok()) return reserved.status();
  return reserved->has_value() && (*reserved)->state() == v1::LIFE_STATE_RESERVED;
}

}  // namespace

absl::Status RefuseUnknownDigits(storage::ReadTransaction& transaction, const Asking& asking,
                                 std::string_view digits, const absl::Status& missing) {
  const std::size_t count = coding::ReadBareDigits(digits).value_or("").size();
  const auto fault = FaultOf(digits, count);
  const bool mistyped = fault && fault->reason == coding::RefusalReason::kWrongCheckDigit;
  const absl::Status refused =
      mistyped ? RefuseText("text", *fault, Reason::kInvalidCode) : missing;
  if (count != kCodeDigits || !fault) return refused;
  std::string meant;
  std::size_t meant_count = 0;
  for (const coding::Code code : coding::CodeRepairs(digits)) {
    if (meant_count == kDidYouMeanMax) break;
    const auto there = IsThere(transaction, asking, code);
    if (!there.ok()) return there.status();
    if (!*there) continue;
    meant += (meant.empty() ? "" : ",") + code.Digits();
    ++meant_count;
  }
  return meant.empty() ? refused : WithMetadata(refused, kDidYouMeanName, meant);
}

}  // namespace radyab
