// A model of custody in plain lists, without any index: what the trace must answer. It shares no
// code with the registry; quantities are whole thousandths.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "radyab/v1/trace.pb.h"

namespace radyab::trace::tests {

// A member as the model knows it.
struct ModelFirm {
  std::string member;  // `members/00017`
  std::string party;
  std::string item;
  std::set<std::string> parties;  // its own party, customers and suppliers
  std::set<std::string> customers;
  std::set<std::string> suppliers;
  std::string gs1_prefix;  // of the containers that it alone packs first; may be empty
};

struct ModelPlace {
  std::string box;  // container it is directly in; then the rest is empty
  std::string holder;
  v1::CustodyState state = v1::CUSTODY_STATE_UNSPECIFIED;
  std::string destination;
  friend bool operator==(const ModelPlace&, const ModelPlace&) = default;
};

struct ModelPiece {
  std::string name;
  bool is_box = false;
  ModelPlace place;
  std::string lot;
  std::string supplier;
  std::string first_member;  // of a container
};

struct ModelPile {
  std::string lot;
  ModelPlace place;
  std::int64_t milli = 0;
};

struct ModelLot {
  std::string unit;
  std::string supplier;
  std::int64_t total_milli = 0;
};

// What stands after some events.
class CustodyModel {
 public:
  explicit CustodyModel(const std::vector<ModelFirm>& firms) : firms_(&firms) {}

  // Whether the event can happen now; if so, it does.
  bool Take(const v1::Event& event);

  const std::vector<ModelPiece>& pieces() const { return pieces_; }
  const std::vector<ModelPile>& piles() const { return piles_; }
  const std::map<std::string, ModelLot>& lots() const { return lots_; }
  const std::set<std::pair<std::string, std::string>>& partners() const { return partners_; }
  const ModelPiece* Find(const std::string& name) const;
  // Where a thing at `place` really is: that of the outermost container, `box` naming it.
  ModelPlace Outermost(const ModelPlace& place) const;
  // The containers around the object, at any depth.
  std::set<std::string> Around(const std::string& object) const;

 private:
  bool TakeObject(const v1::Event& event, const ModelFirm& firm, const v1::EventObject& object,
                  std::string& sender);
  bool Commission(const v1::Event& event, const ModelFirm& firm, const v1::EventObject& object);
  bool MoveAny(const std::string& object, const std::vector<ModelPlace>& from, const ModelPlace& to,
               std::int64_t milli);
  bool MaySupply(const ModelFirm& firm, const std::string& party) const;
  bool MayBeSent(const ModelFirm& firm, const std::string& party) const;
  bool OpenBox(const v1::Event& event, const ModelFirm& firm);
  bool Unpackable(const v1::Event& event, const ModelFirm& firm) const;
  std::vector<std::string> Senders(const std::string& object, const ModelFirm& firm) const;
  bool Reachable(const ModelFirm& firm, const std::string& party) const;
  const ModelFirm* OwnerOf(const std::string& party) const;
  int Levels(const std::string& box) const;
  void AddPile(const std::string& lot, const ModelPlace& place, std::int64_t milli);
  ModelPiece* Piece(const std::string& name);

  const std::vector<ModelFirm>* firms_;
  std::vector<ModelPiece> pieces_;
  std::vector<ModelPile> piles_;
  std::map<std::string, ModelLot> lots_;
  std::set<std::pair<std::string, std::string>> partners_;  // members, both ways
};

// Thousandths of a decimal that was written with at most three places.
std::int64_t Milli(const std::string& amount);
bool IsLotWord(const std::string& object);

// Answers every question from the whole list of events, for one viewer (nullptr: sees all).
class TraceOracle {
 public:
  TraceOracle(const std::vector<ModelFirm>& firms, const std::vector<v1::Event>& events);

  const CustodyModel& now() const { return now_; }
  bool MayAsk(const ModelFirm* viewer, const std::string& object) const;
  // "party|state|unit" -> thousandths.
  std::map<std::string, std::int64_t> Forward(const ModelFirm* viewer,
                                              const std::string& object) const;
  // "party|state|destination|unit" -> thousandths.
  std::map<std::string, std::int64_t> Custody(const ModelFirm* viewer,
                                              const std::string& object) const;
  // Object -> thousandths; nothing when the contents are not the viewer's to see.
  std::optional<std::map<std::string, std::int64_t>> Contents(const ModelFirm* viewer,
                                                              const std::string& box) const;
  // Names of the events, latest first.
  std::vector<std::string> Back(const ModelFirm* viewer, const std::string& object) const;
  std::string Supplier(const ModelFirm* viewer, const std::string& object) const;
  // Names of the events that name it, oldest first.
  std::vector<std::string> Events(const ModelFirm* viewer, const std::string& object) const;
  // "event object" -> thousandths.
  std::map<std::string, std::int64_t> Deliveries(const std::string& party) const;

 private:
  struct Seen {
    std::string party;
    v1::CustodyState state = v1::CUSTODY_STATE_HELD;
    std::string destination;
    bool open = false;
  };
  Seen Appear(const ModelFirm* viewer, const ModelPlace& place) const;
  bool SeesEvent(const ModelFirm* viewer, const v1::Event& event) const;
  std::vector<const v1::Event*> History(const std::string& object) const;
  std::vector<std::pair<ModelPlace, std::pair<std::string, std::int64_t>>> Holdings(
      const std::string& object) const;  // place, unit of measure, thousandths

  const std::vector<ModelFirm>* firms_;
  const std::vector<v1::Event>* events_;
  CustodyModel now_;
};

}  // namespace radyab::trace::tests
