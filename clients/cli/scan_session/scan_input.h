// Where the scans of a session come from.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "clients/cli/scan_session/scan_queue.h"
#include "clients/cli/scan_session/session_journal.h"
#include "clients/cli/scan_sources.h"
#include "clients/cli/typed_scans.h"
#include "clients/warehouse/frame_memory.h"

namespace radyab::cli {

// Gives every scan its number and moment, writes it to the journal and hands it on: what any source
// of scans calls. For one thread
// at a time.
class ScanTaking {
 public:
  using Clock = std::function<std::int64_t()>;  // microseconds since 1970 UTC

  // `last` is the scan before the first one (all zero at the beginning of a session).
  ScanTaking(SessionJournal& journal, ScanQueue& queue, warehouse::Scan last, Clock now)
      : journal_(journal), queue_(queue), last_(std::move(last)), now_(std::move(now)) {}

  // `bytes`: how long the text was before it was cut. False when no more scans are taken: nobody
  // wants them, the journal cannot be written, or the session has kSessionScansMax of them.
  bool Take(std::string text, std::size_t bytes);
  bool Take(const std::string& text) { return Take(text, text.size()); }
  // What was taken is on the disk when it returns: after each line that is typed, each picture,
  // each block of a file. False when that failed.
  bool Settle();

  bool journal_failed() const { return journal_failed_; }
  // Whether anybody wants more of them.
  bool wanted() const { return !queue_.left(); }
  std::int64_t last_number() const { return last_.number; }

 private:
  SessionJournal& journal_;
  ScanQueue& queue_;
  warehouse::Scan last_;
  Clock now_;
  bool journal_failed_ = false;
};

// How the input of a session ended.
enum class InputEnd : std::uint8_t {
  kEnded,        // all was read
  kInterrupted,  // Ctrl-C, or the terminal went away
  kFailed,       // see `fault`
};

struct InputResult {
  InputEnd end = InputEnd::kEnded;
  std::string fault;
};

// Lines of a descriptor, one scan each, until it ends or `interrupt` (another descriptor) can be
// read. '\r' before a line end is cut off, empty lines are passed over, longer lines than a scan
// can be are told of with their length.
InputResult TakeLines(int descriptor, int interrupt, ScanTaking& taking);

// Symbols of pictures: each picture is a trigger, each symbol on it a scan; of a stream of frames
// what comes into view is (frame_memory.h).
InputResult TakePictures(const ScanSources& sources, ScanTaking& taking);

// Scans of a gun whose device is held alone; `notice` is told when it goes or comes back.
InputResult TakeGun(const TypedSource& gun, ScanTaking& taking,
                    const std::function<void(const std::string&)>& notice);

// While it stands, Ctrl-C, the end of the terminal and a wish to end do not end the program but
// make the descriptor readable; the second time they end it. What was ignored before still is. One
// at a time in a process.
class InterruptSignals {
 public:
  InterruptSignals();
  ~InterruptSignals();
  InterruptSignals(const InterruptSignals&) = delete;
  InterruptSignals& operator=(const InterruptSignals&) = delete;
  int descriptor() const { return read_end_; }
  // Makes the descriptor readable without a signal.
  void Wake() const;

 private:
  static constexpr std::size_t kSignalCount = 3;
  int read_end_ = -1;
  int write_end_ = -1;
  std::array<void (*)(int), kSignalCount> before_{};
};

}  // namespace radyab::cli
