#include "scanner/labels/raw_printer.h"

#include <fcntl.h>
#include <linux/sockios.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string>

namespace radyab::scanner {
namespace {

using Clock = std::chrono::steady_clock;

// How often the acknowledged bytes are looked at while nothing else happens.
constexpr int kLookMilliseconds = 20;

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

// Whether a connection that was begun came to be, in time. 0, or the error number.
int AwaitConnection(int socket, int milliseconds) {
  pollfd wait = {socket, POLLOUT, 0};
  const int ready = poll(&wait, 1, milliseconds);
  if (ready == 0) return ETIMEDOUT;
  if (ready < 0) return errno;
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

// A connected socket, or -1 with `error` set.
int ConnectTo(const addrinfo& target, int milliseconds, int& error) {
  const int socket = ::socket(target.ai_family, target.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK,
                              target.ai_protocol);
  if (socket < 0) {
    error = errno;
    return -1;
  }
  error = connect(socket, target.ai_addr, target.ai_addrlen) == 0 ? 0 : errno;
  if (error == EINPROGRESS) error = AwaitConnection(socket, milliseconds);
  if (error == 0) return socket;
  close(socket);
  return -1;
}

}  // namespace

Outcome<std::unique_ptr<RawPrinter>> RawPrinter::Connect(const PrinterAddress& address,
                                                         const RawPrinterOptions& options) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int found =
      getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &wanted, &list);
  if (found != 0) {
    return ScanFault{FaultKind::kPrinterUnreachable,
                     "printer " + address.Text() + " is not found: " + gai_strerror(found)};
  }
  const std::unique_ptr<addrinfo, FreeAddresses> targets(list);
  int error = 0;
  for (const addrinfo* target = list; target != nullptr; target = target->ai_next) {
    const int socket = ConnectTo(*target, options.connect_milliseconds_max, error);
    if (socket >= 0) return std::unique_ptr<RawPrinter>(new RawPrinter(socket, address, options));
  }
  return ScanFault{FaultKind::kPrinterUnreachable,
                   "printer " + address.Text() + " cannot be reached: " + std::strerror(error)};
}

RawPrinter::~RawPrinter() { close(socket_); }

ScanFault RawPrinter::Lost() {
  // What was acknowledged before is known after the end too.
  CountArrived();
  return {FaultKind::kPrinterLost, "printer " + address_.Text() + " ended the connection"};
}

ScanFault RawPrinter::Stalled() const {
  return {FaultKind::kPrinterStalled, "printer " + address_.Text() + " took nothing for " +
                                          std::to_string(options_.idle_milliseconds_max / 1000) +
                                          " seconds: out of labels, open, or paused"};
}

void RawPrinter::CountArrived() {
  int waiting = 0;
  if (ioctl(socket_, SIOCOUTQ, &waiting) != 0) return;
  const auto unknown = std::min(sent_bytes_, static_cast<std::size_t>(std::max(0, waiting)));
  acknowledged_bytes_ = std::max(acknowledged_bytes_, sent_bytes_ - unknown);
  while (!ends_.empty() && ends_.front() <= acknowledged_bytes_) {
    ends_.pop_front();
    ++arrived_;
  }
}

std::optional<ScanFault> RawPrinter::Await(bool all) {
  const auto idle_max = std::chrono::milliseconds(options_.idle_milliseconds_max);
  Clock::time_point moved = Clock::now();
  for (;;) {
    const std::size_t before = acknowledged_bytes_;
    CountArrived();
    if (all && acknowledged_bytes_ == sent_bytes_) return std::nullopt;
    if (acknowledged_bytes_ > before) moved = Clock::now();
    // What a printer says of itself is not asked for; read, so that it does not pile up.
    const int events = (silent_ ? 0 : POLLIN) | (all ? 0 : POLLOUT);
    pollfd wait = {socket_, static_cast<short>(events), 0};
    const int ready = poll(&wait, 1, kLookMilliseconds);
    if (ready < 0 && errno != EINTR) return Lost();
    if (ready > 0 && (wait.revents & (POLLERR | POLLHUP)) != 0) return Lost();
    if (ready > 0 && (wait.revents & POLLIN) != 0) {
      char said[512];
      const ssize_t got = recv(socket_, said, sizeof said, 0);
      if (got < 0 && errno != EAGAIN && errno != EINTR) return Lost();
      silent_ = got == 0;
    }
    if (ready > 0 && (wait.revents & POLLOUT) != 0) return std::nullopt;
    if (Clock::now() - moved > idle_max) return Stalled();
  }
}

std::optional<ScanFault> RawPrinter::Send(std::string_view label) {
  ends_.push_back(sent_bytes_ + label.size());
  while (!label.empty()) {
    if (auto fault = Await(false)) return fault;
    const ssize_t took = send(socket_, label.data(), label.size(), MSG_NOSIGNAL);
    if (took < 0) {
      if (errno == EAGAIN || errno == EINTR) continue;
      return Lost();
    }
    sent_bytes_ += static_cast<std::size_t>(took);
    label.remove_prefix(static_cast<std::size_t>(took));
  }
  CountArrived();
  return std::nullopt;
}

std::optional<ScanFault> RawPrinter::Finish() {
  if (auto fault = Await(true)) return fault;
  shutdown(socket_, SHUT_WR);
  return std::nullopt;
}

}  // namespace radyab::scanner
