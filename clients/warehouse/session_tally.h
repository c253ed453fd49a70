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

namespace radyab::warehouse {

// One count: a label, times. Of a removal the amount is below 0.
struct Count {
  std::int64_t scan = 0;
  std::int64_t moment_us = 0;
  std::string container;  // pack: into which
  std::string party;      // that was set then
  std::string object;
  coding::Decimal amount;
  std::optional<std::size_t> line;  // of the notice
};

// All that was counted of one object in one container.
struct ObjectTally {
  std::string name;
  std::string unit;
  Thing thing = Thing::kNothing;
  coding::Decimal counted{0, 0};
  coding::Decimal recorded{0, 0};  // of it, in events that the server took
  std::optional<coding::Decimal> held;
};

// Which line of the notice goods count for, and what is wrong with that.
struct LineMatch {
  std::optional<std::size_t> line;
  std::optional<VerdictKind> fault;
  std::string reason;
};

// amount * times; nothing when it does not fit.
std::optional<coding::Decimal> Multiplied(const coding::Decimal& amount, int times);

// For one thread.
class SessionTally {
 public:
  using Key = std::pair<std::string, std::string>;  // container (pack only), object

  // Lines of the same object are one, their amounts together. `expects` says that there is a
  // notice, be it empty.
  SessionTally(const std::vector<NoticeLine>& notice, bool expects);

  bool expects() const { return expects_; }
  LineMatch Match(const Meaning& meaning) const;
  const NoticeLine& line(std::size_t at) const { return lines_[at]; }
  const coding::Decimal& counted_of_line(std::size_t at) const { return counted_[at]; }

  // Whether this very unit or container was counted.
  bool HasPiece(const std::string& object) const { return pieces_.contains(object); }
  // More than is expected of it would be counted with so much more.
  bool TooMany(const Meaning& meaning, const LineMatch& match, const coding::Decimal& more) const;
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
  std::size_t line_count() const { return lines_.size(); }

 private:
  std::vector<NoticeLine> lines_;
  std::vector<coding::Decimal> counted_;  // of each line
  std::map<std::string, std::size_t> line_of_;
  std::set<std::string> codes_with_lots_;  // items of which the notice names lots or units
  std::map<Key, ObjectTally> objects_;
  std::set<std::string> pieces_;
  bool expects_;
};

}  // namespace radyab::warehouse
