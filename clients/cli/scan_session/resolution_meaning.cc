#include "clients/cli/scan_session/resolution_meaning.h"

#include <array>
#include <utility>

#include "clients/cli/current_year.h"
#include "clients/cli/event_words.h"
#include "coding/object_words.h"
#include "coding/scan_payload.h"
#include "coding/utf8_reader.h"

namespace radyab::cli {
namespace {

using coding::Decimal;
using coding::ObjectWord;
using warehouse::Meaning;
using warehouse::Thing;

// Measures of trade items (GS1 General Specifications, section 3.6.2): the first three digits of
// the application identifier; the fourth says how many decimals the six digits have.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kMeasures = {
    {{"310", "KGM"}, {"311", "MTR"}, {"314", "MTK"}, {"315", "LTR"}, {"316", "MTQ"}}};
constexpr std::size_t kMeasureIdentifierDigits = 4;

Meaning Refused(std::string reason, std::string message) {
  Meaning meaning;
  meaning.refusal = std::move(reason);
  meaning.message = std::move(message);
  return meaning;
}

std::string NameOf(const v1::LocalizedText& name) {
  return name.fa().empty() ? name.en() : name.fa();
}

// The item behind a code: of what suppliers make alike the one there is.
const v1::Item* ItemOf(const v1::Resolution& resolution) {
  if (resolution.supplier_items_size() == 1) return &resolution.supplier_items(0);
  return resolution.has_item() ? &resolution.item() : nullptr;
}

Thing ThingOf(const ObjectWord& word) {
  switch (word.type) {
    case ObjectWord::Type::kLot:
      return Thing::kLot;
    case ObjectWord::Type::kUnit:
      return Thing::kUnit;
    case ObjectWord::Type::kContainer:
      return Thing::kContainer;
    case ObjectWord::Type::kCode:
      break;
  }
  switch (word.code->kind()) {
    case coding::Kind::kItem:
      return Thing::kItem;
    case coding::Kind::kParty:
      return Thing::kParty;
    default:
      return Thing::kOther;
  }
}

// What the label itself says of the amount.
std::optional<Decimal> AmountOfLabel(const coding::ScanPayload& payload, std::string_view unit) {
  for (const coding::Element& element : payload.elements) {
    const auto number = coding::ParseDecimal(element.value);
    if (!number || number->mantissa <= 0 || number->scale != 0) continue;
    if (element.ai == "30" && unit == kDefaultUnit) return *number;
    if (element.ai.size() != kMeasureIdentifierDigits) continue;
    for (const auto& [identifier, measure] : kMeasures) {
      if (!element.ai.starts_with(identifier) || unit != measure) continue;
      return coding::NormalizeDecimal({number->mantissa, element.ai.back() - '0'});
    }
  }
  return std::nullopt;
}

void FillItem(const v1::Resolution& resolution, Meaning& meaning) {
  const v1::Item* item = ItemOf(resolution);
  if (item == nullptr) return;
  meaning.name = NameOf(item->display_name());
  if (!item->unit().empty()) meaning.unit = item->unit();
  meaning.active = item->life().state() == v1::LIFE_STATE_ACTIVE;
}

void FillParty(const v1::Party& party, Meaning& meaning) {
  meaning.name = NameOf(party.display_name());
  for (const int role : party.roles()) {
    meaning.customer = meaning.customer || role == v1::PARTY_ROLE_CUSTOMER;
  }
}

// A code of a party that the key may not see: another member's own party is one of those.
std::optional<Meaning> UnseenParty(const coding::ScanPayload& payload) {
  if (!payload.code || payload.code->kind() != coding::Kind::kParty) return std::nullopt;
  Meaning meaning;
  meaning.thing = Thing::kParty;
  meaning.object = meaning.code = payload.code->Digits();
  meaning.customer = true;
  meaning.message =
      "not to be seen with this key: whether goods can go there is decided at the end";
  return meaning;
}

// The number of a container that was never packed: it begins when it is.
std::optional<Meaning> UnseenContainer(const coding::ScanPayload& payload,
                                       const std::string& message) {
  const auto word = coding::ParseObjectWord(payload.text);
  const bool named = word && word->type == ObjectWord::Type::kContainer;
  if (!payload.sscc && !named) return std::nullopt;
  Meaning meaning = Refused("NOT_FOUND", message);
  meaning.thing = Thing::kContainer;
  meaning.object = coding::WriteObjectWord(named ? *word : ObjectWord::ForContainer(*payload.sscc));
  return meaning;
}

}  // namespace

std::optional<Meaning> MeaningWithoutServer(std::string_view text, std::size_t bytes) {
  if (bytes > coding::kScanPayloadBytesMax) {
    return Refused("INVALID_CODE", std::to_string(bytes) + " bytes, want at most " +
                                       std::to_string(coding::kScanPayloadBytesMax));
  }
  if (!coding::IsValidUtf8(text))
    return Refused("INVALID_CODE", "no text: bytes that are no UTF-8");
  return std::nullopt;
}

Meaning MeaningOf(std::string_view text, const v1::Resolution& resolution) {
  const auto payload = coding::ParseScanPayload(text, CurrentYear());
  if (resolution.has_refusal()) {
    const bool not_in_pack = resolution.refusal().reason() == "NOT_IN_PACK";
    if (not_in_pack || resolution.refusal().reason() == "NOT_FOUND") {
      if (auto party = UnseenParty(payload)) return *std::move(party);
      if (auto container = UnseenContainer(payload, resolution.refusal().message())) {
        // A code pack has no containers: whether it may move is decided when the event is sent.
        if (not_in_pack) container->refusal.clear();
        return *std::move(container);
      }
    }
    // To a session both are labels that nobody knows here; the words say which.
    const std::string reason = not_in_pack ? "NOT_FOUND" : resolution.refusal().reason();
    return Refused(reason, resolution.refusal().message());
  }
  Meaning meaning;
  meaning.usable = resolution.usable();
  meaning.unusable_reason = resolution.unusable_reason();
  const auto word = coding::ParseObjectWord(resolution.object().empty() ? resolution.code()
                                                                        : resolution.object());
  if (!word) {
    meaning.thing = Thing::kSeveral;
    return meaning;
  }
  meaning.thing = ThingOf(*word);
  if (meaning.thing == Thing::kItem && resolution.supplier_items_size() == 1) {
    meaning.object = meaning.code = resolution.supplier_items(0).code();
  } else {
    meaning.object = coding::WriteObjectWord(*word);
    meaning.code = word->code ? word->code->Digits() : resolution.code();
  }
  if (resolution.has_party()) FillParty(resolution.party(), meaning);
  FillItem(resolution, meaning);
  meaning.expiry_date = resolution.expiry_date();
  if (meaning.thing == Thing::kUnit && payload.lot) meaning.lot = *payload.lot;
  const bool counted = meaning.thing == Thing::kLot || meaning.thing == Thing::kItem;
  if (!counted) return meaning;
  meaning.amount = AmountOfLabel(payload, meaning.unit)
                       .value_or(Decimal{std::max(1, resolution.contained_quantity()), 0});
  return meaning;
}

}  // namespace radyab::cli
