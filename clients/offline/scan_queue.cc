#include "clients/offline/scan_queue.h"

#include <deque>
#include <set>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "clients/cpp/invalid_text.h"
#include "clients/cpp/request_id.h"
#include "clients/offline/digest.h"

namespace radyab::offline {
namespace {

using client::ErrorCode;

constexpr char kWaitingRow = 'q', kRefusedRow = 'r';
constexpr std::string_view kLastNumberKey = "n";
constexpr std::size_t kReadTogether = 200, kNotedTogether = 100;

std::string RowKey(char list, std::int64_t number) {
  return list + BigEndian(static_cast<std::uint64_t>(number), 8);
}

void SetTime(std::int64_t time_us, google::protobuf::Timestamp& time) {
  time.set_seconds(time_us / 1'000'000);
  time.set_nanos(static_cast<int>(time_us % 1'000'000) * 1'000);
}

// Reasons that speak of the server's state, not of the event: it is sent again later.
bool MayPass(const std::string& reason) {
  static const std::set<std::string> reasons = {
      "WRITE_QUEUE_FULL", "STORE_FULL",     "STORE_CLOSED", "STORE_FAILED",  "TOO_MANY_CALLS",
      "DEADLINE_PASSED",  "CALL_CANCELLED", "LOG_HOLE",     "CORRUPT_RECORD"};
  return reasons.contains(reason);
}

// Moves a refused operation back to those that wait; why it was refused is forgotten.
void PutBack(KeptRows& rows, v1::QueuedOperation operation) {
  operation.clear_refuse_time();
  operation.clear_refusal_reason();
  operation.clear_refusal_message();
  rows.Delete(RowKey(kRefusedRow, operation.number()));
  rows.Put(RowKey(kWaitingRow, operation.number()), operation.SerializeAsString());
}

// Visits a list from behind `after`; a row that cannot be read is a fault.
void VisitOperations(KeptRows& rows, char list, std::int64_t after,
                     absl::FunctionRef<bool(const v1::QueuedOperation&)> visit) {
  rows.Scan(RowKey(list, after + 1), 1, [&](std::string_view, std::string_view value) {
    v1::QueuedOperation operation;
    if (operation.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      return visit(operation);
    }
    rows.Fail(OfflineFault(ErrorCode::kDataLoss, "OFFLINE_DAMAGED",
                           "an operation of the queue cannot be read"));
    return false;
  });
}

// What the server answered for one operation.
struct Verdict {
  v1::QueuedOperation operation;
  v1::RowVerdict verdict;
};

// Moves answered operations off the list of those that wait.
class Notes {
 public:
  Notes(KeptFile& file, std::int64_t now_us) : file_(file), now_us_(now_us) {}

  void Add(v1::QueuedOperation operation, const v1::RowVerdict& verdict) {
    verdicts_.push_back({std::move(operation), verdict});
  }
  std::size_t size() const { return verdicts_.size(); }

  // The numbers that were noted.
  Answer<std::vector<std::int64_t>> Write() {
    std::vector<std::int64_t> numbers;
    auto fault = file_.Write([&](KeptRows& rows) {
      for (auto& [operation, verdict] : verdicts_) {
        numbers.push_back(operation.number());
        rows.Delete(RowKey(kWaitingRow, operation.number()));
        if (verdict.outcome() != v1::ROW_OUTCOME_REFUSED) continue;
        SetTime(now_us_, *operation.mutable_refuse_time());
        for (const v1::RowFault& why : verdict.faults()) {
          if (operation.refusal_reason().empty()) operation.set_refusal_reason(why.reason());
          const std::string& before = operation.refusal_message();
          operation.set_refusal_message(before + (before.empty() ? "" : "; ") +
                                        (why.field().empty() ? "" : why.field() + ": ") +
                                        why.description());
        }
        rows.Put(RowKey(kRefusedRow, operation.number()), operation.SerializeAsString());
      }
    });
    if (fault) return *std::move(fault);
    verdicts_.clear();
    return numbers;
  }

 private:
  KeptFile& file_;
  const std::int64_t now_us_;
  std::vector<Verdict> verdicts_;
};

}  // namespace

Answer<v1::QueuedOperation> ScanQueue::Keep(v1::Event event, std::int64_t now_us) {
  if (event.event_id().empty()) event.set_event_id(client::NewRequestId());
  if (!event.has_event_time()) {
    return OfflineFault(ErrorCode::kInvalidArgument, "MISSING_FIELD",
                        "event_time: missing; an event that waits must have its time");
  }
  if (const auto path = client::PathOfInvalidText(event)) {
    return OfflineFault(ErrorCode::kInvalidArgument, "INVALID_FIELD",
                        *path + ": the text is not UTF-8");
  }
  v1::QueuedOperation operation;
  SetTime(now_us, *operation.mutable_queue_time());
  *operation.mutable_event() = std::move(event);
  auto fault = file_.Write([&](KeptRows& rows) {
    const auto last = rows.Get(kLastNumberKey);
    operation.set_number(static_cast<std::int64_t>(last ? NumberOf(*last) : 0) + 1);
    rows.Put(kLastNumberKey, BigEndian(static_cast<std::uint64_t>(operation.number()), 8));
    rows.Put(RowKey(kWaitingRow, operation.number()), operation.SerializeAsString());
  });
  if (fault) return *std::move(fault);
  Tell(QueueStep::kKept, operation.number());
  return operation;
}

Answer<ReplayCounts> ScanQueue::Replay(const client::TraceClient& trace, std::int64_t now_us,
                                       std::int64_t* replayed_until_error) {
  ReplayCounts counts;
  Notes notes(file_, now_us);
  std::deque<v1::QueuedOperation> ahead;  // read, not handed over
  std::deque<v1::QueuedOperation> sent;   // handed over, not answered
  std::int64_t last_read = 0;
  std::optional<ClientError> stopped;
  const auto write_notes = [&] {
    if (notes.size() == 0) return;
    auto noted = notes.Write();
    if (!noted) {
      stopped = noted.error();
      return;
    }
    for (const std::int64_t number : *noted) Tell(QueueStep::kNoted, number);
  };
  const auto next = [&]() -> std::optional<v1::ImportEventRow> {
    if (stopped) return std::nullopt;
    if (ahead.empty()) {
      auto fault = ForEach(kWaitingRow, last_read, [&](const v1::QueuedOperation& operation) {
        ahead.push_back(operation);
        last_read = operation.number();
        return ahead.size() < kReadTogether;
      });
      if (fault) stopped = *std::move(fault);
      if (stopped || ahead.empty()) return std::nullopt;
    }
    sent.push_back(std::move(ahead.front()));
    ahead.pop_front();
    v1::ImportEventRow row;
    *row.mutable_event() = sent.back().event();
    Tell(QueueStep::kHandedOver, sent.back().number());
    return row;
  };
  const auto answered = [&](const v1::RowVerdict& verdict) {
    v1::QueuedOperation operation = std::move(sent.front());
    sent.pop_front();
    Tell(QueueStep::kAnswered, operation.number());
    const bool refused = verdict.outcome() == v1::ROW_OUTCOME_REFUSED;
    const std::string reason = verdict.faults().empty() ? "" : verdict.faults(0).reason();
    // What follows one that waits on may be refused only because that one is not there yet.
    if (refused && (stopped || MayPass(reason))) {
      if (!stopped) {
        stopped = OfflineFault(ErrorCode::kUnavailable, reason, verdict.faults(0).description());
      }
      return;
    }
    if (verdict.outcome() == v1::ROW_OUTCOME_ACCEPTED) ++counts.stored;
    if (verdict.outcome() == v1::ROW_OUTCOME_DUPLICATE) ++counts.duplicates;
    if (refused) ++counts.refused;
    notes.Add(std::move(operation), verdict);
    if (notes.size() >= kNotedTogether) write_notes();
  };
  const auto imported = trace.ImportEvents(next, answered);
  write_notes();
  const std::int64_t done = counts.stored + counts.duplicates + counts.refused;
  if (replayed_until_error != nullptr) *replayed_until_error = done;
  if (stopped) return *std::move(stopped);
  if (!imported) return imported.error();
  return counts;
}

std::optional<ClientError> ScanQueue::ForEach(
    char list, std::int64_t after,
    const std::function<bool(const v1::QueuedOperation&)>& visit) const {
  return file_.Read([&](KeptRows& rows) { VisitOperations(rows, list, after, visit); });
}

std::optional<ClientError> ScanQueue::ForEachWaiting(
    const std::function<bool(const v1::QueuedOperation&)>& visit) const {
  return ForEach(kWaitingRow, 0, visit);
}

std::optional<ClientError> ScanQueue::ForEachRefused(
    const std::function<bool(const v1::QueuedOperation&)>& visit) const {
  return ForEach(kRefusedRow, 0, visit);
}

Answer<bool> ScanQueue::DropRefused(std::int64_t number) {
  bool there = false;
  auto fault = file_.Write([&](KeptRows& rows) {
    const std::string key = RowKey(kRefusedRow, number);
    there = rows.Get(key).has_value();
    if (there) rows.Delete(key);
  });
  if (fault) return *std::move(fault);
  return there;
}

Answer<bool> ScanQueue::RetryRefused(std::int64_t number) {
  bool there = false;
  v1::QueuedOperation found;
  auto fault = file_.Write([&](KeptRows& rows) {
    VisitOperations(rows, kRefusedRow, number - 1, [&](const v1::QueuedOperation& operation) {
      there = operation.number() == number;
      if (there) found = operation;
      return false;
    });
    if (there) PutBack(rows, std::move(found));
  });
  if (fault) return *std::move(fault);
  return there;
}

Answer<std::int64_t> ScanQueue::RetryAllRefused() {
  std::vector<v1::QueuedOperation> refused;
  auto fault = file_.Write([&](KeptRows& rows) {
    VisitOperations(rows, kRefusedRow, 0, [&](const v1::QueuedOperation& operation) {
      refused.push_back(operation);
      return true;
    });
    for (const v1::QueuedOperation& operation : refused) PutBack(rows, operation);
  });
  if (fault) return *std::move(fault);
  return static_cast<std::int64_t>(refused.size());
}

Answer<QueueCounts> ScanQueue::Count() const {
  QueueCounts counts;
  const auto count = [&](char list, std::int64_t& number) {
    return ForEach(list, 0, [&](const v1::QueuedOperation&) {
      ++number;
      return true;
    });
  };
  auto fault = count(kWaitingRow, counts.waiting);
  if (!fault) fault = count(kRefusedRow, counts.refused);
  if (fault) return *std::move(fault);
  return counts;
}

}  // namespace radyab::offline
