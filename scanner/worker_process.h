// One running radyab-decode: started, spoken to with deadlines, ended.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <string_view>

#include "scanner/decode_protocol.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

using WorkerDeadline = std::chrono::steady_clock::time_point;

// How an exchange with the worker ended.
enum class Exchange : std::uint8_t { kDone, kLost, kLate };

// Owns a child process and the socket to it. Not safe for several threads at once.
class WorkerProcess {
 public:
  WorkerProcess() = default;
  ~WorkerProcess() { End(); }
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  // Starts `program` and waits for its greeting. The message says why when it cannot be.
  Outcome<bool> Start(const std::string& program, WorkerDeadline deadline);

  bool running() const { return process_id_ > 0; }
  // False when it ended by itself since the last exchange.
  bool Alive() const;
  pid_t process_id() const { return process_id_; }

  // Sends `bytes`; all parts of one message before the deadline.
  Exchange Send(std::string_view bytes, WorkerDeadline deadline);
  Exchange Receive(Message* message, WorkerDeadline deadline);

  // Ends the process when it still runs (SIGKILL), and says how it ended: "signal 6 (Aborted)",
  // "exit status 1"; with the last line of its standard error where there is one. Empty when none
  // ran.
  std::string End();

 private:
  Exchange ReceiveBytes(char* bytes, std::size_t size, WorkerDeadline deadline);
  std::string LastErrorLine() const;

  pid_t process_id_ = 0;
  int socket_ = -1;
  int standard_error_ = -1;  // a file in memory that the worker writes to
};

// The program to start: `wanted`, else RADYAB_DECODE of the environment, else radyab-decode beside
// the running executable.
std::string DecodeProgram(const std::string& wanted);

}  // namespace radyab::scanner
