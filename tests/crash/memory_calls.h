// The allocations of this program, one of which fails on demand. The calls themselves are caught in
// memory_calls.cc; libraries find them there first.
#pragma once

#include <cstdint>

namespace radyab::crash {

// The `n`-th (1, 2, …) allocation from now on, on any thread, finds no memory. 0: none does.
void FailNthAllocation(std::uint64_t n);
// Whether it has come to that.
bool allocation_has_failed();

}  // namespace radyab::crash
