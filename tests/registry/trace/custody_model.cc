#include <algorithm>
#include <cstdlib>

#include "tests/registry/trace/trace_oracle.h"

namespace radyab::trace::tests {
namespace {

constexpr int kLevelsMax = 10;

ModelPlace Here(const ModelFirm& firm) { return {"", firm.party, v1::CUSTODY_STATE_HELD, ""}; }
ModelPlace OnTheWay(const std::string& from, const std::string& to) {
  return {"", from, v1::CUSTODY_STATE_IN_TRANSIT, to};
}
ModelPlace Delivered(const std::string& customer) {
  return {"", customer, v1::CUSTODY_STATE_DELIVERED, ""};
}

std::int64_t MilliOf(const v1::EventObject& object) {
  return IsLotWord(object.object()) ? Milli(object.quantity().amount()) : 1000;
}

}  // namespace

std::int64_t Milli(const std::string& amount) {
  const std::size_t point = amount.find('.');
  std::string fraction = point == std::string::npos ? "" : amount.substr(point + 1);
  fraction.resize(3, '0');
  return std::atoll(amount.substr(0, point).c_str()) * 1000 + std::atoll(fraction.c_str());
}

bool IsLotWord(const std::string& object) { return object.find("/lot/") != std::string::npos; }

const ModelPiece* CustodyModel::Find(const std::string& name) const {
  const auto found = std::ranges::find(pieces_, name, &ModelPiece::name);
  return found == pieces_.end() ? nullptr : &*found;
}

ModelPiece* CustodyModel::Piece(const std::string& name) {
  const auto found = std::ranges::find(pieces_, name, &ModelPiece::name);
  return found == pieces_.end() ? nullptr : &*found;
}

ModelPlace CustodyModel::Outermost(const ModelPlace& place) const {
  if (place.box.empty()) return place;
  const ModelPlace& around = Find(place.box)->place;
  if (!around.box.empty()) return Outermost(around);
  ModelPlace outermost = around;
  outermost.box = place.box;
  return outermost;
}

std::set<std::string> CustodyModel::Around(const std::string& object) const {
  std::set<std::string> boxes;
  std::vector<std::string> to_climb;
  if (IsLotWord(object)) {
    for (const ModelPile& pile : piles_) {
      if (pile.lot == object) to_climb.push_back(pile.place.box);
    }
  } else if (const ModelPiece* piece = Find(object)) {
    to_climb.push_back(piece->place.box);
  }
  while (!to_climb.empty()) {
    const std::string box = to_climb.back();
    to_climb.pop_back();
    if (box.empty() || !boxes.insert(box).second) continue;
    to_climb.push_back(Find(box)->place.box);
  }
  return boxes;
}

void CustodyModel::AddPile(const std::string& lot, const ModelPlace& place, std::int64_t milli) {
  for (ModelPile& pile : piles_) {
    if (pile.lot == lot && pile.place == place) {
      pile.milli += milli;
      return;
    }
  }
  piles_.push_back({lot, place, milli});
}

// Moves a piece that is at one of the places, or so much of a lot, taken from the first ones first.
bool CustodyModel::MoveAny(const std::string& object, const std::vector<ModelPlace>& from,
                           const ModelPlace& to, std::int64_t milli) {
  if (!IsLotWord(object)) {
    ModelPiece* piece = Piece(object);
    if (piece == nullptr || std::ranges::count(from, piece->place) == 0) return false;
    piece->place = to;
    return true;
  }
  std::int64_t left = milli;
  for (const ModelPlace& place : from) {
    for (ModelPile& pile : piles_) {
      if (pile.lot != object || pile.place != place) continue;
      const std::int64_t part = std::min(left, pile.milli);
      pile.milli -= part;
      left -= part;
    }
  }
  std::erase_if(piles_, [](const ModelPile& pile) { return pile.milli == 0; });
  AddPile(object, to, milli - left);
  return left == 0;
}

const ModelFirm* CustodyModel::OwnerOf(const std::string& party) const {
  for (const ModelFirm& firm : *firms_) {
    if (firm.parties.contains(party)) return &firm;
  }
  return nullptr;
}

bool CustodyModel::Reachable(const ModelFirm& firm, const std::string& party) const {
  const ModelFirm* owner = OwnerOf(party);
  return owner == &firm || (owner != nullptr && owner->party == party);
}

bool CustodyModel::MaySupply(const ModelFirm& firm, const std::string& party) const {
  if (firm.suppliers.contains(party)) return true;
  return std::ranges::count(*firms_, party, &ModelFirm::party) == 1;
}

bool CustodyModel::MayBeSent(const ModelFirm& firm, const std::string& party) const {
  if (party == firm.party) return false;
  return firm.customers.contains(party) ||
         std::ranges::count(*firms_, party, &ModelFirm::party) == 1;
}

int CustodyModel::Levels(const std::string& box) const {
  int deepest = 0;
  for (const ModelPiece& piece : pieces_) {
    if (piece.is_box && piece.place.box == box) deepest = std::max(deepest, Levels(piece.name));
  }
  return deepest + 1;
}

bool CustodyModel::Commission(const v1::Event& event, const ModelFirm& firm,
                              const v1::EventObject& object) {
  const std::string& name = object.object();
  const std::string supplier = event.source_party().empty() ? firm.party : event.source_party();
  if (!name.starts_with(firm.item) || !MaySupply(firm, supplier)) return false;
  if (IsLotWord(name)) {
    ModelLot& lot = lots_[name];
    if (lot.supplier.empty()) lot.supplier = supplier;
    if (lot.supplier != supplier) return false;
    if (lot.unit.empty()) lot.unit = object.quantity().unit();
    if (lot.unit != object.quantity().unit()) return false;
    lot.total_milli += MilliOf(object);
    AddPile(name, Here(firm), MilliOf(object));
    return true;
  }
  if (Find(name) != nullptr) return false;
  const std::string lot = object.lot().empty() ? "" : firm.item + "/lot/" + object.lot();
  if (!lot.empty() && lots_[lot].supplier.empty()) lots_[lot].supplier = supplier;
  if (!lot.empty() && lots_[lot].supplier != supplier) return false;
  pieces_.push_back({name, false, Here(firm), lot, supplier, ""});
  return true;
}

bool CustodyModel::OpenBox(const v1::Event& event, const ModelFirm& firm) {
  if (const ModelPiece* box = Find(event.container())) return box->place == Here(firm);
  constexpr std::size_t kDigitsAt = std::string_view("sscc/0").size();
  const std::string digits = event.container().substr(kDigitsAt);
  for (const ModelFirm& other : *firms_) {
    const bool claimed = !other.gs1_prefix.empty() && digits.starts_with(other.gs1_prefix);
    if (claimed && &other != &firm) return false;
  }
  pieces_.push_back({event.container(), true, Here(firm), "", "", firm.member});
  return true;
}

bool CustodyModel::Unpackable(const v1::Event& event, const ModelFirm& firm) const {
  const ModelPiece* box = Find(event.container());
  if (box == nullptr) return false;
  if (box->place == Here(firm)) return true;
  return box->place.box.empty() && box->place.state == v1::CUSTODY_STATE_DELIVERED &&
         firm.parties.contains(box->place.holder);
}

std::vector<std::string> CustodyModel::Senders(const std::string& object,
                                               const ModelFirm& firm) const {
  std::set<std::string> senders;
  const auto look = [&](const ModelPlace& place) {
    if (place.state == v1::CUSTODY_STATE_IN_TRANSIT && place.destination == firm.party) {
      senders.insert(place.holder);
    }
  };
  for (const ModelPile& pile : piles_) {
    if (pile.lot == object) look(pile.place);
  }
  if (const ModelPiece* piece = Find(object)) look(piece->place);
  return {senders.begin(), senders.end()};
}

bool CustodyModel::TakeObject(const v1::Event& event, const ModelFirm& firm,
                              const v1::EventObject& object, std::string& sender) {
  const std::string& name = object.object();
  const std::int64_t milli = MilliOf(object);
  const auto lot = lots_.find(name);
  if (event.kind() != v1::EVENT_KIND_COMMISSION && IsLotWord(name) &&
      (lot == lots_.end() || lot->second.unit != object.quantity().unit())) {
    return false;
  }
  const std::string& to = event.destination_party();
  switch (event.kind()) {
    case v1::EVENT_KIND_COMMISSION:
      return Commission(event, firm, object);
    case v1::EVENT_KIND_PACK:
      if (const ModelPiece* piece = Find(name);
          piece != nullptr && piece->is_box &&
          (Levels(name) >= kLevelsMax || name == event.container())) {
        return false;
      }
      return MoveAny(name, {Here(firm)}, {event.container(), "", {}, ""}, milli);
    case v1::EVENT_KIND_UNPACK:
      return MoveAny(name, {{event.container(), "", {}, ""}}, Find(event.container())->place,
                     milli);
    case v1::EVENT_KIND_SHIP:
      return MoveAny(name, {Here(firm)}, OnTheWay(firm.party, to), milli);
    case v1::EVENT_KIND_RECEIVE: {
      const auto senders = Senders(name, firm);
      if (sender.empty() && senders.size() == 1) sender = senders.front();
      return !sender.empty() && MoveAny(name, {OnTheWay(sender, firm.party)}, Here(firm), milli);
    }
    case v1::EVENT_KIND_DELIVER:
      return MoveAny(name, {OnTheWay(firm.party, to), Here(firm)}, Delivered(to), milli);
    case v1::EVENT_KIND_RETURN:
      return MoveAny(name,
                     {Delivered(event.source_party()), OnTheWay(firm.party, event.source_party())},
                     Here(firm), milli);
    default:
      return false;
  }
}

bool CustodyModel::Take(const v1::Event& event) {
  const auto firm = std::ranges::find(*firms_, event.member(), &ModelFirm::member);
  CustodyModel after = *this;
  const std::string& to = event.destination_party();
  switch (event.kind()) {
    case v1::EVENT_KIND_PACK:
      if (!after.OpenBox(event, *firm)) return false;
      break;
    case v1::EVENT_KIND_UNPACK:
      if (!Unpackable(event, *firm)) return false;
      break;
    case v1::EVENT_KIND_SHIP:
      if (!MayBeSent(*firm, to)) return false;
      break;
    case v1::EVENT_KIND_DELIVER:
      if (!firm->customers.contains(to)) return false;
      break;
    case v1::EVENT_KIND_RETURN:
      if (event.source_party() == firm->party || !Reachable(*firm, event.source_party())) {
        return false;
      }
      break;
    default:
      break;
  }
  std::string sender = event.source_party();
  for (const v1::EventObject& object : event.objects()) {
    if (!after.TakeObject(event, *firm, object, sender)) return false;
  }
  if (event.kind() == v1::EVENT_KIND_RECEIVE) {
    const std::string& other = OwnerOf(sender)->member;
    after.partners_.insert({other, firm->member});
    after.partners_.insert({firm->member, other});
  }
  *this = after;
  return true;
}

}  // namespace radyab::trace::tests
