// Every call a store makes to its disk fails once: the n-th write, sync, truncation or opening of a
// script of fifty changes, for every n. Nothing acknowledged is lost, nothing is half, and the
// folder opens again once the disk is well.
#include <cerrno>
#include <cstdlib>

#include "gtest/gtest.h"
#include "registry/reason.h"
#include "registry/storage/open_store.h"
#include "tests/crash/crash_image.h"
#include "tests/crash/numbered_rows.h"
#include "tests/crash/script_options.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::crash {
namespace {

constexpr std::uint64_t kChanges = 50;

struct Script {
  std::uint64_t acknowledged = 0;  // the last change that was answered OK
  std::uint64_t submitted = 0;
  bool refused = false;  // somebody was told of the fault
};

Script RunScript(const std::string& folder, FileJournal& journal) {
  Script script;
  auto store = storage::OpenStore("lmdb:" + folder, ScriptOptions());
  if (!store.ok()) {
    EXPECT_TRUE(ReasonOf(store.status()).has_value()) << store.status();
    script.refused = true;
    return script;
  }
  for (std::uint64_t number = 1; number <= kChanges; ++number) {
    script.submitted = number;
    const auto status = (*store)->Write(NumberedChange(number));
    if (!status.ok()) {
      EXPECT_TRUE(ReasonOf(status).has_value()) << status;
      script.refused = true;
      break;
    }
    script.acknowledged = number;
    journal.Acknowledge(number);
  }
  return script;
}

class NthFault : public testing::TestWithParam<FileCall> {};

TEST_P(NthFault, LosesNothingAcknowledged) {
  Random random(storage::TestSeed());
  storage::TemporaryFolder place;
  int refused_count = 0;
  bool came = true;
  // ./dev test tries some of the many writes and syncs, others each time; the rest are few.
  const bool many = GetParam() == FileCall::kWrite || GetParam() == FileCall::kSync;
  const std::uint64_t step = many && std::getenv("RADYAB_THOROUGH") == nullptr ? 7 : 1;
  for (std::uint64_t n = 1 + random() % step; came; n += step) {
    const auto folder = place.path() / std::to_string(n);
    const auto image = place.path() / "image";
    std::vector<FileEvent> events;
    Script script;
    {
      FileJournal journal(folder);
      journal.FailNth(GetParam(), n, n % 2 == 0 ? EIO : ENOSPC);
      script = RunScript(folder, journal);
      came = journal.has_failed();
      events = journal.events();
    }
    refused_count += script.refused;
    ASSERT_LT(n, 10'000u);
    ASSERT_EQ(WhatIsWrong(OpenAndReadAll(folder), script.acknowledged, script.submitted), "")
        << "call " << n;
    for (const auto unsynced : {Unsynced::kLost, Unsynced::kByChance}) {
      WriteImage(CrashImage(events, {.unsynced = unsynced}, random), image);
      ASSERT_EQ(WhatIsWrong(OpenAndReadAll(image), script.acknowledged, script.submitted), "")
          << "power cut after call " << n;
    }
    std::filesystem::remove_all(folder);
  }
  EXPECT_GT(refused_count, 0) << "no fault was ever told";
}

std::string CallName(const testing::TestParamInfo<FileCall>& info) {
  const char* const names[] = {"Write", "Sync", "Truncate", "Open"};
  return names[static_cast<int>(info.param)];
}

INSTANTIATE_TEST_SUITE_P(Calls, NthFault,
                         testing::Values(FileCall::kWrite, FileCall::kSync, FileCall::kTruncate,
                                         FileCall::kOpen),
                         CallName);

}  // namespace
}  // namespace radyab::crash
