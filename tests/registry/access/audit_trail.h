// A registry whose audit trail a test writes, seals, checks and tampers with.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "registry/access/audit_chain.h"
#include "registry/access/audit_check.h"
#include "registry/access/change.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"
#include "tests/support/registry_world.h"

namespace radyab::access {

using Rows = std::map<std::string, std::string>;

class AuditTrail : public ::testing::Test {
 protected:
  // One change with so many audit rows.
  void Change(std::uint32_t row_count = 1) {
    const auto status = world_.store().Write([&](storage::WriteTransaction& transaction) {
      for (std::uint32_t number = 0; number < row_count; ++number) {
        ChangeRequest request;
        request.caller.key_id = 7;
        request.method = "CatalogService.CreateItem";
        request.number = number;
        auto answer = RunChange(transaction, world_.environment(), request,
                                [](storage::WriteTransaction&) -> absl::StatusOr<ChangeAnswer> {
                                  return ChangeAnswer{"items/1042000017000113", ""};
                                });
        if (!answer.ok()) return answer.status();
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
  }
  std::size_t Seal() {
    const auto sealed = SealAudit(world_.store(), world_.environment());
    EXPECT_TRUE(sealed.ok()) << sealed.status();
    return sealed.value_or(0);
  }
  // All pieces, one after the other.
  v1::AuditFinding Check(const v1::AuditSeal& expected = {}) {
    AuditCheck check{{}, expected};
    v1::AuditFinding whole;
    while (!whole.done() && !whole.has_fault()) {
      const auto piece = world_.Read([&](storage::ReadTransaction& transaction) {
        return CheckAudit(transaction, world_.environment(), check);
      });
      EXPECT_TRUE(piece.ok()) << piece.status();
      if (!piece.ok()) break;
      const auto row_count = whole.row_count() + piece->row_count();
      whole = *piece;
      whole.set_row_count(row_count);
      check.after = whole.end();
    }
    return whole;
  }
  // "CHANGED at 5", "" when nothing is wrong.
  std::string Fault(const v1::AuditFinding& finding) {
    if (!finding.has_fault()) return "";
    return v1::AuditFaultKind_Name(finding.fault().kind()).substr(17) + " at " +
           std::to_string(finding.fault().sequence());
  }
  std::string Fault(const v1::AuditSeal& expected = {}) { return Fault(Check(expected)); }

  Rows RowsWith(const std::string& prefix) {
    Rows rows;
    for (const auto& [key, value] : world_.Dump()) {
      if (key.starts_with(prefix)) rows.emplace(key, value);
    }
    return rows;
  }
  Rows AuditRows() { return RowsWith(keyspace::AuditPrefix()); }
  std::vector<std::uint64_t> Sequences() {
    std::vector<std::uint64_t> sequences;
    for (const auto& [key, value] : AuditRows()) {
      storage::OrderedKeyReader reader(key);
      reader.U8();
      sequences.push_back(reader.U64());
    }
    return sequences;
  }
  std::vector<records::AuditSealRecord> Seals() {
    std::vector<records::AuditSealRecord> seals;
    for (const auto& [key, value] : RowsWith(keyspace::AuditSealPrefix())) {
      auto payload = storage::DecodeRecord(key, value);
      EXPECT_TRUE(payload.ok() && seals.emplace_back().ParseFromString(std::string(*payload)));
    }
    return seals;
  }
  // What somebody does who may write into the store.
  void Put(const std::string& key, const std::string& value) {
    ASSERT_TRUE(world_.store()
                    .Write([&](storage::WriteTransaction& transaction) {
                      return value.empty() ? transaction.Delete(key) : transaction.Put(key, value);
                    })
                    .ok());
  }
  void Drop(const std::string& key) { Put(key, ""); }
  std::string KeyOf(std::size_t row) { return std::next(AuditRows().begin(), long(row))->first; }
  // A row as the registry would have written it, of another caller.
  std::string OthersRow(const std::string& key) {
    records::AuditRecord record;
    record.set_key_id(8);
    record.set_method("AdminService.CreateKey");
    return storage::EncodeRecord(key, record.SerializeAsString());
  }
  // Seals all rows anew, as the registry does.
  void ForgeTheChain(const Environment& environment) {
    for (const auto& [key, value] : RowsWith(keyspace::AuditSealPrefix())) Drop(key);
    ASSERT_TRUE(SealAudit(world_.store(), environment).ok());
  }

  tests::RegistryWorld world_;
};

}  // namespace radyab::access
