// Events that were scanned without a network: kept durably before the scan is confirmed, sent in
// their order, each stored once.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "clients/cpp/trace_client.h"
#include "clients/offline/kept_rows_store.h"
#include "radyab/v1/code_pack.pb.h"

namespace radyab::offline {

struct QueueCounts {
  std::int64_t waiting = 0;
  std::int64_t refused = 0;
};

// What a replay did.
struct ReplayCounts {
  std::int64_t stored = 0;      // now
  std::int64_t duplicates = 0;  // stored before: an earlier replay ended before it could note it
  std::int64_t refused = 0;     // went to the list of the refused
};

// The steps of one operation, for whoever watches (tests end the process at them).
enum class QueueStep { kKept, kHandedOver, kAnswered, kNoted };
using OnQueueStep = std::function<void(QueueStep, std::int64_t number)>;

// Any thread; one replay at a time. `file`: OfflineFolder::queue, outlives it.
class ScanQueue {
 public:
  explicit ScanQueue(KeptFile& file, OnQueueStep on_step = nullptr)
      : file_(file), on_step_(std::move(on_step)) {}

  // Keeps an event. It gets an event_id when it has none, and must have its time: what is kept is
  // what is sent, however often. Durable when it answers: only then is the scan confirmed.
  // OFFLINE_FULL, OFFLINE_FAILED: nothing was kept.
  Answer<v1::QueuedOperation> Keep(v1::Event event, std::int64_t now_us);

  // Sends what waits, in order, over one stream; what was kept meanwhile too. Each is noted only
  // after the server answered for it: stored (or stored before) it goes, refused it moves to the
  // list of the refused and the next ones go on. The error that ended it early, after what was
  // answered until then was noted; what was not answered waits on, and is sent again next time.
  Answer<ReplayCounts> Replay(const client::TraceClient& trace, std::int64_t now_us,
                              std::int64_t* replayed_until_error = nullptr);

  // Visits those that wait, or were refused, in order; false ends it.
  std::optional<ClientError> ForEachWaiting(
      const std::function<bool(const v1::QueuedOperation&)>& visit) const;
  std::optional<ClientError> ForEachRefused(
      const std::function<bool(const v1::QueuedOperation&)>& visit) const;
  // Takes a refused one off the list, after a person dealt with it. False when there is none.
  Answer<bool> DropRefused(std::int64_t number);
  // Puts a refused one back among those that wait, in its place of the order of scanning, after a
  // person mended what it was refused for. It is sent as it was kept, under its id: stored once.
  // False when there is none.
  Answer<bool> RetryRefused(std::int64_t number);
  // All of them, in one change. How many.
  Answer<std::int64_t> RetryAllRefused();
  Answer<QueueCounts> Count() const;

 private:
  std::optional<ClientError> ForEach(
      char list, std::int64_t after,
      const std::function<bool(const v1::QueuedOperation&)>& visit) const;
  void Tell(QueueStep step, std::int64_t number) const {
    if (on_step_) on_step_(step, number);
  }

  KeptFile& file_;
  OnQueueStep on_step_;
};

}  // namespace radyab::offline
