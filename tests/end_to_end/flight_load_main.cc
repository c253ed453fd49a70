// A site in flight mode, which ends itself where it hurts:
//   flight_load scan  --folder DIR --item CODE --confirmed FILE --from N --until M [--die
//   STEP:K:US] flight_load send  --folder DIR --server HOST:PORT [--die STEP:K:US] flight_load
//   check --folder DIR --server HOST:PORT --item CODE --scans N
// The key comes from SITE_KEY. `scan` keeps scan N to M and confirms each, once it is kept, with a
// line of FILE. `send` sends what waits. --die: SIGKILL to itself US microseconds after the K-th
// time at a step: kept, handed, answered, noted. `check` wants each of N scans to be one event of
// the server, and the queue to be empty. Each prints one line of JSON.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "clients/cpp/trace_client.h"
#include "clients/offline/offline_resolver.h"
#include "clients/offline/scan_queue.h"

namespace radyab::flight {
namespace {

using offline::QueueStep;

constexpr int kLots = 10;
constexpr std::int64_t kFirstSecond = 1'760'000'000;
constexpr std::int64_t kFaultsShown = 20;

std::map<std::string, std::string> options;

std::int64_t Number(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The same scan, made again, is the same event.
v1::Event Scanned(std::int64_t number) {
  v1::Event event;
  event.set_event_id("scan-" + std::to_string(number));
  event.set_kind(v1::EVENT_KIND_COMMISSION);
  event.mutable_event_time()->set_seconds(kFirstSecond + number);
  v1::EventObject& object = *event.add_objects();
  object.set_object(options["--item"] + "/lot/L" + std::to_string(number % kLots));
  object.mutable_quantity()->set_amount("1");
  object.mutable_quantity()->set_unit("C62");
  return event;
}

const char* NameOf(QueueStep step) {
  switch (step) {
    case QueueStep::kKept:
      return "kept";
    case QueueStep::kHandedOver:
      return "handed";
    case QueueStep::kAnswered:
      return "answered";
    case QueueStep::kNoted:
      return "noted";
  }
  return "";
}

offline::OnQueueStep Death() {
  const std::string die = options["--die"];
  if (die.empty()) return nullptr;
  const std::size_t first = die.find(':'), second = die.find(':', first + 1);
  const std::string step = die.substr(0, first);
  const std::int64_t after_us = Number(die.substr(second + 1));
  std::int64_t left = Number(die.substr(first + 1, second - first - 1));
  return [=](QueueStep at, std::int64_t) mutable {
    if (step != NameOf(at) || --left > 0) return;
    usleep(static_cast<useconds_t>(after_us));
    kill(getpid(), SIGKILL);
  };
}

int Fail(const client::ClientError& error) {
  std::fprintf(stderr, "flight_load: %s %s\n", error.reason.c_str(), error.message.c_str());
  const bool away =
      error.code == client::ErrorCode::kUnavailable || error.code == client::ErrorCode::kCancelled;
  return away ? 4 : 1;
}

client::Answer<std::shared_ptr<const client::Connection>> Connect() {
  const char* key = std::getenv("SITE_KEY");
  client::ConnectionOptions connection;
  connection.address = options["--server"];
  connection.key = key == nullptr ? "" : key;
  connection.deadline = std::chrono::seconds(60);
  connection.retry.attempts_max = 1;
  return client::Connection::Open(connection);
}

int Scan(offline::ScanQueue& queue) {
  const int confirmed =
      open(options["--confirmed"].c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (confirmed < 0) return 1;
  for (std::int64_t number = Number(options["--from"]); number <= Number(options["--until"]);
       ++number) {
    const auto kept = queue.Keep(Scanned(number), offline::AskedNow().now_us);
    if (!kept) return Fail(kept.error());
    const std::string line = std::to_string(number) + "\n";
    if (write(confirmed, line.data(), line.size()) < 0) return 1;
  }
  std::printf("{}\n");
  return 0;
}

int Send(offline::ScanQueue& queue) {
  const auto connection = Connect();
  if (!connection) return Fail(connection.error());
  const auto sent = queue.Replay(client::TraceClient(*connection), offline::AskedNow().now_us);
  if (!sent) return Fail(sent.error());
  std::printf("{\"stored\":%lld,\"duplicates\":%lld,\"refused\":%lld}\n",
              static_cast<long long>(sent->stored), static_cast<long long>(sent->duplicates),
              static_cast<long long>(sent->refused));
  return 0;
}

int Check(const offline::ScanQueue& queue) {
  const auto connection = Connect();
  if (!connection) return Fail(connection.error());
  const client::TraceClient trace(*connection);
  const std::int64_t scans = Number(options["--scans"]);
  std::map<std::int64_t, int> events;
  for (int lot = 0; lot < kLots; ++lot) {
    v1::ListEventsRequest request;
    request.set_object(options["--item"] + "/lot/L" + std::to_string(lot));
    request.set_page_size(500);
    for (const auto& event : trace.ListEvents(request)) {
      if (!event) return Fail(event.error());
      ++events[event->event_time().seconds() - kFirstSecond];
    }
  }
  std::int64_t lost = 0, doubled = 0, alien = 0;
  for (std::int64_t number = 1; number <= scans; ++number) {
    const int count = events[number];
    if (count == 1) continue;
    ++(count == 0 ? lost : doubled);
    if (lost + doubled <= kFaultsShown) {
      std::fprintf(stderr, "flight_load: scan %lld is %d events\n", static_cast<long long>(number),
                   count);
    }
  }
  for (const auto& [number, count] : events) alien += number < 1 || number > scans ? count : 0;
  const auto left = queue.Count();
  if (!left) return Fail(left.error());
  std::printf(
      "{\"scans\":%lld,\"lost\":%lld,\"doubled\":%lld,\"alien\":%lld,\"waiting\":%lld,"
      "\"refused\":%lld}\n",
      static_cast<long long>(scans), static_cast<long long>(lost), static_cast<long long>(doubled),
      static_cast<long long>(alien), static_cast<long long>(left->waiting),
      static_cast<long long>(left->refused));
  return lost + doubled + alien + left->waiting + left->refused == 0 ? 0 : 1;
}

int Run(const std::string& mode) {
  auto folder = offline::OfflineFolder::Open(options["--folder"]);
  if (!folder) return Fail(folder.error());
  offline::ScanQueue queue((*folder)->queue(), Death());
  if (mode == "scan") return Scan(queue);
  if (mode == "send") return Send(queue);
  if (mode == "check") return Check(queue);
  return 2;
}

}  // namespace
}  // namespace radyab::flight

int main(int argument_count, char** arguments) {
  setenv("GRPC_VERBOSITY", "NONE", 0);
  for (int at = 2; at + 1 < argument_count; at += 2) {
    radyab::flight::options[arguments[at]] = arguments[at + 1];
  }
  return radyab::flight::Run(argument_count > 1 ? arguments[1] : "");
}
