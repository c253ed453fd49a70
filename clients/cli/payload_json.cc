#include "clients/cli/payload_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "coding/digital_link.h"

namespace radyab::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kLinkHost = "id.gs1.org";
constexpr char kSeparator = '\x1D';

ordered_json OrNull(const std::optional<std::string>& text) {
  return text ? ordered_json(*text) : nullptr;
}

ordered_json OrNull(const std::optional<coding::CivilDate>& date) {
  return date ? ordered_json(coding::WriteIsoDate(*date)) : nullptr;
}

}  // namespace

std::vector<coding::Element> ElementsOf(const coding::ScanPayload& payload) {
  if (!payload.elements.empty()) return payload.elements;
  if (payload.kind == coding::PayloadKind::kGtin && payload.gtin) return {{"01", *payload.gtin}};
  if (payload.kind == coding::PayloadKind::kSscc && payload.sscc) return {{"00", *payload.sscc}};
  return {};
}

std::string CaretElementString(const std::vector<coding::Element>& elements) {
  if (elements.empty()) return "";
  std::string text = "^" + coding::WriteElementString(elements);
  std::ranges::replace(text, kSeparator, '^');
  return text;
}

ordered_json PayloadJson(const std::string& in, const coding::ScanPayload& payload) {
  const auto elements = ElementsOf(payload);
  ordered_json object{{"in", in},
                      {"ok", !payload.refusal.has_value()},
                      {"kind", coding::PayloadKindName(payload.kind)},
                      {"code", payload.code ? ordered_json(payload.code->Digits()) : nullptr},
                      {"gtin", OrNull(payload.gtin)},
                      {"sscc", OrNull(payload.sscc)},
                      {"lot", OrNull(payload.lot)},
                      {"serial", OrNull(payload.serial)},
                      {"production", OrNull(payload.production)},
                      {"packaging", OrNull(payload.packaging)},
                      {"best_before", OrNull(payload.best_before)},
                      {"expiry", OrNull(payload.expiry)},
                      {"elements", ordered_json::array()},
                      {"element_string", nullptr},
                      {"digital_link", nullptr},
                      {"candidates", ordered_json::array()},
                      {"refusal", nullptr}};
  for (const auto& element : elements) {
    object["elements"].push_back({{"ai", element.ai}, {"value", element.value}});
  }
  if (!elements.empty()) {
    object["element_string"] = CaretElementString(elements);
    const auto link = coding::WriteDigitalLink(kLinkHost, elements);
    if (link) object["digital_link"] = *link;
  }
  for (const auto& candidate : payload.candidates) {
    object["candidates"].push_back(
        {{"scheme", candidate.scheme}, {"value", candidate.value}, {"why", candidate.why}});
  }
  if (payload.refusal) {
    object["refusal"] = {{"reason", coding::RefusalReasonName(payload.refusal->reason)},
                         {"at", payload.refusal->at},
                         {"length", payload.refusal->length},
                         {"message", payload.refusal->message}};
  }
  return object;
}

}  // namespace radyab::cli
