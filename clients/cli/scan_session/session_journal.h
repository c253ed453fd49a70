// The journal of a session: what must not be lost, line by line.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clients/warehouse/scan_session.h"

namespace radyab::cli {

// What the events of a session say besides their goods.
struct EventFacts {
  std::string place;
  std::string reference;
  std::string member;
  std::string zone_offset = "+00:00";
  std::string holder;  // count: whose stock it is held against; empty: none

  friend bool operator==(const EventFacts&, const EventFacts&) = default;
};

// What a session was told, in order. Given again to a new ScanSession it is the same session.
struct TakenUp {  // a scan of a number reached the session; of a label with its meaning
  std::int64_t scan = 0;
  std::optional<warehouse::Meaning> meaning;
};
struct EventOutcome {  // what the server said to the first event that waited
  bool recorded = false;
  std::string words;  // the event's name, or why not
};
using JournalStep = std::variant<warehouse::Scan, TakenUp, EventOutcome>;

struct JournalContent {
  warehouse::SessionTerms terms;
  EventFacts facts;
  std::vector<JournalStep> steps;
  bool finished = false;
};

// A file of JSON lines that is only added to; one process at a time. A line that was cut off in
// writing is passed over and cut away. Thread safe.
class SessionJournal {
 public:
  // Begins a new one. The error is a sentence: the file is there already, or cannot be written.
  static std::variant<std::unique_ptr<SessionJournal>, std::string> Begin(
      const std::string& path, const warehouse::SessionTerms& terms, const EventFacts& facts);
  // Opens one again and reads it into `content`. The error names the bad line.
  static std::variant<std::unique_ptr<SessionJournal>, std::string> Resume(const std::string& path,
                                                                           JournalContent& content);
  ~SessionJournal();
  SessionJournal(const SessionJournal&) = delete;
  SessionJournal& operator=(const SessionJournal&) = delete;

  // Each is with the system when it returns: the end of this process takes nothing away. False
  // when it could not be written.
  bool Add(const warehouse::Scan& scan);
  bool Add(const TakenUp& step);
  bool Add(const EventOutcome& step);
  bool AddEnd();
  // What was added is on the disk when it returns.
  bool Sync();

  const std::string& path() const { return path_; }

 private:
  SessionJournal(std::string path, int descriptor) : path_(std::move(path)), file_(descriptor) {}
  bool AddLine(const std::string& line);

  std::string path_;
  int file_;
  std::mutex mutex_;
  bool broken_ = false;  // half a line stands at the end
};

// How the names of journals end.
inline constexpr const char* kJournalEnding = ".session";

// The folder of journals: $XDG_STATE_HOME/radyab/sessions, else ~/.local/state/radyab/sessions;
// empty when neither is known. Made when it is not there.
std::string JournalFolder();
// The journals in it, by name. Journals of sessions that ended are not kept there.
std::vector<std::string> JournalsIn(const std::string& folder);

}  // namespace radyab::cli
