#include "clients/warehouse/session_tally.h"

#include <utility>

#include "clients/warehouse/verdict_checks.h"
#include "coding/object_words.h"

namespace radyab::warehouse {
namespace {

using coding::AddDecimal;
using coding::CompareDecimal;
using coding::Decimal;
using coding::SubtractDecimal;

constexpr Decimal kNone{0, 0};

bool IsAbove(const Decimal& left, const Decimal& right) { return CompareDecimal(left, right) > 0; }

// A day that no label is held against here: the day of a scan is the session's (FaultsOf).
constexpr coding::CivilDate kNoDay = {.year = 1, .month = 1, .day = 1};

std::string CodeOf(const std::string& object) {
  const auto word = coding::ParseObjectWord(object);
  return word && word->code ? word->code->Digits() : "";
}

// Lines of one object in one container become one.
std::vector<NoticeLine> Merged(const std::vector<NoticeLine>& notice) {
  std::vector<NoticeLine> lines;
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (const NoticeLine& line : notice) {
    const auto [place, added] = known.emplace(std::pair(line.object, line.container), lines.size());
    if (added) {
      lines.push_back(line);
    } else if (const auto sum = AddDecimal(lines[place->second].amount, line.amount)) {
      lines[place->second].amount = *sum;
    }
  }
  return lines;
}

std::set<std::string> UnitlessCodes(const std::vector<NoticeLine>& lines) {
  std::set<std::string> codes;
  for (const NoticeLine& line : lines) {
    if (line.unit.empty()) codes.insert(CodeOf(line.object));
  }
  return codes;
}

std::vector<coding::AnnouncedLine> Announced(const std::vector<NoticeLine>& lines,
                                             const std::set<std::string>& unitless) {
  constexpr std::string_view kContainer = "sscc/";
  std::vector<coding::AnnouncedLine> announced;
  for (const NoticeLine& line : lines) {
    coding::AnnouncedLine& one = announced.emplace_back();
    const auto word = coding::ParseObjectWord(line.object);
    if (!word) continue;  // a row of a table is an object word, or was refused
    one.object = *word;
    one.quantity = line.amount;
    if (!unitless.contains(CodeOf(line.object))) one.unit = line.unit;
    one.lot = line.lot;
    if (line.container.starts_with(kContainer)) one.container = line.container.substr(5);
  }
  return announced;
}

std::optional<VerdictKind> FaultOf(coding::NoticeVerdict verdict) {
  switch (verdict) {
    case coding::NoticeVerdict::kWrongLot:
      return VerdictKind::kWrongLot;
    case coding::NoticeVerdict::kWrongUnit:
      return VerdictKind::kUnitDiffers;
    case coding::NoticeVerdict::kUnexpected:
      return VerdictKind::kUnexpected;
    case coding::NoticeVerdict::kTooMany:
      return VerdictKind::kTooMany;
    default:
      return std::nullopt;
  }
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
    : lines_(Merged(notice)),
      unitless_(UnitlessCodes(lines_)),
      notice_(Announced(lines_, unitless_), kNoDay),
      expects_(expects) {
  for (std::size_t at = 0; at < lines_.size(); ++at) {
    if (!lines_[at].container.empty()) inside_[lines_[at].container].push_back(at);
  }
}

coding::ScannedThing SessionTally::ThingOf(const std::string& object, const Decimal& amount,
                                           const std::string& unit, const std::string& lot) const {
  const auto word = coding::ParseObjectWord(object);
  coding::ScannedThing thing{.object = word ? *word : coding::ObjectWord()};
  thing.quantity = amount;
  if (!unitless_.contains(CodeOf(object))) thing.unit = unit;
  thing.lot = lot;
  return thing;
}

LineMatch SessionTally::Match(const Meaning& meaning, const Decimal& amount) {
  LineMatch match;
  if (!expects_) return match;
  const auto thing = ThingOf(meaning.object, amount, meaning.unit, meaning.lot);
  const coding::ScanOutcome outcome = notice_.Scan(thing);
  const bool again = outcome.verdicts.front() == coding::NoticeVerdict::kDouble;
  if (!again) notice_.TakeBack(thing);
  if (!outcome.lines.empty()) match.line = outcome.lines.front();
  match.fault = FaultOf(outcome.verdicts.front());
  if (match.fault) {
    match.reason = *match.fault == VerdictKind::kTooMany ? "more than expected" : outcome.wanted;
    return match;
  }
  const bool by_itself = IsPiece(meaning.thing) && match.line.has_value() &&
                         lines_[*match.line].object == meaning.object;
  if (by_itself) match.around = lines_[*match.line].container;
  match.inside = !match.around.empty() && !again && notice_.FillOf(thing).scanned == Decimal{1, 0};
  return match;
}

std::string SessionTally::EarliestInside(const std::string& container) const {
  std::string earliest;
  std::vector<std::string> open = {container};
  for (std::size_t next = 0; next < open.size() && next <= lines_.size(); ++next) {
    const auto inside = inside_.find(std::string(open[next]));
    if (inside == inside_.end()) continue;
    for (const std::size_t at : inside->second) {
      const NoticeLine& line = lines_[at];
      const bool sooner =
          !line.expiry_date.empty() && (earliest.empty() || line.expiry_date < earliest);
      if (sooner) earliest = line.expiry_date;
      if (line.object.starts_with("sscc/")) open.push_back(line.object);
    }
  }
  return earliest;
}

bool SessionTally::TooMany(const Meaning& meaning, const Decimal& more) const {
  if (expects_ || !meaning.held) return false;
  const auto found = objects_.find({"", meaning.object});
  const auto sum = AddDecimal(found == objects_.end() ? kNone : found->second.counted, more);
  return !sum || IsAbove(*sum, *meaning.held);
}

Decimal SessionTally::Moving(const std::string& object, const ObjectTally& tally) const {
  const auto fill = notice_.FillOf(ThingOf(object, tally.counted, tally.unit, tally.lot));
  return SubtractDecimal(tally.counted, fill.inside).value_or(tally.counted);
}

bool SessionTally::Add(const Count& count, const Meaning& meaning) {
  const auto found = objects_.find({count.container, count.object});
  const auto sum =
      AddDecimal(found == objects_.end() ? kNone : found->second.counted, count.amount);
  if (!sum) return false;
  if (expects_) notice_.Scan(ThingOf(count.object, count.amount, count.unit, count.lot));
  ObjectTally& tally = objects_[{count.container, count.object}];
  tally.counted = *sum;
  tally.name = meaning.name;
  tally.unit = meaning.unit;
  tally.lot = meaning.lot;
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
  if (expects_) notice_.TakeBack(ThingOf(count.object, count.amount, count.unit, count.lot));
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
  if (expects_) {
    const auto fill = notice_.FillOf(ThingOf(count.object, count.amount, count.unit, count.lot));
    if (CompareDecimal(fill.announced, kNone) > 0) {
      verdict.counted_so_far = fill.scanned;
      verdict.expected = fill.announced;
      return;
    }
  }
  if (found == objects_.end()) return;
  verdict.counted_so_far = found->second.counted;
  if (!expects_) verdict.expected = found->second.held;
}

bool SessionTally::empty() const { return objects_.empty(); }

bool SessionTally::has_unrecorded() const {
  for (const auto& [key, tally] : objects_) {
    if (IsAbove(Moving(key.second, tally), tally.recorded)) return true;
  }
  return false;
}

}  // namespace radyab::warehouse
