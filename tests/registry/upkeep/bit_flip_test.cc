// A single bit of the data file changes while the server is stopped. Whatever bit it was: every
// answer of a fixed set of reads is the truth, or is an error, or a scrub tells of the damage.
// Each flip is tried in a process of its own, since LMDB follows a broken page into a crash.
//
// RADYAB_FLIPS says how many (some hundreds without it, 10,000 in ./dev soak).
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <random>

#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/open_store.h"
#include "registry/storage/record.h"
#include "registry/upkeep/scrub.h"
#include "tests/registry/storage/temporary_folder.h"
#include "tests/registry/upkeep/upkeep_world.h"

namespace radyab::upkeep {
namespace {

using storage::ReadWholeFile;
using storage::WriteWholeFile;

// How a process that tried a flip ended. A crash is a number above them.
enum Outcome { kTrue = 0, kError = 10, kFalse = 11, kTold = 12, kSilent = 13 };

storage::StoreOptions Options() {
  storage::StoreOptions options;
  options.log_segment_bytes = 64 * 1024;
  options.first_commit_sequence = 1'000'000;  // beyond all that the rows know of
  options.fold.age = std::chrono::hours(1);   // nothing is written but what the test writes
  return options;
}

// Many rows, so that the tree has branches; some overwritten and deleted, so that pages are free.
Rows MakeData(const std::string& folder) {
  Rows truth = RichRows();
  for (const char* own : {"commit", "log", "schema"}) truth.erase(keyspace::Meta(own));
  auto store = storage::OpenStore("lmdb:" + folder, Options()).value();
  const auto put = [&](const Rows& rows) {
    ASSERT_TRUE(store
                    ->Write([&](storage::WriteTransaction& transaction) {
                      for (const auto& [key, value] : rows) {
                        if (auto status = transaction.Put(key, value); !status.ok()) return status;
                      }
                      return absl::OkStatus();
                    })
                    .ok());
  };
  put(truth);
  Rows more;
  for (std::uint64_t hash = 0; hash < 3'000; ++hash) {
    const std::string key =
        keyspace::EventId(static_cast<MemberId>(1), "more" + std::to_string(hash));
    records::EventRefRecord record;
    record.set_sequence(1);
    more[key] = storage::EncodeRecord(key, record.SerializeAsString());
  }
  put(more);
  truth.insert(more.begin(), more.end());
  store.reset();  // folds
  store = storage::OpenStore("lmdb:" + folder, Options()).value();
  const auto deleted = store->Write([&](storage::WriteTransaction& transaction) {
    int number = 0;
    for (const auto& [key, value] : more) {
      if (number++ % 3 != 0) continue;
      if (auto status = transaction.Delete(key); !status.ok()) return status;
      truth.erase(key);
    }
    return absl::OkStatus();
  });
  EXPECT_TRUE(deleted.ok()) << deleted;
  return truth;
}

// The fixed reads: every row by its key, all rows forward and backward, and some keys that are not
// there. A value is checked as whoever reads a row checks it.
Outcome ReadAll(const std::string& folder, const Rows& truth) {
  auto store = storage::OpenStore("lmdb:" + folder, Options());
  if (!store.ok()) return kError;
  Outcome outcome = kTrue;
  const auto status = (*store)->Read([&](storage::ReadTransaction& snapshot) {
    for (const auto& [key, value] : truth) {
      auto got = snapshot.Get(key);
      if (!got.ok()) return got.status();
      if (got->has_value()) {
        if (auto checked = storage::DecodeRecord(key, **got); !checked.ok()) {
          return checked.status();
        }
      }
      if (!got->has_value() || **got != value) outcome = kFalse;
      if (auto near = snapshot.Get(key + "\1"); !near.ok()) {
        return near.status();
      } else if (near->has_value() && !truth.contains(key + "\1")) {
        outcome = kFalse;
      }
    }
    for (const auto direction : {storage::Direction::kForward, storage::Direction::kBackward}) {
      Rows seen;
      absl::Status damaged;
      auto scanned = snapshot.Scan({}, direction, storage::kNoRowLimit,
                                   [&](std::string_view key, std::string_view value) {
                                     damaged = storage::DecodeRecord(key, value).status();
                                     if (!key.starts_with('\x01')) seen.emplace(key, value);
                                     return damaged.ok() && seen.size() <= 2 * truth.size();
                                   });
      if (!damaged.ok()) return damaged;
      if (!scanned.ok()) return scanned;
      Rows wanted = truth;
      std::erase_if(wanted, [](const auto& row) { return row.first.starts_with('\x01'); });
      if (seen != wanted) outcome = kFalse;
    }
    return absl::OkStatus();
  });
  return status.ok() ? outcome : kError;
}

Outcome ScrubIt(const std::string& folder) {
  bool told = false;
  const auto summary = ScrubFolder(
      folder,
      [&](const v1::ScrubFinding&) {
        told = true;
        return absl::OkStatus();
      },
      [](std::uint64_t) { return absl::OkStatus(); });
  return told || !summary.ok() ? kTold : kSilent;
}

// What `work` answered in a process of its own; the negative signal when it crashed.
template <class Work>
int InAnotherProcess(const Work& work) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(60);  // a page that leads back to itself
    _exit(work());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int FlipCount() {
  const char* wanted = std::getenv("RADYAB_FLIPS");
  return wanted == nullptr ? 300 : std::atoi(wanted);
}

TEST(BitFlip, IsNeverAWrongAnswerInSilence) {
  const storage::TemporaryFolder place;
  const std::string folder = place.path() / "data", copy = place.path() / "copy";
  const Rows truth = MakeData(folder);
  std::filesystem::copy(folder, copy, std::filesystem::copy_options::recursive);
  ASSERT_EQ(InAnotherProcess([&] { return ReadAll(copy, truth); }), kTrue);
  ASSERT_EQ(InAnotherProcess([&] { return ScrubIt(copy); }), kSilent);
  const std::string sound = ReadWholeFile(folder + "/data.mdb");
  std::mt19937_64 random(storage::TestSeed());
  std::map<std::string, int> counts;
  for (int flip = 0; flip < FlipCount(); ++flip) {
    const std::size_t byte = random() % sound.size(), bit = random() % 8;
    std::string damaged = sound;
    damaged[byte] = static_cast<char>(damaged[byte] ^ (1 << bit));
    const auto afresh = [&] { WriteWholeFile(copy + "/data.mdb", damaged); };
    afresh();
    const int read = InAnotherProcess([&] { return ReadAll(copy, truth); });
    afresh();
    const int scrubbed = InAnotherProcess([&] { return ScrubIt(copy); });
    const std::string answers = read == kTrue    ? "true answers"
                                : read == kError ? "an error"
                                : read == kFalse ? "a false answer"
                                                 : "a crash";
    const bool told = scrubbed == kTold;
    ++counts[answers + (told ? ", scrub tells" : ", scrub is silent")];
    EXPECT_TRUE(scrubbed == kTold || scrubbed == kSilent) << "the scrub crashed, " << scrubbed;
    // An error was told to whoever asked; a crash and a false answer only by the scrub.
    EXPECT_TRUE(told || read == kTrue || read == kError)
        << "byte " << byte << " (page " << byte / 4096 << ", " << byte % 4096 << "), bit " << bit
        << ": " << answers;
  }
  for (const auto& [kind, count] : counts) {
    std::cout << "figure bit_flips: " << count << " " << kind << "\n";
  }
}

}  // namespace
}  // namespace radyab::upkeep
