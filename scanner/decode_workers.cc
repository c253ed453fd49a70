#include "scanner/decode_workers.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "scanner/frame_agreement.h"
#include "scanner/picture_file.h"

namespace radyab::scanner {
namespace {

using Readings = std::vector<PictureReading>;

template <class Ask>
PictureReading Timed(const std::string& file, Ask ask, int* page_count = nullptr) {
  const auto begin = std::chrono::steady_clock::now();
  auto outcome = ask();
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  PictureReading reading;
  reading.file = file;
  reading.milliseconds = took.count();
  if (!outcome) {
    reading.fault = outcome.fault();
    return reading;
  }
  FoundSymbols found = std::move(outcome).value();
  reading.symbols = std::move(found.symbols);
  reading.truncated = found.truncated;
  reading.unproven = std::move(found.unproven);
  reading.processor_milliseconds = found.processor_milliseconds;
  if (page_count != nullptr) *page_count = found.page_count;
  return reading;
}

// All pages of a PDF. A page that cannot be read does not hide the next one, but of a file whose
// first page fails nobody knows how many there are.
Readings ReadPages(const std::string& file, DecodeWorker& worker) {
  Readings readings;
  int page_count = 1;
  for (int page = 1; page <= page_count; ++page) {
    readings.push_back(Timed(
        file, [&] { return worker.ReadPage(file, static_cast<std::uint32_t>(page)); },
        &page_count));
    readings.back().page = page;
  }
  return readings;
}

Readings ReadWholeFile(const std::string& file, DecodeWorker& worker) {
  if (FileIsPdf(file)) return ReadPages(file, worker);
  return {Timed(file, [&] { return worker.ReadFile(file); })};
}

// What one piece of work is: run by any worker, its readings told in order.
using Work = std::function<Readings(DecodeWorker&)>;

// Hands work to threads, one a worker, and gives what they read back in order.
class Relay {
 public:
  Relay(std::function<std::optional<Work>()> next, std::size_t ahead_max)
      : next_(std::move(next)), ahead_max_(ahead_max) {}

  // One thread of a worker.
  void Serve(DecodeWorker& worker) {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      room_.wait(lock, [this] { return stopped_ || (!fetching_ && begun_ < told_ + ahead_max_); });
      if (stopped_) break;
      fetching_ = true;
      lock.unlock();
      auto work = next_();
      lock.lock();
      fetching_ = false;
      if (!work) stopped_ = true;
      const std::size_t number = begun_;
      if (work) ++begun_;
      lock.unlock();
      room_.notify_all();
      if (!work) break;
      Readings readings = (*work)(worker);
      lock.lock();
      done_.emplace(number, std::move(readings));
      lock.unlock();
      ready_.notify_all();
    }
    ready_.notify_all();
  }

  // Calls `each` in order until all is told or it answers false; the number of calls.
  std::size_t Tell(const std::function<bool(const PictureReading&)>& each) {
    std::size_t count = 0;
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      ready_.wait(lock, [this] { return done_.contains(told_) || (stopped_ && told_ == begun_); });
      const auto found = done_.find(told_);
      if (found == done_.end()) return count;
      const Readings readings = std::move(found->second);
      done_.erase(found);
      ++told_;
      lock.unlock();
      room_.notify_all();
      for (const PictureReading& reading : readings) {
        ++count;
        if (each(reading)) continue;
        Stop();
        return count;
      }
    }
  }

  void Stop() {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
    room_.notify_all();
  }

 private:
  const std::function<std::optional<Work>()> next_;
  const std::size_t ahead_max_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable room_;
  std::condition_variable ready_;
  std::map<std::size_t, Readings> done_;
  std::size_t begun_ = 0;
  std::size_t told_ = 0;
  bool fetching_ = false;
  bool stopped_ = false;  // no more work is begun
};

