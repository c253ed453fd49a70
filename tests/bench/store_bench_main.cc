// What a registration costs the store: 64 in flight, 8 rows each, against LMDB itself with 64
// registrations a commit. Both run in turns over files of the same size, since the machine is
// shared: compare the ratio, not the figures of two runs.
//   store_bench FOLDER [--items N] [--turns N] [--turn-items N] [--seconds N]
// Last comes a run of --seconds at 64 in flight, folds included, with the slowest in a hundred.
// FOLDER must be on a real disk. Writes lines "figure NAME VALUE UNIT" and "ratio NAME VALUE".
#include <lmdb.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

#include "registry/storage/open_store.h"

namespace {

using radyab::storage::Store;
using radyab::storage::WriteTransaction;
using Seconds = std::chrono::duration<double>;

constexpr int kInFlight = 64;
constexpr int kBulk = 2000;  // items a commit while the files are filled
constexpr std::size_t kMapBytes = std::size_t{1} << 40;
constexpr long kTmpfs = 0x01021994, kRamfs = static_cast<long>(0x858458f6);

struct Plan {
  std::string folder;
  int item_count = 100'000;
  int turn_count = 5;
  int turn_item_count = 4'000;
  int seconds = 10;
};

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "store_bench: %s\n", why.c_str());
  std::exit(1);
}

// Spreads consecutive numbers over all keys (SplitMix64, Steele, Lea and Flood 2014).
std::uint64_t Scatter(std::uint64_t number) {
  number += 0x9E3779B97F4A7C15;
  number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9;
  number = (number ^ number >> 27) * 0x94D049BB133111EB;
  return number ^ number >> 31;
}

std::string Key(char family, std::uint64_t number) {
  std::string key(1, family);
  for (int shift = 56; shift >= 0; shift -= 8) key.push_back(static_cast<char>(number >> shift));
  return key;
}

using Row = std::pair<std::string, std::string>;

