// Has codes issued until the server dies, and looks afterwards what was given:
//   issue_load load   --server HOST:PORT --log FILE --round N --members A,B --codes N
//   issue_load finish --server HOST:PORT --log FILE
//   issue_load whole  --server HOST:PORT --members A,B --log FILE…
// The key comes from ADMIN_KEY. `load`: 16 callers reserve codes, 1 to 1000 at a time, and register
// an item now and then, until the server is gone or so many codes were given. `finish` sends what
// nobody answered once more with its own request_id, and some of what was answered: the codes must
// be the first ones. `whole` compares the lists of the registry with all logs: no code given twice,
// none lost, none from nowhere. `load` and `whole` print a line of figures.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "clients/cpp/client.h"
#include "coding/code.h"
#include "tests/end_to_end/issue_log.h"

namespace radyab::issue {
namespace {

constexpr int kCallers = 16;
constexpr int kCountMax = 1000;    // of one reservation: what the registry takes
constexpr int kItemsOneIn = 8;     // calls that register an item instead
constexpr int kRetriesOneIn = 20;  // answered calls that are sent again
constexpr int kFaultsShown = 20;
constexpr char kClass[] = "classes/7701";

struct Options {
  std::string mode;
  std::string server;
  std::vector<std::string> members;
  std::vector<std::string> logs;
  int round = 0;
  std::int64_t codes = 0;
};

// Faults of all callers; prints the first ones.
class Faults {
 public:
  void Add(const std::string& fault) {
    if (count_++ < kFaultsShown) std::fprintf(stderr, "issue_load: %s\n", fault.c_str());
  }
  bool none() const { return count_ == 0; }

 private:
  std::atomic<int> count_ = 0;
};

client::Answer<client::Client> OpenClient(const Options& options) {
  const char* key = std::getenv("ADMIN_KEY");
  client::ConnectionOptions connection;
  connection.address = options.server;
  connection.key = key == nullptr ? "" : key;
  connection.deadline = std::chrono::seconds(60);
  connection.retry.attempts_max = options.mode == "load" ? 1 : 5;
  return client::Client::Open(connection);
}

// A code of the registry as a number; 0 when it is none.
std::uint64_t NumberOf(const std::string& digits) {
  const auto code = coding::ParseCode(digits);
  return code.ok() ? code.value().number() : 0;
}

// Sends the call; its codes, or why there are none.
client::Answer<std::vector<std::uint64_t>> Send(const client::Client& client, const Asked& asked) {
  if (asked.count == 0) {
    v1::CreateItemRequest request;
    request.set_request_id(asked.id);
    request.mutable_item()->set_member(asked.member);
    request.mutable_item()->set_class_name(kClass);
    request.mutable_item()->mutable_display_name()->set_en("Issued " + asked.id);
    const auto item = client.catalog.CreateItem(request);
    if (!item) return item.error();
    return std::vector{NumberOf(item->code())};
  }
  v1::ReserveCodesRequest request;
  request.set_request_id(asked.id);
  request.set_member(asked.member);
  request.set_class_name(kClass);
  request.set_count(asked.count);
  const auto reserved = client.catalog.ReserveCodes(request);
  if (!reserved) return reserved.error();
  std::vector<std::uint64_t> codes;
  for (const std::string& code : reserved->codes()) codes.push_back(NumberOf(code));
  return codes;
}

// How many codes the call must bring.
std::size_t WantedOf(const Asked& asked) {
  return asked.count == 0 ? 1 : static_cast<std::size_t>(asked.count);
}

void CheckCount(const Asked& asked, Faults& faults) {
  if (asked.codes.size() != WantedOf(asked)) {
    faults.Add(asked.id + ": " + std::to_string(asked.codes.size()) + " codes, want " +
               std::to_string(WantedOf(asked)));
  }
  if (std::ranges::count(asked.codes, 0U) > 0) faults.Add(asked.id + ": a code that is none");
}

// --- load ----------------------------------------------------------------------------------------

// Whether a call ended like this because its server is gone.
bool IsGone(client::ErrorCode code) {
  return code == client::ErrorCode::kUnavailable || code == client::ErrorCode::kCancelled;
}

void LoadFrom(const client::Client& client, const Options& options, int caller, LogWriter& log,
              std::atomic<std::int64_t>& given, Faults& faults) {
  std::mt19937 random(static_cast<std::uint32_t>(options.round * kCallers + caller));
  for (int number = 0; given < options.codes; ++number) {
    Asked asked;
    asked.id = "r" + std::to_string(options.round) + "-" + std::to_string(caller) + "-" +
               std::to_string(number);
    asked.member = options.members[random() % options.members.size()];
    asked.count = random() % kItemsOneIn == 0 ? 0 : static_cast<int>(1 + random() % kCountMax);
    log.Sent(asked);
    auto codes = Send(client, asked);
    if (!codes) {
      if (!IsGone(codes.error().code)) faults.Add(asked.id + ": " + codes.error().message);
      return;
    }
    asked.codes = std::move(*codes);
    log.Answered(asked);
    CheckCount(asked, faults);
    given += static_cast<std::int64_t>(asked.codes.size());
  }
}

bool Load(const Options& options, const client::Client& client) {
  LogWriter log(options.logs[0]);
  if (!log.ok()) return false;
  Faults faults;
  std::atomic<std::int64_t> given = 0;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < kCallers; ++i) {
      callers.emplace_back([&, i] { LoadFrom(client, options, i, log, given, faults); });
    }
  }
  std::printf("%lld given\n", static_cast<long long>(given));
  return faults.none();
}

