#include "clients/offline/offline_refusal.h"

#include <optional>

#include "coding/code_repairs.h"
#include "coding/gs1_keys.h"
#include "coding/scan_candidates.h"

namespace radyab::offline {
namespace {

constexpr std::size_t kTextBytesShown = 80;
constexpr std::size_t kCodeDigits = 16, kSsccDigits = 18;
constexpr int kDidYouMeanMax = 11;  // as the server

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

}  // namespace

v1::ResolveRefusal RefuseText(const coding::Refusal& refusal) {
  v1::ResolveRefusal refused = RefuseField(refusal.message, "INVALID_CODE");
  v1::CodeRefusal& place = *refused.mutable_code_refusal();
  place.set_reason(std::string(coding::RefusalReasonName(refusal.reason)));
  place.set_at(static_cast<int>(refusal.at));
  place.set_length(static_cast<int>(refusal.length));
  place.set_message(refusal.message);
  return refused;
}

v1::ResolveRefusal RefuseField(const std::string& description, std::string_view reason) {
  v1::ResolveRefusal refused;
  refused.set_reason(std::string(reason));
  refused.set_message("text: " + description);
  return refused;
}

v1::ResolveRefusal NotInPack(const std::string& text) {
  v1::ResolveRefusal refused;
  refused.set_reason("NOT_IN_PACK");
  refused.set_message("\"" + text.substr(0, kTextBytesShown) +
                      "\": not in the code pack; the server may know it");
  return refused;
}

v1::ResolveRefusal RefuseUnknownDigits(std::string_view digits, const std::string& text,
                                       absl::FunctionRef<bool(coding::Code)> is_there) {
  const std::size_t count = coding::ReadBareDigits(digits).value_or("").size();
  const auto fault = FaultOf(digits, count);
  const bool mistyped = fault && fault->reason == coding::RefusalReason::kWrongCheckDigit;
  v1::ResolveRefusal refused = mistyped ? RefuseText(*fault) : NotInPack(text);
  if (count != kCodeDigits || !fault) return refused;
  for (const coding::Code code : coding::CodeRepairs(digits)) {
    if (refused.did_you_mean_size() == kDidYouMeanMax) break;
    if (is_there(code)) refused.add_did_you_mean(code.Digits());
  }
  return refused;
}

}  // namespace radyab::offline
