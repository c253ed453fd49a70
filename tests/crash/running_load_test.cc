// The power is cut under a running load: four writers give out numbers as fast as they can. Of
// every crash image: each acknowledged change is there whole, none is half, no number is there
// twice, and the next change gets a number that nobody was told.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "gtest/gtest.h"
#include "registry/storage/open_store.h"
#include "registry/storage/record.h"
#include "tests/crash/crash_image.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::crash {
namespace {

constexpr std::uint64_t kWriters = 4;
constexpr std::uint64_t kChangesOfAWriter = 60;
constexpr std::uint64_t kChangeIds = 1000;  // a change's id: its writer times this, and its turn
constexpr int kImagesOfARun = 100;

const std::string kCounter = "counter", kIssued = "issued ", kChange = "change ";

std::string Filler(std::uint64_t id) { return std::string(id * 37 % 900, 'f'); }

absl::StatusOr<std::uint64_t> ReadNumber(storage::ReadTransaction& from, const std::string& key) {
  auto row = from.Get(key);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::uint64_t{0};
  auto text = storage::DecodeRecord(key, **row);
  if (!text.ok()) return text.status();
  std::uint64_t number = 0;
  std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

// Takes the next number: counter, number to change, change to number.
absl::StatusOr<std::uint64_t> TakeNumber(storage::Store& store, std::uint64_t id) {
  std::uint64_t number = 0;
  auto status = store.Write([&, id](storage::WriteTransaction& change) {
    auto last = ReadNumber(change, kCounter);
    if (!last.ok()) return last.status();
    number = *last + 1;
    const auto put = [&](const std::string& key, const std::string& text) {
      return change.Put(key, storage::EncodeRecord(key, text));
    };
    auto fault = put(kCounter, std::to_string(number));
    if (fault.ok()) fault = put(kIssued + std::to_string(number), std::to_string(id));
    if (fault.ok()) {
      fault = put(kChange + std::to_string(id), std::to_string(number) + " " + Filler(id));
    }
    return fault;
  });
  if (!status.ok()) return status;
  return number;
}

struct Recorded {
  std::vector<FileEvent> events;
  std::map<std::uint64_t, std::uint64_t> numbers;  // by change
};

storage::StoreOptions LoadOptions(Random& random) {
  storage::StoreOptions options;
  options.log_segment_bytes = 16 << 10;
  options.fold.age = std::chrono::hours(1);
  options.fold.commit_row_count = 40;
  options.fold.also_when = [seed = random()]() mutable { return Random(seed++)() % 7 == 0; };
  return options;
}

Recorded RunLoad(Random& random) {
  storage::TemporaryFolder place;
  const auto folder = place.path() / "data";
  FileJournal journal(folder);
  Recorded recorded;
  {
    auto store = storage::OpenStore("lmdb:" + folder.string(), LoadOptions(random)).value();
    std::mutex mutex;
    std::vector<std::jthread> writers;
    for (std::uint64_t writer = 0; writer < kWriters; ++writer) {
      writers.emplace_back([&, writer] {
        for (std::uint64_t turn = 0; turn < kChangesOfAWriter; ++turn) {
          const std::uint64_t id = writer * kChangeIds + turn;
          const auto number = TakeNumber(*store, id);
          ASSERT_TRUE(number.ok()) << number.status();
          journal.Acknowledge(id);
          const std::lock_guard lock(mutex);
          recorded.numbers[id] = *number;
        }
      });
    }
    writers.clear();
  }
  recorded.events = journal.events();
  return recorded;
}

// Every row below `prefix`, what follows the prefix and the first number of its text.
std::map<std::uint64_t, std::uint64_t> RowsBelow(storage::ReadTransaction& snapshot,
                                                 const std::string& prefix, std::string& fault) {
  std::map<std::uint64_t, std::uint64_t> rows;
  const auto status =
      snapshot.Scan({prefix, prefix + "\xFF"}, storage::Direction::kForward, storage::kNoRowLimit,
                    [&](std::string_view key, std::string_view value) {
                      const auto text = storage::DecodeRecord(key, value);
                      if (!text.ok()) return fault = "broken row " + std::string(key), false;
                      std::uint64_t name = 0, number = 0;
                      std::from_chars(key.data() + prefix.size(), key.data() + key.size(), name);
                      std::from_chars(text->data(), text->data() + text->size(), number);
                      if (prefix == kChange && !text->ends_with(" " + Filler(name))) {
                        fault = "half a row " + std::string(key);
                      }
                      rows[name] = number;
                      return true;
                    });
  if (!status.ok()) fault = status.ToString();
  return rows;
}

// What is wrong with the store that an image holds; "" when nothing is.
std::string WrongWith(const std::string& folder, const Recorded& recorded, std::size_t cut) {
  auto store = storage::OpenStore("lmdb:" + folder);
  if (!store.ok()) return "open: " + store.status().ToString();
  std::string fault;
  std::map<std::uint64_t, std::uint64_t> issued, changes;
  std::uint64_t counter = 0;
  const auto status = (*store)->Read([&](storage::ReadTransaction& snapshot) {
    counter = ReadNumber(snapshot, kCounter).value_or(0);
    issued = RowsBelow(snapshot, kIssued, fault);
    changes = RowsBelow(snapshot, kChange, fault);
    return absl::OkStatus();
  });
  if (!status.ok()) return "read: " + status.ToString();
  if (!fault.empty()) return fault;
  if (issued.size() != counter || changes.size() != counter) return "something is half";
  for (const auto& [id, number] : changes) {
    const auto found = issued.find(number);
    if (found == issued.end() || found->second != id) {
      return "number " + std::to_string(number) + " is not that of change " + std::to_string(id);
    }
  }
  for (std::size_t i = 0; i < cut; ++i) {
    const FileEvent& event = recorded.events[i];
    if (event.kind != FileEvent::kAcknowledge) continue;
    const auto found = changes.find(event.offset);
    if (found == changes.end()) return "lost: change " + std::to_string(event.offset);
    if (found->second != recorded.numbers.at(event.offset)) return "another number than was told";
  }
  const auto next = TakeNumber(**store, kChangeIds * kWriters);
  if (!next.ok()) return "next: " + next.status().ToString();
  return *next == counter + 1 ? "" : "a number was given twice";
}

int ImageCount() {
  if (const char* wanted = std::getenv("RADYAB_CRASH_IMAGES")) return std::atoi(wanted);
  return std::getenv("RADYAB_THOROUGH") != nullptr ? 1000 : 200;
}

TEST(RunningLoad, SurvivesAPowerCutAtAnyMoment) {
  Random random(storage::TestSeed());
  storage::TemporaryFolder place;
  const auto folder = place.path() / "data";
  const int image_count = ImageCount();
  Recorded recorded;
  std::size_t acknowledged_count = 0;
  for (int image = 0; image < image_count; ++image) {
    if (image % kImagesOfARun == 0) recorded = RunLoad(random);
    const std::size_t cut = random() % (recorded.events.size() + 1);
    const auto before = std::span(recorded.events).first(cut);
    acknowledged_count += static_cast<std::size_t>(std::ranges::count_if(
        before, [](const FileEvent& event) { return event.kind == FileEvent::kAcknowledge; }));
    const auto unsynced = static_cast<Unsynced>(random() % 3);
    WriteImage(CrashImage(before, {.unsynced = unsynced}, random), folder);
    ASSERT_EQ(WrongWith(folder, recorded, cut), "")
        << "image " << image << ", cut behind event " << cut << ", unsynced "
        << static_cast<int>(unsynced);
  }
  std::printf("%d crash images, %zu acknowledged changes in them, all there\n", image_count,
              acknowledged_count);
  EXPECT_GT(acknowledged_count, static_cast<std::size_t>(image_count));
}

}  // namespace
}  // namespace radyab::crash
