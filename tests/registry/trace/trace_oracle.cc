#include "tests/registry/trace/trace_oracle.h"

#include <algorithm>

namespace radyab::trace::tests {
namespace {

bool Names(const v1::Event& event, const std::string& object) {
  if (event.container() == object) return true;
  return std::ranges::any_of(event.objects(), [&](const v1::EventObject& named) {
    return named.object() == object ||
           (!named.lot().empty() && named.object().substr(0, 16) + "/lot/" + named.lot() == object);
  });
}

}  // namespace

TraceOracle::TraceOracle(const std::vector<ModelFirm>& firms, const std::vector<v1::Event>& events)
    : firms_(&firms), events_(&events), now_(firms) {
  for (const v1::Event& event : events) now_.Take(event);
}

bool TraceOracle::SeesEvent(const ModelFirm* viewer, const v1::Event& event) const {
  return viewer == nullptr || event.member() == viewer->member ||
         event.source_party() == viewer->party || event.destination_party() == viewer->party;
}

TraceOracle::Seen TraceOracle::Appear(const ModelFirm* viewer, const ModelPlace& place) const {
  const Seen open{place.holder, place.state, place.destination, true};
  if (viewer == nullptr || viewer->parties.contains(place.holder) ||
      viewer->parties.contains(place.destination)) {
    return open;
  }
  for (const ModelFirm& firm : *firms_) {
    if (firm.parties.contains(place.holder) &&
        now_.partners().contains({viewer->member, firm.member})) {
      return {firm.party, v1::CUSTODY_STATE_HELD, "", false};
    }
  }
  return {};
}

std::vector<const v1::Event*> TraceOracle::History(const std::string& object) const {
  std::vector<const v1::Event*> steps;
  CustodyModel model(*firms_);
  std::set<std::string> before;
  for (const v1::Event& event : *events_) {
    model.Take(event);
    std::set<std::string> around = model.Around(object);
    std::set<std::string> either = around;
    either.insert(before.begin(), before.end());
    const bool touched =
        Names(event, object) ||
        std::ranges::any_of(either, [&](const std::string& box) { return Names(event, box); });
    if (touched) steps.push_back(&event);
    before = std::move(around);
  }
  std::ranges::reverse(steps);
  return steps;
}

bool TraceOracle::MayAsk(const ModelFirm* viewer, const std::string& object) const {
  const ModelPiece* piece = now_.Find(object);
  if (piece == nullptr && !now_.lots().contains(object)) return false;
  if (viewer == nullptr) return true;
  if (object.starts_with(viewer->item)) return true;
  if (piece != nullptr && piece->first_member == viewer->member) return true;
  if (!Back(viewer, object).empty()) return true;
  // Whoever knows a unit knows its lot.
  return std::ranges::any_of(now_.pieces(), [&](const ModelPiece& unit) {
    return unit.lot == object && MayAsk(viewer, unit.name);
  });
}

std::vector<std::pair<ModelPlace, std::pair<std::string, std::int64_t>>> TraceOracle::Holdings(
    const std::string& object) const {
  std::vector<std::pair<ModelPlace, std::pair<std::string, std::int64_t>>> holdings;
  for (const ModelPile& pile : now_.piles()) {
    if (pile.lot != object) continue;
    holdings.push_back({now_.Outermost(pile.place), {now_.lots().at(object).unit, pile.milli}});
  }
  for (const ModelPiece& piece : now_.pieces()) {
    if (piece.name != object && piece.lot != object) continue;
    holdings.push_back({now_.Outermost(piece.place), {"C62", 1000}});
  }
  return holdings;
}

std::map<std::string, std::int64_t> TraceOracle::Forward(const ModelFirm* viewer,
                                                         const std::string& object) const {
  std::map<std::string, std::int64_t> rows;
  for (const auto& [place, amount] : Holdings(object)) {
    const Seen seen = Appear(viewer, place);
    rows[seen.party + "|" + std::to_string(seen.state) + "|" + amount.first] += amount.second;
  }
  return rows;
}

std::map<std::string, std::int64_t> TraceOracle::Custody(const ModelFirm* viewer,
                                                         const std::string& object) const {
  std::map<std::string, std::int64_t> rows;
  for (const auto& [place, amount] : Holdings(object)) {
    const Seen seen = Appear(viewer, place);
    rows[seen.party + "|" + std::to_string(seen.state) + "|" + seen.destination + "|" +
         amount.first] += amount.second;
  }
  return rows;
}

std::optional<std::map<std::string, std::int64_t>> TraceOracle::Contents(
    const ModelFirm* viewer, const std::string& box) const {
  const ModelPiece* piece = now_.Find(box);
  if (piece == nullptr || !MayAsk(viewer, box)) return std::nullopt;
  if (!Appear(viewer, now_.Outermost(piece->place)).open) return std::nullopt;
  std::map<std::string, std::int64_t> rows;
  for (const ModelPile& pile : now_.piles()) {
    if (pile.place.box == box) rows[pile.lot] += pile.milli;
  }
  for (const ModelPiece& inside : now_.pieces()) {
    if (inside.place.box == box) rows[inside.name] += 1000;
  }
  return rows;
}

std::vector<std::string> TraceOracle::Back(const ModelFirm* viewer,
                                           const std::string& object) const {
  std::vector<std::string> names;
  for (const v1::Event* event : History(object)) {
    if (SeesEvent(viewer, *event)) names.push_back(event->name());
  }
  return names;
}

std::string TraceOracle::Supplier(const ModelFirm* viewer, const std::string& object) const {
  const ModelPiece* piece = now_.Find(object);
  const std::string supplier = piece != nullptr ? piece->supplier : now_.lots().at(object).supplier;
  if (supplier.empty() || viewer == nullptr) return supplier;
  if (viewer->parties.contains(supplier)) return supplier;
  return Appear(viewer, {"", supplier, v1::CUSTODY_STATE_HELD, ""}).party;
}

std::vector<std::string> TraceOracle::Events(const ModelFirm* viewer,
                                             const std::string& object) const {
  std::vector<std::string> names;
  for (const v1::Event& event : *events_) {
    if (Names(event, object) && SeesEvent(viewer, event)) names.push_back(event.name());
  }
  return names;
}

std::map<std::string, std::int64_t> TraceOracle::Deliveries(const std::string& party) const {
  std::map<std::string, std::int64_t> rows;
  for (const v1::Event& event : *events_) {
    if (event.kind() != v1::EVENT_KIND_DELIVER && event.kind() != v1::EVENT_KIND_RECEIVE) continue;
    if (event.destination_party() != party) continue;
    for (const v1::EventObject& object : event.objects()) {
      rows[event.name() + " " + object.object()] =
          object.has_quantity() ? Milli(object.quantity().amount()) : 1000;
    }
  }
  return rows;
}

}  // namespace radyab::trace::tests
