// Words for the service manager that started the program (systemd, Type=notify).
#pragma once

#include <string_view>

namespace radyab::rpc {

// Sends `words` ("READY=1", "STOPPING=1") to the socket that NOTIFY_SOCKET names; without one
// nothing is done. Never waits.
void TellServiceManager(std::string_view words);

}  // namespace radyab::rpc
