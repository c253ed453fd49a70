// A run of changes whose state after each is known: change n is a function of n alone.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "registry/storage/store.h"

namespace radyab::crash {

using Rows = std::map<std::string, std::string>;

// Change `number` (1, 2, …) as a body, and the same on a map.
storage::WriteBody NumberedChange(std::uint64_t number);
void ApplyNumberedChange(std::uint64_t number, Rows& rows);

// What a store holds: all its rows but its own, and the number of its last commit. `fault` says
// what went wrong when it could not be read.
struct Found {
  Rows rows;
  std::uint64_t commit_sequence = 0;
  std::string fault;
};
Found ReadAll(storage::Store& store);
// Opens the store of `folder` and reads it.
Found OpenAndReadAll(const std::string& folder);

// "" when `found` is the state after `found.commit_sequence` changes, none of the `acknowledged`
// ones is missing and none above `submitted` is there; else what is wrong.
std::string WhatIsWrong(const Found& found, std::uint64_t acknowledged, std::uint64_t submitted);

}  // namespace radyab::crash
