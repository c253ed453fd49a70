// Keys by their names (a part of coding/gs1_keys.h): their rules are those of their AI.
#include "coding/ai_table.h"
#include "coding/digit_folding.h"
#include "coding/gs1_keys.h"
#include "coding/refuse.h"

namespace radyab::coding {
namespace {

struct KeyRow {
  std::string_view name;
  std::string_view ai;
  bool digits = false;  // nothing else: what people put between digits is folded away
};

// In the order of Gs1Key.
constexpr KeyRow kKeys[] = {
    {"gtin", "01", true}, {"gln", "414", true}, {"sscc", "00", true},  {"gsrn", "8018", true},
    {"grai", "8003"},     {"gdti", "253"},      {"gsin", "402", true}, {"gcn", "255"},
    {"gmn", "8013"},      {"giai", "8004"},     {"cpid", "8010"},      {"ginc", "401"},
};

const KeyRow& RowOf(Gs1Key key) { return kKeys[static_cast<std::size_t>(key)]; }

}  // namespace

std::string_view Gs1KeyName(Gs1Key key) { return RowOf(key).name; }

Parsed<std::string> ParseGs1Key(Gs1Key key, std::string_view text) {
  if (key == Gs1Key::kGtin) return ParseGtin(text);
  const KeyRow& row = RowOf(key);
  const Reading reading{row.name, text};
  const AiEntry& entry = *FindAi(row.ai);
  if (!row.digits) {
    if (const auto fault = CheckAiValue(entry, text, kCenturyReferenceYear)) {
      return RefusePart(reading, *fault);
    }
    return std::string(text);
  }
  auto folded = FoldDigits(reading);
  if (!folded) return folded.refusal();
  if (folded->digits.size() != entry.length_max) {
    return RefuseWhole(reading, {RefusalReason::kWrongLength, 0, 0,
                                 std::to_string(folded->digits.size()) + " digits",
                                 std::to_string(entry.length_max) + " digits"});
  }
  if (auto fault = CheckAiValue(entry, folded->digits, kCenturyReferenceYear)) {
    const std::size_t begin = fault->begin;
    return RefuseDigits(reading, *folded, begin, fault->bytes, std::move(*fault));
  }
  return folded->digits;
}

}  // namespace radyab::coding
