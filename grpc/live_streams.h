// The streams that are open: how many there may be, and that they hear of the server's end.
#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>

#include "absl/status/status.h"

namespace radyab::rpc {

// Import streams of a server at one time. Each holds up to two groups of rows.
inline constexpr std::size_t kImportStreamsMax = 32;

enum class StreamKind { kAnswers, kImport };

// One open stream.
class LiveStream {
 public:
  virtual ~LiveStream() = default;
  // The server ends: no message is read any more, what was read is answered, and the stream ends
  // with `why`. Called at most once, from any thread.
  virtual void EndSoon(const absl::Status& why) = 0;
};

// Thread safe.
class LiveStreams {
 public:
  // Watches `stream` until Remove. RESOURCE_EXHAUSTED (TOO_MANY_CALLS) when kImportStreamsMax
  // imports are open, UNAVAILABLE (STORE_CLOSED) when the server ends: then it is not watched.
  absl::Status Add(const std::shared_ptr<LiveStream>& stream, StreamKind kind);
  void Remove(const LiveStream* stream);
  // Tells every stream, and refuses those that come later.
  void EndAll();
  // UNAVAILABLE (STORE_CLOSED) once EndAll was called: new calls of every kind are refused with it.
  absl::Status Check() const;
  std::size_t count() const;

 private:
  struct Watched {
    std::weak_ptr<LiveStream> stream;
    StreamKind kind;
  };

  mutable std::mutex mutex_;
  std::atomic<bool> ending_ = false;
  std::map<const LiveStream*, Watched> watched_;
  std::size_t import_count_ = 0;
};

}  // namespace radyab::rpc
