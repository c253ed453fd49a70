// Loads a server with changes until it dies, and looks afterwards what is left:
//   crash_load load   --server HOST:PORT --log FILE --round N [--changes N]
//   crash_load verify --server HOST:PORT --log FILE [--retries N]
//   crash_load whole  --server HOST:PORT --log FILE…
//   crash_load fill   --server HOST:PORT --changes N
// Keys come from MEMBER_KEY and ADMIN_KEY. `load` ends by itself when the server is gone or every
// caller has made so many changes, with 0 when nothing but that went wrong. `verify` checks every
// acknowledged change of a round, finishes the changes that were in flight with their own
// request_id, and sends some acknowledged ones again. `whole` compares the lists of the registry
// with all logs: nothing more, nothing less. `fill` makes up to N members, one after the other,
// until one is refused, and prints how many and the reason.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <set>
#include <thread>

#include "tests/end_to_end/crash_check.h"

namespace radyab::crash {
namespace {

constexpr int kThreads = 32;
constexpr int kChangesMax = 9999;  // of one thread in one round: four digits of the id
constexpr int kFaultsShown = 20;

struct Options {
  std::string mode;
  std::string server;
  std::vector<std::string> logs;
  int round = 0;
  int retries = 100;
  int changes = kChangesMax;  // of each caller
};

client::Answer<client::Client> OpenClient(const Options& options, const char* key_variable) {
  const char* key = std::getenv(key_variable);
  client::ConnectionOptions connection;
  connection.address = options.server;
  connection.key = key == nullptr ? "" : key;
  connection.deadline = std::chrono::seconds(60);
  connection.retry.attempts_max = options.mode == "load" || options.mode == "fill" ? 1 : 5;
  return client::Client::Open(connection);
}

// Runs `work(thread)` on every thread and waits for all.
void OnAllThreads(const std::function<void(int)>& work) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back([&work, i] { work(i); });
}

// Faults of all threads; prints the first ones.
class Faults {
 public:
  void Add(const std::string& fault) {
    if (count_++ < kFaultsShown) std::fprintf(stderr, "crash_load: %s\n", fault.c_str());
  }
  bool none() const { return count_ == 0; }

