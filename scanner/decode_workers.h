// Several radyab-decode processes that share the work: one a core.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scanner/decode_worker.h"
#include "scanner/picture_reading.h"

namespace radyab::scanner {

// Most readings that wait for an earlier one, for each worker.
inline constexpr std::size_t kReadingsAheadMax = 4;

// Owns its workers, each of which is started when it first has something to do, and again after it
// was lost. Not safe for several threads: one call at a time.
class DecodeWorkers {
 public:
  // `count` workers; 0 for one a core.
  explicit DecodeWorkers(std::size_t count = 0, DecodeWorkerOptions options = {});
  ~DecodeWorkers();
  DecodeWorkers(const DecodeWorkers&) = delete;
  DecodeWorkers& operator=(const DecodeWorkers&) = delete;

  // Reads the files and calls `each` once a picture, and once a page of a PDF, on this thread and
  // in the order of `files`. False from `each` stops: what is being read then is waited for.
  // Answers how often `each` was called. At most kReadingsAheadMax files a worker wait to be told.
  std::size_t ReadInOrder(const std::vector<std::string>& files,
                          const std::function<bool(const PictureReading&)>& each);

  // Gives pictures, whose file's bytes `next` answers until it has no more (called on one thread,
  // in order), to the workers, and calls `each` on this thread in the same order. The readings are
  // named by `name` and numbered from 1. Bars that are hard to read are believed when two frames
  // agree (frame_agreement.h).
  std::size_t ReadStream(const std::string& name,
                         const std::function<std::optional<std::string>()>& next,
                         const std::function<bool(const PictureReading&)>& each,
                         int milliseconds_max = kReadingMillisecondsMax);

  // The same with grey frames, as a camera gives them.
  std::size_t ReadFrames(const std::string& name,
                         const std::function<std::optional<GreyPicture>()>& next,
                         const std::function<bool(const PictureReading&)>& each,
                         int milliseconds_max = kFrameMillisecondsMax);

  std::size_t size() const { return workers_.size(); }
  // Of all workers together.
  DecodeCounts counts() const;

 private:
  std::vector<std::unique_ptr<DecodeWorker>> workers_;
};

}  // namespace radyab::scanner
