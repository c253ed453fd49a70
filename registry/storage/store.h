// The whole contract between the registry and its storage: an ordered, transactional key-value
// store.
//
// Keys and values are bytes; keys are ordered byte by byte (0x00 first, 0xFF last). Every engine
// passes tests/registry/storage/store_conformance.h.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace radyab::storage {

inline constexpr std::size_t kKeyBytesMax = 480;  // longer or empty keys are refused
inline constexpr std::size_t kValueBytesMax =
    std::size_t{64} * 1024;  // larger blobs are chunked by their owner
inline constexpr std::size_t kNoRowLimit = std::numeric_limits<std::size_t>::max();

// Keys from `begin` (included) to `end` (excluded). An empty `end` means: to the last key.
struct KeyRange {
  std::string begin;
  std::string end;
};

enum class Direction { kForward, kBackward };

// Gets one row; returns false to stop the scan. Must not write to the transaction it is called
// from.
using RowVisitor = absl::FunctionRef<bool(std::string_view key, std::string_view value)>;

// One snapshot. Views it hands out stay valid until the transaction ends. One thread at a time.
class ReadTransaction {
 public:
  virtual ~ReadTransaction() = default;
  // The value of `key`, or an empty optional when there is none.
  virtual absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) = 0;
  // Visits at most `row_count_max` rows of `range` in the given direction.
  virtual absl::Status Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                            RowVisitor visit) = 0;
  // In Read: the last commit this snapshot shows. In Write: the number this body's commit will
  // bear. Monotone in commit order; every committed body has one of its own.
  virtual std::uint64_t commit_sequence() const = 0;
};

// A serializable change. It sees its own writes. Nothing of it exists until the body returned OK
// and the store committed; a body that fails changes nothing.
class WriteTransaction : public ReadTransaction {
 public:
  virtual absl::Status Put(std::string_view key, std::string_view value) = 0;
  virtual absl::Status Delete(std::string_view key) = 0;  // a missing key is no error
  // Microseconds since the epoch, UTC; strictly greater in each later commit, whatever the clock
  // does.
  virtual std::int64_t record_time_us() const = 0;
};

using ReadBody = absl::FunctionRef<absl::Status(ReadTransaction&)>;
// A pure function of its transaction: no clock, no randomness, no network. The store may run it
// again.
using WriteBody = std::function<absl::Status(WriteTransaction&)>;
// Told once, after the commit is durable or refused; runs on a thread of the store's, which need
// not be the one that runs bodies, and must not block.
using WriteDone = std::function<void(absl::Status)>;

// Until when a change may begin. One that has begun is committed and answered, whatever happens
// meanwhile.
struct WriteTerms {
  // The body begins before this moment or never. Of the clock that does not jump.
  std::chrono::steady_clock::time_point begin_before = std::chrono::steady_clock::time_point::max();
  // Asked once, on the store's thread, just before the body begins: whether nobody waits for the
  // answer any more. Must not block. Empty: somebody does.
  std::function<bool()> is_abandoned = {};
};

// Thread safe.
class Store {
 public:
  virtual ~Store() = default;
  // Runs `body` on one snapshot, on the calling thread. Returns the body's status.
  virtual absl::Status Read(ReadBody body) = 0;
  // Queues `body`. What CheckQueue refuses is refused at once, from the calling thread. Otherwise
  // `done` gets DEADLINE_EXCEEDED (Reason DEADLINE_PASSED) or CANCELLED (CALL_CANCELLED) when the
  // body never ran because of its terms, the body's own error, OK once durable, or the engine's
  // failure.
  void WriteAsync(WriteBody body, WriteDone done) {
    WriteAsync(std::move(body), std::move(done), WriteTerms());
  }
  virtual void WriteAsync(WriteBody body, WriteDone done, WriteTerms terms) = 0;
  // What WriteAsync would say now to a change that must begin before then: OK, or
  // RESOURCE_EXHAUSTED (WRITE_QUEUE_FULL) when the queue is full or so long that the change would
  // hardly begin in time. For those who want to know it before they prepare a change.
  virtual absl::Status CheckQueue(std::chrono::steady_clock::time_point begin_before) = 0;
  // WriteAsync and wait. Never call it from a WriteDone.
  absl::Status Write(WriteBody body, WriteTerms terms = {});
};

}  // namespace radyab::storage
