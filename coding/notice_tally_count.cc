// Where scans are counted, counted back, and how far that goes.
#include <algorithm>
#include <set>

#include "coding/notice_comparison.h"

namespace radyab::coding {
namespace {

using Amount = WideAmount;

bool IsPiece(const ObjectWord& object) {
  return object.type == ObjectWord::Type::kUnit || object.type == ObjectWord::Type::kContainer;
}

const std::string& LotOf(const ScannedThing& thing) {
  return thing.object.type == ObjectWord::Type::kLot ? thing.object.text : thing.lot;
}

Amount QuantityOf(const ScannedThing& thing) {
  return WidenDecimal(IsPiece(thing.object) ? Decimal{1, 0} : thing.quantity);
}

}  // namespace

void NoticeTally::Count(Pool& pool, Part& part, bool lot, Amount change) {
  if (lot) {
    pool.overflow -= part.overflow();
    pool.room -= part.room();
  }
  part.scanned += change;
  if (lot) {
    pool.overflow += part.overflow();
    pool.room += part.room();
  }
}

NoticeTally::Place NoticeTally::PlaceOf(const ScannedThing& thing) {
  if (!thing.object.code) return {};
  const auto item = items_.find(thing.object.code->Digits());
  if (item == items_.end()) return {};
  const auto pool =
      item->second.pools.find(IsPiece(thing.object) ? std::string(kPieceUnit) : thing.unit);
  if (pool == item->second.pools.end()) return {};
  const std::string& lot = LotOf(thing);
  if (lot.empty()) return {&pool->second, &pool->second.any};
  const auto part = pool->second.lots.find(lot);
  const bool has_part = part != pool->second.lots.end();
  if (pool->second.any.lines.empty() && (!has_part || part->second.lines.empty())) return {};
  return {&pool->second, has_part ? &part->second : nullptr};
}

// Everything inside, to any depth.
void NoticeTally::Cover(std::size_t container, int change) {
  std::vector<std::size_t> open = {container};
  std::set<std::size_t> met;
  while (!open.empty()) {
    const std::size_t place = open.back();
    open.pop_back();
    if (lines_[place].object.type != ObjectWord::Type::kContainer) continue;
    const auto inside = inside_.find(lines_[place].object.text);
    if (inside == inside_.end()) continue;
    for (const std::size_t line : inside->second) {
      if (!met.insert(line).second) continue;
      states_[line].covering += change;
      open.push_back(line);
    }
  }
}

bool NoticeTally::TakeBack(const ScannedThing& thing) {
  if (IsPiece(thing.object)) {
    const std::string word = WriteObjectWord(thing.object);
    if (seen_.erase(word) == 0) return false;
    if (const auto found = pieces_.find(word); found != pieces_.end()) {
      states_[found->second].own = false;
      if (thing.object.type == ObjectWord::Type::kContainer) Cover(found->second, -1);
      return true;
    }
  }
  const Place place = PlaceOf(thing);
  if (place.pool == nullptr) return true;  // it was announced nowhere, and is counted nowhere
  const Amount quantity = QuantityOf(thing);
  if (place.part == nullptr || place.part->scanned < quantity) return false;
  Count(*place.pool, *place.part, !LotOf(thing).empty(), -quantity);
  return true;
}

Amount NoticeTally::Covered(const Part& part) const {
  Amount covered = 0;
  for (const std::size_t line : part.lines) {
    if (states_[line].covered()) covered += WidenDecimal(lines_[line].quantity);
  }
  return covered;
}

NoticeFill NoticeTally::FillOf(const ScannedThing& thing) const {
  NoticeFill fill;
  if (IsPiece(thing.object)) {
    if (const auto found = pieces_.find(WriteObjectWord(thing.object)); found != pieces_.end()) {
      const State& state = states_[found->second];
      fill.announced = {1, 0};
      fill.scanned = {state.own || state.covered() ? 1 : 0, 0};
      fill.inside = {state.own && state.covered() ? 1 : 0, 0};
      return fill;
    }
  }
  const Place place = const_cast<NoticeTally*>(this)->PlaceOf(thing);
  if (place.pool == nullptr) return fill;
  const Pool& pool = *place.pool;
  const bool by_lot = place.part != nullptr && !LotOf(thing).empty() && !place.part->lines.empty();
  if (by_lot) {
    const Part& part = *place.part;
    const Amount covered = Covered(part), outside = part.announced - covered;
    const Amount twice = std::clamp<Amount>(part.scanned - outside, 0, covered);
    fill.announced = NarrowAmount(part.announced);
    fill.scanned = NarrowAmount(part.scanned + covered - twice);
    fill.inside = NarrowAmount(twice);
  } else if (!pool.any.lines.empty()) {
    fill.announced = NarrowAmount(pool.any.announced);
    fill.scanned = NarrowAmount(pool.any.scanned + pool.overflow);
  } else {
    fill.announced = NarrowAmount(pool.announced);
    fill.scanned = NarrowAmount(pool.any.scanned + pool.announced - pool.room);
  }
  return fill;
}

std::size_t NoticeTally::LastLine(const Pool& pool) {
  std::size_t last = 0;
  for (const auto& [lot, part] : pool.lots) {
    for (const std::size_t line : part.lines) last = std::max(last, line);
  }
  return last;
}

std::vector<Decimal> NoticeTally::Beyond() const {
  std::vector<Decimal> beyond(lines_.size());
  for (const auto& [code, item] : items_) {
    for (const auto& [unit, pool] : item.pools) {
      Amount rest = pool.Unplaced();
      for (const auto& [lot, part] : pool.lots) {
        if (part.lines.empty()) continue;
        const Amount here = std::min(rest, part.overflow());
        beyond[part.lines.back()] = NarrowAmount(here);
        rest -= here;
      }
      // Of a bare code that only lots announce.
      const std::size_t last = pool.any.lines.empty() ? LastLine(pool) : pool.any.lines.back();
      if (rest > 0) beyond[last] = NarrowAmount(rest + WidenDecimal(beyond[last]));
    }
  }
  return beyond;
}

}  // namespace radyab::coding
