// A printer that tests play: a socket of this machine, and what it does with one connection.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "scanner/labels/printer_address.h"

namespace radyab::scanner {

class PrinterStandIn {
 public:
  // Listens on a free port; `serve` gets the first connection, on a thread of its own, and the
  // connection is closed when it returns. `receive_bytes` bounds what the system takes for a
  // printer that does not read (0: as it likes).
  explicit PrinterStandIn(std::function<void(int)> serve, int receive_bytes = 0);
  ~PrinterStandIn();
  PrinterStandIn(const PrinterStandIn&) = delete;
  PrinterStandIn& operator=(const PrinterStandIn&) = delete;

  PrinterAddress Address(PrinterProtocol protocol) const;
  // Waits until `serve` has returned.
  void Await();

 private:
  int port_ = 0;  // set when the listener is made: it stands before it
  int listener_ = -1;
  std::thread thread_;
};

// All that comes until the other side ends.
std::string ReadAll(int connection);
// Exactly so many bytes, fewer at the end.
std::string ReadSome(int connection, std::size_t bytes);
void WriteAll(int connection, const std::string& bytes);
// The next close of this connection cuts it instead of ending it.
void CutOnClose(int connection);

// An HTTP request: its head with the empty line, and the body that Content-Length promises.
struct HttpRequest {
  std::string head;
  std::string body;
};
HttpRequest ReadRequest(int connection);
// A port on which nobody listens.
int ClosedPort();

}  // namespace radyab::scanner