 private:
  std::atomic<int> count_ = 0;
};

// No two changes have the same id: behind a thousand rounds the numbers go on where those before
// may have ended.
std::string IdOf(const Options& options, int thread, int number) {
  char id[32];
  std::snprintf(id, sizeof id, "%03d%02d%04d", options.round % 1000, thread,
                options.round / 1000 * options.changes + number);
  return id;
}

// --- load ----------------------------------------------------------------------------------------

// Whether a call ended like this because its server is gone: one that must end cancels what it
// cannot answer any more.
bool IsGone(client::ErrorCode code) {
  return code == client::ErrorCode::kUnavailable || code == client::ErrorCode::kCancelled;
}

// One caller: changes one after another until the server is gone.
void LoadFrom(const client::Client& client, const Options& options, int thread, LogWriter& log,
              Faults& faults) {
  std::string item;  // the last one of this caller
  for (int number = 0; number < options.changes; ++number) {
    Change change{item.empty() ? ChangeKind::kItem : static_cast<ChangeKind>(number % 5),
                  IdOf(options, thread, number), ""};
    if (change.kind == ChangeKind::kEvent || change.kind == ChangeKind::kCase)
      change.subject = item;
    log.Sent(change);
    const auto given = Send(client, change);
    if (!given) {
      if (!IsGone(given.error().code)) {
        faults.Add(change.id + ": " + given.error().message + " " + given.error().reason);
      }
      return;
    }
    log.Answered(change, *given);
    if (change.kind == ChangeKind::kItem) item = given->numbers[0];
  }
}

bool Load(const Options& options, const client::Client& client) {
  LogWriter log(options.logs[0]);
  if (!log.ok()) return false;
  Faults faults;
  if ((options.round / 1000 + 1) * options.changes > kChangesMax + 1) {
    faults.Add("round " + std::to_string(options.round) + " has no ids left for so many changes");
    return false;
  }
  OnAllThreads([&](int thread) { LoadFrom(client, options, thread, log, faults); });
  return faults.none();
}

// --- verify --------------------------------------------------------------------------------------

// Finishes the changes that nobody answered; their answers join the entries and the log.
int FinishInFlight(const Askers& askers, LogWriter& log, Entries& entries, Faults& faults) {
  int count = 0;
  for (auto& [id, entry] : entries) {
    if (entry.given) continue;
    ++count;
    const auto given = Send(askers.member, entry.change);
    if (!given) {
      faults.Add("in flight " + id + ": " + given.error().message);
      continue;
    }
    log.Answered(entry.change, *given);
    entry.given = *given;
  }
  return count;
}

bool Verify(const Options& options, const Askers& askers) {
  auto entries = ReadLog(options.logs[0]);
  LogWriter log(options.logs[0]);
  if (!entries || !log.ok()) return false;
  Faults faults;
  std::atomic<int> acknowledged = 0;
  for (const auto& [id, entry] : *entries) acknowledged += entry.given ? 1 : 0;
  const int in_flight = FinishInFlight(askers, log, *entries, faults);

  std::vector<const Entry*> all;
  for (const auto& [id, entry] : *entries) {
    if (entry.given) all.push_back(&entry);
  }
  const std::size_t stride = std::max<std::size_t>(1, all.size() / std::max(1, options.retries));
  std::atomic<std::size_t> next = 0;
  std::atomic<int> retried = 0;
  OnAllThreads([&](int) {
    for (std::size_t i = next++; i < all.size(); i = next++) {
      if (const auto fault = FaultOf(askers, *all[i]))
        faults.Add(all[i]->change.id + ": " + *fault);
      // Numbers of containers leave nothing to ask for but their retry.
      if (i % stride != 0 && all[i]->change.kind != ChangeKind::kSscc) continue;
      ++retried;
      if (const auto fault = FaultOfRetry(askers, *all[i])) faults.Add(*fault);
    }
  });
  std::printf("%d acknowledged, %d in flight, %d sent again\n", acknowledged.load(), in_flight,
              retried.load());
  return faults.none();
}

// --- whole ---------------------------------------------------------------------------------------

// Every number given out, each once.
std::set<std::string> NumbersOf(const std::vector<std::string>& logs, Faults& faults) {
  std::set<std::string> numbers;
  for (const std::string& path : logs) {
    const auto entries = ReadLog(path);
    if (!entries) {
      faults.Add(path + " is no log");
      continue;
    }
    for (const auto& [id, entry] : *entries) {
      if (!entry.given) {
        faults.Add(id + " was never answered");
        continue;
      }
      for (const std::string& number : entry.given->numbers) {
        if (!numbers.insert(number).second) faults.Add(number + " was given twice");
      }
    }
  }
  return numbers;
}

// Takes the things of a list out of `numbers`; one that is not there came from nowhere.
template <class Thing, class Number>
void TakeOut(client::PageRange<Thing> list, const Number& number_of, std::set<std::string>& numbers,
             Faults& faults) {
  for (const client::Answer<Thing>& thing : list) {
    if (!thing) return faults.Add(thing.error().message);
    const std::string number = number_of(*thing);
    if (!number.empty() && numbers.erase(number) == 0) faults.Add(number + " was never given");
  }
}

bool Whole(const Options& options, const Askers& askers) {
  Faults faults;
  std::set<std::string> numbers = NumbersOf(options.logs, faults);
  const std::size_t count = numbers.size();
  const std::string own = std::getenv("MEMBER_PARTY") == nullptr ? "" : std::getenv("MEMBER_PARTY");
  v1::ListItemsRequest items;
  items.set_page_size(1000);
  TakeOut(
      askers.admin.catalog.ListItems(items),
      [](const v1::Item& item) { return item.generic() ? item.name() : item.code(); }, numbers,
      faults);
  v1::ListPartiesRequest parties;
  parties.set_page_size(1000);
  TakeOut(
      askers.member.parties.ListParties(parties),
      [&](const v1::Party& party) { return party.code() == own ? "" : party.code(); }, numbers,
      faults);
  v1::ListCasesRequest cases;
  cases.set_page_size(1000);
  TakeOut(
      askers.member.cases.ListCases(cases), [](const v1::Case& row) { return row.code(); }, numbers,
      faults);
  for (const std::string& number : numbers) {
    const bool listed = !number.starts_with("events/") && number.size() != 18;  // events and SSCCs
    if (listed) faults.Add(number + " was given and is not listed");
  }
  if (faults.none()) {
    std::printf("%zu numbers in %zu rounds, none twice, none lost, none from nowhere\n", count,
                options.logs.size());
  }
  return faults.none();
}

// --- fill ----------------------------------------------------------------------------------------

void Fill(const Options& options, const client::Client& admin) {
  v1::CreateMemberRequest request;
  request.mutable_member()->mutable_display_name()->set_en("One too many");
  std::string reason = "NONE";
  int made = 0;
  for (; made < options.changes && reason == "NONE"; ++made) {
    const auto given = admin.members.CreateMember(request);
    if (!given) reason = given.error().reason;
  }
  std::printf("%d %s\n", made, reason.c_str());
}

bool ReadOptions(int count, char** words, Options& options) {
  if (count < 2) return false;
  options.mode = words[1];
  for (int i = 2; i < count; ++i) {
    const std::string word = words[i];
    if (!word.starts_with("--")) {
      options.logs.push_back(word);
    } else if (++i == count) {
      return false;
    } else if (word == "--server") {
      options.server = words[i];
    } else if (word == "--log") {
      options.logs.push_back(words[i]);
    } else if (word == "--round") {
      options.round = std::atoi(words[i]);
    } else if (word == "--changes") {
      options.changes = std::min(kChangesMax, std::atoi(words[i]));
    } else if (word == "--retries") {
      options.retries = std::atoi(words[i]);
    } else {
      return false;
    }
  }
  return (!options.logs.empty() || options.mode == "fill") && !options.server.empty();
}

int Run(const Options& options) {
  const auto member = OpenClient(options, "MEMBER_KEY");
  const auto admin = OpenClient(options, "ADMIN_KEY");
  if (!member || !admin) return 2;
  if (options.mode == "load") return Load(options, *member) ? 0 : 1;
  if (options.mode == "fill") {
    Fill(options, *admin);
    return 0;
  }
  const Askers askers{*member, *admin};
  if (options.mode == "verify") return Verify(options, askers) ? 0 : 1;
  if (options.mode == "whole") return Whole(options, askers) ? 0 : 1;
  return 2;
}

}  // namespace
}  // namespace radyab::crash

int main(int argc, char** argv) {
  radyab::crash::Options options;
  if (!radyab::crash::ReadOptions(argc, argv, options)) {
    std::fprintf(stderr,
                 "usage: crash_load load|verify|whole|fill --server HOST:PORT [--log FILE…] "
                 "[--round N] [--retries N] [--changes N]\n");
    return 2;
  }
  return radyab::crash::Run(options);
}
