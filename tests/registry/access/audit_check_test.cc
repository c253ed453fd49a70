// What is found when audit rows or seals were changed, dropped, added, moved or written anew.
#include "registry/access/audit_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/registry/access/audit_trail.h"

namespace radyab::access {
namespace {

using storage::ReadTransaction;
using testing::HasSubstr;
using tests::FieldIn;
using AuditCheckOfTest = AuditTrail;

TEST_F(AuditCheckOfTest, ChecksALongTrailInPieces) {
  for (int i = 0; i < 6; ++i) Change(2'000);
  Seal();
  const auto first = world_.Read([&](ReadTransaction& transaction) {
    return CheckAudit(transaction, world_.environment(), {});
  });
  ASSERT_TRUE(first.ok());
  EXPECT_FALSE(first->done());
  EXPECT_EQ(first->row_count(), 8'192);
  EXPECT_EQ(first->last_seal(), 6);
  EXPECT_EQ(Check().row_count(), 12'000);
}

TEST_F(AuditCheckOfTest, FindsTheRowThatWasChangedDroppedAddedOrSwapped) {
  for (int i = 0; i < 4; ++i) Change();
  Seal();
  for (int i = 0; i < 4; ++i) Change();
  Seal();
  const Rows rows = AuditRows();
  const auto sequences = Sequences();
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const std::string key = KeyOf(at);
    const std::string where = " at " + std::to_string(sequences[at]);
    Put(key, OthersRow(key));
    EXPECT_EQ(Fault(), "CHANGED" + where);
    for (std::size_t byte = 0; byte < rows.at(key).size(); byte += 7) {
      std::string changed = rows.at(key);
      changed[byte] ^= 1;
      Put(key, changed);
      EXPECT_EQ(Fault(), "CHANGED" + where) << "byte " << byte;
    }
    Drop(key);
    EXPECT_EQ(Fault(), "MISSING" + where);
    Put(key, rows.at(key));
    const std::string added = keyspace::Audit(sequences[at], 5);
    Put(added, OthersRow(added));
    if (at + 1 < rows.size()) {
      EXPECT_EQ(Fault(), "ADDED" + where);
    }
    Drop(added);
    ASSERT_EQ(Fault(), "");
  }
  Put(KeyOf(1), rows.at(KeyOf(2)));
  Put(KeyOf(2), rows.at(KeyOf(1)));
  EXPECT_EQ(Fault(), "REORDERED at " + std::to_string(sequences[1]));
}

TEST_F(AuditCheckOfTest, FindsARowThatPosesAsOneOfAChangeToCome) {
  Change();
  Seal();
  const std::string key = keyspace::Audit(1'000'000, 0);
  Put(key, OthersRow(key));
  EXPECT_EQ(Fault(), "ADDED at 1000000");
  EXPECT_EQ(Seal(), 0u) << "no change of that number was committed";
}

TEST_F(AuditCheckOfTest, FindsASealThatWasChangedDroppedOrMoved) {
  for (int seal = 0; seal < 3; ++seal) {
    Change();
    Change();
    Seal();
  }
  const auto sequences = Sequences();
  const auto seals = Seals();
  const auto put = [&](std::uint64_t number, const records::AuditSealRecord& seal) {
    const std::string key = keyspace::AuditSeal(number);
    Put(key, storage::EncodeRecord(key, seal.SerializeAsString()));
  };
  Drop(keyspace::AuditSeal(2));
  EXPECT_EQ(Fault(), "SEAL at " + std::to_string(sequences[1]));
  Put(keyspace::AuditSeal(2), "no record");
  EXPECT_EQ(Fault(), "SEAL at " + std::to_string(sequences[1]));
  put(2, seals[2]);
  EXPECT_EQ(Fault(), "SEAL at " + std::to_string(sequences[1]));
  auto changed = seals[1];
  (*changed.mutable_hash())[5] ^= 1;
  put(2, changed);
  EXPECT_EQ(Fault(), "SEAL at " + std::to_string(sequences[2]));
  changed = seals[1];
  changed.clear_digests();
  put(2, changed);
  EXPECT_EQ(Fault(), "SEAL at " + std::to_string(sequences[1]));
  changed = seals[1];
  changed.set_last_sequence(0);
  put(2, changed);
  EXPECT_EQ(Fault(), "SEAL at " + std::to_string(sequences[1]));
  changed = seals[1];
  (*changed.mutable_digests())[0] ^= 1;
  put(2, changed);
  EXPECT_EQ(Fault(), "CHANGED at " + std::to_string(sequences[2]));
  put(2, seals[1]);
  EXPECT_EQ(Fault(), "");
}

TEST_F(AuditCheckOfTest, AChainWrittenAnewWithoutTheKeysIsForged) {
  for (int i = 0; i < 4; ++i) Change();
  Seal();
  Put(KeyOf(2), OthersRow(KeyOf(2)));
  const Environment other{coding::SerialPermutation(tests::FixedKey(1)),
                          KeyedHash(tests::FixedKey(9)), Sealer(tests::FixedKey(3))};
  ForgeTheChain(other);
  EXPECT_EQ(Fault(), "FORGED at " + std::to_string(Sequences()[0]));
}

TEST_F(AuditCheckOfTest, AChainWrittenAnewOrCutIsFoundByASealThatWasWrittenDown) {
  for (int i = 0; i < 4; ++i) Change();
  Seal();
  Change();
  Seal();
  const v1::AuditSeal kept = Check().end();
  EXPECT_EQ(Fault(kept), "");
  Change();
  Seal();
  EXPECT_EQ(Fault(kept), "") << "it is there for ever";
  const auto sequences = Sequences();
  // The end is cut off, seals and rows: by itself a chain like any other.
  Drop(keyspace::AuditSeal(3));
  Drop(keyspace::AuditSeal(2));
  Drop(KeyOf(5));
  Drop(KeyOf(4));
  EXPECT_EQ(Fault(), "");
  EXPECT_EQ(Fault(kept), "CUT at " + std::to_string(sequences[3]));
  // Everything is written anew with the registry's own keys.
  Change();
  Put(KeyOf(2), OthersRow(KeyOf(2)));
  ForgeTheChain(world_.environment());
  Change();
  Seal();
  EXPECT_EQ(Fault(), "");
  EXPECT_EQ(Check().end().seal(), 2);
  EXPECT_EQ(Fault(kept).substr(0, 10), "UNEXPECTED");
}

TEST_F(AuditCheckOfTest, RefusesWhatIsNoSeal) {
  const auto check = [&](std::int64_t seal, const std::string& hash) {
    AuditCheck wanted;
    wanted.expected.set_seal(seal);
    wanted.expected.set_hash(hash);
    return world_
        .Read([&](ReadTransaction& transaction) {
          return CheckAudit(transaction, world_.environment(), wanted);
        })
        .status();
  };
  EXPECT_EQ(FieldIn(check(0, std::string(64, 'a'))), "expected");
  EXPECT_EQ(FieldIn(check(-1, std::string(64, 'a'))), "expected");
  EXPECT_EQ(FieldIn(check(1, "")), "expected");
  EXPECT_EQ(FieldIn(check(1, std::string(63, 'a'))), "expected");
  EXPECT_EQ(FieldIn(check(1, std::string(64, 'g'))), "expected");
  EXPECT_TRUE(check(1, std::string(64, 'a')).ok());
}

TEST_F(AuditCheckOfTest, GoesOnFromASealThatIsStillThere) {
  Change();
  Seal();
  const v1::AuditSeal end = Check().end();
  Put(KeyOf(0), OthersRow(KeyOf(0)));
  ForgeTheChain(world_.environment());
  const auto finding = world_.Read([&](ReadTransaction& transaction) {
    return CheckAudit(transaction, world_.environment(), {end, {}});
  });
  ASSERT_TRUE(finding.ok()) << finding.status();
  EXPECT_THAT(finding->fault().message(), HasSubstr("seal 1 is not the one"));
}

}  // namespace
}  // namespace radyab::access
