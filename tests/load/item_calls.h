// Calls of CreateItem that do not wait for one another, and what became of each.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "clients/cpp/throttle.h"
#include "tests/load/http2_connection.h"

namespace radyab::load {

enum class Outcome {
  kPending,
  kDone,
  kTurnedAway,  // by the server, before the deadline
  kLate,        // the deadline passed: done or not, nobody was told
  kUnsent,      // the deadline passed while no connection took the call
  kHeld         // held back by the throttle of its connection
};

// One call. Times are the wall clock's microseconds, the clock of the server's record times.
struct CallRecord {
  std::int64_t due_us = 0;  // when it was to be sent; its deadline counts from here
  std::int64_t deadline_us = 0;
  std::int64_t answered_us = 0;
  Outcome outcome = Outcome::kPending;
};

struct CallPlan {
  std::string host;
  int port = 0;
  std::string key;
  std::string class_name;  // of the items
  std::string run;         // begins the name of every item, different in every run
  int connection_count = 1;
  std::chrono::microseconds deadline{250'000};
  bool heeds = true;  // each connection holds back as our client library does
};

// One thread. Like any gRPC client it keeps back what the server does not take yet.
class ItemCalls {
 public:
  // Waits until every connection is ready; failed() when that does not come about.
  explicit ItemCalls(CallPlan plan);
  ~ItemCalls();

  // One more call is due now.
  void Add();
  // Sends, reads and cancels what there is to, and waits a millisecond at most for news.
  void Work();
  bool failed() const { return failed_; }  // a connection broke
  std::size_t in_flight() const { return pending_count_; }
  // The call with number n created, or did not create, the item NameOf(n).
  const std::deque<CallRecord>& records() const { return records_; }
  std::string NameOf(std::size_t number) const;

 private:
  struct Line {
    Http2Connection connection;
    std::unique_ptr<client::Throttle> throttle = std::make_unique<client::Throttle>();
    std::deque<std::size_t> waiting = {};                         // due and not sent
    std::deque<std::pair<std::uint32_t, std::size_t>> sent = {};  // in order of their deadlines
    std::unordered_map<std::uint32_t, std::size_t> open = {};
  };

  void SendWaiting(Line& line, std::int64_t now_us);
  void CancelLate(Line& line, std::int64_t now_us);
  void End(Line& line, std::size_t number, Outcome outcome);
  void WaitForNews();
  double Draw();

  const CallPlan plan_;
  const std::string head_;
  int poll_ = -1;
  std::vector<Line> lines_;
  std::deque<CallRecord> records_;
  std::size_t pending_count_ = 0;
  std::mt19937_64 random_{std::random_device{}()};
  bool failed_ = false;
};

std::int64_t NowUs();

}  // namespace radyab::load
