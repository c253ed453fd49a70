// Printing to a raw port: what is sent is printed, and nothing is answered. What TCP knows to have
// arrived is all that can be known.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>

#include "scanner/labels/printer_address.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

struct RawPrinterOptions {
  // Longest wait for a connection, and for a printer that takes nothing (out of paper, paused), in
  // milliseconds.
  int connect_milliseconds_max = 10'000;
  int idle_milliseconds_max = 60'000;
};

// One connection. Not safe for several threads at once.
class RawPrinter {
 public:
  // Fault kPrinterUnreachable: the host has no address, refuses, or does not answer in time.
  static Outcome<std::unique_ptr<RawPrinter>> Connect(const PrinterAddress& address,
                                                      const RawPrinterOptions& options = {});
  ~RawPrinter();
  RawPrinter(const RawPrinter&) = delete;
  RawPrinter& operator=(const RawPrinter&) = delete;

  // Sends one label; answers once the system has taken all of it. Faults kPrinterLost: the printer
  // closed or cut the connection; kPrinterStalled: it took nothing for idle_milliseconds_max.
  std::optional<ScanFault> Send(std::string_view label);

  // Waits until everything has arrived and ends the connection. Faults as Send.
  std::optional<ScanFault> Finish();

  // How many labels are known to have reached the printer, whole: its network side acknowledged
  // their last byte. Whether they were printed a raw port does not tell.
  std::size_t arrived() const { return arrived_; }

 private:
  RawPrinter(int socket, const PrinterAddress& address, const RawPrinterOptions& options)
      : socket_(socket), address_(address), options_(options) {}
  // Looks how much was acknowledged.
  void CountArrived();
  // Waits until more can be sent, or all has arrived when `all`.
  std::optional<ScanFault> Await(bool all);
  ScanFault Lost();
  ScanFault Stalled() const;

  int socket_ = -1;
  bool silent_ = false;  // the printer says nothing more, and may still take labels
  PrinterAddress address_;
  RawPrinterOptions options_;
  std::size_t sent_bytes_ = 0;
  std::size_t acknowledged_bytes_ = 0;
  std::deque<std::size_t> ends_;  // where labels that have not arrived end, in bytes sent
  std::size_t arrived_ = 0;
};

}  // namespace radyab::scanner
