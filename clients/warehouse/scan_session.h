// A session of scans: goods that are received, shipped, packed or counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/warehouse/scan_command.h"
#include "clients/warehouse/session_tally.h"
#include "clients/warehouse/session_values.h"
#include "clients/warehouse/verdict.h"

namespace radyab::warehouse {

// What a session is told when it begins.
struct SessionTerms {
  std::string id;  // 1 to 40 characters, unlike that of every other session
  SessionKind kind = SessionKind::kAny;
  bool each = false;  // an event a scan, held back by one scan; else events at the end
  bool expects = false;
  std::vector<NoticeLine> notice;  // when it expects
  int zone_offset_minutes = 0;     // of the day against which expiry dates are held

  friend bool operator==(const SessionTerms&, const SessionTerms&) = default;
};

// One row of the report.
struct ReportLine {
  std::string object;
  std::string name;
  std::string unit;
  coding::Decimal counted{0, 0};
  std::optional<coding::Decimal> expected;
};

// Takes scans in their order, each with what it means, and says what becomes of each. No I/O, no
// clock, no randomness: the same calls give the same answers, so a journal of the calls is the
// session. The rules stand in docs/warehouse.md. For one thread.
class ScanSession {
 public:
  explicit ScanSession(SessionTerms terms);

  // A scan that ReadCommand takes for a command.
  Verdict TakeCommand(const Scan& scan, const CommandReading& reading);
  // Any other.
  Verdict TakeLabel(const Scan& scan, const Meaning& meaning);

  // Events that can be sent now, in order. Each is told of by Recorded or Refused. A process that
  // died in between gives the same events again.
  const std::deque<SessionEvent>& events() const { return events_; }
  // The first of events() was recorded, or refused by the server for `reason`. Of --each a refused
  // count is taken back; else the session is open again, and its goods stay counted.
  Verdict Recorded(const std::string& name);
  Verdict Refused(const std::string& reason);

  // Expected and not counted. At the end.
  std::vector<Verdict> Missing() const;
  // By object, what was counted or expected.
  std::vector<ReportLine> Report() const;

  const SessionTerms& terms() const { return terms_; }
  SessionKind kind() const { return kind_; }
  const std::string& party() const { return party_; }
  // Finish was told: what events() holds is the end of the session.
  bool finishing() const { return finishing_; }
  // And all of it is recorded.
  bool finished() const { return finishing_ && events_.empty(); }
  // Goods with a fault (unexpected, wrong lot, blocked …, a double scan is none) that were not
  // accepted; and events that were refused.
  std::int64_t fault_count() const { return fault_count_; }
  // Counted and in no event that the server took.
  bool has_unrecorded() const { return kind_ != SessionKind::kCount && tally_.has_unrecorded(); }

 private:
  struct SetAside {
    Count count;
    Meaning meaning;
    std::vector<VerdictKind> faults;
  };

  // An event a scan; counting has none.
  bool each() const { return terms_.each && kind_ != SessionKind::kCount; }
  Verdict Begin(const Scan& scan, SessionKind kind);
  Verdict SetTimes(const Scan& scan, int times);
  Verdict Undo(const Scan& scan);
  Verdict Accept(const Scan& scan);
  Verdict AwaitRemoval(const Scan& scan);
  Verdict AwaitContainer(const Scan& scan);
  Verdict Finish(const Scan& scan);

  Verdict TakeParty(const Scan& scan, const Meaning& meaning);
  Verdict TakeContainer(const Scan& scan, const Meaning& meaning);
  Verdict TakeGoods(const Scan& scan, const Meaning& meaning);
  Verdict RemoveGoods(const Scan& scan, const Meaning& meaning);
  std::optional<VerdictKind> WhyNoGoods(const Meaning& meaning, std::string& reason) const;
  std::vector<VerdictKind> FaultsOf(const Scan& scan, const Meaning& meaning,
                                    const LineMatch& match, const coding::Decimal& amount,
                                    std::string& reason) const;
  // Pack: it was the container that is filled.
  bool Fills(const std::string& container) const;
  bool CountsInSpite(const std::vector<VerdictKind>& faults) const;
  // Counts, and says so in `verdict`.
  void Keep(const Count& count, const Meaning& meaning, Verdict& verdict);
  Verdict Faulty(const Scan& scan, VerdictKind kind, std::string reason);

  // Of --each: the last count becomes an event.
  void Release();
  void MakeEvents(std::int64_t moment_us);
  void MakeEventsOf(const std::string& container, std::int64_t moment_us);
  std::string NextEventId();

  SessionTerms terms_;
  SessionKind kind_;
  SessionTally tally_;
  std::string party_;
  std::string container_;
  std::vector<std::string> containers_;  // pack: in the order in which they were filled
  int times_ = 1;
  bool remove_next_ = false;
  bool container_next_ = false;
  std::vector<Count> counts_;  // what undo takes back; of --each the one that is held back
  std::optional<SetAside> aside_;
  std::deque<SessionEvent> events_;
  std::map<std::string, Count> sent_;  // of --each: the counts of events_
  std::int64_t event_count_ = 0;
  std::int64_t fault_count_ = 0;
  bool finishing_ = false;
  bool refused_ = false;  // one of the last events was
};

}  // namespace radyab::warehouse