// --- finish --------------------------------------------------------------------------------------

bool Finish(const Options& options, const client::Client& client) {
  auto calls = ReadLog(options.logs[0]);
  LogWriter log(options.logs[0]);
  if (!calls || !log.ok()) return false;
  Faults faults;
  int in_flight = 0, repeated = 0, number = 0;
  std::int64_t given = 0;
  for (auto& [id, asked] : *calls) {
    const bool answered = !asked.codes.empty();
    given += static_cast<std::int64_t>(WantedOf(asked));
    if (answered && number++ % kRetriesOneIn != 0) continue;
    auto codes = Send(client, asked);
    if (!codes) {
      faults.Add(id + ": " + codes.error().message);
    } else if (answered) {
      ++repeated;
      if (*codes != asked.codes) faults.Add(id + ": sent again it gave other codes");
    } else {
      ++in_flight;
      asked.codes = std::move(*codes);
      log.Answered(asked);
      CheckCount(asked, faults);
    }
  }
  std::printf("%lld codes, %d in flight, %d sent again\n", static_cast<long long>(given), in_flight,
              repeated);
  return faults.none();
}

// --- whole ---------------------------------------------------------------------------------------

// Every code given, sorted; one given twice is a fault.
std::vector<std::uint64_t> GivenIn(const std::vector<std::string>& logs, Faults& faults) {
  std::vector<std::uint64_t> given;
  for (const std::string& path : logs) {
    const auto calls = ReadLog(path);
    if (!calls) {
      faults.Add(path + " is no log");
      continue;
    }
    for (const auto& [id, asked] : *calls) {
      if (asked.codes.empty()) faults.Add(id + " was never answered");
      given.insert(given.end(), asked.codes.begin(), asked.codes.end());
    }
  }
  std::ranges::sort(given);
  for (std::size_t i = 1; i < given.size(); ++i) {
    if (given[i] == given[i - 1]) faults.Add(std::to_string(given[i]) + " was given twice");
  }
  return given;
}

template <class Thing>
void AddListed(client::PageRange<Thing> list, std::vector<std::uint64_t>& listed, Faults& faults) {
  for (const client::Answer<Thing>& thing : list) {
    if (!thing) return faults.Add(thing.error().message);
    listed.push_back(NumberOf(thing->code()));
  }
}

std::vector<std::uint64_t> ListedBy(const client::Client& client, const Options& options,
                                    Faults& faults) {
  std::vector<std::uint64_t> listed;
  for (const std::string& member : options.members) {
    v1::ListReservationsRequest reservations;
    reservations.set_member(member);
    reservations.set_page_size(1000);
    AddListed(client.catalog.ListReservations(reservations), listed, faults);
    v1::ListItemsRequest items;
    items.set_member(member);
    items.set_page_size(1000);
    AddListed(client.catalog.ListItems(items), listed, faults);
  }
  std::ranges::sort(listed);
  return listed;
}

void AddDifference(const std::vector<std::uint64_t>& these, const std::vector<std::uint64_t>& those,
                   const std::string& what, Faults& faults) {
  std::vector<std::uint64_t> left;
  std::ranges::set_difference(these, those, std::back_inserter(left));
  for (const std::uint64_t code : left) faults.Add(std::to_string(code) + what);
}

bool Whole(const Options& options, const client::Client& client) {
  Faults faults;
  const auto given = GivenIn(options.logs, faults);
  const auto listed = ListedBy(client, options, faults);
  AddDifference(given, listed, " was given and is lost", faults);
  AddDifference(listed, given, " stands there and was never given", faults);
  std::set<std::uint32_t> blocks;
  for (const std::uint64_t number : given) {
    const auto code = coding::Code::FromNumber(number);
    if (code.ok()) blocks.insert(code.value().block());
  }
  std::printf("%zu codes given, %zu listed, %zu blocks of %zu members\n", given.size(),
              listed.size(), blocks.size(), options.members.size());
  return faults.none();
}

// --- command line --------------------------------------------------------------------------------

std::vector<std::string> Split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

Options Parse(int argc, char** argv) {
  Options options;
  if (argc > 1) options.mode = argv[1];
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string name = argv[i], value = argv[i + 1];
    if (name == "--server") options.server = value;
    if (name == "--log") options.logs.push_back(value);
    if (name == "--members") options.members = Split(value);
    if (name == "--round") options.round = std::atoi(value.c_str());
    if (name == "--codes") options.codes = std::atoll(value.c_str());
  }
  return options;
}

int Run(const Options& options) {
  const bool of_members = options.mode == "load" || options.mode == "whole";
  if (options.logs.empty() || (of_members && options.members.empty())) {
    std::fprintf(stderr, "issue_load: want load, finish or whole with their options\n");
    return 2;
  }
  const auto client = OpenClient(options);
  if (!client) {
    std::fprintf(stderr, "issue_load: %s\n", client.error().message.c_str());
    return 1;
  }
  if (options.mode == "load") return Load(options, *client) ? 0 : 1;
  if (options.mode == "finish") return Finish(options, *client) ? 0 : 1;
  return Whole(options, *client) ? 0 : 1;
}

}  // namespace
}  // namespace radyab::issue

int main(int argc, char** argv) { return radyab::issue::Run(radyab::issue::Parse(argc, argv)); }
