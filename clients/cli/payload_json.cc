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

ordered_json ElementsJson(const std::vector<coding::Element>& elements) {
  auto list = ordered_json::array();
  for (const auto& element : elements) {
    list.push_back({{"ai", element.ai}, {"value", element.value}});
  }
  return list;
}

ordered_json ElementStringJson(const std::vector<coding::Element>& elements) {
  return elements.empty() ? ordered_json(nullptr) : ordered_json(CaretElementString(elements));
}

// Null for elements that are no one thing: without a key, or with two values of one AI.
ordered_json LinkJson(const std::vector<coding::Element>& elements,
                      const std::vector<coding::BrokenRule>& rules) {
  const bool repeated = std::ranges::any_of(rules, [](const coding::BrokenRule& rule) {
    return rule.reason == coding::RefusalReason::kRepeatedElement;
  });
  if (elements.empty() || repeated) return nullptr;
  const auto link = coding::WriteDigitalLink(kLinkHost, elements);
  return link ? ordered_json(*link) : ordered_json(nullptr);
}

ordered_json RepairsJson(const coding::ScanPayload& payload) {
  auto list = ordered_json::array();
  for (const auto& repair : payload.repairs) {
    list.push_back({{"name", repair.name}, {"why", repair.why}});
  }
  return list;
}

ordered_json RulesJson(const coding::ScanPayload& payload) {
  auto list = ordered_json::array();
  for (const auto& rule : payload.rules) {
    list.push_back({{"reason", coding::RefusalReasonName(rule.reason)},
                    {"ai", rule.ai},
                    {"partners", rule.partners},
                    {"message", rule.message}});
  }
  return list;
}

ordered_json CandidatesJson(const coding::ScanPayload& payload) {
  auto list = ordered_json::array();
  for (const auto& candidate : payload.candidates) {
    list.push_back({{"scheme", candidate.scheme},
                    {"value", candidate.value},
                    {"why", candidate.why},
                    {"elements", ElementsJson(candidate.elements)},
                    {"element_string", ElementStringJson(candidate.elements)}});
  }
  return list;
}

ordered_json RefusalJson(const coding::ScanPayload& payload) {
  if (payload.content_ok()) return nullptr;  // a broken rule stands under "rules"
  return {{"reason", coding::RefusalReasonName(payload.refusal->reason)},
          {"at", payload.refusal->at},
          {"length", payload.refusal->length},
          {"message", payload.refusal->message}};
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
  return {{"in", in},
          {"ok", payload.content_ok()},
          {"kind", coding::PayloadKindName(payload.kind)},
          {"symbology", payload.symbology},
          {"code", payload.code ? ordered_json(payload.code->Digits()) : nullptr},
          {"gtin", OrNull(payload.gtin)},
          {"sscc", OrNull(payload.sscc)},
          {"lot", OrNull(payload.lot)},
          {"serial", OrNull(payload.serial)},
          {"production", OrNull(payload.production)},
          {"packaging", OrNull(payload.packaging)},
          {"best_before", OrNull(payload.best_before)},
          {"expiry", OrNull(payload.expiry)},
          {"elements", ElementsJson(elements)},
          {"element_string", ElementStringJson(elements)},
          {"digital_link", LinkJson(elements, payload.rules)},
          {"repairs", RepairsJson(payload)},
          {"rules", RulesJson(payload)},
          {"candidates", CandidatesJson(payload)},
          {"refusal", RefusalJson(payload)}};
}

}  // namespace radyab::cli
