// The id by which the server tells a repeated change from a new one.
#pragma once

#include <string>

namespace radyab::client {

// A random UUID (RFC 9562, version 4), 36 characters. Any thread.
std::string NewRequestId();

}  // namespace radyab::client
