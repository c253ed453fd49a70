// Loads a server with durable CreateItem calls and tells, as one JSON line, what became of them:
//   create_load keep  --server HOST:PORT --class NAME --run WORD --in-flight N --seconds N …
//   create_load offer --server HOST:PORT --class NAME --run WORD --rate N --seconds N …
// with --connections N (8) and --deadline-ms N (250). `keep` has so many calls in flight all the
// time: what a server can do. `offer` sends so many a second, answered or not: what comes upon it.
// The key is in MEMBER_KEY. At the end all items are listed and held against the calls.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <thread>

#include "tests/load/item_calls.h"

namespace radyab::load {
namespace {

constexpr std::chrono::milliseconds kTick{1};
constexpr int kInFlightMax = 100'000;  // more would only measure this program

struct Options {
  std::string mode;
  CallPlan plan;
  double rate = 0;
  int in_flight = 64;
  double seconds = 5;
};

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

// Each answer makes room for the next call; calls are sent from this thread alone.
void Keep(ItemCalls& calls, const Options& options) {
  std::mutex mutex;
  std::condition_variable answered;
  int room = options.in_flight;
  const auto begun = Clock::now();
  while (SecondsSince(begun) < options.seconds) {
    int now = 0;
    {
      std::unique_lock lock(mutex);
      answered.wait_for(lock, kTick, [&] { return room > 0; });
      std::swap(now, room);
    }
    for (; now > 0; --now) {
      calls.Send([&] {
        const std::lock_guard lock(mutex);
        ++room;
        answered.notify_one();
      });
    }
  }
  calls.WaitForAll();
}

void Offer(ItemCalls& calls, const Options& options) {
  const auto begun = Clock::now();
  for (double seconds = 0; seconds < options.seconds; seconds = SecondsSince(begun)) {
    const auto due = static_cast<std::size_t>(seconds * options.rate);
    while (calls.records().size() < due && calls.in_flight() < kInFlightMax) calls.Send();
    std::this_thread::sleep_for(kTick);  // the beat of the load
  }
  calls.WaitForAll();
}

double Milliseconds(const std::vector<std::int64_t>& sorted_us, double part) {
  if (sorted_us.empty()) return 0;
  const auto at = static_cast<std::size_t>(part * static_cast<double>(sorted_us.size() - 1));
  return static_cast<double>(sorted_us[at]) / 1000;
}

// What was sent, what came of it, and how that fits to what the server has.
struct Told {
  std::size_t done = 0, in_time = 0, turned_away = 0, late = 0, other = 0;
  std::size_t lost = 0;            // answered OK and not there
  std::size_t refused_there = 0;   // turned away and there
  std::size_t late_there = 0;      // DEADLINE_EXCEEDED and there
  std::size_t begun_late = 0;      // there, and begun behind the caller's deadline
  std::int64_t begun_late_us = 0;  // by so much at most
  std::vector<std::int64_t> took_us;
};

Told Tell(const ItemCalls& calls, const std::map<std::size_t, std::int64_t>& there) {
  Told told;
  for (std::size_t number = 0; number < calls.records().size(); ++number) {
    const CallRecord& call = calls.records()[number];
    const auto found = there.find(number);
    const bool is_there = found != there.end();
    told.done += call.outcome == Outcome::kDone;
    told.turned_away += call.outcome == Outcome::kTurnedAway;
    told.late += call.outcome == Outcome::kLate;
    told.other += call.outcome == Outcome::kOther;
    told.lost += call.outcome == Outcome::kDone && !is_there;
    told.refused_there += call.outcome == Outcome::kTurnedAway && is_there;
    told.late_there += call.outcome == Outcome::kLate && is_there;
    if (call.outcome == Outcome::kDone && call.answered_us <= call.deadline_us) {
      ++told.in_time;
      told.took_us.push_back(call.answered_us - call.sent_us);
    }
    if (is_there && found->second > call.deadline_us) {
      ++told.begun_late;
      told.begun_late_us = std::max(told.begun_late_us, found->second - call.deadline_us);
    }
  }
  std::ranges::sort(told.took_us);
  return told;
}

bool Run(const Options& options) {
  ItemCalls calls(options.plan);
  const auto begun = Clock::now();
  options.mode == "keep" ? Keep(calls, options) : Offer(calls, options);
  const double all_seconds = SecondsSince(begun);
  const auto there = calls.ListItems();
  const Told told = Tell(calls, there);
  for (const std::string& words : calls.surprises()) {
    std::fprintf(stderr, "create_load: %s\n", words.c_str());
  }
  std::printf(
      "{\"sent\":%zu,\"seconds\":%.2f,\"all_seconds\":%.2f,\"done\":%zu,\"in_time\":%zu,"
      "\"turned_away\":%zu,\"late\":%zu,\"other\":%zu,\"there\":%zu,\"lost\":%zu,"
      "\"refused_there\":%zu,\"late_there\":%zu,\"begun_late\":%zu,\"begun_late_ms\":%.3f,"
      "\"p50_ms\":%.1f,\"p99_ms\":%.1f}\n",
      calls.records().size(), options.seconds, all_seconds, told.done, told.in_time,
      told.turned_away, told.late, told.other, there.size(), told.lost, told.refused_there,
      told.late_there, told.begun_late, static_cast<double>(told.begun_late_us) / 1000,
      Milliseconds(told.took_us, 0.5), Milliseconds(told.took_us, 0.99));
  return told.other == 0 && calls.surprises().empty();
}

bool ReadOptions(int count, char** words, Options& options) {
  if (count < 2) return false;
  options.mode = words[1];
  for (int i = 2; i + 1 < count; i += 2) {
    const std::string word = words[i];
    const char* value = words[i + 1];
    if (word == "--server") {
      options.plan.server = value;
    } else if (word == "--class") {
      options.plan.class_name = value;
    } else if (word == "--run") {
      options.plan.run = value;
    } else if (word == "--connections") {
      options.plan.connection_count = std::atoi(value);
    } else if (word == "--deadline-ms") {
      options.plan.deadline = std::chrono::milliseconds(std::atoi(value));
    } else if (word == "--rate") {
      options.rate = std::atof(value);
    } else if (word == "--in-flight") {
      options.in_flight = std::atoi(value);
    } else if (word == "--seconds") {
      options.seconds = std::atof(value);
    } else {
      return false;
    }
  }
  const char* key = std::getenv("MEMBER_KEY");
  options.plan.key = key == nullptr ? "" : key;
  return (options.mode == "keep" || (options.mode == "offer" && options.rate > 0)) &&
         count % 2 == 0 && !options.plan.server.empty() && options.plan.connection_count > 0;
}

}  // namespace
}  // namespace radyab::load

int main(int argc, char** argv) {
  radyab::load::Options options;
  options.plan.connection_count = 8;
  if (!radyab::load::ReadOptions(argc, argv, options)) {
    std::fprintf(stderr,
                 "usage: create_load keep|offer --server HOST:PORT --class NAME --run WORD "
                 "[--in-flight N | --rate N] [--seconds N] [--connections N] [--deadline-ms N]\n");
    return 2;
  }
  return radyab::load::Run(options) ? 0 : 1;
}
