// Reads pictures in a process of its own (radyab-decode), so that a picture on which a decoding
// library aborts, hangs or eats memory costs one answer and never the caller's process.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/reading_budget.h"
#include "scanner/scan_fault.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

enum class MessageKind : std::uint8_t;  // decode_protocol.h

struct DecodeWorkerOptions {
  // Path of radyab-decode. When empty: the environment variable RADYAB_DECODE, else the file
  // radyab-decode beside the running executable.
  std::string program;
  // Longest wait for one answer, in milliseconds, 1 to kAnswerMillisecondsMax of decode_protocol.h
  // (more is taken as that); then the worker is ended.
  int answer_milliseconds_max = 15'000;
  // Longest wait for a worker to greet after its start, in milliseconds.
  int start_milliseconds_max = 10'000;
  // Gets one line, without line break, each time a worker was lost: how, and the hash of the frame.
  // When empty the line goes to standard error. Called on the thread that asked, after its answer
  // is settled: it may ask the DecodeWorker itself.
  std::function<void(std::string_view)> log = {};
};

// How often what happened since the DecodeWorker was made.
struct DecodeCounts {
  std::int64_t started = 0;    // processes started, the first one included
  std::int64_t answered = 0;   // answers received, faults of pictures included
  std::int64_t died = 0;       // workers that ended by themselves, at work or between two requests
  std::int64_t timed_out = 0;  // workers ended for taking too long
};

// Owns at most one radyab-decode process. It is started by the first request (with posix_spawn,
// never fork, so that programs with many threads may use it) and again after it was lost.
//
// Thread rule: any thread; requests are answered one after another. For several at once make
// several. The destructor ends the process.
class DecodeWorker {
 public:
  explicit DecodeWorker(DecodeWorkerOptions options = {});
  ~DecodeWorker();
  DecodeWorker(const DecodeWorker&) = delete;
  DecodeWorker& operator=(const DecodeWorker&) = delete;

  // Each takes the processor time from which on no further pass is begun, in milliseconds.

  // The symbols in a picture file. Faults: those of picture_file.h, kOutOfMemory, kWorkerMissing,
  // kWorkerDied, kWorkerTimedOut. A path is at most 4,096 bytes; a relative one is taken from the
  // current folder of this process when it is asked.
  Outcome<FoundSymbols> ReadFile(const std::string& path,
                                 int milliseconds_max = kReadingMillisecondsMax);

  // The symbols on a page (1 the first) of the PDF file `path`, and how many pages it has. Faults
  // besides: those of pdf_page.h.
  Outcome<FoundSymbols> ReadPage(const std::string& path, std::uint32_t page,
                                 int milliseconds_max = kPageMillisecondsMax);

  // The symbols in a picture whose file's bytes are here (at most kPictureFileBytesMax).
  Outcome<FoundSymbols> ReadBytes(std::string_view bytes,
                                  int milliseconds_max = kReadingMillisecondsMax);

  // The symbols in a grey picture (at most kPicturePixelsMax pixels).
  Outcome<FoundSymbols> ReadFrame(const GreyPicture& picture,
                                  int milliseconds_max = kReadingMillisecondsMax);

  // The same of a picture that shows one symbol alone, whose symbology is known: quicker when it is
  // as clear as a drawn label; else read like any picture, and then it may say something else.
  Outcome<FoundSymbols> ReadExpected(const GreyPicture& picture, Symbology symbology);

  DecodeCounts counts() const;

  // The process id of the running worker, 0 when none runs.
  int process_id() const;

 private:
  class Process;
  struct Request;
  Outcome<FoundSymbols> Ask(const Request& request);
  Outcome<FoundSymbols> AskFrame(MessageKind kind, const std::string& head,
                                 const GreyPicture& picture);
  // Holds the lock; `lines` are to be told after it.
  Outcome<FoundSymbols> AskLocked(const Request& request, std::vector<std::string>& lines);
  std::unique_ptr<Process> process_;
};

}  // namespace radyab::scanner
