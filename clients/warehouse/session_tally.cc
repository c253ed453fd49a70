#include "clients/warehouse/session_tally.h"

#include <utility>

#include "coding/object_words.h"

namespace radyab::warehouse {
namespace {

using coding::AddDecimal;
using coding::CompareDecimal;
using coding::Decimal;
using coding::SubtractDecimal;

constexpr Decimal kNone{0, 0};

bool IsAbove(const Decimal& left, const Decimal& right) { return CompareDecimal(left, right) > 0; }

// The code of an object word that names something of an item; empty of a container and of a code
// alone.
std::string ItemOfPart(const std::string& object) {
  const auto word = coding::ParseObjectWord(object);
  const bool part = word && (word->type == coding::ObjectWord::Type::kLot ||
                             word->type == coding::ObjectWord::Type::kUnit);
  return part ? word->code->Digits() : "";
}

std::string LotWord(const std::string& code, const std::string& lot) {
  const auto parsed = coding::ParseCode(code);
  return parsed ? coding::WriteObjectWord(coding::ObjectWord::ForLot(*parsed, lot)) : "";
}

}  // namespace

std::optional<Decimal> Multiplied(const Decimal& amount, int times) {
  Decimal product = amount;
  if (__builtin_mul_overflow(amount.mantissa, std::int64_t{times}, &product.mantissa)) {
    return std::nullopt;
  }
  return product;
}

SessionTally::SessionTally(const std::vector<NoticeLine>& notice, bool expects)
    : expects_(expects) {
  for (const NoticeLine& line : notice) {
    const auto [place, added] = line_of_.emplace(line.object, lines_.size());
    if (!added) {
      const auto sum = AddDecimal(lines_[place->second].amount, line.amount);
      if (sum) lines_[place->second].amount = *sum;
      continue;
    }
    lines_.push_back(line);
    counted_.push_back(kNone);
    if (std::string code = ItemOfPart(line.object); !code.empty()) {
      codes_with_lots_.insert(std::move(code));
    }
  }
}

LineMatch SessionTally::Match(const Meaning& meaning) const {
  if (!expects_) return {};
  const auto named = [&](const std::string& word) -> std::optional<std::size_t> {
    const auto found = line_of_.find(word);
    return found == line_of_.end() ? std::nullopt : std::optional(found->second);
  };
  if (const auto line = named(meaning.object)) return {.line = line, .fault = {}, .reason = ""};
  const bool unit = meaning.thing == Thing::kUnit;
  if (unit && !meaning.lot.empty()) {
    if (const auto line = named(LotWord(meaning.code, meaning.lot))) {
      return {.line = line, .fault = {}, .reason = ""};
    }
  }
  if (const auto line = named(meaning.code)) return {.line = line, .fault = {}, .reason = ""};
  if (!codes_with_lots_.contains(meaning.code)) {
    return {.line = {}, .fault = VerdictKind::kUnexpected, .reason = "the notice does not name it"};
  }
  if (unit && meaning.lot.empty()) {
    return {.line = {},
            .fault = VerdictKind::kUnexpected,
            .reason = "the notice names lots or other units of this item, and the label no lot"};
  }
  return {.line = {},
          .fault = VerdictKind::kWrongLot,
          .reason = "the notice names other lots of this item"};
}

bool SessionTally::TooMany(const Meaning& meaning, const LineMatch& match,
                           const Decimal& more) const {
  Decimal counted = kNone;
  std::optional<Decimal> expected;
  if (match.line) {
    counted = counted_[*match.line];
    expected = lines_[*match.line].amount;
  } else if (!expects_ && meaning.held) {
    expected = meaning.held;
    const auto found = objects_.find({"", meaning.object});
    if (found != objects_.end()) counted = found->second.counted;
  }
  if (!expected) return false;
  const auto sum = AddDecimal(counted, more);
  return !sum || IsAbove(*sum, *expected);
}

bool SessionTally::Add(const Count& count, const Meaning& meaning) {
  const auto found = objects_.find({count.container, count.object});
  const auto sum =
      AddDecimal(found == objects_.end() ? kNone : found->second.counted, count.amount);
  if (!sum) return false;
  if (count.line) {
    const auto line_sum = AddDecimal(counted_[*count.line], count.amount);
    if (!line_sum) return false;
    counted_[*count.line] = *line_sum;
  }
  ObjectTally& tally = objects_[{count.container, count.object}];
  tally.counted = *sum;
  tally.name = meaning.name;
  tally.unit = meaning.unit;
  tally.thing = meaning.thing;
  tally.held = meaning.held;
  if (meaning.thing == Thing::kUnit || meaning.thing == Thing::kContainer) {
    pieces_.insert(count.object);
  }
  return true;
}

bool SessionTally::TakeBack(const Count& count) {
  const auto found = objects_.find({count.container, count.object});
  if (found == objects_.end()) return false;
  ObjectTally& tally = found->second;
  const auto rest = SubtractDecimal(tally.counted, count.amount);
  if (!rest || IsAbove(tally.recorded, *rest)) return false;
  if (count.line) {
    const auto line_rest = SubtractDecimal(counted_[*count.line], count.amount);
    if (!line_rest) return false;
    counted_[*count.line] = *line_rest;
  }
  tally.counted = *rest;
  if (CompareDecimal(*rest, kNone) != 0) return true;
  pieces_.erase(count.object);
  objects_.erase(found);
  return true;
}

void SessionTally::Record(const std::string& container, const SessionEvent::Object& object) {
  const auto found = objects_.find({container, object.object});
  if (found == objects_.end()) return;
  const auto sum = AddDecimal(found->second.recorded, object.amount.value_or(Decimal{1, 0}));
  if (sum) found->second.recorded = *sum;
}

void SessionTally::Fill(const Count& count, Verdict& verdict) const {
  const auto found = objects_.find({count.container, count.object});
  if (count.line) {
    verdict.counted_so_far = counted_[*count.line];
    verdict.expected = lines_[*count.line].amount;
    return;
  }
  if (found == objects_.end()) return;
  verdict.counted_so_far = found->second.counted;
  if (!expects_) verdict.expected = found->second.held;
}

bool SessionTally::empty() const { return objects_.empty(); }

bool SessionTally::has_unrecorded() const {
  for (const auto& [key, tally] : objects_) {
    if (IsAbove(tally.counted, tally.recorded)) return true;
  }
  return false;
}

}  // namespace radyab::warehouse
