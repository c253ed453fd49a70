#include "coding/notice_comparison.h"

#include <algorithm>
#include <set>
#include <utility>

namespace radyab::coding {
namespace {

using Amount = WideAmount;

constexpr std::size_t kLotsNamedMax = 5;
constexpr int kClimbMax = 16;  // containers around a line; deeper than any that can be packed

bool IsPiece(const ObjectWord& object) {
  return object.type == ObjectWord::Type::kUnit || object.type == ObjectWord::Type::kContainer;
}

std::string CodeOf(const ObjectWord& object) {
  return object.code ? object.code->Digits() : std::string();
}

// The lot whose lines it fills; empty: those of the bare code.
const std::string& LotOf(const ObjectWord& object, const std::string& lot) {
  return object.type == ObjectWord::Type::kLot ? object.text : lot;
}

void Name(const std::vector<std::size_t>& from, std::vector<std::size_t>& lines) {
  for (const std::size_t line : from) {
    if (lines.size() == kOutcomeLinesMax) return;
    lines.push_back(line);
  }
}

void AddWords(std::string_view words, std::string& text) {
  if (!text.empty()) text += "; ";
  text += words;
}

void Order(std::vector<NoticeVerdict>& verdicts) {
  std::ranges::sort(verdicts);
  verdicts.erase(std::unique(verdicts.begin(), verdicts.end()), verdicts.end());
}

// Lots that were meant: enough of them to show that there are more than are named.
void AddName(const std::string& lot, std::set<std::string>& names) {
  if (names.size() <= kLotsNamedMax) names.insert(lot);
}
std::string Listed(const std::set<std::string>& names) {
  std::string text;
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (count++ == kLotsNamedMax) return text + " and others";
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

std::string Told(Amount amount, const std::string& unit) {
  return WriteDecimal(NarrowAmount(amount)) + " " + unit;
}

}  // namespace

Amount NoticeTally::Pool::Unplaced() const {
  const Amount any_left = any.announced > overflow ? any.announced - overflow : Amount(0);
  const Amount lots_beyond = overflow > any.announced ? overflow - any.announced : Amount(0);
  const Amount bare_beyond = any.scanned - any_left - room;
  return lots_beyond + std::max(bare_beyond, Amount(0));
}

NoticeTally::NoticeTally(std::vector<AnnouncedLine> lines, const CivilDate& today)
    : lines_(std::move(lines)), today_(today), states_(lines_.size()) {
  for (std::size_t place = 0; place < lines_.size(); ++place) {
    const AnnouncedLine& line = lines_[place];
    if (!line.container.empty()) inside_[line.container].push_back(place);
    if (IsPiece(line.object)) {
      pieces_.try_emplace(WriteObjectWord(line.object), place);
      if (line.object.code) items_[CodeOf(line.object)].units[line.lot].push_back(place);
      continue;
    }
    Pool& pool = items_[CodeOf(line.object)].pools[line.unit];
    const bool any = line.object.type == ObjectWord::Type::kCode;
    Part& part = any ? pool.any : pool.lots[line.object.text];
    part.lines.push_back(place);
    part.announced += WidenDecimal(line.quantity);
    if (any) continue;
    pool.room += WidenDecimal(line.quantity);
    pool.announced += WidenDecimal(line.quantity);
  }
}

ScanOutcome NoticeTally::Scan(const ScannedThing& thing) {
  ScanOutcome outcome = IsPiece(thing.object) ? ScanPiece(thing) : ScanQuantity(thing);
  Judge(thing, outcome);
  if (outcome.verdicts.empty()) outcome.verdicts.push_back(NoticeVerdict::kAsExpected);
  Order(outcome.verdicts);
  return outcome;
}

ScanOutcome NoticeTally::ScanPiece(const ScannedThing& thing) {
  const std::string word = WriteObjectWord(thing.object);
  const auto found = pieces_.find(word);
  ScanOutcome outcome;
  if (found != pieces_.end()) outcome.lines = {found->second};
  if (!seen_.emplace(word, true).second) {
    outcome.verdicts = {NoticeVerdict::kDouble};
    outcome.beyond = {1, 0};
    outcome.wanted = "scanned before";
    return outcome;
  }
  if (found == pieces_.end()) {
    if (thing.object.code) return ScanQuantity(thing);
    outcome.verdicts = {NoticeVerdict::kUnexpected};
    outcome.beyond = {1, 0};
    outcome.wanted = "not announced";
    return outcome;
  }
  const AnnouncedLine& line = lines_[found->second];
  states_[found->second].own = true;
  if (thing.object.type == ObjectWord::Type::kContainer) Cover(found->second, 1);
  if (!thing.lot.empty() && !line.lot.empty() && thing.lot != line.lot) {
    outcome.verdicts = {NoticeVerdict::kWrongLot};
    outcome.wanted = "announced in lot " + line.lot;
  }
  return outcome;
}

ScanOutcome NoticeTally::ScanQuantity(const ScannedThing& thing) {
  const bool piece = thing.object.type == ObjectWord::Type::kUnit;
  const Decimal quantity = piece ? Decimal{1, 0} : thing.quantity;
  const std::string unit(piece ? std::string(kPieceUnit) : thing.unit);
  const std::string& lot = LotOf(thing.object, thing.lot);
  const auto item = items_.find(CodeOf(thing.object));
  ScanOutcome outcome;
  outcome.beyond = quantity;
  if (item == items_.end()) {
    Misplaced(thing, nullptr, outcome);
    return outcome;
  }
  const auto pool = item->second.pools.find(unit);
  if (pool != item->second.pools.end()) {
    Name(pool->second.any.lines, outcome.lines);
    if (!lot.empty()) {
      const auto part = pool->second.lots.find(lot);
      if (part != pool->second.lots.end() && !part->second.lines.empty()) {
        outcome.lines.clear();
        Name(part->second.lines, outcome.lines);
      }
    } else if (outcome.lines.empty()) {
      for (const auto& [name, part] : pool->second.lots) {
        if (outcome.lines.size() == kOutcomeLinesMax) break;
        Name(part.lines, outcome.lines);
      }
    }
  }
  if (outcome.lines.empty()) {
    Misplaced(thing, &item->second, outcome);
    return outcome;
  }
  Pool& goods = pool->second;
  const Amount before = goods.Unplaced();
  Part& part = lot.empty() ? goods.any : goods.lots[lot];
  Count(goods, part, !lot.empty(), WidenDecimal(quantity));
  outcome.beyond = NarrowAmount(goods.Unplaced() - before);
  if (outcome.beyond.mantissa == 0) return outcome;
  outcome.verdicts = {NoticeVerdict::kTooMany};
  const Amount announced = goods.any.announced + (lot.empty() ? goods.announced : part.announced);
  outcome.wanted = "announced: " + Told(announced, unit);
  return outcome;
}

void NoticeTally::Misplaced(const ScannedThing& thing, const Item* item,
                            ScanOutcome& outcome) const {
  const std::string& lot = LotOf(thing.object, thing.lot);
  std::vector<std::size_t> in_other_units, other_lots, units;
  std::string measures;
  std::set<std::string> names;  // of other lots
  if (item != nullptr) {
    for (const auto& [unit, pool] : item->pools) {
      const auto part = pool.lots.find(lot);
      const bool any = !pool.any.lines.empty() || (lot.empty() && !pool.lots.empty());
      const bool same_lot = part != pool.lots.end() && !part->second.lines.empty();
      if (any || same_lot) {
        AddWords(unit, measures);
        Name(same_lot ? part->second.lines : pool.any.lines, in_other_units);
      }
      for (const auto& [name, one] : pool.lots) {
        if (name == lot || one.lines.empty()) continue;
        AddName(name, names);
        Name(one.lines, other_lots);
        if (lot.empty() && any) Name(one.lines, in_other_units);
        if (other_lots.size() == kOutcomeLinesMax) break;
      }
    }
    for (const auto& [of, lines] : item->units) {
      const bool like = lot.empty() || of.empty() || of == lot;
      if (!like) AddName(of, names);
      Name(lines, like ? units : other_lots);
      if (other_lots.size() == kOutcomeLinesMax) break;
    }
  }
  if (!measures.empty()) {
    outcome.verdicts = {NoticeVerdict::kWrongUnit};
    outcome.lines = std::move(in_other_units);
    outcome.wanted = "announced in " + measures + ", not in " + thing.unit;
  } else if (!lot.empty() && !other_lots.empty()) {
    outcome.verdicts = {NoticeVerdict::kWrongLot};
    outcome.lines = std::move(other_lots);
    outcome.wanted = "announced of this item: lot " + Listed(names);
  } else {
    outcome.verdicts = {NoticeVerdict::kUnexpected};
    const bool by_serial = !IsPiece(thing.object) && !units.empty();
    if (by_serial) outcome.lines = std::move(units);
    outcome.wanted = by_serial ? "announced by serial" : "not announced";
  }
}

void NoticeTally::Judge(const ScannedThing& thing, ScanOutcome& outcome) {
  std::string blocked = thing.blocked, expired;
  if (IsExpired(thing.expiry)) expired = "expired on " + WriteIsoDate(*thing.expiry);
  const bool meant = outcome.verdicts.empty() || outcome.verdicts[0] == NoticeVerdict::kTooMany ||
                     outcome.verdicts[0] == NoticeVerdict::kDouble;
  const auto look = [&](std::size_t place, bool within) {
    const AnnouncedLine& line = lines_[place];
    const std::string inside = within ? WriteObjectWord(line.object) + " inside: " : "";
    if (blocked.empty() && !line.blocked.empty()) blocked = inside + line.blocked;
    if (expired.empty() && IsExpired(line.expiry)) {
      expired = inside + "expired on " + WriteIsoDate(*line.expiry);
    }
  };
  if (meant) {
    for (const std::size_t place : outcome.lines) {
      State& state = states_[place];
      // What the label said of it is true of the line as well.
      state.blocked = state.blocked || !thing.blocked.empty();
      state.expired = state.expired || IsExpired(thing.expiry);
      if (lines_[place].object == thing.object) look(place, false);
    }
    if (thing.object.type == ObjectWord::Type::kContainer) {
      std::vector<std::string> open = {thing.object.text};
      for (std::size_t next = 0; next < open.size() && next <= lines_.size(); ++next) {
        const auto inside = inside_.find(std::string(open[next]));
        if (inside == inside_.end()) continue;
        for (const std::size_t place : inside->second) {
          look(place, true);
          if (lines_[place].object.type == ObjectWord::Type::kContainer) {
            open.push_back(lines_[place].object.text);
          }
        }
      }
    }
  }
  if (!blocked.empty()) {
    outcome.verdicts.push_back(NoticeVerdict::kBlocked);
    AddWords("blocked: " + blocked, outcome.wanted);
  }
  if (!expired.empty()) {
    outcome.verdicts.push_back(NoticeVerdict::kExpired);
    AddWords(expired, outcome.wanted);
  }
}

std::vector<Amount> NoticeTally::Filled() const {
  std::vector<Amount> filled(lines_.size(), 0);
  const auto spread = [&](const Part& part, Amount amount) {
    for (const bool covered : {false, true}) {
      for (const std::size_t line : part.lines) {
        if (states_[line].covered() != covered) continue;
        filled[line] = std::min(amount, WidenDecimal(lines_[line].quantity));
        amount -= filled[line];
      }
    }
  };
  for (const auto& [code, item] : items_) {
    for (const auto& [unit, pool] : item.pools) {
      const Amount from_lots = std::min(pool.overflow, pool.any.announced);
      const Amount bare = std::min(pool.any.scanned, pool.any.announced - from_lots);
      Amount rest = pool.any.scanned - bare;
      spread(pool.any, from_lots + bare);
      for (const auto& [name, part] : pool.lots) {
        const Amount more = std::min(rest, part.room());
        rest -= more;
        spread(part, std::min(part.scanned, part.announced) + more);
      }
    }
  }
  for (std::size_t place = 0; place < lines_.size(); ++place) {
    const State& state = states_[place];
    if (state.covered() || state.own) filled[place] = WidenDecimal(lines_[place].quantity);
  }
  return filled;
}

std::vector<LineOutcome> NoticeTally::Lines() const {
  std::vector<Amount> filled = Filled();
  struct Inside {
    std::size_t all = 0, whole = 0, touched = 0;
  };
  std::vector<Inside> inside(lines_.size());
  for (std::size_t place = 0; place < lines_.size(); ++place) {
    const bool holds = lines_[place].object.type == ObjectWord::Type::kContainer &&
                       inside_.contains(lines_[place].object.text);
    if (holds) continue;  // it counts by what is in it
    auto around = lines_[place].container;
    for (int level = 0; !around.empty() && level < kClimbMax; ++level) {
      const auto found = pieces_.find(WriteObjectWord(ObjectWord::ForContainer(around)));
      if (found == pieces_.end()) break;
      Inside& counts = inside[found->second];
      ++counts.all;
      counts.whole += filled[place] == WidenDecimal(lines_[place].quantity);
      counts.touched += filled[place] > 0;
      around = lines_[found->second].container;
    }
  }
  std::vector<LineOutcome> outcomes(lines_.size());
  for (std::size_t place = 0; place < lines_.size(); ++place) {
    const AnnouncedLine& line = lines_[place];
    LineOutcome& outcome = outcomes[place];
    const Inside& counts = inside[place];
    if (counts.all > 0 && counts.whole == counts.all) filled[place] = WidenDecimal(line.quantity);
    const Amount missing = WidenDecimal(line.quantity) - filled[place];
    outcome.scanned = NarrowAmount(filled[place]);
    outcome.missing = NarrowAmount(missing);
    if (missing > 0) {
      const bool some = filled[place] > 0 || counts.touched > 0;
      outcome.verdicts.push_back(some ? NoticeVerdict::kShort : NoticeVerdict::kMissing);
      if (counts.touched > 0) {
        outcome.wanted = "of " + std::to_string(counts.all) + " lines inside, " +
                         std::to_string(counts.whole) + " were scanned";
      }
    }
    if (!line.blocked.empty() || states_[place].blocked) {
      outcome.verdicts.push_back(NoticeVerdict::kBlocked);
      AddWords(line.blocked.empty() ? "may not move" : "blocked: " + line.blocked, outcome.wanted);
    }
    if (IsExpired(line.expiry) || states_[place].expired) {
      outcome.verdicts.push_back(NoticeVerdict::kExpired);
      AddWords(IsExpired(line.expiry) ? "expired on " + WriteIsoDate(*line.expiry) : "expired",
               outcome.wanted);
    }
    if (outcome.verdicts.empty()) outcome.verdicts.push_back(NoticeVerdict::kAsExpected);
    Order(outcome.verdicts);
  }
  return outcomes;
}

}  // namespace radyab::coding
