// What clerks make of the customers of a town: records with slips, spellings and old contacts, and
// the truth about them.
#pragma once

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "registry/linkage/linkage_record.h"
#include "tests/registry/linkage/customer_world.h"

namespace radyab::linkage {

using RecordPair = std::pair<std::uint32_t, std::uint32_t>;  // first < second

struct LabelledRecords {
  std::vector<LinkageRecord> records;
  std::vector<std::uint32_t> customer;   // of each record: whose it is
  std::vector<std::uint32_t> household;  // of each record
  std::set<RecordPair> true_pairs;       // every pair of records of one customer
};

// `count` records. At least three of ten true pairs share no telephone, e-mail or identifier.
LabelledRecords MakeRecords(std::size_t count, std::uint64_t seed);

// Whether two records have a telephone, an e-mail or an identifier in common.
bool ShareContact(const LinkageRecord& left, const LinkageRecord& right);

}  // namespace radyab::linkage
