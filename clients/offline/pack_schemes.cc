#include "clients/offline/pack_schemes.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "coding/gs1_keys.h"
#include "coding/iranian_ids.h"
#include "coding/published_ids.h"

namespace radyab::offline {
namespace {

using coding::Gs1Key;
using coding::Parsed;

template <Gs1Key key>
Parsed<std::string> ParseKeyOf(std::string_view text) {
  return coding::ParseGs1Key(key, text);
}

struct Scheme {
  std::string_view name;
  v1::AliasScheme scheme;
  Parsed<std::string> (*parse)(std::string_view);
  std::string_view ai;  // of the GS1 element that holds it alone
};

// Those of items and services that name no single piece.
constexpr Scheme kSchemes[] = {
    {"gtin", v1::ALIAS_SCHEME_GTIN, coding::ParseGtin, ""},
    {"irancode", v1::ALIAS_SCHEME_IRANCODE, coding::ParseIranCode, ""},
    {"stuffid", v1::ALIAS_SCHEME_STUFFID, coding::ParseStuffId, ""},
    {"irancode_service", v1::ALIAS_SCHEME_IRANCODE_SERVICE, coding::ParseIranCodeOfService, ""},
    {"gmn", v1::ALIAS_SCHEME_GMN, ParseKeyOf<Gs1Key::kGmn>, "8013"},
    {"cpid", v1::ALIAS_SCHEME_CPID, ParseKeyOf<Gs1Key::kCpid>, "8010"},
    {"nsn", v1::ALIAS_SCHEME_NSN, coding::ParseNsn, ""},
    {"irc", v1::ALIAS_SCHEME_IRC, coding::ParseIrc, ""},
};

}  // namespace

std::optional<PackKey> LookUpKey(const coding::Candidate& candidate) {
  const auto* found = std::ranges::find(kSchemes, candidate.scheme, &Scheme::name);
  if (found == std::end(kSchemes)) return std::nullopt;
  auto value = found->parse(candidate.value);
  if (!value.ok()) return std::nullopt;
  return PackKey{found->scheme, *std::move(value)};
}

std::vector<coding::Candidate> OtherReadings(const coding::ScanPayload& payload) {
  std::vector<coding::Candidate> readings;
  for (const coding::Element& element : payload.elements) {
    const auto* found = std::ranges::find_if(kSchemes, [&](const Scheme& scheme) {
      return !scheme.ai.empty() && scheme.ai == element.ai;
    });
    if (found == std::end(kSchemes)) continue;
    readings.push_back({std::string(found->name), element.value, ""});
  }
  return readings;
}

}  // namespace radyab::offline
