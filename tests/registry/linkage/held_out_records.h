// Customers that the weights never saw: other names, other families and other slips than those of
// customer_world.h, upon which the weights were mended.
#pragma once

#include <cstdint>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/linkage/linkage_record.h"

namespace radyab::linkage {

struct HeldOutRecords {
  std::vector<LinkageRecord> records;                            // in no order
  std::set<std::pair<std::uint32_t, std::uint32_t>> true_pairs;  // places, first < second
};

// `count` records of about 0.7 as many persons. The same on every machine.
HeldOutRecords MakeHeldOutRecords(std::size_t count, std::uint64_t seed);

// The Persian names it draws from, to show that they are others.
std::vector<std::string_view> HeldOutGivenNames();
std::vector<std::string_view> HeldOutFamilyNames();

}  // namespace radyab::linkage
