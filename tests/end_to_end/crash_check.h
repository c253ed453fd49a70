// Looks whether a change that was acknowledged before a crash stands whole after it.
#pragma once

#include <optional>
#include <string>

#include "tests/end_to_end/crash_log.h"

namespace radyab::crash {

// The keys under which the check asks.
struct Askers {
  client::Client member;
  client::Client admin;
};

// What is wrong with an acknowledged change, or nothing: the thing itself must equal what was
// answered, and everything that hangs on it must be there once: aliases, generic item, name index,
// custody, timeline, audit row. Any thread.
std::optional<std::string> FaultOf(const Askers& askers, const Entry& entry);

// What is wrong with sending the change again, or nothing: the answer must be the first one, byte
// for byte. Any thread.
std::optional<std::string> FaultOfRetry(const Askers& askers, const Entry& entry);

}  // namespace radyab::crash
