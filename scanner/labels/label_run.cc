#include "scanner/labels/label_run.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace radyab::scanner {
namespace {

constexpr std::chrono::milliseconds kTellEvery{100};

// The documents of one run, shared by its workers and the thread that hands them out.
class Run {
 public:
  Run(std::span<const LabelContent> labels, const LabelRunOptions& options, std::size_t workers)
      : labels_(labels),
        options_(options),
        per_document_(HoldsOneLabel(options.document.format) ? 1 : options.labels_per_document),
        count_((labels.size() + per_document_ - 1) / per_document_),
        ahead_max_(2 * workers) {}

  std::size_t count() const { return count_; }

  // A worker's thread: takes documents until there are none, or the run was stopped.
  void Work();
  LabelRunEnd HandOut(const TakeDocument& take, const RunProgress& progress);
  void Stop();

 private:
  struct Made {
    Outcome<std::string> bytes;
    std::size_t faulty = 0;
  };

  std::size_t FirstOf(std::size_t document) const { return document * per_document_; }
  std::size_t CountOf(std::size_t document) const {
    return std::min(per_document_, labels_.size() - FirstOf(document));
  }
  // The next document to make; nothing when the worker may go.
  std::optional<std::size_t> TakeWork();
  // Waits for a document.
  Made Await(std::size_t document, const RunProgress& progress);

  const std::span<const LabelContent> labels_;
  const LabelRunOptions& options_;
  const std::size_t per_document_;
  const std::size_t count_;
  const std::size_t ahead_max_;
  std::atomic<std::size_t> drawn_{0};
  std::atomic<std::size_t> proved_{0};

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::size_t, Made> made_;  // by number
  std::size_t next_ = 0;              // to be made
  std::size_t handed_out_ = 0;        // documents
  bool stopped_ = false;
};

std::optional<std::size_t> Run::TakeWork() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [this] { return stopped_ || next_ >= count_ || next_ < handed_out_ + ahead_max_; });
  if (stopped_ || next_ >= count_) return std::nullopt;
  return next_++;
}

void Run::Work() {
  DecodeWorker worker(options_.decode);
  while (const auto document = TakeWork()) {
    Made made{ScanFault{}, 0};
    made.bytes = MakeLabelDocument(labels_.subspan(FirstOf(*document), CountOf(*document)),
                                   options_.document, worker, &made.faulty,
                                   [this](std::size_t drawn, std::size_t proved) {
                                     drawn_ += drawn;
                                     proved_ += proved;
                                   });
    made.faulty += FirstOf(*document);
    const std::lock_guard lock(mutex_);
    made_.emplace(*document, std::move(made));
    changed_.notify_all();
  }
}

Run::Made Run::Await(std::size_t document, const RunProgress& progress) {
  std::unique_lock lock(mutex_);
  while (!made_.contains(document)) {
    changed_.wait_for(lock, kTellEvery);
    if (!progress) continue;
    lock.unlock();
    progress(drawn_, proved_);
    lock.lock();
  }
  Made made = std::move(made_.extract(document).mapped());
  handed_out_ = document + 1;
  changed_.notify_all();
  return made;
}

LabelRunEnd Run::HandOut(const TakeDocument& take, const RunProgress& progress) {
  LabelRunEnd end;
  for (std::size_t document = 0; document < count_; ++document) {
    Made made = Await(document, progress);
    if (!made.bytes) {
      end.fault = made.bytes.fault();
      end.faulty = made.faulty;
      break;
    }
    const std::size_t labels = CountOf(document);
    if (!take({document, FirstOf(document), labels, std::move(made.bytes).value()})) break;
    end.handed_out += labels;
  }
  return end;
}

void Run::Stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

ScanFault OutOfBounds(std::string_view what, std::int64_t given, std::size_t most) {
  return {FaultKind::kTooLarge,
          std::to_string(given) + " " + std::string(what) + ", want 1 to " + std::to_string(most)};
}

}  // namespace

LabelRunEnd RunLabels(std::span<const LabelContent> labels, const LabelRunOptions& options,
                      const TakeDocument& take, const RunProgress& progress) {
  if (labels.empty() || labels.size() > kRunLabelsMax)
    return {0, OutOfBounds("labels", std::ssize(labels), kRunLabelsMax), 0};
  if (options.labels_per_document < 1 || options.labels_per_document > kDocumentLabelsMax) {
    return {0,
            OutOfBounds("labels a document", static_cast<std::int64_t>(options.labels_per_document),
                        kDocumentLabelsMax),
            0};
  }
  if (options.workers < 0 || options.workers > kRunWorkersMax) {
    return {0, OutOfBounds("workers", options.workers, kRunWorkersMax), 0};
  }
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t wanted = options.workers > 0
                                 ? static_cast<std::size_t>(options.workers)
                                 : std::min<std::size_t>(processors, kRunWorkersMax);
  Run run(labels, options, wanted);
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < std::min(wanted, run.count()); ++i)
    workers.emplace_back([&run] { run.Work(); });
  const LabelRunEnd end = run.HandOut(take, progress);
  run.Stop();
  for (std::thread& worker : workers) worker.join();
  return end;
}

}  // namespace radyab::scanner
