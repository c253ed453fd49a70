// The configuration of radyabd: command line, and one INI file whose keys are the long names of the
// flags.
#pragma once

#include <cstdint>
#include <string>

#include "grpc/server_settings.h"
#include "registry/environment.h"
#include "registry/storage/store_options.h"

namespace radyab::rpc {

// A plain value.
struct ServerConfig {
  ServerSettings settings;
  std::string data = "data";  // the folder of the registry
  std::string store;          // the store's address; empty: lmdb:DATA
  std::string port_file;      // the bound port is written here when the server is ready
  std::uint64_t file_bytes_max = storage::StoreOptions().file_bytes_max;
  std::int64_t reserved_per_member = kReservedPerMemberDefault;
  std::string log_level = "info";
  std::string log_form = "text";
  std::string log_refused = "info";  // refused and failed calls
  int heartbeat_ms = static_cast<int>(HeartbeatTimes().interval.count());
  // Instead of serving: make `data` from this backup, or look for damage in it, and end.
  std::string restore;
  std::uint32_t generation = 0;  // of the restored registry; 0: the next one
  bool drill = false;            // the restored registry is only looked at
  bool scrub = false;
  int drain_ms = static_cast<int>(kDrainTimeMax.count());
};

// What reading the command line came to. With `exit_code` set the process ends with it: after
// --help, or after a wrong flag, which was told on standard error.
struct ReadConfig {
  ServerConfig config;
  bool finished = false;
  int exit_code = 0;
};

ReadConfig ReadCommandLine(int argument_count, const char* const* arguments);

}  // namespace radyab::rpc