// The rows of one registered item: four families in order, four with random keys.
std::array<Row, 8> RowsOf(std::uint64_t item) {
  return {Row{Key('I', item), std::string(300, 'i')},
          Row{Key('A', item), std::string(120, 'a')},
          Row{Key('E', item), std::string(60, 'e')},
          Row{Key('C', 0), std::to_string(item)},
          Row{Key('G', Scatter(item)), std::string(40, 'g')},
          Row{Key('N', Scatter(item + 1'000'000'000)), "n"},
          Row{Key('R', Scatter(item + 2'000'000'000)), std::string(80, 'r')},
          Row{Key('S', Scatter(item + 3'000'000'000)), "s"}};
}

void MustBeOk(const absl::Status& status) {
  if (!status.ok()) Fail(std::string(status.message().data(), status.message().size()));
}

// --- through the store
// ----------------------------------------------------------------------------

// What a registration does: is the name free, was the request seen, which number is next.
absl::Status Register(WriteTransaction& change, std::uint64_t item) {
  const auto rows = RowsOf(item);
  for (const int looked_up : {3, 4, 6}) {
    if (auto found = change.Get(rows[looked_up].first); !found.ok()) return found.status();
  }
  for (const auto& [key, value] : rows) {
    if (auto fault = change.Put(key, value); !fault.ok()) return fault;
  }
  return absl::OkStatus();
}

class StoreSide {
 public:
  explicit StoreSide(const std::string& folder) {
    auto opened = radyab::storage::OpenStore("lmdb:" + folder);
    MustBeOk(opened.status());
    store_ = *std::move(opened);
  }
  void Fill(int item_count) {
    for (int item = 0; item < item_count; item += kBulk) {
      MustBeOk(store_->Write([&](WriteTransaction& change) {
        for (int i = item; i < std::min(item + kBulk, item_count); ++i) {
          if (auto fault = Register(change, i); !fault.ok()) return fault;
        }
        return absl::OkStatus();
      }));
    }
    next_ = item_count;
  }
  void Turn(int item_count, int in_flight) {
    std::counting_semaphore<kInFlight> places(in_flight);
    for (int i = 0; i < item_count; ++i) {
      places.acquire();
      store_->WriteAsync(
          [item = next_ + i](WriteTransaction& change) { return Register(change, item); },
          [&places](const absl::Status& status) {
            MustBeOk(status);
            places.release();
          });
    }
    for (int i = 0; i < in_flight; ++i) places.acquire();
    next_ += item_count;
  }
  // Milliseconds of every registration of a run of `seconds`, kInFlight at a time.
  std::vector<double> Sustain(int seconds) {
    std::counting_semaphore<kInFlight> places(kInFlight);
    std::vector<double> took;  // by the committer's thread only
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    for (auto now = end; (now = std::chrono::steady_clock::now()) < end; ++next_) {
      places.acquire();
      store_->WriteAsync(
          [item = next_](WriteTransaction& change) { return Register(change, item); },
          [&, now](const absl::Status& status) {
            MustBeOk(status);
            took.push_back(1000 * Seconds(std::chrono::steady_clock::now() - now).count());
            places.release();
          });
    }
    for (int i = 0; i < kInFlight; ++i) places.acquire();
    return took;
  }

 private:
  std::unique_ptr<Store> store_;
  std::uint64_t next_ = 0;
};

// --- LMDB itself
// ----------------------------------------------------------------------------------

void MustBeZero(int answer) {
  if (answer != 0) Fail(mdb_strerror(answer));
}

class RawSide {
 public:
  explicit RawSide(const std::string& folder) {
    std::filesystem::create_directories(folder);
    MustBeZero(mdb_env_create(&environment_));
    MustBeZero(mdb_env_set_mapsize(environment_, kMapBytes));
    MustBeZero(mdb_env_open(environment_, folder.c_str(), MDB_NOTLS, 0600));
  }
  ~RawSide() { mdb_env_close(environment_); }
  RawSide(const RawSide&) = delete;
  RawSide& operator=(const RawSide&) = delete;

  // The rows of a commit are put in key order, as the store puts them.
  void Turn(int item_count, int items_a_commit) {
    for (int done = 0; done < item_count; done += items_a_commit) {
      const int count = std::min(items_a_commit, item_count - done);
      std::vector<Row> rows;
      for (int i = 0; i < count; ++i) {
        for (Row& row : RowsOf(next_ + i)) rows.push_back(std::move(row));
      }
      std::ranges::sort(rows);
      next_ += count;
      Commit(rows);
    }
  }

 private:
  void Commit(const std::vector<Row>& rows) {
    MDB_txn* transaction = nullptr;
    MDB_dbi table = 0;
    MustBeZero(mdb_txn_begin(environment_, nullptr, 0, &transaction));
    MustBeZero(mdb_dbi_open(transaction, nullptr, 0, &table));
    for (const auto& [key, value] : rows) {
      MDB_val row_key = {key.size(), const_cast<char*>(key.data())};
      MDB_val row_value = {value.size(), const_cast<char*>(value.data())};
      MustBeZero(mdb_put(transaction, table, &row_key, &row_value, 0));
    }
    MustBeZero(mdb_txn_commit(transaction));
  }

  MDB_env* environment_ = nullptr;
  std::uint64_t next_ = 0;
};

// --- measuring
// ------------------------------------------------------------------------------------

template <class Work>
double ItemsASecond(int item_count, Work work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return item_count / Seconds(std::chrono::steady_clock::now() - begun).count();
}

double Median(std::vector<double> figures) {
  std::ranges::sort(figures);
  return figures[figures.size() / 2];
}

void Measure(const Plan& plan) {
  StoreSide store(plan.folder + "/store");
  RawSide raw(plan.folder + "/raw");
  store.Fill(plan.item_count);
  raw.Turn(plan.item_count, kBulk);
  std::vector<double> together, alone, raw_together, raw_alone;
  for (int turn = 0; turn < plan.turn_count; ++turn) {
    const int many = plan.turn_item_count, few = plan.turn_item_count / 10;
    together.push_back(ItemsASecond(many, [&] { store.Turn(many, kInFlight); }));
    raw_together.push_back(ItemsASecond(many, [&] { raw.Turn(many, kInFlight); }));
    alone.push_back(ItemsASecond(few, [&] { store.Turn(few, 1); }));
    raw_alone.push_back(ItemsASecond(few, [&] { raw.Turn(few, 1); }));
  }
  std::printf("figure store.register.in_flight_64 %.0f items/s\n", Median(together));
  std::printf("figure store.register.in_flight_1 %.0f items/s\n", Median(alone));
  std::printf("figure lmdb.put.items_64_a_commit %.0f items/s\n", Median(raw_together));
  std::printf("figure lmdb.put.items_1_a_commit %.0f items/s\n", Median(raw_alone));
  std::printf("ratio store.to_lmdb.64 %.2f\n", Median(together) / Median(raw_together));
  std::printf("ratio store.to_lmdb.1 %.2f\n", Median(alone) / Median(raw_alone));
}

void MeasureSustained(const Plan& plan) {
  StoreSide store(plan.folder + "/sustained");
  store.Fill(plan.item_count);
  std::vector<double> took = store.Sustain(plan.seconds);
  std::ranges::sort(took);
  std::printf("figure store.sustained.in_flight_64 %.0f items/s\n",
              static_cast<double>(took.size()) / plan.seconds);
  std::printf("figure store.sustained.p99 %.1f ms\n", took[took.size() * 99 / 100]);
  std::printf("figure store.sustained.longest %.1f ms\n", took.back());
}

void MustBeOnADisk(const std::string& folder) {
  struct statfs system = {};
  if (statfs(folder.c_str(), &system) != 0) Fail(folder + ": " + std::strerror(errno));
  if (system.f_type == kTmpfs || system.f_type == kRamfs) {
    Fail(folder + " is in memory, where fsync costs nothing: want a folder on a disk");
  }
}

Plan ReadArguments(int argument_count, char** arguments) {
  Plan plan;
  for (int i = 1; i < argument_count; ++i) {
    const std::string_view word = arguments[i];
    int* number = word == "--items"        ? &plan.item_count
                  : word == "--turns"      ? &plan.turn_count
                  : word == "--turn-items" ? &plan.turn_item_count
                  : word == "--seconds"    ? &plan.seconds
                                           : nullptr;
    if (number != nullptr && i + 1 < argument_count) {
      *number = std::atoi(arguments[++i]);
      if (*number < 1) Fail(std::string(word) + " wants a number above 0");
    } else if (number == nullptr && plan.folder.empty() && !word.starts_with("--")) {
      plan.folder = word;
    } else {
      Fail("unknown or incomplete argument " + std::string(word));
    }
  }
  if (plan.folder.empty()) Fail("want a folder on a disk");
  return plan;
}

}  // namespace

int main(int argument_count, char** arguments) {
  Plan plan = ReadArguments(argument_count, arguments);
  std::error_code error;
  std::filesystem::create_directories(plan.folder, error);
  MustBeOnADisk(plan.folder);
  std::string own = plan.folder + "/store-bench-XXXXXX";
  if (mkdtemp(own.data()) == nullptr) Fail(own + ": " + std::strerror(errno));
  plan.folder = own;
  Measure(plan);
  MeasureSustained(plan);
  std::filesystem::remove_all(own, error);
  return 0;
}
