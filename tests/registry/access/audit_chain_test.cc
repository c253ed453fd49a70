// The chain of seals over the audit trail: made once, in commit order, in the format that is
// written down.
#include "registry/access/audit_chain.h"

#include <gtest/gtest.h>
#include <openssl/sha.h>

#include <random>

#include "tests/registry/access/audit_trail.h"

namespace radyab::access {
namespace {

std::string Sha256(const std::string& bytes) {
  std::string sum(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(sum.data()));
  return sum;
}

std::string Hex(const std::string& bytes) {
  std::string hex;
  for (const char byte : bytes) {
    char two[3];
    std::snprintf(two, sizeof two, "%02x", static_cast<unsigned char>(byte));
    hex += two;
  }
  return hex;
}

using AuditChain = AuditTrail;

TEST_F(AuditChain, SealsWhatWasChangedOnceInCommitOrder) {
  for (int i = 0; i < 5; ++i) Change();
  EXPECT_EQ(Check().waiting_count(), 5);
  EXPECT_EQ(Seal(), 5u);
  EXPECT_EQ(Seal(), 0u);
  Change(3);
  Change();
  EXPECT_EQ(Seal(), 4u);
  Change();
  const auto finding = Check();
  EXPECT_EQ(Fault(finding), "");
  EXPECT_EQ(finding.row_count(), 9);
  EXPECT_EQ(finding.waiting_count(), 1);
  EXPECT_EQ(finding.end().seal(), 2);
  EXPECT_EQ(finding.last_sequence(), static_cast<std::int64_t>(Sequences()[8]));
}

TEST_F(AuditChain, AnEmptyTrailIsRight) {
  EXPECT_EQ(Seal(), 0u);
  const auto finding = Check();
  EXPECT_TRUE(finding.done());
  EXPECT_EQ(finding.end().seal(), 0);
  EXPECT_EQ(Fault(finding), "");
}

// The format of audit_chain.h, written down once more without any of its code.
TEST_F(AuditChain, EverySealIsWhatAPlainComputationGives) {
  const auto seed = std::random_device()();
  RecordProperty("seed", std::to_string(seed));
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int step = 0; step < 60; ++step) {
    if (random() % 3 == 0) {
      Seal();
    } else {
      Change(1 + random() % 4);
    }
  }
  Change(3'000);  // more than one seal takes, in one change
  Seal();
  const Rows rows = AuditRows();
  auto row = rows.begin();
  std::string before(32, '\0');
  std::uint64_t number = 0;
  for (const auto& seal : Seals()) {
    ++number;
    std::string text = "radyab audit seal\n" + before;
    for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(number >> shift);
    const std::string end = keyspace::Audit(seal.last_sequence(), seal.last_number());
    for (; row != rows.end() && row->first <= end; ++row) text += row->first + Sha256(row->second);
    EXPECT_EQ(Hex(seal.hash()), Hex(Sha256(text))) << "seal " << number;
    before = seal.hash();
  }
  EXPECT_EQ(row, rows.end()) << "a row without a seal";
  const auto finding = Check();
  EXPECT_EQ(Fault(finding), "");
  EXPECT_EQ(finding.row_count(), static_cast<std::int64_t>(rows.size()));
  EXPECT_EQ(finding.end().hash(), Hex(before));
}

}  // namespace
}  // namespace radyab::access
