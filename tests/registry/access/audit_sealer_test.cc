// The thread that seals while the registry is open, and several of them.
#include "registry/access/audit_sealer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>
#include <utility>

#include "tests/registry/access/audit_trail.h"

namespace radyab::access {
namespace {

using AuditSealing = AuditTrail;

// A store in which something happens between a read and what follows it.
class InterruptedStore : public storage::Store {
 public:
  InterruptedStore(storage::Store& inner, std::function<void()> after_read)
      : inner_(inner), after_read_(std::move(after_read)) {}

  absl::Status Read(storage::ReadBody body) override {
    auto status = inner_.Read(body);
    after_read_();
    return status;
  }
  void WriteAsync(storage::WriteBody body, storage::WriteDone done,
                  storage::WriteTerms terms) override {
    inner_.WriteAsync(std::move(body), std::move(done), std::move(terms));
  }
  absl::Status CheckQueue(std::chrono::steady_clock::time_point begin_before) override {
    return inner_.CheckQueue(begin_before);
  }

 private:
  storage::Store& inner_;
  const std::function<void()> after_read_;
};

TEST_F(AuditSealing, TheSealerSealsWhatIsLeftWhenItEnds) {
  {
    const AuditSealer sealer(
        world_.store(), world_.environment(), [](const absl::Status& fault) { FAIL() << fault; },
        std::chrono::hours(1));
    for (int i = 0; i < 3; ++i) Change();
  }
  EXPECT_EQ(Check().row_count(), 3);
}

TEST_F(AuditSealing, TheSealerTellsWhyItGaveUp) {
  Change();
  Seal();
  Change();
  Put(keyspace::AuditSeal(1), "no record");
  std::atomic<int> told = 0;
  {
    const AuditSealer sealer(
        world_.store(), world_.environment(), [&](const absl::Status&) { ++told; },
        std::chrono::milliseconds(0));
    while (told == 0) std::this_thread::yield();
  }
  EXPECT_EQ(told, 1);
}

TEST_F(AuditSealing, SeveralSealersAtOnceLeaveOneChain) {
  std::atomic<bool> over = false;
  std::vector<std::thread> sealers;
  for (int i = 0; i < 3; ++i) {
    sealers.emplace_back([&] {
      while (!over) {
        const auto sealed = SealAudit(world_.store(), world_.environment());
        EXPECT_TRUE(sealed.ok() || absl::IsAborted(sealed.status())) << sealed.status();
      }
    });
  }
  for (int i = 0; i < 200; ++i) Change(1 + i % 3);
  over = true;
  for (auto& sealer : sealers) sealer.join();
  Seal();
  const auto finding = Check();
  EXPECT_EQ(Fault(finding), "");
  EXPECT_EQ(finding.waiting_count(), 0);
  EXPECT_EQ(finding.row_count(), static_cast<std::int64_t>(AuditRows().size()));
}

TEST_F(AuditSealing, OneThatCameLateWritesNothing) {
  Change();
  InterruptedStore store(world_.store(), [this] {
    Seal();
    Change();
    Seal();
  });
  const auto late = SealAudit(store, world_.environment());
  EXPECT_TRUE(absl::IsAborted(late.status())) << late.status();
  const auto finding = Check();
  EXPECT_EQ(Fault(finding), "");
  EXPECT_EQ(finding.end().seal(), 2);
}

}  // namespace
}  // namespace radyab::access
