// What was counted in a session, against what was expected.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clients/warehouse/session_values.h"
#include "clients/warehouse/verdict.h"
#include "coding/notice_comparison.h"

namespace radyab::warehouse {

// One count: a label, times. Of a removal the amount is below 0.
struct Count {
  std::int64_t scan = 0;
  std::int64_t moment_us = 0;
  std::string container;  // pack: into which
  std::string party;      // that was set then
  std::string object;
  coding::Decimal amount;
  std::string unit = "C62";
  std::string lot = {};  // of a unit, if its label tells it
};

// All that was counted of one object in one container.
struct ObjectTally {
  std::string name;
  std::string unit;
  std::string lot;  // of a unit, if its label tells it
  Thing thing = Thing::kNothing;
  coding::Decimal counted{0, 0};
  coding::Decimal recorded{0, 0};  // of it, in events that the server took
  std::optional<coding::Decimal> held;
};

// What the notice says of goods.
struct LineMatch {
  std::optional<std::size_t> line;   // that it counts for, or that was meant
  std::optional<VerdictKind> fault;  // unexpected, wrong lot, unit differs, too many
  std::string reason;
  std::string around = {};  // the container in which it is announced; empty: none
  bool inside = false;      // and that was counted: it is by that as well
};

// amount * times; nothing when it does not fit.
std::optional<coding::Decimal> Multiplied(const coding::Decimal& amount, int times);

// For one thread.
class SessionTally {
 public:
  using Key = std::pair<std::string, std::string>;  // container (pack only), object

  // Lines of the same object in the same container are one, their amounts together. `expects` says
  // that there is a notice, be it empty. What is wanted where is coding/notice_comparison.h's.
  SessionTally(const std::vector<NoticeLine>& notice, bool expects);

  bool expects() const { return expects_; }
  // What would hold if so much of it were counted.
  LineMatch Match(const Meaning& meaning, const coding::Decimal& amount);
  const NoticeLine& line(std::size_t at) const { return lines_[at]; }
  std::size_t line_count() const { return lines_.size(); }
  // Of every line; `beyond`: what no line has room for.
  std::vector<coding::LineOutcome> Lines() const { return notice_.Lines(); }
  std::vector<coding::Decimal> Beyond() const { return notice_.Beyond(); }
  // The earliest last day of use that is told inside a container; empty: none.
  std::string EarliestInside(const std::string& container) const;

  // Whether this very unit or container was counted.
  bool HasPiece(const std::string& object) const { return pieces_.contains(object); }
  // More than the books have of it would be counted with so much more.
  bool TooMany(const Meaning& meaning, const coding::Decimal& more) const;
  // How much of what was counted of it belongs into an event: what is inside a container that was
  // counted moves with it.
  coding::Decimal Moving(const std::string& object, const ObjectTally& tally) const;
  bool full() const { return objects_.size() >= kSessionObjectsMax; }

  // False when a sum does not fit; then nothing was changed.
  bool Add(const Count& count, const Meaning& meaning);
  // Takes a count back. False when so much of it is not there, or recorded already.
  bool TakeBack(const Count& count);
  void Record(const std::string& container, const SessionEvent::Object& object);

  // What there is of the object: counted so far and expected, of its line or of itself.
  void Fill(const Count& count, Verdict& verdict) const;

  bool empty() const;
  bool has_unrecorded() const;
  const std::map<Key, ObjectTally>& objects() const { return objects_; }

 private:
  coding::ScannedThing ThingOf(const std::string& object, const coding::Decimal& amount,
                               const std::string& unit, const std::string& lot) const;

  std::vector<NoticeLine> lines_;
  std::map<std::string, std::vector<std::size_t>> inside_;  // lines directly in an "sscc/N"
  std::set<std::string> unitless_;  // codes of which the notice tells no unit of measure
  coding::NoticeTally notice_;
  std::map<Key, ObjectTally> objects_;
  std::set<std::string> pieces_;
  bool expects_;
};

}  // namespace radyab::warehouse