std::size_t Share(const std::vector<std::unique_ptr<DecodeWorker>>& workers,
                  std::function<std::optional<Work>()> next,
                  const std::function<bool(const PictureReading&)>& each) {
  Relay relay(std::move(next), kReadingsAheadMax * workers.size());
  std::vector<std::jthread> threads;
  for (const auto& worker : workers) {
    threads.emplace_back([&relay, &worker] { relay.Serve(*worker); });
  }
  return relay.Tell(each);
}

// Frames of a stream, numbered from 1: read by any worker, told in order. `bytes_of` answers what a
// frame is made of, `read` reads it.
template <class Frame, class BytesOf, class Read>
std::size_t ShareFrames(const std::vector<std::unique_ptr<DecodeWorker>>& workers,
                        const std::string& name, const std::function<std::optional<Frame>()>& next,
                        const std::function<bool(const PictureReading&)>& each, BytesOf bytes_of,
                        Read read) {
  std::int64_t number = 0;
  const auto next_work = [&]() -> std::optional<Work> {
    auto frame = next();
    if (!frame) return std::nullopt;
    return [&name, bytes_of, read, count = ++number,
            held = *std::move(frame)](DecodeWorker& worker) -> Readings {
      PictureReading reading = Timed(name, [&] { return read(worker, held); });
      reading.frame = count;
      reading.content_hash = std::hash<std::string_view>()(bytes_of(held));
      return {reading};
    };
  };
  FrameAgreement agreement;
  return Share(workers, next_work, [&](const PictureReading& told) {
    PictureReading reading = told;
    agreement.Hear(reading);
    return each(reading);
  });
}

}  // namespace

DecodeWorkers::DecodeWorkers(std::size_t count, DecodeWorkerOptions options) {
  if (count == 0) count = std::max(1U, std::thread::hardware_concurrency());
  for (std::size_t i = 0; i < count; ++i) {
    workers_.push_back(std::make_unique<DecodeWorker>(options));
  }
}

DecodeWorkers::~DecodeWorkers() = default;

std::size_t DecodeWorkers::ReadInOrder(const std::vector<std::string>& files,
                                       const std::function<bool(const PictureReading&)>& each) {
  std::size_t at = 0;
  const auto next = [&]() -> std::optional<Work> {
    if (at == files.size()) return std::nullopt;
    const std::string& file = files[at++];
    return [&file](DecodeWorker& worker) { return ReadWholeFile(file, worker); };
  };
  return Share(workers_, next, each);
}

std::size_t DecodeWorkers::ReadStream(const std::string& name,
                                      const std::function<std::optional<std::string>()>& next,
                                      const std::function<bool(const PictureReading&)>& each,
                                      int milliseconds_max) {
  return ShareFrames(
      workers_, name, next, each, [](const std::string& bytes) { return std::string_view(bytes); },
      [milliseconds_max](DecodeWorker& worker, const std::string& bytes) {
        return worker.ReadBytes(bytes, milliseconds_max);
      });
}

std::size_t DecodeWorkers::ReadFrames(const std::string& name,
                                      const std::function<std::optional<GreyPicture>()>& next,
                                      const std::function<bool(const PictureReading&)>& each,
                                      int milliseconds_max) {
  return ShareFrames(
      workers_, name, next, each,
      [](const GreyPicture& picture) {
        return std::string_view(reinterpret_cast<const char*>(picture.pixels.data()),
                                picture.pixels.size());
      },
      [milliseconds_max](DecodeWorker& worker, const GreyPicture& picture) {
        return worker.ReadFrame(picture, milliseconds_max);
      });
}

DecodeCounts DecodeWorkers::counts() const {
  DecodeCounts sum;
  for (const auto& worker : workers_) {
    const DecodeCounts counts = worker->counts();
    sum.started += counts.started;
    sum.answered += counts.answered;
    sum.died += counts.died;
    sum.timed_out += counts.timed_out;
  }
  return sum;
}

}  // namespace radyab::scanner
