#include "scanner/decode_worker.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <initializer_list>
#include <mutex>
#include <optional>
#include <utility>

#include "scanner/decode_protocol.h"
#include "scanner/picture_file.h"
#include "scanner/picture_reading.h"
#include "scanner/worker_process.h"

namespace radyab::scanner {

// What is asked: the parts of the body, and what to call the picture when the worker is lost over
// it.
struct DecodeWorker::Request {
  MessageKind kind;
  std::string head;       // the body before the bytes that are not ours
  std::string_view rest;  // the path, the pixels, or the bytes of a file
};

class DecodeWorker::Process {
 public:
  explicit Process(DecodeWorkerOptions wanted) : options(std::move(wanted)) {}
  const DecodeWorkerOptions options;
  mutable std::mutex mutex;  // guards what follows
  WorkerProcess worker;
  DecodeCounts counts;
};

namespace {

WorkerDeadline InMilliseconds(int milliseconds) {
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
}

void Tell(const DecodeWorkerOptions& options, const std::string& line) {
  if (options.log) {
    options.log(line);
  } else {
    std::fprintf(stderr, "%s\n", line.c_str());
  }
}

// Sends the parts of one message and waits for the answer.
Exchange Converse(WorkerProcess& worker, std::initializer_list<std::string_view> parts,
                  WorkerDeadline deadline, Message* answer) {
  for (const std::string_view part : parts) {
    if (const auto sent = worker.Send(part, deadline); sent != Exchange::kDone) return sent;
  }
  return worker.Receive(answer, deadline);
}

// The outcome that an answer stands for; nothing when it is no answer.
std::optional<Outcome<FoundSymbols>> Understood(const Message& answer) {
  if (answer.kind == MessageKind::kSymbols) {
    if (auto symbols = ParseSymbolsJson(answer.body)) return *std::move(symbols);
  } else if (answer.kind == MessageKind::kFault) {
    if (auto fault = ParseFault(answer.body)) return *std::move(fault);
  }
  return std::nullopt;
}

std::string Number(int number) {
  return LengthBytes(static_cast<std::uint32_t>(std::max(0, number)));
}

// A path as the worker must get it, which may stand in another folder.
Outcome<std::string> WholePath(const std::string& path) {
  std::error_code error;
  std::string whole = std::filesystem::absolute(path, error).string();
  if (path.empty() || path.find('\0') != std::string::npos || error ||
      whole.size() > kPathBytesMax) {
    return ScanFault{FaultKind::kFileUnreadable, "the path is empty, too long or no path"};
  }
  return whole;
}

// The hash of the picture that a lost worker had: of its file's bytes, or of its pixels.
std::string FrameHash(MessageKind kind, std::string_view rest) {
  if (kind != MessageKind::kFile && kind != MessageKind::kPage) return BytesHash(rest);
  const auto bytes = ReadPictureBytes(std::string(rest));
  return bytes ? BytesHash(*bytes) : "unreadable";
}

}  // namespace

DecodeWorker::DecodeWorker(DecodeWorkerOptions options)
    : process_(std::make_unique<Process>(std::move(options))) {}

DecodeWorker::~DecodeWorker() = default;

Outcome<FoundSymbols> DecodeWorker::ReadFile(const std::string& path, int milliseconds_max) {
  const auto whole = WholePath(path);
  if (!whole) return whole.fault();
  return Ask({MessageKind::kFile, Number(milliseconds_max), *whole});
}

Outcome<FoundSymbols> DecodeWorker::ReadPage(const std::string& path, std::uint32_t page,
                                             int milliseconds_max) {
  const auto whole = WholePath(path);
  if (!whole) return whole.fault();
  return Ask({MessageKind::kPage, Number(milliseconds_max) + LengthBytes(page), *whole});
}

Outcome<FoundSymbols> DecodeWorker::ReadBytes(std::string_view bytes, int milliseconds_max) {
  if (bytes.size() > static_cast<std::size_t>(kPictureFileBytesMax)) {
    return ScanFault{FaultKind::kTooLarge, "a picture of " + std::to_string(bytes.size()) +
                                               " bytes, at most " +
                                               std::to_string(kPictureFileBytesMax) + " are taken"};
  }
  return Ask({MessageKind::kBytes, Number(milliseconds_max), bytes});
}

Outcome<FoundSymbols> DecodeWorker::ReadFrame(const GreyPicture& picture, int milliseconds_max) {
  return AskFrame(MessageKind::kFrame, Number(milliseconds_max), picture);
}

Outcome<FoundSymbols> DecodeWorker::ReadExpected(const GreyPicture& picture, Symbology symbology) {
  return AskFrame(MessageKind::kExpected,
                  Number(kReadingMillisecondsMax) + Number(static_cast<int>(symbology)), picture);
}

// `head` stands before the size of the picture.
Outcome<FoundSymbols> DecodeWorker::AskFrame(MessageKind kind, const std::string& head,
                                             const GreyPicture& picture) {
  const std::int64_t pixels = std::int64_t{picture.width} * picture.height;
  if (picture.width < 1 || picture.height < 1 || picture.width > kPictureSideMax ||
      picture.height > kPictureSideMax || pixels > kPicturePixelsMax ||
      static_cast<std::size_t>(pixels) != picture.pixels.size()) {
    return ScanFault{FaultKind::kTooLarge, "a frame of " + std::to_string(picture.width) + " x " +
                                               std::to_string(picture.height) +
                                               " pixels, want 1 to " +
                                               std::to_string(kPicturePixelsMax)};
  }
  return Ask({kind,
              head + FrameHead(picture.width, picture.height),
              {reinterpret_cast<const char*>(picture.pixels.data()), picture.pixels.size()}});
}

Outcome<FoundSymbols> DecodeWorker::Ask(const Request& request) {
  std::vector<std::string> lines;
  auto outcome = AskLocked(request, lines);
  for (const std::string& line : lines) Tell(process_->options, line);
  return outcome;
}

Outcome<FoundSymbols> DecodeWorker::AskLocked(const Request& request,
                                              std::vector<std::string>& lines) {
  const std::lock_guard<std::mutex> lock(process_->mutex);
  const DecodeWorkerOptions& options = process_->options;
  WorkerProcess& worker = process_->worker;
  DecodeCounts& counts = process_->counts;
  if (worker.running() && !worker.Alive()) {
    ++counts.died;
    lines.push_back("radyab-decode was lost (" + worker.End() + ") between two frames");
  }
  if (!worker.running()) {
    auto started = worker.Start(DecodeProgram(options.program),
                                InMilliseconds(options.start_milliseconds_max));
    if (!started) return started.fault();
    ++counts.started;
  }
  const int answer_milliseconds = std::min(options.answer_milliseconds_max, kAnswerMillisecondsMax);
  const std::string length = MessageHead(request.kind, request.head.size() + request.rest.size());
  Message answer;
  const Exchange done = Converse(worker, {length, request.head, request.rest},
                                 InMilliseconds(answer_milliseconds), &answer);
  if (done == Exchange::kDone) {
    if (auto understood = Understood(answer)) {
      ++counts.answered;
      return *std::move(understood);
    }
  }
  const std::string how = worker.End();
  const bool late = done == Exchange::kLate;
  ++(late ? counts.timed_out : counts.died);
  const std::string limit = std::to_string(answer_milliseconds) + " ms";
  const std::string what =
      late ? "took longer than " + limit + " and was ended" : "was lost (" + how + ")";
  lines.push_back("radyab-decode " + what + " over frame " + FrameHash(request.kind, request.rest));
  return ScanFault{late ? FaultKind::kWorkerTimedOut : FaultKind::kWorkerDied,
                   "radyab-decode " + what + " while it read this picture"};
}

DecodeCounts DecodeWorker::counts() const {
  const std::lock_guard<std::mutex> lock(process_->mutex);
  return process_->counts;
}

int DecodeWorker::process_id() const {
  const std::lock_guard<std::mutex> lock(process_->mutex);
  return process_->worker.process_id();
}

}  // namespace radyab::scanner
