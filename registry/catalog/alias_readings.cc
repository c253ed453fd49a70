#include "registry/catalog/alias_readings.h"

#include <string>

#include "registry/catalog/alias_schemes.h"

namespace radyab::catalog {

std::vector<coding::Candidate> OtherReadings(const coding::ScanPayload& payload) {
  std::vector<coding::Candidate> readings;
  for (const coding::Element& element : payload.elements) {
    const SchemeRule* rule = RuleOfAi(element.ai);
    if (rule != nullptr) readings.push_back({std::string(rule->name), element.value, ""});
  }
  if (payload.kind != coding::PayloadKind::kUnknownText) return readings;
  for (const v1::AliasScheme scheme : {v1::ALIAS_SCHEME_VIN, v1::ALIAS_SCHEME_LEI}) {
    readings.push_back({std::string(RuleOf(scheme)->name), payload.text, ""});
  }
  return readings;
}

}  // namespace radyab::catalog
