// Calls of CreateItem that do not wait for one another, and what became of each.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "radyab/v1/catalog_service.grpc.pb.h"

namespace radyab::load {

enum class Outcome { kPending, kDone, kTurnedAway, kLate, kOther };

// One call. Times are the wall clock's microseconds, the clock of the server's record times.
struct CallRecord {
  std::int64_t sent_us = 0;
  std::int64_t deadline_us = 0;
  std::int64_t answered_us = 0;
  Outcome outcome = Outcome::kPending;
};

struct CallPlan {
  std::string server;  // HOST:PORT
  std::string key;
  std::string class_name;  // of the items
  std::string run;         // begins the name of every item, different in every run
  int connection_count = 1;
  std::chrono::milliseconds deadline{250};
};

// Send is for one thread; answers come on others.
class ItemCalls {
 public:
  explicit ItemCalls(CallPlan plan);

  // Sends one call; `answered` (may be empty) is called when its answer has come.
  void Send(std::function<void()> answered = {});
  void WaitForAll();
  int in_flight();
  // Only after WaitForAll. The call with number n created, or did not create, the item NameOf(n).
  const std::deque<CallRecord>& records() const { return records_; }
  // Words of those that ended in a way that no load explains, the first few.
  const std::vector<std::string>& surprises() const { return surprises_; }

  std::string NameOf(std::size_t number) const;
  // Create times of this run's items, by the call's number. Empty with surprises() told on failure.
  std::map<std::size_t, std::int64_t> ListItems();

 private:
  struct Call;
  void Answered(Call& call, const grpc::Status& status);
  void Prepare(grpc::ClientContext& context) const;

  const CallPlan plan_;
  std::vector<std::unique_ptr<v1::CatalogService::Stub>> stubs_;
  std::deque<CallRecord> records_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int in_flight_ = 0;
  std::vector<std::string> surprises_;
};

std::int64_t NowUs();

}  // namespace radyab::load
