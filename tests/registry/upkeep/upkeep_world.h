// A registry with something of every kind, and copies of its rows that a test may damage.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "radyab/v1/maintenance.pb.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::upkeep {

using Rows = std::map<std::string, std::string>;

// Every row of a registry with members, classes, items, services, aliases, parties, custody events
// of all kinds, a case with a response, keys, audited changes and a kept answer. Made once.
const Rows& RichRows();
// Its keys, which are those of every RegistryWorld.
Environment WorldEnvironment();

// A memory store with just these rows.
std::unique_ptr<storage::Store> StoreOf(const Rows& rows);
Rows RowsOf(storage::Store& store);

// What a scrub of `store` finds, a line a finding: "item: the counter … ".
std::vector<std::string> FindingsIn(storage::Store& store);
std::vector<std::string> FindingsIn(const Rows& rows);

}  // namespace radyab::upkeep
