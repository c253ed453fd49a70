// Loads a server with durable CreateItem calls and tells, as one JSON line, what became of them:
//   create_load keep  --server HOST:PORT --class NAME --run WORD --in-flight N --seconds N …
//   create_load offer --server HOST:PORT --class NAME --run WORD --rate N --seconds N …
// with --connections N (8) and --deadline-ms N (250). `keep` has so many calls in flight all the
// time: what a server can do. `offer` sends so many a second, answered or not: what comes upon it.
// Callers hold back as our client library does when calls are not served; with --heeds 0 they do
// not. The key is in MEMBER_KEY. At the end all items are listed and held against the calls.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "tests/load/item_calls.h"
#include "tests/load/item_list.h"

namespace radyab::load {
namespace {

constexpr std::size_t kInFlightMax = 1'000'000;  // more would only measure this program

struct Options {
  std::string mode;
  CallPlan plan;
  double rate = 0;
  std::size_t in_flight = 64;
  double seconds = 5;
};

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

// `room(seconds)` says how many more calls are due so long after the beginning.
template <class Room>
void Drive(ItemCalls& calls, double seconds, Room room) {
  const auto begun = Clock::now();
  for (double now = 0; now < seconds && !calls.failed(); now = SecondsSince(begun)) {
    for (std::size_t due = room(now); due > 0; --due) calls.Add();
    calls.Work();
  }
  while (calls.in_flight() > 0 && !calls.failed()) calls.Work();
}

void Keep(ItemCalls& calls, const Options& options) {
  Drive(calls, options.seconds, [&](double) { return options.in_flight - calls.in_flight(); });
}

void Offer(ItemCalls& calls, const Options& options) {
  Drive(calls, options.seconds, [&](double now) {
    const auto due = static_cast<std::size_t>(now * options.rate);
    return std::min(due - std::min(due, calls.records().size()), kInFlightMax);
  });
}

double Milliseconds(const std::vector<std::int64_t>& sorted_us, double part) {
  if (sorted_us.empty()) return 0;
  const auto at = static_cast<std::size_t>(part * static_cast<double>(sorted_us.size() - 1));
  return static_cast<double>(sorted_us[at]) / 1000;
}

// What was sent, what came of it, and how that fits to what the server has.
struct Told {
  std::size_t done = 0, in_time = 0, turned_away = 0, late = 0, unsent = 0, held = 0;
  std::size_t lost = 0;            // answered OK and not there
  std::size_t refused_there = 0;   // turned away and there
  std::size_t late_there = 0;      // cancelled at its deadline and there
  std::size_t unsent_there = 0;    // never sent and there
  std::size_t begun_late = 0;      // there, and begun behind the caller's deadline
  std::int64_t begun_late_us = 0;  // by so much at most
  std::vector<std::int64_t> took_us;
  std::vector<std::size_t> in_time_by_second;  // of those that were due in each second
};

std::string Listed(const std::vector<std::size_t>& counts) {
  std::string text;
  for (const std::size_t count : counts) {
    text += (text.empty() ? "" : ",") + std::to_string(count);
  }
  return "[" + text + "]";
}

Told Tell(const ItemCalls& calls, const std::map<std::size_t, std::int64_t>& there) {
  Told told;
  for (std::size_t number = 0; number < calls.records().size(); ++number) {
    const CallRecord& call = calls.records()[number];
    const auto found = there.find(number);
    const bool is_there = found != there.end();
    told.done += call.outcome == Outcome::kDone;
    told.turned_away += call.outcome == Outcome::kTurnedAway;
    told.late += call.outcome == Outcome::kLate;
    told.unsent += call.outcome == Outcome::kUnsent;
    told.held += call.outcome == Outcome::kHeld;
    told.lost += call.outcome == Outcome::kDone && !is_there;
    told.refused_there += call.outcome == Outcome::kTurnedAway && is_there;
    told.unsent_there +=
        (call.outcome == Outcome::kUnsent || call.outcome == Outcome::kHeld) && is_there;
    told.late_there += call.outcome == Outcome::kLate && is_there;
    if (call.outcome == Outcome::kDone && call.answered_us <= call.deadline_us) {
      ++told.in_time;
      const auto second =
          static_cast<std::size_t>((call.due_us - calls.records().front().due_us) / 1'000'000);
      if (told.in_time_by_second.size() <= second) told.in_time_by_second.resize(second + 1);
      ++told.in_time_by_second[second];
      told.took_us.push_back(call.answered_us - call.due_us);
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
  if (!calls.failed()) options.mode == "keep" ? Keep(calls, options) : Offer(calls, options);
  if (calls.failed()) {
    std::fprintf(stderr, "create_load: a connection broke\n");
    return false;
  }
  const double all_seconds = SecondsSince(begun);
  const auto there = ListItems(options.plan);
  if (!there) return false;
  const Told told = Tell(calls, *there);
  std::printf(
      "{\"sent\":%zu,\"seconds\":%.2f,\"all_seconds\":%.2f,\"done\":%zu,\"in_time\":%zu,"
      "\"turned_away\":%zu,\"late\":%zu,\"unsent\":%zu,\"held\":%zu,\"there\":%zu,\"lost\":%zu,"
      "\"refused_there\":%zu,\"unsent_there\":%zu,\"late_there\":%zu,\"begun_late\":%zu,"
      "\"begun_late_ms\":%.3f,\"p50_ms\":%.1f,\"p99_ms\":%.1f,"
      "\"in_time_by_second\":%s}\n",
      calls.records().size(), options.seconds, all_seconds, told.done, told.in_time,
      told.turned_away, told.late, told.unsent, told.held, there->size(), told.lost,
      told.refused_there, told.unsent_there, told.late_there, told.begun_late,
      static_cast<double>(told.begun_late_us) / 1000, Milliseconds(told.took_us, 0.5),
      Milliseconds(told.took_us, 0.99), Listed(told.in_time_by_second).c_str());
  return true;
}

bool SetServer(const std::string& text, CallPlan& plan) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return false;
  plan.host = text.substr(0, colon);
  plan.port = std::atoi(text.c_str() + colon + 1);
  return plan.port > 0;
}

bool ReadOptions(int count, char** words, Options& options) {
  if (count < 2) return false;
  options.mode = words[1];
  for (int i = 2; i + 1 < count; i += 2) {
    const std::string word = words[i];
    const char* value = words[i + 1];
    if (word == "--server") {
      if (!SetServer(value, options.plan)) return false;
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
      options.in_flight = static_cast<std::size_t>(std::atoi(value));
    } else if (word == "--heeds") {
      options.plan.heeds = std::atoi(value) != 0;
    } else if (word == "--seconds") {
      options.seconds = std::atof(value);
    } else {
      return false;
    }
  }
  const char* key = std::getenv("MEMBER_KEY");
  options.plan.key = key == nullptr ? "" : key;
  return (options.mode == "keep" || (options.mode == "offer" && options.rate > 0)) &&
         count % 2 == 0 && options.plan.port > 0 && options.plan.connection_count > 0;
}

}  // namespace
}  // namespace radyab::load

int main(int argc, char** argv) {
  radyab::load::Options options;
  options.plan.connection_count = 8;
  if (!radyab::load::ReadOptions(argc, argv, options)) {
    std::fprintf(stderr,
                 "usage: create_load keep|offer --server HOST:PORT --class NAME --run WORD "
                 "[--in-flight N | --rate N] [--seconds N] [--connections N] [--deadline-ms N] "
                 "[--heeds 0|1]\n");
    return 2;
  }
  return radyab::load::Run(options) ? 0 : 1;
}
